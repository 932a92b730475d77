import LashJSON
import LashLang
import LashToolchain
import LashVM

extension Repl: HostScreen {
  func printed(_ value: HostValue) { showPrinted(value) }

  func event(of effect: Effect, _ value: HostValue) {
    let name = effect.process ?? "the program"
    let room = max((console.columns ?? 80) - name.terminalColumns - 10, 20)
    console.show(
      palette.paint("\(name) yields ", .faint)
        + ValuePrinter.line(of: value, columns: room, palette: palette))
  }

  // MARK: Asking

  /// Asks the person for the answer of an operation, until it fits the operation's type.
  func ask(
    _ call: ModuleCall, _ operation: HostOperation?, _ types: [HostNamedType]
  ) -> CallResult? {
    let columns = console.columns ?? 80
    let name = "\(call.path).\(call.operation)"
    let shown = call.arguments.map {
      ValuePrinter.line(of: $0, columns: max(columns - name.count - 2, 20), palette: palette)
    }
    console.show("\(palette.paint(name, .strong))(\(shown.joined(separator: ", ")))")
    let type = Self.answerType(of: operation, call)
    let wanted = type.map { $0.displayText }
    console.show(
      palette.paint(
        "answers with: \(wanted ?? "any value"), or `fail TEXT`".cut(columns: columns), .faint))
    while let line = console.ask("answer> ") {
      switch Answer(line, type, types: types) {
      case .value(let value): return .success(value)
      case .failure(let text): return .failure(text)
      case .wrong(let reason): console.report(palette.paint(reason, .problem))
      }
    }
    return nil
  }

  private static func answerType(of operation: HostOperation?, _ call: ModuleCall) -> HostType? {
    if let field = operation?.outputFromInput, case .record(let fields)? = call.arguments.first,
      case .type(let schema)? = fields.first(where: { $0.key == field })?.value
    {
      return .schema(schema)
    }
    return operation?.output
  }
}
