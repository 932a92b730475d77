import LashLang

/// Operators as values.
extension BodyBuilder {
  mutating func evaluateUnary(
    _ operation: UnaryOperator, _ operand: ExpressionID, into destination: Destination,
    at span: SourceSpan
  ) {
    let mark = registers.top
    let source = self.operand(operand, scratch: destination.scratch)
    emitResult(destination, source, at: span) { code, result in
      code.emit(
        operation == .negate ? .negate : .not, a: result.offset, b: source.register.offset,
        at: span)
    }
    registers.pop(to: mark)
  }

  mutating func evaluateBinary(
    _ operation: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID,
    into destination: Destination, at span: SourceSpan
  ) {
    let mark = registers.top
    switch operation {
    case .add, .subtract, .multiply, .divide, .remainder:
      evaluateArithmetic(operation, left, right, into: destination, at: span)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      evaluateComparison(operation, left, right, into: destination, at: span)
    case .contained, .notContained:
      let item = operand(left, scratch: destination.scratch)
      let whole = operand(right, scratch: freeScratch(of: destination, beside: item))
      emitResult(destination, item, whole, at: span) { code, result in
        code.emit(
          .contained, a: result.offset, b: item.register.offset, c: whole.register.offset,
          at: span)
        if operation == .notContained {
          code.emit(.not, a: result.offset, b: result.offset, at: span)
        }
      }
    case .and, .or:
      evaluateLogic(isAnd: operation == .and, left, right, into: destination, at: span)
    case .coalesce: evaluateCoalesce(left, right, into: destination, at: span)
    }
    registers.pop(to: mark)
  }

  // MARK: Arithmetic and comparison

  private mutating func evaluateArithmetic(
    _ operation: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID,
    into destination: Destination, at span: SourceSpan
  ) {
    let opcodes = Self.arithmetic(operation)
    if let constant = directConstant(right) {
      emit(opcodes.constant, left, constant, into: destination, at: span)
    } else if operation == .multiply || operation == .add && !mayHoldHeap(right),
      isNumber(left), let constant = directConstant(left)
    {
      emit(opcodes.constant, right, constant, into: destination, at: span)
    } else {
      emit(opcodes.registers, left, right, into: destination, at: span)
    }
  }

  private mutating func evaluateComparison(
    _ operation: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID,
    into destination: Destination, at span: SourceSpan
  ) {
    let comparison = ComparisonForm(operation)
    if let constant = directConstant(right) {
      emit(comparison.withConstant, left, constant, into: destination, at: span)
    } else if let constant = directConstant(left) {
      emit(comparison.mirrored.withConstant, right, constant, into: destination, at: span)
    } else {
      emit(
        comparison.withRegisters, left, right, swapped: comparison.swapsRegisters,
        into: destination, at: span)
    }
  }

  private mutating func emit(
    _ opcode: Opcode, _ operand: ExpressionID, _ constant: UInt16, into destination: Destination,
    at span: SourceSpan
  ) {
    let source = self.operand(operand, scratch: destination.scratch)
    emitResult(destination, source, at: span) { code, result in
      code.emit(opcode, a: result.offset, b: source.register.offset, c: constant, at: span)
    }
  }

  private mutating func emit(
    _ opcode: Opcode, _ left: ExpressionID, _ right: ExpressionID, swapped: Bool = false,
    into destination: Destination, at span: SourceSpan
  ) {
    let first = operand(left, scratch: destination.scratch)
    let second = operand(right, scratch: freeScratch(of: destination, beside: first))
    let (b, c) = swapped ? (second, first) : (first, second)
    emitResult(destination, first, second, at: span) { code, result in
      code.emit(
        opcode, a: result.offset, b: b.register.offset, c: c.register.offset, at: span)
    }
  }

  private func isNumber(_ id: ExpressionID) -> Bool {
    literals[Int(id.index)]?.kind == .number
  }

  /// The instructions of an arithmetic operator, for two registers and for register and constant.
  static func arithmetic(
    _ operation: BinaryOperator
  ) -> (registers: Opcode, constant: Opcode) {
    switch operation {
    case .add: (.add, .addConstant)
    case .subtract: (.subtract, .subtractConstant)
    case .multiply: (.multiply, .multiplyConstant)
    case .divide: (.divide, .divideConstant)
    case .remainder: (.remainder, .remainderConstant)
    default: preconditionFailure("`\(operation.rawValue)` is no arithmetic operator")
    }
  }

  // MARK: Choices

  /// `and`, `or`: the left side's truth value decides, else it is the right side's.
  private mutating func evaluateLogic(
    isAnd: Bool, _ left: ExpressionID, _ right: ExpressionID, into destination: Destination,
    at span: SourceSpan
  ) {
    let result = destination.scratch ?? registers.push()
    let end = code.makeLabel()
    evaluateTruth(left, into: result)
    code.jump(isAnd ? .jumpIfFalse : .jumpIfTrue, a: result.offset, to: end, at: span)
    let mark = assigned.mark
    evaluateTruth(right, into: result)
    assigned.rewind(to: mark)
    code.place(end)
    move(result, into: destination, at: span)
  }

  /// Evaluates the truth value of `id`.
  private mutating func evaluateTruth(_ id: ExpressionID, into register: Register) {
    if kinds.kinds[Int(id.index)] == .bool {
      evaluate(id, into: .temporary(register))
      return
    }
    let mark = registers.top
    let source = operand(id, scratch: register)
    let span = tree[id].span
    code.emit(.truth, a: register.offset, b: source.register.offset, at: span)
    registers.pop(to: mark)
  }

  private mutating func evaluateCoalesce(
    _ left: ExpressionID, _ right: ExpressionID, into destination: Destination,
    at span: SourceSpan
  ) {
    let end = code.makeLabel()
    if let symbol = variable(left), scope.register(of: symbol) == destination.register {
      // `x = x ?? e` leaves `x` where it is.
      let register = read(symbol, at: tree[left].span)
      code.jump(.jumpIfNotNull, a: register.offset, to: end, at: span)
      evaluateBranch(right, into: destination)
      code.place(end)
      return
    }
    let result = destination.scratch ?? registers.push()
    evaluate(left, into: .temporary(result))
    code.jump(.jumpIfNotNull, a: result.offset, to: end, at: span)
    evaluateBranch(right, into: .temporary(result))
    code.place(end)
    move(result, into: destination, at: span)
  }

  mutating func evaluateConditional(
    _ condition: ExpressionID, _ then: ExpressionID, _ otherwise: ExpressionID,
    into destination: Destination, at span: SourceSpan
  ) {
    if let truth = literals[Int(condition.index)]?.truth {
      evaluate(truth ? then : otherwise, into: destination)
      return
    }
    let no = code.makeLabel()
    let end = code.makeLabel()
    jump(to: no, if: condition, is: false)
    evaluateBranch(then, into: destination)
    code.jump(.jump, to: end, at: span)
    code.place(no)
    evaluateBranch(otherwise, into: destination)
    code.place(end)
  }

  /// Evaluates what runs on one path only, so that its checks say nothing about what follows.
  private mutating func evaluateBranch(_ id: ExpressionID, into destination: Destination) {
    let mark = assigned.mark
    evaluate(id, into: destination)
    assigned.rewind(to: mark)
  }
}
