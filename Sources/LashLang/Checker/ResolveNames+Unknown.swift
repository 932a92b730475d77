/// What is said of names that mean nothing where they stand.
extension ResolveNames {
  mutating func warnUnset(_ name: Name) {
    guard context.isComplete, scope.takeWarning(name.symbol) else { return }
    let text = tree[name.symbol]
    context.report(
      .maybeUnset, "`\(text)` may have no value here: it is assigned on some paths only",
      at: name.span, Advice("give it a value first, for example `\(text) = null`"))
  }

  mutating func reportAssignedLater(_ name: Name) {
    guard context.isComplete else { return }
    context.report(
      .unknownName, "unknown name `\(tree[name.symbol])`: it is assigned only further down",
      at: name.span, Advice("assign it before this line"))
  }

  mutating func reportUnknown(_ name: Name) {
    guard context.isComplete else { return }
    let advice = context.advice { self.advice(forName: name) }
    context.report(
      .unknownName, "unknown name `\(tree[name.symbol])`", at: name.span, advice)
  }

  /// Warns of `"hello ${name}"` where `name` is a variable: in a string it is text.
  mutating func warnOfTemplate(_ symbol: Symbol, at span: SourceSpan) {
    let text = Array(tree[symbol].utf8)
    guard let dollar = text.firstIndex(of: UInt8(ascii: "$")), dollar + 1 < text.count,
      text[dollar + 1] == UInt8(ascii: "{"),
      let close = text[dollar...].firstIndex(of: UInt8(ascii: "}"))
    else { return }
    let name = String(decoding: text[(dollar + 2)..<close], as: UTF8.self)
    guard scope.known.contains(where: { tree[$0] == name }) else { return }
    var edits = [SourceEdit(span: SourceSpan(start: span.start, end: span.start), text: "f")]
    let written = tree.source.bytes[Int(span.start)..<Int(span.end)]
    var isMechanical = written.first == UInt8(ascii: "\"") || written.first == UInt8(ascii: "'")
    for place in written.indices.dropLast() {
      guard written[place + 1] == UInt8(ascii: "{") else { continue }
      isMechanical = isMechanical && written[place] == UInt8(ascii: "$")
      edits.append(
        SourceEdit(span: SourceSpan(start: UInt32(place), end: UInt32(place + 1)), text: ""))
    }
    context.report(
      .templateText, "`${\(name)}` is text in a string", at: span,
      Advice(
        "write an f-string: `f\"… {\(name)} …\"`",
        fixes: isMechanical ? [FixIt(title: "write an f-string", edits: edits)] : []))
  }

  private func advice(forName name: Name) -> Advice {
    let text = tree[name.symbol]
    if let other = ForeignHabit.name(text) {
      return .replace(name.span, by: other, hint: "in lashlang it is `\(other)`")
    }
    if text == "pass" {
      let edit = SourceEdit(span: name.span, text: "")
      return Advice(
        "an empty block is `{}`", fixes: [FixIt(title: "leave it out", edits: [edit])])
    }
    if let builtin = Builtin(rawValue: text) {
      return Advice("`\(builtin.rawValue)` is a builtin; call it as `\(builtin.rawValue)(…)`")
    }
    if let advice = adviceForBody(name) { return advice }
    if context.host.type(named: text) != nil {
      return Advice("`\(text)` is a type of the host, which can stand in types only")
    }
    return .closest(to: text, at: name.span, among: valueNames)
      ?? Advice(ForeignHabit.wordAdvice(text))
  }

  /// Names of the main block are not seen inside processes and functions.
  private func adviceForBody(_ name: Name) -> Advice? {
    let text = tree[name.symbol]
    switch body {
    case .main:
      return nil
    case .process:
      if text == "input" || text == "inputs" {
        return Advice("a process reads its parameters by their names")
      }
      guard mainAssigns(name.symbol) else { return nil }
      return Advice(
        "a process does not see the variables of the main block; make `\(text)` a parameter")
    case .function:
      guard mainAssigns(name.symbol) || context.host.surface.module(at: text) != nil else {
        return nil
      }
      return Advice(
        "a function sees only its parameters and own variables; make `\(text)` a parameter")
    }
  }

  private func mainAssigns(_ symbol: Symbol) -> Bool {
    var main = VariableScope(symbolCount: tree.symbols.count)
    ScanAssignments(tree: tree).scan(tree.main, into: &main)
    let surface = context.host.surface
    return main.known.contains(symbol) || surface.globals.contains(tree[symbol])
      || surface.readOnlyGlobals.contains(tree[symbol])
  }

  /// The names that a value may be read by here, variables first.
  private var valueNames: [String] {
    var names = scope.known.map { tree[$0] }
    if !isInFunction {
      names += context.module.processes.map { tree[$0.name.symbol] }
      names += context.host.surface.modules.map(\.path)
    }
    return names + context.module.typeDeclarations.map { tree[$0.name.symbol] }
  }

  // MARK: Modules

  mutating func reportUnknownModule(
    _ path: String, operation: Name? = nil, _ arguments: NodeList<ExpressionID> = .empty,
    whole: SourceSpan? = nil, at span: SourceSpan
  ) {
    let suffix =
      operation.map {
        "; receiver for operation `\(tree[$0.symbol])` is not a module authority"
      } ?? ""
    let advice = context.advice {
      self.advice(forCall: path, operation, arguments, whole)
        ?? self.advice(forModule: path, operation: operation, at: span)
    }
    context.report(.unknownModule, "unknown module `\(path)`\(suffix)", at: span, advice)
  }

  /// Advice for a call of a standard module of another language.
  private func advice(
    forCall path: String, _ operation: Name?, _ arguments: NodeList<ExpressionID>,
    _ whole: SourceSpan?
  ) -> Advice? {
    guard let operation, let whole else {
      return ForeignHabit.qualifiedAdvice(path).map { Advice($0) }
    }
    let name = "\(path).\(tree[operation.symbol])"
    let written = tree[arguments].map { tree.source.text(tree[$0].span) }
    if let call = ForeignHabit.qualified(name, written) {
      return .replace(whole, by: call, hint: "in lashlang it is `\(call)`")
    }
    return ForeignHabit.qualifiedAdvice(path).map { Advice($0) }
  }

  private func advice(
    forModule path: String, operation: Name?, at span: SourceSpan
  ) -> Advice {
    let modules = context.host.surface.modules
    if let operation {
      let name = tree[operation.symbol]
      let offering = context.host.modules(offering: name)
      if !offering.isEmpty, offering.count <= 3 {
        let calls = offering.map { "`\($0.path).\(name)`" }.joined(separator: ", ")
        return offering.count == 1
          ? .replace(span, by: offering[0].path, hint: "this host has \(calls)")
          : Advice("this host has \(calls)")
      }
    }
    let below = modules.map(\.path).filter { $0.hasPrefix(path + ".") }
    if !below.isEmpty { return Advice("modules below it: \(listed(below))") }
    if let advice = Advice.closest(to: path, at: span, among: modules.map(\.path)) { return advice }
    return modules.isEmpty
      ? Advice("this host has no modules") : Advice("modules: \(listed(modules.map(\.path)))")
  }

  func advice(forOperation name: String, of module: HostModule, at span: SourceSpan) -> Advice {
    let names = module.operations.map(\.name)
    return .closest(to: name, at: span, among: names)
      ?? Advice("operations of `\(module.path)`: \(listed(names))")
  }

  /// Names in backticks, the first dozen of them.
  func listed(_ names: [String]) -> String {
    let shown = names.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
    return names.count > 12 ? "\(shown), …" : shown
  }
}
