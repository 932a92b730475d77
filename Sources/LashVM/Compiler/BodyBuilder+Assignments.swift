import LashLang

/// What is added to a text.
private enum AddedPart {
  case constant(UInt16)
  case register(Operand)
}

/// Assignments to variables and into paths (rules ASG-1 … ASG-6).
extension BodyBuilder {
  mutating func buildAssignment(
    _ targets: NodeList<AssignmentTarget>, _ value: ExpressionID, at span: SourceSpan
  ) {
    let mark = registers.top
    if targets.count > 1 {
      buildDestructuring(Array(tree[targets]), value, at: span)
    } else if let target = tree[targets].first {
      if target.steps.isEmpty {
        buildAssignment(to: target.root.symbol, value, at: span)
      } else if let update = inPlaceUpdate(of: target, by: value) {
        buildPathUpdate(target, update, at: span)
      } else {
        buildPathAssignment(target, value)
      }
    }
    registers.pop(to: mark)
  }

  /// `x += e`, `p += e` and their kin.
  mutating func buildUpdate(
    _ target: AssignmentTarget, _ operation: BinaryOperator, _ value: ExpressionID,
    at span: SourceSpan
  ) {
    let mark = registers.top
    if target.steps.isEmpty {
      buildVariableUpdate(target.root, operation, value, at: span)
    } else {
      buildPathUpdate(target, PathUpdate(operation: .init(operation), value: value), at: span)
    }
    registers.pop(to: mark)
  }

  // MARK: Variables

  private mutating func buildAssignment(
    to symbol: Symbol, _ value: ExpressionID, at span: SourceSpan
  ) {
    let register = scope.register(of: symbol)
    if !buildAppend(to: symbol, value, at: span), !buildTextAppends(to: symbol, value) {
      evaluate(value, into: .variable(register))
    }
    assigned.assign(register)
  }

  /// `x = push(x, e)`, and `x = x + [e]` where `x` is surely a list: appends in place.
  private mutating func buildAppend(
    to symbol: Symbol, _ value: ExpressionID, at span: SourceSpan
  ) -> Bool {
    guard let (name, item) = appendedItem(to: symbol, value) else { return false }
    let register = read(symbol, at: tree[name].span)
    let source = operand(item)
    code.emit(.push, a: register.offset, b: source.register.offset, at: tree[value].span)
    clear(source, at: span)
    return true
  }

  private func appendedItem(
    to symbol: Symbol, _ value: ExpressionID
  ) -> (name: ExpressionID, item: ExpressionID)? {
    switch tree[value].kind {
    case .call(_, let arguments) where module[value] == .builtin(.push):
      let arguments = Array(tree[arguments])
      guard arguments.count == 2, variable(arguments[0]) == symbol else { return nil }
      return (arguments[0], arguments[1])
    case .binary(.add, let left, let right) where variable(left) == symbol:
      return onlyItem(right, addedTo: symbol).map { (left, $0) }
    default: return nil
    }
  }

  /// The item of a list literal that is added to a name which never holds anything but lists.
  private func onlyItem(_ id: ExpressionID, addedTo symbol: Symbol) -> ExpressionID? {
    guard kinds.names[Int(symbol.index)] == .list, case .list(let items) = tree[id].kind,
      items.count == 1
    else { return nil }
    return tree[items].first
  }

  /// `x = x + a + b …` where `a` is a text, so that no sum can fail: appends each in place, which
  /// keeps building a text linear. All parts are evaluated before the first is appended.
  private mutating func buildTextAppends(to symbol: Symbol, _ value: ExpressionID) -> Bool {
    guard let (name, sums) = textSums(on: symbol, value) else { return false }
    let register = read(symbol, at: tree[name].span)
    var parts: [(sum: ExpressionID, part: AddedPart)] = []
    for (sum, right) in sums {
      if let constant = directConstant(right) {
        parts.append((sum, .constant(constant)))
      } else {
        parts.append((sum, .register(copied(operand(right), ifIn: register, right))))
      }
    }
    for (sum, part) in parts {
      let (target, span) = (register.offset, tree[sum].span)
      switch part {
      case .constant(let offset):
        code.emit(.addConstant, a: target, b: target, c: offset, at: span)
      case .register(let operand):
        code.emit(.add, a: target, b: target, c: operand.register.offset, at: span)
        clear(operand, at: span)
      }
    }
    return true
  }

