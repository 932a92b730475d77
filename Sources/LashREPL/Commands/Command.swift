import LashLang
import LashToolchain

/// A command to the prompt, such as `:type EXPR`.
struct Command: Sendable {
  /// What stands behind the command.
  enum Argument: Sendable {
    case nothing, text, expression, file, operation, run
    case words([String])
  }

  /// The name without its colon.
  let name: String
  /// How the arguments are written.
  let form: String
  /// What may be completed behind it.
  let argument: Argument
  /// One line for the list.
  let summary: String
  /// More for `:help NAME`; may be empty.
  let details: String
  /// Does it; `argument` is without white space around it.
  let action: @Sendable (_ repl: Repl, _ argument: String) throws(ConsoleError) -> Void

  init(
    _ name: String, _ form: String = "", _ argument: Argument = .nothing, _ summary: String,
    details: String = "",
    action: @escaping @Sendable (Repl, String) throws(ConsoleError) -> Void
  ) {
    self.name = name
    self.form = form
    self.argument = argument
    self.summary = summary
    self.details = details
    self.action = action
  }

  /// The command of a name, or of the only name that begins so.
  static func named(_ name: String) -> Command? {
    if let exact = all.first(where: { $0.name == name }) { return exact }
    let beginning = all.filter { $0.name.hasPrefix(name) }
    return beginning.count == 1 ? beginning[0] : nil
  }

  /// All commands, in the order of the help.
  static let all: [Command] =
    lookingCommands + stageCommands + hostCommands + processCommands + fileCommands
    + sessionCommands
}

extension Repl {
  /// Does what a command says, or says why not.
  func perform(_ input: String) -> Next {
    let text = input.trimmed.dropFirst()
    let name = String(text.prefix { !$0.isWhitespace })
    let argument = text.dropFirst(name.count).trimmed
    if name == "q" { return .leave }
    guard let command = Command.named(name) else {
      let nearest = Spelling.closest(to: name, among: Command.all.map(\.name))
      let advice = nearest.map { "did you mean `:\($0)`?" } ?? "`:help` lists the commands"
      report("unknown command `:\(name)`: \(advice)")
      note(status: 64)
      return .goOn
    }
    if command.name == "quit" { return .leave }
    do throws(ConsoleError) {
      if case .nothing = command.argument, !argument.isEmpty {
        throw ConsoleError("`:\(command.name)` takes nothing behind it")
      }
      try command.action(self, argument)
    } catch {
      report("\(error)")
      note(status: 1)
    }
    return .goOn
  }

  /// Tells of a problem that has no place in a text.
  func report(_ text: String) {
    console.report(palette.paint("error", .problem) + ": " + text)
  }

  /// Says that something was done.
  func remark(_ text: String) {
    console.show(palette.paint(text, .faint))
  }
}
