import LashLang

/// Loops, tested at the bottom.
extension BodyBuilder {
  /// A loop over a sequence or range whose body is being compiled.
  struct OpenLoop {
    /// The first hidden register.
    let base: Register
    let isRange: Bool
    let cost: UInt16
    let body: CodeBuffer.Label
    let next: CodeBuffer.Label
    let exit: CodeBuffer.Label
    /// The bindings that may hold a string or container after the loop.
    let leftovers: [Register]
    let hidden: [Scope.Hidden]
    let span: SourceSpan

    /// The register of each item.
    var item: Register { base + (isRange ? 3 : 2) }
    /// What to clear when the loop is left early.
    var held: [Register] { isRange ? [] : [base, item] }
  }

  /// Begins a loop that binds `names`; `cost` is charged at each turn.
  mutating func openLoop(
    _ names: NodeList<Name>, _ iterable: ExpressionID, cost: UInt32, at span: SourceSpan
  ) -> OpenLoop {
    let isRange = module.isRange(iterable)
    let base = registers.push()
    if isRange { fillRange(base, iterable) } else { evaluate(iterable, into: .temporary(base)) }
    let item = base + (isRange ? 3 : 2)
    registers.reserve(item)
    registers.pop(to: item + 1)
    let names = Array(tree[names])
    let first = names.count == 1 ? item : registers.push(names.count)
    let bindings = names.indices.map { first + $0 }
    let short = UInt16(exactly: cost) ?? 0
    let loop = OpenLoop(
      base: base, isRange: isRange, cost: short, body: code.makeLabel(), next: code.makeLabel(),
      exit: code.makeLabel(),
      leftovers: zip(names, bindings).filter { name, binding in
        // The loop itself leaves the item of a sequence unset.
        !(kinds.names[Int(name.symbol.index)].isScalar || !isRange && binding == item)
      }.map { $0.1 },
      hidden: zip(names, bindings).map { scope.bind($0.symbol, to: $1) }, span: span)
    code.jump(
      isRange ? .rangeBegin : .iterateBegin, a: base.offset, b: short, to: loop.exit, at: span)
    code.place(loop.body)
    if short != cost { charge(cost, at: span) }
    if names.count != 1 {
      code.emit(
        .unpack, a: first.offset, b: item.offset, c: UInt16(truncatingIfNeeded: names.count),
        at: names.first.map { $0.span.union(names[names.count - 1].span) } ?? span)
    }
    return loop
  }

  /// Ends the innermost open loop.
  mutating func close(_ loop: OpenLoop) {
    code.place(loop.next)
    code.jump(
      loop.isRange ? .rangeNext : .iterateNext, a: loop.base.offset, b: loop.cost, to: loop.body,
      at: loop.span)
    code.place(loop.exit)
    for register in loop.leftovers { clear(register, at: loop.span) }
    scope.restore(loop.hidden)
    registers.pop(to: loop.base)
  }

  /// Start, end and step of a `range` call, the missing ones supplied.
  private mutating func fillRange(_ base: Register, _ call: ExpressionID) {
    guard case .call(_, let list) = tree[call].kind else { return }
    let span = tree[call].span
    let arguments = tree[list]
    let offset = arguments.count == 1 ? 1 : 0
    if offset == 1 { load(.integer(0), into: base, at: span) }
    for (index, argument) in arguments.enumerated() {
      fill(base, index + offset, with: argument)
    }
    registers.reserve(base + 2)
    if arguments.count < 3 { load(.integer(1), into: base + 2, at: span) }
  }

  // MARK: Statements

  mutating func buildIteration(
    _ names: NodeList<Name>, _ iterable: ExpressionID, _ block: Block, at span: SourceSpan
  ) {
    let loop = openLoop(names, iterable, cost: 1 + costs.cost(of: block), at: tree[iterable].span)
    let mark = assigned.mark
    assigned.enterLoop()
    loops.append(LoopExit(next: loop.next, exit: loop.exit, held: loop.held))
    build(block)
    loops.removeLast()
    assigned.exitLoop(to: mark, isEndless: false)
    close(loop)
  }

  mutating func buildLoop(_ condition: ExpressionID, _ block: Block, at span: SourceSpan) {
    let isEndless = if case .bool(true) = tree[condition].kind { true } else { false }
    let body = code.makeLabel()
    let loop = LoopExit(next: code.makeLabel(), exit: code.makeLabel(), held: [])
    if !isEndless { code.jump(.jump, to: loop.next, at: span) }
    code.place(body)
    charge(1 + costs[condition] + costs.cost(of: block), at: tree[condition].span)
    let mark = assigned.mark
    assigned.enterLoop()
    loops.append(loop)
    build(block)
    loops.removeLast()
    assigned.exitLoop(to: mark, isEndless: isEndless)
    code.place(loop.next)
    if isEndless {
      code.jump(.jump, to: body, at: span)
    } else {
      // Control comes here before the body, so what the body assigns does not count.
      jump(to: body, if: condition, is: true)
    }
    code.place(loop.exit)
  }

  mutating func buildBreak(at span: SourceSpan) {
    guard let loop = loops.last else { return }
    for register in loop.held { clear(register, at: span) }
    code.jump(.jump, to: loop.exit, at: span)
    assigned.breakLoop()
    assigned.isReachable = false
  }

  mutating func buildContinue(at span: SourceSpan) {
    guard let loop = loops.last else { return }
    code.jump(.jump, to: loop.next, at: span)
    assigned.isReachable = false
  }
}
