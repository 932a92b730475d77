import LashJSON
import LashLang
import LashToolchain
import LashVM

extension Repl {
  /// Answers what a program asks for; `nil` stops the program.
  func answer(_ request: EffectRequest) -> EffectOutcome? {
    switch request {
    case .call(let call): return send([call]).map { .call($0[0]) }
    case .batch(let calls): return send(calls).map { .calls($0) }
    case .print(let value):
      showPrinted(value)
      return .done
    default: return .refused("\(request.name) failed: the prompt does not offer it")
    }
  }

  /// Sends calls that run concurrently; `nil` if the person would not answer.
  func send(_ calls: [ModuleCall]) -> [CallResult]? {
    // The host changes while it answers, so what asking needs of it is taken out before.
    let types = host.surface.types
    return host.answer(calls, cell: cellCount) { self.ask($0, $1, types) }
  }

  // MARK: Asking

  /// Asks the person for the answer of an operation, until it fits the operation's type.
  private func ask(
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
