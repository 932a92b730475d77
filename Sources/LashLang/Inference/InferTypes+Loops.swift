/// Loops: their bodies are walked until the types of what they change stay (rule TYP-12).
extension InferTypes {
  /// Walks after which what still changes is widened, and after which it is taken as `any`.
  private static let exactWalks = 3
  private static let mostWalks = 6

  @inline(never)
  mutating func walkFor(_ id: StatementID) {
    guard case .iterate(let names, let iterable, let body) = tree[id].kind else { return }
    let item = inferItem(of: iterable)
    let hidden = tree[names].map { flow[$0.symbol] }
    let wasReachable = flow.isReachable
    let exits = walkLoop(id, binding: tree[names].map(\.symbol)) { pass in
      pass.flow.isReachable = wasReachable
      pass.bind(names, to: item, at: iterable)
      pass.walk(body)
    }
    finishLoop(exits, mark: flow.mark, isEndless: false)
    for (name, type) in zip(tree[names], hidden) { flow.set(name.symbol, type) }
    if !wasReachable { flow.isReachable = false }
  }

  @inline(never)
  mutating func walkWhile(_ id: StatementID) {
    guard case .loop(let condition, let body) = tree[id].kind else { return }
    let wasReachable = flow.isReachable
    let exits = walkLoop(id, binding: []) { pass in
      pass.flow.isReachable = wasReachable
      pass.infer(condition)
      pass.checkCondition(condition)
      pass.narrow(condition, true)
      pass.walk(body)
    }
    let mark = flow.mark
    flow.isReachable = wasReachable
    if case .bool(false) = tree[condition].kind {
      report(.constantCondition, "this is always false", at: tree[condition].span)
    }
    narrow(condition, false)
    finishLoop(exits, mark: mark, isEndless: !flow.isReachable)
  }

  /// Goes on after a loop: from its head, unless it is endless, and from its breaks.
  @inline(never)
  private mutating func finishLoop(
    _ breaks: [TypeFlow.Snapshot], mark: Int, isEndless: Bool
  ) {
    var exits = breaks
    if !isEndless { exits.append(flow.capture(since: mark)) }
    flow.undo(to: mark)
    flow.merge(exits, &table)
  }

  /// Walks a body to its fixpoint, leaves the state at its head, and gives what breaks lead to.
  @inline(never)
  private mutating func walkLoop(
    _ id: StatementID, binding names: [Symbol], _ walkBody: (inout InferTypes) -> Void
  ) -> [TypeFlow.Snapshot] {
    enterHead(id)
    let reported = problems.count
    var walks = 0
    while true {
      walks += 1
      let mark = flow.mark
      loops.append(Loop(mark: mark, names: names))
      walkBody(&self)
      if let breaks = endWalk(id, walks, since: mark, binding: names) { return breaks }
      let first = min(reported, problems.count)
      hidden.take(problems[first...])
      problems.removeSubrange(first...)
    }
  }

  /// Brings what a walk of the body left to the loop's head; the breaks, if that changed nothing there.
  /// Apart from the loop around it, which stays on the stack for each loop that the body nests.
  @inline(never)
  private mutating func endWalk(
    _ id: StatementID, _ walks: Int, since mark: Int, binding names: [Symbol]
  ) -> [TypeFlow.Snapshot]? {
    var loop = loops.removeLast()
    if flow.isReachable { loop.continues.append(flow.capture(since: mark)) }
    if loop.isForgetful {
      let all = TypeFlow.Snapshot(forgetting: assigned(id))
      loop.continues.append(all)
      loop.breaks.append(all)
    }
    flow.undo(to: mark)
    let changes = advance(loop.continues, walks, binding: names)
    if changes.isEmpty { return loop.breaks }
    heads[id.index] = merged(heads[id.index] ?? [], changes)
    return nil
  }

  /// Joins the ends of a walk into the head; what changed there.
  private mutating func advance(
    _ ends: [TypeFlow.Snapshot], _ walks: Int, binding names: [Symbol]
  ) -> [(symbol: Int32, type: ValueType)] {
    var changes: [(symbol: Int32, type: ValueType)] = []
    for change in flow.joins(ends, &table) {
      let symbol = Symbol(UInt32(change.symbol))
      if names.contains(symbol) { continue }
      let old = flow[symbol]
      var new = table.union(old, change.type)
      if new == old { continue }
      if walks >= Self.mostWalks || budget < 0 {
        new = .any
      } else if walks >= Self.exactWalks {
        new = table.widened(new)
      }
      if new == old { continue }
      flow.set(symbol, new)
      changes.append((change.symbol, new))
    }
    return changes
  }

  /// Begins with what earlier walks of a loop around found out about the head of this one.
  @inline(never)
  private mutating func enterHead(_ id: StatementID) {
    guard let known = heads[id.index] else { return }
    for entry in known { join(entry.symbol, entry.type) }
  }

  private mutating func join(_ symbol: Int32, _ type: ValueType) {
    let symbol = Symbol(UInt32(symbol))
    let joined = table.union(flow[symbol], type)
    flow.set(symbol, joined)
  }

  private func merged(
    _ old: [(symbol: Int32, type: ValueType)], _ new: [(symbol: Int32, type: ValueType)]
  ) -> [(symbol: Int32, type: ValueType)] {
    old.filter { entry in !new.contains { $0.symbol == entry.symbol } } + new
  }

  /// The variables that the body of a loop assigns. Blocks nest to a bounded depth.
  private func assigned(_ id: StatementID) -> [Symbol] {
    switch tree[id].kind {
    case .iterate(_, _, let body), .loop(_, let body): assigned(in: body)
    default: []
    }
  }

  func assigned(in block: Block) -> [Symbol] {
    var found: [Symbol] = []
    for id in tree[block.statements] {
      switch tree[id].kind {
      case .assign(let targets, _), .update(let targets, _, _):
        found += tree[targets].map(\.root.symbol)
      case .branch(let branches, let otherwise):
        for branch in tree[branches] { found += assigned(in: branch.block) }
        if let otherwise { found += assigned(in: otherwise) }
      case .iterate(_, _, let body), .loop(_, let body): found += assigned(in: body)
      default: break
      }
    }
    return found
  }
}
