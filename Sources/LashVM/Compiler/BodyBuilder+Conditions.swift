import LashLang

/// Conditions as jumps, without making booleans.
extension BodyBuilder {
  /// Jumps to `label` if the truthiness of `id` is `truth`; else goes on behind.
  mutating func jump(to label: CodeBuffer.Label, if id: ExpressionID, is truth: Bool) {
    let span = tree[id].span
    if let known = literals[Int(id.index)]?.truth {
      if known == truth { code.jump(.jump, to: label, at: span) }
      return
    }
    switch tree[id].kind {
    case .unary(.not, let operand): jump(to: label, if: operand, is: !truth)
    case .binary(.and, let left, let right):
      jump(to: label, if: left, right, stopsAt: false, is: truth)
    case .binary(.or, let left, let right):
      jump(to: label, if: left, right, stopsAt: true, is: truth)
    case .binary(let operation, let left, let right) where operation.isComparison:
      if !jumpComparing(ComparisonForm(operation), left, right, to: label, is: truth, at: span) {
        jumpOnValue(of: id, to: label, is: truth)
      }
    default: jumpOnValue(of: id, to: label, is: truth)
    }
  }

  /// `and`, `or`: a left side of truth `stop` decides alone.
  private mutating func jump(
    to label: CodeBuffer.Label, if left: ExpressionID, _ right: ExpressionID,
    stopsAt stop: Bool, is truth: Bool
  ) {
    let past = code.makeLabel()
    jump(to: stop == truth ? label : past, if: left, is: stop)
    let mark = assigned.mark
    jump(to: label, if: right, is: truth)
    assigned.rewind(to: mark)
    code.place(past)
  }

  private mutating func jumpOnValue(
    of id: ExpressionID, to label: CodeBuffer.Label, is truth: Bool
  ) {
    let mark = registers.top
    let span = tree[id].span
    let value = operand(id)
    let opcode: Opcode =
      value.mustBeCleared
      ? (truth ? .takeJumpIfTrue : .takeJumpIfFalse) : (truth ? .jumpIfTrue : .jumpIfFalse)
    code.jump(opcode, a: value.register.offset, to: label, at: span)
    registers.pop(to: mark)
  }

  /// Compares and jumps in one instruction, if no operand needs clearing afterwards.
  private mutating func jumpComparing(
    _ comparison: ComparisonForm, _ left: ExpressionID, _ right: ExpressionID,
    to label: CodeBuffer.Label, is truth: Bool, at span: SourceSpan
  ) -> Bool {
    guard staysClean(left), staysClean(right) else { return false }
    let mark = registers.top
    let isEquality = comparison.operation == .equal || comparison.operation == .notEqual
    if isEquality, isNull(right) {
      jumpIfNull(left, to: label, is: truth == (comparison.operation == .equal), at: span)
    } else if isEquality, isNull(left) {
      jumpIfNull(right, to: label, is: truth == (comparison.operation == .equal), at: span)
    } else if let constant = directConstant(right) {
      let opcode = comparison.jumpWithConstant(if: truth)
      let first = operand(left)
      code.jump(opcode, a: first.register.offset, b: constant, to: label, at: span)
    } else if let constant = directConstant(left) {
      let opcode = comparison.mirrored.jumpWithConstant(if: truth)
      let second = operand(right)
      code.jump(opcode, a: second.register.offset, b: constant, to: label, at: span)
    } else {
      var first = operand(left)
      var second = operand(right)
      if comparison.swapsRegisters { swap(&first, &second) }
      code.jump(
        comparison.jumpWithRegisters(if: truth), a: first.register.offset,
        b: second.register.offset, to: label, at: span)
    }
    registers.pop(to: mark)
    return true
  }

  private mutating func jumpIfNull(
    _ id: ExpressionID, to label: CodeBuffer.Label, is truth: Bool, at span: SourceSpan
  ) {
    let value = operand(id)
    code.jump(
      truth ? .jumpIfNull : .jumpIfNotNull, a: value.register.offset, to: label, at: span)
  }

  /// Whether reading `id` leaves no string or container in a temporary.
  private func staysClean(_ id: ExpressionID) -> Bool {
    variable(id) != nil || literals[Int(id.index)] != nil || !mayHoldHeap(id)
  }

  private func isNull(_ id: ExpressionID) -> Bool { literals[Int(id.index)]?.kind == .null }
}
