import LashLang

/// Statements and blocks.
extension BodyBuilder {
  /// Compiles a block; what follows a jump out of it is never reached and left out.
  ///
  /// Blocks nest 100 deep (rule GRM-15). Inlined into its callers, this makes each level cost 10 KB
  /// of stack; on its own, 2 KB.
  @inline(never)
  mutating func build(_ block: Block) {
    for id in tree[block.statements] where assigned.isReachable { build(id) }
  }

  private mutating func build(_ id: StatementID) {
    let span = tree[id].span
    switch tree[id].kind {
    case .expression(let value): drop(value)
    case .assign(let targets, let value): buildAssignment(targets, value, at: span)
    case .update(let targets, let operation, let value):
      for target in tree[targets] { buildUpdate(target, operation, value, at: span) }
    case .branch(let branches, let otherwise): buildBranches(branches, otherwise, at: span)
    case .iterate(let names, let iterable, let block):
      buildIteration(names, iterable, block, at: span)
    case .loop(let condition, let block): buildLoop(condition, block, at: span)
    case .break: buildBreak(at: span)
    case .continue: buildContinue(at: span)
    case .print(let value): buildEffect(.print, value, at: span)
    case .cancel(let value): buildEffect(.cancel, value, at: span)
    case .yield(let value): buildEffect(.yield, value, at: span)
    case .wake(let value): buildEffect(.wake, value, at: span)
    case .finish(let value): buildEffect(.finish, value, at: span)
    case .fail(let value): buildEffect(.fail, value, at: span)
    case .error: break
    }
    if case .finish = tree[id].kind { assigned.isReachable = false }
    if case .fail = tree[id].kind { assigned.isReachable = false }
  }

  /// Charges fuel on entry of a block.
  mutating func charge(_ cost: UInt32, at span: SourceSpan) {
    if cost > 0 { code.emit(.charge, wide: cost, at: span) }
  }

  private mutating func drop(_ value: ExpressionID) {
    let mark = registers.top
    let operand = self.operand(value)
    clear(operand, at: tree[value].span)
    registers.pop(to: mark)
  }

  private mutating func buildEffect(
    _ opcode: Opcode, _ value: ExpressionID, at span: SourceSpan
  ) {
    let register = registers.push()
    evaluateEffect(opcode, value, into: .temporary(register), span)
    registers.pop(to: register)
  }

  private mutating func buildBranches(
    _ branches: NodeList<ConditionalBlock>, _ otherwise: Block?, at span: SourceSpan
  ) {
    let end = code.makeLabel()
    var join = assigned.fork()
    let last = tree[branches].indices.last
    for (index, branch) in zip(tree[branches].indices, tree[branches]) {
      let next = code.makeLabel()
      jump(to: next, if: branch.condition, is: false)
      buildCharged(branch.block)
      if assigned.isReachable, index != last || otherwise != nil {
        code.jump(.jump, to: end, at: span)
      }
      assigned.endPath(&join)
      code.place(next)
    }
    if let otherwise { buildCharged(otherwise) }
    assigned.endPath(&join)
    assigned.meet(join)
    code.place(end)
  }

  private mutating func buildCharged(_ block: Block) {
    charge(costs.cost(of: block), at: block.span)
    build(block)
  }

  // MARK: Results of functions

  /// Compiles a function's block and returns its last statement's value (rule FN-2).
  mutating func buildResult(_ block: Block) {
    let statements = tree[block.statements]
    for id in statements.dropLast() where assigned.isReachable { build(id) }
    guard assigned.isReachable else { return }
    guard let last = statements.last else {
      returnNull(at: block.span)
      return
    }
    switch tree[last].kind {
    case .expression(let value): returnValue(of: value)
    case .branch(let branches, let otherwise):
      buildResults(branches, otherwise, at: tree[last].span)
    default:
      build(last)
      returnNull(at: tree[last].span)
    }
  }

  private mutating func buildResults(
    _ branches: NodeList<ConditionalBlock>, _ otherwise: Block?, at span: SourceSpan
  ) {
    for branch in tree[branches] {
      let next = code.makeLabel()
      jump(to: next, if: branch.condition, is: false)
      let mark = assigned.mark
      charge(costs.cost(of: branch.block), at: branch.block.span)
      buildResult(branch.block)
      assigned.rewind(to: mark)
      assigned.isReachable = true
      code.place(next)
    }
    if let otherwise {
      charge(costs.cost(of: otherwise), at: otherwise.span)
      buildResult(otherwise)
    } else {
      returnNull(at: span)
    }
  }

  private mutating func returnValue(of id: ExpressionID) {
    let mark = registers.top
    if case .conditional(let condition, let then, let otherwise) = tree[id].kind {
      let no = code.makeLabel()
      jump(to: no, if: condition, is: false)
      let path = assigned.mark
      returnValue(of: then)
      assigned.rewind(to: path)
      code.place(no)
      returnValue(of: otherwise)
      return
    }
    let value = operand(id)
    emitReturn(value.register, at: tree[id].span)
    registers.pop(to: mark)
  }

  private mutating func returnNull(at span: SourceSpan) {
    let register = registers.push()
    load(.null, into: register, at: span)
    emitReturn(register, at: span)
    registers.pop(to: register)
  }

  private mutating func emitReturn(_ register: Register, at span: SourceSpan) {
    code.emit(
      .ret, a: register.offset, b: UInt16(truncatingIfNeeded: scope.variables.count), at: span)
  }
}
