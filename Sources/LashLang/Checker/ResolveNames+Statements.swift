extension ResolveNames {
  /// Walks the statements of a block in order.
  mutating func walk(_ block: Block) {
    for id in tree[block.statements] { walk(id) }
  }

  private mutating func walk(_ id: StatementID) {
    let statement = tree[id]
    let word = SourceSpan(start: statement.span.start, end: statement.span.start)
    switch statement.kind {
    case .expression(let value):
      walk(value)
    case .assign(let targets, let value):
      for target in tree[targets] { walkSteps(target) }
      walk(value)
      for target in tree[targets] { assign(target) }
    case .update(let targets, _, let value):
      for target in tree[targets] { walkSteps(target) }
      walk(value)
      for target in tree[targets] { update(target) }
    case .branch(let branches, let otherwise):
      walkBranches(branches, otherwise)
    case .iterate(let names, let iterable, let body):
      walk(iterable)
      scope.enterLoop(end: statement.span.end, isEndless: false)
      for name in tree[names] { scope.bind(name.symbol) }
      walk(body)
      for name in tree[names] { scope.unbind(name.symbol) }
      scope.leaveLoop()
    case .loop(let condition, let body):
      // The condition belongs to the loop: it may read what the body assigned.
      var isEndless = false
      if case .bool(true) = tree[condition].kind { isEndless = true }
      scope.enterLoop(end: statement.span.end, isEndless: isEndless)
      walk(condition)
      walk(body)
      scope.leaveLoop()
    case .break:
      scope.flow.breakLoop()
    case .continue:
      scope.flow.leave()
    case .print(let value):
      refuseEffect("`print`", at: keyword("print", at: word))
      walk(value)
    case .cancel(let value):
      refuseEffect("`cancel`", at: keyword("cancel", at: word))
      walk(value)
    case .finish(let value):
      refuseEffect("`finish`", at: keyword("finish", at: word))
      walk(value)
      scope.flow.leave()
    case .fail(let value):
      refuseEffect("`fail`", at: keyword("fail", at: word))
      walk(value)
      scope.flow.leave()
    case .yield(let value):
      refuseEffect("`yield`", at: keyword("yield", at: word))
      walk(value)
    case .wake(let value):
      refuseEffect("`wake`", at: keyword("wake", at: word))
      walk(value)
    case .error:
      break
    }
  }

  private mutating func walkBranches(_ branches: NodeList<ConditionalBlock>, _ otherwise: Block?) {
    var joined = scope.flow.beginBranches()
    for branch in tree[branches] {
      walk(branch.condition)
      walk(branch.block)
      scope.flow.endBranch(&joined)
    }
    if let otherwise { walk(otherwise) }
    scope.flow.endBranch(&joined)
    scope.flow.join(joined)
  }

  // MARK: Targets

  private mutating func walkSteps(_ target: AssignmentTarget) {
    for step in tree[target.steps] {
      if case .index(let index) = step { walk(index) }
    }
  }

  private mutating func assign(_ target: AssignmentTarget) {
    refuseReadOnly(target)
    if target.steps.isEmpty {
      scope.assign(target.root.symbol)
    } else {
      readRoot(target)
    }
  }

  private mutating func update(_ target: AssignmentTarget) {
    refuseReadOnly(target)
    readRoot(target)
    if target.steps.isEmpty { scope.assign(target.root.symbol) }
  }

  /// A path writes into the value that its root already has.
  private mutating func readRoot(_ target: AssignmentTarget) {
    let name = target.root
    switch scope.reading(name.symbol, at: name.span.start) {
    case .variable: break
    case .maybeUnset: warnUnset(name)
    case .assignedLater: reportAssignedLater(name)
    case .unknown: reportUnknown(name)
    }
  }

  private mutating func refuseReadOnly(_ target: AssignmentTarget) {
    guard scope.isReadOnly(target.root.symbol) else { return }
    let name = tree[target.root.symbol]
    context.report(
      .readOnly, "`\(name)` is a read-only projected binding", at: target.span,
      Advice("copy the value into a new variable before changing it, as in `my_\(name) = \(name)`"))
  }

  private func keyword(_ word: String, at place: SourceSpan) -> SourceSpan {
    SourceSpan(start: place.start, end: place.start + UInt32(word.utf8.count))
  }
}