  /// A copy of an operand that is about to change, else the operand.
  private mutating func copied(
    _ operand: Operand, ifIn register: Register, _ id: ExpressionID
  ) -> Operand {
    guard operand.register == register else { return operand }
    let copy = registers.push()
    code.emit(.copy, a: copy.offset, b: register.offset, at: tree[id].span)
    return Operand(register: copy, mustBeCleared: true)
  }

  /// The name and the sums of a chain of at least two that begins at `symbol`, innermost first.
  private func textSums(
    on symbol: Symbol, _ value: ExpressionID
  ) -> (name: ExpressionID, sums: [(sum: ExpressionID, right: ExpressionID)])? {
    var sums: [(sum: ExpressionID, right: ExpressionID)] = []
    var id = value
    while case .binary(.add, let left, let right) = tree[id].kind {
      sums.append((id, right))
      id = left
    }
    guard sums.count > 1, variable(id) == symbol, let first = sums.last,
      kinds.kinds[Int(first.right.index)] == .text
    else { return nil }
    return (id, sums.reversed())
  }

  private mutating func buildVariableUpdate(
    _ root: Name, _ operation: BinaryOperator, _ value: ExpressionID, at span: SourceSpan
  ) {
    let register = read(root.symbol, at: root.span)
    let opcodes = Self.arithmetic(operation)
    if operation == .add, let item = onlyItem(value, addedTo: root.symbol) {
      let source = operand(item)
      code.emit(.push, a: register.offset, b: source.register.offset, at: span)
      clear(source, at: span)
    } else if let constant = directConstant(value) {
      code.emit(
        opcodes.constant, a: register.offset, b: register.offset, c: constant, at: span)
    } else {
      let source = operand(value)
      code.emit(
        opcodes.registers, a: register.offset, b: register.offset, c: source.register.offset,
        at: span)
      clear(source, at: span)
    }
  }

  // MARK: Destructuring

  private mutating func buildDestructuring(
    _ targets: [AssignmentTarget], _ value: ExpressionID, at span: SourceSpan
  ) {
    // A variable used as index may be a target too, so indexes are copied.
    let paths = targets.map { evaluateSteps($0, copying: true) }
    let first = registers.top
    if let items = itemsToSpread(value, over: targets.count) {
      for (index, item) in items.enumerated() { fill(first, index, with: item) }
    } else {
      _ = registers.push(targets.count)
      let source = operand(value)
      code.emit(
        .unpack, a: first.offset, b: source.register.offset,
        c: UInt16(truncatingIfNeeded: targets.count), at: span)
      clear(source, at: span)
    }
    for (index, target) in targets.enumerated() {
      let item = first + index
      if target.steps.isEmpty {
        let register = scope.register(of: target.root.symbol)
        code.emit(.move, a: register.offset, b: item.offset, at: target.span)
        assigned.assign(register)
      } else {
        emitPath(
          .setPath, target, Operand(register: item, mustBeCleared: true), paths[index],
          at: target.span)
      }
    }
  }

  /// The items of a literal of the right length, which need not be put together first.
  private func itemsToSpread(
    _ value: ExpressionID, over count: Int
  ) -> ArraySlice<ExpressionID>? {
    switch tree[value].kind {
    case .tuple(let items) where items.count == count: tree[items]
    case .list(let items) where items.count == count: tree[items]
    default: nil
    }
  }
}
