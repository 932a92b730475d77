extension ResolveNames {
  /// Resolves `start name(argument: value, …)` (rule EFF-14).
  mutating func resolveStart(
    _ id: ExpressionID, _ name: Name, _ arguments: NodeList<FieldSyntax>
  ) {
    for argument in tree[arguments] { walk(argument.value) }
    let word = SourceSpan(start: tree[id].span.start, length: 5)
    if refuseEffect("`start`", at: word) { return }
    context.require(context.host.surface.abilities.processes, "processes", at: word)
    guard let index = context.declarations.index(of: name.symbol, in: .process) else {
      reportUnknownProcess(name)
      return
    }
    set(id, .process(index))
    check(arguments, of: context.module.processes[index], at: tree[id].span)
  }

  private mutating func reportUnknownProcess(_ name: Name) {
    let text = tree[name.symbol]
    let advice = context.advice {
      if context.declarations.index(of: name.symbol, in: .function) != nil {
        return Advice("`\(text)` is a function; call it as `\(text)(…)`")
      }
      let processes = context.module.processes.map { tree[$0.name.symbol] }
      return .closest(to: text, at: name.span, among: processes)
        ?? Advice("declare it with `process \(text)(…) { … }`")
    }
    context.report(.unknownProcess, "unknown process `\(text)`", at: name.span, advice)
  }

  private mutating func check(
    _ arguments: NodeList<FieldSyntax>, of process: ProcessDeclaration, at span: SourceSpan
  ) {
    let text = tree[process.name.symbol]
    let parameters = tree[process.parameters]
    let names = Set(parameters.map(\.name.symbol))
    var given: Set<Symbol> = []
    for argument in tree[arguments] {
      let name = argument.name
      let argument = tree[name.symbol]
      if !names.contains(name.symbol) {
        let advice = context.advice {
          adviceOnNames("it accepts", parameters.map(\.name.symbol), instead: name)
        }
        context.report(
          .processArguments, "process `\(text)` does not accept argument `\(argument)`",
          at: name.span, advice)
      } else if !given.insert(name.symbol).inserted {
        context.report(
          .processArguments, "duplicate process argument `\(argument)`", at: name.span)
      }
    }
    for parameter in parameters
    where !parameter.isOptional && !given.contains(parameter.name.symbol) {
      context.report(
        .processArguments,
        "process `\(text)` is missing argument `\(tree[parameter.name.symbol])`", at: span,
        Advice("write `start \(text)(\(tree[parameter.name.symbol]): …)`"),
        notes: [DiagnosticNote("the parameter is declared here", at: parameter.name.span)])
    }
  }

  /// Advises the closest of some names, or lists them after `lead`.
  func adviceOnNames(_ lead: String, _ symbols: [Symbol], instead name: Name) -> Advice {
    let names = symbols.map { tree[$0] }
    return .closest(to: tree[name.symbol], at: name.span, among: names)
      ?? Advice(names.isEmpty ? "there are none" : "\(lead) \(listed(names))")
  }

  /// Signals reach processes only (rule EFF-18).
  mutating func checkWaitSignal(at word: SourceSpan) {
    switch body {
    case .function:
      refuseEffect("`wait_signal`", at: word)
    case .main:
      context.report(
        .signalOutsideProcess, "`wait_signal` can only be used inside a process body", at: word,
        Advice("move it into a `process`, start that, and await it"))
    case .process:
      context.require(
        context.host.surface.abilities.processSignals, "process signals", at: word)
    }
  }
}
