/// Results of calls that are taken for their values, or that nothing looks at, and variables that
/// nothing reads (rules EFF-3, EFF-12, TYP-16).
extension InferTypes {
  /// The module call that an expression is, with or without `await`, but without `?`.
  private func call(_ id: ExpressionID) -> ExpressionID? {
    var current = id
    while case .await(let operand) = tree[current].kind { current = operand }
    guard case .operation = tree[current].kind, context.module[current] == .operation else {
      return nil
    }
    return current
  }

  private func addingUnwrap(_ call: ExpressionID) -> [FixIt] {
    let end = tree[call].span.end
    let edit = SourceEdit(span: SourceSpan(start: end, end: end), text: "?")
    return [FixIt(title: "add `?`", edits: [edit])]
  }

  // MARK: Fields

  mutating func reportWrapperField(_ name: Name, _ target: ExpressionID) {
    guard !isMuted else { return }
    var origin = call(target)
    var isOnly = true
    if case .name(let symbol) = tree[target].kind { (origin, isOnly) = binding(of: symbol) }
    report(
      .unknownField, "the result of a module call has no field `\(tree[name.symbol])`",
      at: name.span,
      Advice(
        "add `?` to the call to get its value: the result itself has `.ok`, `.value` and `.error`",
        fixes: isOnly ? origin.map { addingUnwrap($0) } ?? [] : []),
      notes: origin.map { [DiagnosticNote("the call is here", at: tree[$0].span)] } ?? [])
  }

  /// A call that a variable is assigned, and whether it is assigned nothing else.
  private func binding(of symbol: Symbol) -> (call: ExpressionID?, isOnly: Bool) {
    var found: ExpressionID?
    var count = 0
    for statement in tree.statements {
      guard case .assign(let targets, let value) = statement.kind,
        tree[targets].contains(where: { $0.root.symbol == symbol })
      else { continue }
      count += 1
      if targets.count == 1, found == nil { found = call(value) }
    }
    return (found, count == 1)
  }

  // MARK: Unused

  @inline(never)
  mutating func warnDropped(_ value: ExpressionID) {
    guard let call = call(value) else { return }
    report(
      .unusedResult, "the result of this call is dropped, so a failure would go unnoticed",
      at: tree[call].span,
      Advice("add `?` to stop the program at a failure", fixes: addingUnwrap(call)))
  }

  /// Warns of variables that no expression reads: of results in any text, of others in a program that
  /// finishes. One that runs off its end, like a cell, leaves its variables as what it came to, and
  /// one with errors may lack the text that reads them.
  mutating func warnUnused() {
    isMuted = false
    namesUnused =
      context.cell == nil && !context.hasErrors
      && !problems.contains { $0.severity == .error } && finishes(tree.main)
    var isRead = Array(repeating: false, count: tree.symbols.count)
    for expression in tree.expressions {
      if case .name(let symbol) = expression.kind { isRead[Int(symbol.index)] = true }
    }
    for type in tree.types {
      if case .name(let names) = type.kind, let first = tree[names].first {
        isRead[Int(first.symbol.index)] = true
      }
    }
    var isKnown = isRead
    for statement in tree.statements {
      guard case .assign(let targets, let value) = statement.kind, targets.count == 1,
        let target = tree[targets].first, !isKnown[Int(target.root.symbol.index)]
      else { continue }
      isKnown[Int(target.root.symbol.index)] = true
      warnUnused(target, value)
    }
  }

  /// Whether a block finishes somewhere. Blocks nest to a bounded depth.
  private func finishes(_ block: Block) -> Bool {
    tree[block.statements].contains { id in
      switch tree[id].kind {
      case .finish: true
      case .branch(let branches, let otherwise):
        tree[branches].contains { finishes($0.block) } || otherwise.map { finishes($0) } ?? false
      case .iterate(_, _, let body), .loop(_, let body): finishes(body)
      default: false
      }
    }
  }

  private mutating func warnUnused(_ target: AssignmentTarget, _ value: ExpressionID) {
    let name = tree[target.root.symbol]
    if let call = call(value), target.steps.isEmpty {
      // A later cell may look at it.
      guard context.cell == nil else { return }
      report(
        .unusedResult, "`\(name)` is never looked at, so a failure would go unnoticed",
        at: tree[call].span,
        Advice("add `?` to stop the program at a failure", fixes: addingUnwrap(call)))
    } else if namesUnused, !name.hasPrefix("_"), target.steps.isEmpty {
      report(
        .unusedVariable, "`\(name)` is never read", at: target.root.span,
        Advice("remove it, or let its name begin with `_`"))
    }
  }
}
