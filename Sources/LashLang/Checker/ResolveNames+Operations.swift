extension ResolveNames {
  /// Resolves `receiver.name(arguments)` (rules HST-2, HST-3): a dotted constructor,
  /// an operation of a module path, or of a value that may hold an authority.
  ///
  /// `whole` is the call with the `?` that may follow it.
  mutating func resolveOperation(
    _ id: ExpressionID, _ receiver: ExpressionID, _ name: Name,
    _ arguments: NodeList<ExpressionID>, _ position: Position, whole: SourceSpan
  ) {
    let found = chain(receiver).chain
    var isCall = false
    var isTriggers = false
    if let chain = found, !scope.isVariable(chain.root.symbol, at: chain.root.span.start) {
      if let index = constructor(chain, name) {
        for argument in tree[arguments] { walk(argument) }
        resolveConstructor(id, index, arguments)
        return
      }
      isCall = resolvePath(id, receiver, chain, name)
      if case .module(let index) = context.module[receiver] {
        isTriggers = context.module.modules[index].authority == Self.triggersAuthority
      }
    } else {
      isCall = resolveReceiver(id, receiver, found, name, arguments)
    }
    if isTriggers {
      walkTriggerArguments(name, arguments)
    } else {
      for argument in tree[arguments] { walk(argument) }
    }
    if isCall { warnMissingAwait(id, receiver, name, position, whole) }
  }

  private mutating func constructor(_ chain: Chain, _ name: Name) -> Int? {
    guard let entry = entry(chain),
      let full = context.host.child(of: entry, named: tree[name.symbol])
    else { return nil }
    return context.host.entries[full].constructor
  }

  private mutating func entry(_ chain: Chain) -> Int? {
    var entry = root(chain.root.symbol)
    for field in chain.fields {
      guard let current = entry else { return nil }
      entry = context.host.child(of: current, named: tree[field.name.symbol])
    }
    return entry
  }

  /// A chain as it is written, without white space.
  func path(_ chain: Chain) -> String {
    ([chain.root] + chain.fields.map(\.name)).map { tree[$0.symbol] }.joined(separator: ".")
  }

  // MARK: Module paths

  /// Resolves a call whose receiver is no variable; whether it calls an operation.
  private mutating func resolvePath(
    _ id: ExpressionID, _ receiver: ExpressionID, _ chain: Chain, _ name: Name
  ) -> Bool {
    let operation = tree[name.symbol]
    let accepts = context.host.surface.acceptsAnyModule
    if let entry = entry(chain), let index = context.host.entries[entry].module {
      let module = context.host.surface.modules[index]
      if refuseEffect("module operation `\(module.path).\(operation)`", at: tree[id].span) {
        return false
      }
      set(receiver, .module(reference(toModule: index)))
      guard accepts || context.host.operation(named: operation, of: index) != nil else {
        let advice = context.advice {
          self.advice(forOperation: operation, of: module, at: name.span)
        }
        context.report(
          .unknownOperation, "module `\(module.path)` has no operation `\(operation)`",
          at: name.span, advice)
        return false
      }
      set(id, .operation)
      return true
    }
    if let kind = declaredKind(chain.root.symbol) {
      reportNoAuthority(
        name, at: tree[receiver].span,
        Advice("`\(tree[chain.root.symbol])` is a \(kind); only modules have operations"))
      return false
    }
    let path = path(chain)
    if accepts {
      if refuseEffect("module operation `\(path).\(operation)`", at: tree[id].span) { return false }
      set(receiver, .module(reference(to: path, authority: path)))
      set(id, .operation)
      return true
    }
    reportNoModule(id, path, chain, receiver, name)
    return false
  }

  private func declaredKind(_ symbol: Symbol) -> String? {
    let declarations = context.declarations
    if declarations.index(of: symbol, in: .process) != nil { return "process" }
    if declarations.index(of: symbol, in: .function) != nil { return "function" }
    return declarations.index(of: symbol, in: .type) != nil ? "type" : nil
  }

  private mutating func reportNoModule(
    _ id: ExpressionID, _ path: String, _ chain: Chain, _ receiver: ExpressionID, _ name: Name
  ) {
    let operation = tree[name.symbol]
    let qualified =
      context.host.offers(operation: operation)
      ? context.host.modules(offering: operation, under: path).map(\.path) : []
    if !qualified.isEmpty {
      context.report(
        .unknownModule,
        "module `\(path)` does not expose operation `\(operation)`; "
          + "available identity-qualified paths: \(qualified.joined(separator: ", "))",
        at: tree[receiver].span, Advice("write `\(qualified[0]).\(operation)(…)`"))
      return
    }
    switch scope.reading(chain.root.symbol, at: chain.root.span.start) {
    case .assignedLater: reportAssignedLater(chain.root)
    default:
      guard case .operation(_, _, let arguments) = tree[id].kind else { return }
      reportUnknownModule(
        path, operation: name, arguments, whole: tree[id].span, at: tree[receiver].span)
    }
  }

  // MARK: Values

  /// Resolves a call on a value; whether it may call an operation.
  private mutating func resolveReceiver(
    _ id: ExpressionID, _ receiver: ExpressionID, _ chain: Chain?, _ name: Name,
    _ arguments: NodeList<ExpressionID>
  ) -> Bool {
    walk(receiver, .postfix)
    var isPlain = ScanAssignments.isPlain(tree[receiver])
    if let chain {
      warnHidden(chain, isCall: true)
      isPlain = chain.fields.isEmpty && scope.isPlain(chain.root.symbol)
    }
    let operation = tree[name.symbol]
    let isOffered =
      context.host.surface.acceptsAnyModule || context.host.offers(operation: operation)
    guard !isPlain, isOffered else {
      let advice = context.advice { self.advice(forMethod: id, receiver, name, arguments) }
      reportNoAuthority(name, at: tree[receiver].span, advice)
      return false
    }
    if refuseEffect("module operation `\(operation)`", at: tree[id].span) { return false }
    set(id, .operation)
    return true
  }

  private mutating func reportNoAuthority(
    _ name: Name, at span: SourceSpan, _ advice: Advice
  ) {
    context.report(
      .unknownOperation,
      "receiver for operation `\(tree[name.symbol])` is not a module authority", at: span,
      advice)
  }

  private func advice(
    forMethod id: ExpressionID, _ receiver: ExpressionID, _ name: Name,
    _ arguments: NodeList<ExpressionID>
  ) -> Advice {
    let text = tree.source.text(wholeSpan(of: receiver, before: name))
    let operation = tree[name.symbol]
    let written = tree[arguments].map { tree.source.text(tree[$0].span) }
    if operation == "join", written.count == 1, case .string = tree[receiver].kind {
      // `", ".join(xs)`
      let call = "join(\(written[0]), \(text))"
      return .replace(tree[id].span, by: call, hint: "values have no methods; write `\(call)`")
    }
    if let call = ForeignHabit.method(operation, receiver: text, arguments: written) {
      let hint = "values have no methods; write `\(call)`"
      let isMechanical =
        call.contains(" = ") || call.contains(" += ")
        ? isStatement(id) && chain(receiver).chain != nil
        : !Self.isSketch(operation)
      return isMechanical ? .replace(tree[id].span, by: call, hint: hint) : Advice(hint)
    }
    if let call = ForeignHabit.anyMethod(operation, receiver: text) {
      return Advice("values have no methods; write `\(call)`")
    }
    if let builtin = Builtin(rawValue: operation) {
      return Advice("values have no methods; write `\(builtin.rawValue)(\(text), …)`")
    }
    return Advice("values have no methods; only modules of the host have operations")
  }

  /// A receiver as it is written, the parentheses around it included.
  private func wholeSpan(of receiver: ExpressionID, before name: Name) -> SourceSpan {
    let span = tree[receiver].span
    let between = tree.source.text(SourceSpan(start: span.end, end: name.span.start))
    let closed = between.utf8.prefix { $0 == UInt8(ascii: ")") }.count
    let start = Int(span.start)
    guard closed > 0, start >= closed,
      tree.source.bytes[(start - closed)..<start].allSatisfy({ $0 == UInt8(ascii: "(") })
    else { return span }
    return SourceSpan(start: span.start - UInt32(closed), end: span.end + UInt32(closed))
  }

  /// Whether an expression is a whole statement.
  private func isStatement(_ id: ExpressionID) -> Bool {
    tree.statements.contains { statement in
      if case .expression(let value) = statement.kind { value == id } else { false }
    }
  }

  /// Whether what is advised for a method is a sketch that a program has to fill.
  private static func isSketch(_ method: String) -> Bool {
    method == "map" || method == "filter" || method == "forEach"
  }

  // MARK: await

  /// A call without `await` runs all the same (ruling E3).
  private mutating func warnMissingAwait(
    _ id: ExpressionID, _ receiver: ExpressionID, _ name: Name, _ position: Position,
    _ whole: SourceSpan
  ) {
    guard position != .awaited else { return }
    let start = SourceSpan(start: whole.start, end: whole.start)
    var edits = [SourceEdit(span: start, text: "await ")]
    if position == .postfix {
      edits[0].text = "(await "
      edits.append(SourceEdit(span: SourceSpan(start: whole.end, end: whole.end), text: ")"))
    }
    let call = "\(tree.source.text(tree[receiver].span)).\(tree[name.symbol])"
    context.report(
      .missingAwait, "the call of `\(call)` has no `await`", at: tree[id].span,
      Advice(
        "write `await \(call)(…)`", fixes: [FixIt(title: "insert `await`", edits: edits)]))
  }
}
