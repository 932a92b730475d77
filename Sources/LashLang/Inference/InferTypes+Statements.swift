extension InferTypes {
  /// Walks the statements of a block in order. What follows a statement that never goes on is not
  /// judged, but named once.
  mutating func walk(_ block: Block) {
    let wasMuted = isMuted
    let isEntered = flow.isReachable
    for id in tree[block.statements] {
      if isEntered, !flow.isReachable, !isMuted {
        warnUnreachable(id)
        isMuted = true
      }
      walk(id)
    }
    isMuted = wasMuted
  }

  @inline(never)
  private mutating func warnUnreachable(_ id: StatementID) {
    report(
      .unreachableCode, "this is never reached", at: tree[id].span,
      Advice("what comes before always leaves"))
  }

  private mutating func walk(_ id: StatementID) {
    budget -= 1
    switch tree.statements[Int(id.index)].kind {
    case .expression(let value):
      infer(value)
      warnDropped(value)
    case .assign(let targets, let value): walkAssignment(targets, value)
    case .update(let targets, let operation, let value): walkUpdate(id, targets, operation, value)
    case .branch(let branches, let otherwise): walkBranches(branches, otherwise)
    case .iterate: walkFor(id)
    case .loop: walkWhile(id)
    case .break:
      leave { $0.breaks.append($1) }
    case .continue:
      leave { $0.continues.append($1) }
    case .print(let value), .yield(let value), .wake(let value):
      infer(value)
    case .cancel(let value): walkCancel(value)
    case .finish(let value): walkFinish(value)
    case .fail(let value):
      infer(value)
      recordEnding()
      flow.isReachable = false
    case .error: break
    }
  }

  /// Leaves the innermost loop's body with what holds here; past the budget that is forgotten.
  @inline(never)
  private mutating func leave(_ record: (inout Loop, TypeFlow.Snapshot) -> Void) {
    if flow.isReachable, let mark = loops.last?.mark {
      if snapshotBudget > 0 {
        let snapshot = flow.capture(since: mark)
        snapshotBudget -= snapshot.changes.count
        record(&loops[loops.count - 1], snapshot)
      } else {
        loops[loops.count - 1].isForgetful = true
      }
    }
    flow.isReachable = false
  }

  @inline(never)
  private mutating func walkCancel(_ value: ExpressionID) {
    let type = infer(value)
    let kinds = table.kinds(type)
    if table.isOpen(type) || kinds.contains(.handle) || isResult(type) { return }
    report(
      .typeMismatch, "can't cancel \(table.text(type)); expected the handle of a run",
      at: tree[value].span)
  }

  @inline(never)
  private mutating func walkFinish(_ value: ExpressionID) {
    let type = infer(value)
    if case .process(let index) = body {
      if flow.isReachable { finished = table.union(finished, type) }
      let process = context.module.processes[index]
      if let declared = process.returnType {
        let target = self.type(of: declared)
        let lead = "process `\(tree[process.name.symbol])` return type is incompatible: expected "
        if let problem = mismatch(value, target) {
          report(problem, target, lead: lead)
        }
      }
    }
    recordEnding()
    flow.isReachable = false
  }

  // MARK: Branches

  @inline(never)
  private mutating func walkBranches(_ branches: NodeList<ConditionalBlock>, _ otherwise: Block?) {
    let mark = flow.mark
    var snapshots: [TypeFlow.Snapshot] = []
    for branch in tree[branches] {
      let condition = beginBranch(branch.condition)
      walk(branch.block)
      endBranch(condition, branch.condition, since: mark, &snapshots)
    }
    let wasReachable = flow.isReachable
    if let otherwise { walk(otherwise) }
    if flow.isReachable { snapshots.append(flow.capture(since: mark)) }
    flow.undo(to: mark)
    flow.isReachable = wasReachable
    flow.merge(snapshots, &table)
  }

  /// Enters the block of a condition; what was before is needed to leave it.
  @inline(never)
  mutating func beginBranch(_ condition: ExpressionID) -> (mark: Int, wasReachable: Bool) {
    infer(condition)
    checkCondition(condition)
    if case .bool(let value) = tree[condition].kind {
      report(
        .constantCondition, "this is always \(value)", at: tree[condition].span)
    }
    let here = (flow.mark, flow.isReachable)
    narrow(condition, true)
    return here
  }

  @inline(never)
  mutating func endBranch(
    _ here: (mark: Int, wasReachable: Bool), _ condition: ExpressionID, since mark: Int,
    _ snapshots: inout [TypeFlow.Snapshot]
  ) {
    if flow.isReachable { snapshots.append(flow.capture(since: mark)) }
    flow.undo(to: here.mark)
    flow.isReachable = here.wasReachable
    narrow(condition, false)
  }
}
