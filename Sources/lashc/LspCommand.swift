import ArgumentParser
import LashJSON
import LashSystem
import LashToolchain

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

struct LspCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp",
    abstract: "Language server on standard input and output.",
    discussion: """
      Speaks the Language Server Protocol 3.17. A `lash.json` beside or above a program names what it is \
      checked against: {"host": "path"} or {"mock": "path"}.
      """)

  @Flag(help: ArgumentHelp("Accepted for clients that give it.", visibility: .hidden))
  var stdio = false

  func run() throws {
    var server = LanguageServer(files: System.files)
    var framing = MessageFraming()
    var isOpen = true
    while isOpen {
      // Take all that has come before working: what supersedes or cancels may be among it.
      while isOpen, Self.hasInput(waiting: false) {
        isOpen = try Self.receive(&framing, &server)
      }
      if let answers = server.handleNext() {
        answers.forEach(Self.send)
        if case .exited = server.state { throw ExitCode(server.exitStatus) }
      } else if let problems = server.analyseNext() {
        problems.forEach(Self.send)
      } else if isOpen {
        _ = Self.hasInput(waiting: true)
        isOpen = try Self.receive(&framing, &server)
      }
    }
    // The client is gone; what it asked last may still be wanted.
    while let answers = server.handleNext() {
      answers.forEach(Self.send)
      if case .exited = server.state { throw ExitCode(server.exitStatus) }
    }
    throw ExitCode(1)
  }

  private static func receive(
    _ framing: inout MessageFraming, _ server: inout LanguageServer
  ) throws -> Bool {
    guard let bytes = try System.chunk(0, "standard input") else { return false }
    framing.receive(bytes)
    while let item = framing.next() { server.receive(item).forEach(send) }
    return true
  }

  private static func hasInput(waiting: Bool) -> Bool {
    var descriptor = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, waiting ? -1 : 0) > 0
  }

  private static func send(_ message: JSONValue) {
    System.write(MessageFraming.frame(Array(message.description.utf8)), to: 1)
  }
}
