import LashREPL

/// A console that keeps what is shown, has files in memory and answers from a list.
final class ScriptedConsole: Console {
  var columns: Int? = 80
  var usesColour = false
  /// How often `isInterrupted` says no; `nil` for ever.
  var patience: Int?
  var shown: [String] = []
  var problems: [String] = []
  var answers: [String] = []
  var questions = 0
  var files: [String: [UInt8]] = [:]

  var isInterrupted: Bool {
    guard let patience else { return false }
    self.patience = patience - 1
    return patience <= 0
  }

  func show(_ text: String) { shown.append(text) }
  func report(_ text: String) { problems.append(text) }

  func ask(_ prompt: String) -> String? {
    questions += 1
    return answers.isEmpty ? nil : answers.removeFirst()
  }

  func read(file path: String) throws(ConsoleError) -> [UInt8] {
    guard let bytes = files[path] else { throw ConsoleError("cannot read `\(path)`") }
    return bytes
  }

  func write(file path: String, _ bytes: [UInt8]) throws(ConsoleError) { files[path] = bytes }
  func now() -> UInt64 { 0 }
}

/// A session with its console.
struct Scripted {
  let console = ScriptedConsole()
  let repl: Repl

  init() {
    repl = Repl(console: console)
  }

  /// What is shown for an input, lines joined; problems are kept apart.
  @discardableResult
  func say(_ input: String) -> String {
    console.shown = []
    _ = repl.submit(Array(input.utf8))
    return console.shown.joined(separator: "\n")
  }

  /// The first line of the first problem of an input.
  func problem(_ input: String) -> String {
    console.problems = []
    _ = repl.submit(Array(input.utf8))
    let first = console.problems.first ?? ""
    return String(first.prefix { $0 != "\n" })
  }
}
