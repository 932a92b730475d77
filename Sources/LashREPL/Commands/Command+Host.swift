import LashJSON
import LashLang
import LashToolchain

extension Command {
  /// Commands that look at the host and change it.
  static let hostCommands = [
    Command(
      "host", "[FILE]", .file, "shows what the host offers, or takes the types of a host file",
      details: """
        A host file offers operations with their types; their answers come from mocks, or from you
        with `:ask on`.
        """
    ) { (repl, path) throws(ConsoleError) in
      if path.isEmpty {
        let text = HostText.text(of: repl.host.surface)
        return text.isEmpty
          ? repl.remark("the host offers the language alone; `:mock` adds operations")
          : repl.console.show(text.withoutLastLineEnd)
      }
      let bytes = try repl.console.read(file: path)
      do throws(MockError) {
        try repl.host.offer(bytes)
      } catch {
        throw ConsoleError("`\(path)` is no host file: \(error)")
      }
      repl.hostHasChanged()
    },
    Command(
      "mock", "FILE | OPERATION = ANSWER", .operation, "sets how operations answer",
      details: """
        `:mock web.json` takes a mock file; `:mock web.search = {"value": [1, 2]}` sets one operation.
        An answer is {"value": …}, {"error": "…"}, {"echo": true}, {"seq": [answers]} or
        {"by": {"field": …, "cases": {…}}}; any other JSON is the value itself.
        """
    ) { (repl, text) throws(ConsoleError) in
      try repl.mock(text)
    },
    Command(
      "unmock", "[OPERATION | MODULE]", .operation,
      "removes an operation, a module or the whole mock"
    ) { (repl, path) throws(ConsoleError) in
      guard repl.host.removeAnswer(path.isEmpty ? nil : path) else {
        let known = repl.host.mock.modules.flatMap { module in
          [module.path] + module.operations.map { "\(module.path).\($0.name)" }
        }
        let nearest = Spelling.closest(to: path, among: known)
        throw ConsoleError(
          "the mock has no `\(path)`" + (nearest.map { ": did you mean `\($0)`?" } ?? ""))
      }
      repl.hostHasChanged()
    },
    Command(
      "ask", "on | off", .words(["on", "off"]),
      "lets you answer the operations that the mock lacks",
      details: """
        The program waits at the call until you give a value: JSON, an expression, or `fail TEXT`. It
        is checked against the type that the host file gives for the operation.
        """
    ) { (repl, word) throws(ConsoleError) in
      switch word {
      case "on": repl.host.asksPerson = true
      case "off": repl.host.asksPerson = false
      case "": return repl.remark(repl.host.asksPerson ? "on" : "off")
      default: throw ConsoleError("`:ask` takes `on` or `off`")
      }
      repl.hostHasChanged()
    },
  ]
}

extension Repl {
  fileprivate func mock(_ text: String) throws(ConsoleError) {
    try needs(text, "mock", "a file, or an operation with its answer: `web.search = {…}`")
    guard let (path, answer) = Self.assignment(text) else {
      let bytes = try console.read(file: text)
      do throws(MockError) {
        try host.load(bytes)
      } catch {
        throw ConsoleError("`\(text)` is no mock file: \(error)")
      }
      return hostHasChanged()
    }
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONReader().read(answer)
    } catch {
      throw ConsoleError("the answer is no JSON: \(error) (a string is written \"…\")")
    }
    do throws(MockError) {
      try host.setAnswer(path, value)
    } catch {
      throw ConsoleError("\(error)")
    }
    hostHasChanged()
  }

  /// `path = text` where the path is a dotted path of names; file names have no `=` behind those.
  private static func assignment(_ text: String) -> (path: String, answer: String)? {
    guard let equals = text.firstIndex(of: "=") else { return nil }
    let path = text[..<equals].trimmed
    let isPath = path.utf8.allSatisfy { $0.isWordByte || $0 == UInt8(ascii: ".") }
    guard isPath, !path.isEmpty else { return nil }
    return (path, text[text.index(after: equals)...].trimmed)
  }
}

extension UInt8 {
  /// An ASCII letter, digit or underscore.
  var isWordByte: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self & ~0x20) || self == 0x5F
  }
}
