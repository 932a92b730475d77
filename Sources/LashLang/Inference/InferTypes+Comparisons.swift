/// `==` and `!=` (rule TYP-16): kinds that are never equal contradict, scalars of different kinds
/// and answers that are fixed are warned of. Comparing with null is always allowed.
extension InferTypes {
  private enum Category { case scalar, sequence, record, other }

  mutating func compare(
    _ id: ExpressionID, _ operation: BinaryOperator, _ left: ValueType, _ right: ValueType
  ) -> ValueType {
    if left == .null || right == .null {
      compareWithNull(id, operation, left == .null ? right : left)
      return .bool
    }
    if table.isOpen(left) || table.isOpen(right) { return .bool }
    let first = categories(left)
    let second = categories(right)
    guard first.isEmpty || second.isEmpty || first.contains(where: { second.contains($0) }) else {
      return refuse(id, operation, left, right)
    }
    warnUnrelated(id, operation, left, right)
    return .bool
  }

  private func categories(_ type: ValueType) -> [Category] {
    var found: [Category] = []
    for member in table.members(type) {
      let kinds = table.kinds(member)
      if member == .absent { continue }
      if kinds.isSubset(of: .scalar) {
        found.append(.scalar)
      } else if kinds.isSubset(of: .sequence) {
        found.append(.sequence)
      } else {
        found.append(kinds == .record ? .record : .other)
      }
    }
    return found
  }

  private mutating func compareWithNull(
    _ id: ExpressionID, _ operation: BinaryOperator, _ type: ValueType
  ) {
    if type == .null || table.isOpen(type) { return }
    let isNull = table.refine(type, .null(true))
    guard isNull == .never, let operand = operand(id) else { return }
    let answer = operation == .equal ? "false" : "true"
    report(
      .constantCondition,
      "this is always \(answer): `\(shortText(operand))` is \(table.text(type)), never null",
      at: tree[id].span)
  }

  /// The operand of a comparison that is not the literal null.
  private func operand(_ id: ExpressionID) -> ExpressionID? {
    guard case .binary(_, let left, let right) = tree[id].kind else { return nil }
    if case .null = tree[left].kind { return right }
    return left
  }

  private mutating func warnUnrelated(
    _ id: ExpressionID, _ operation: BinaryOperator, _ left: ValueType, _ right: ValueType
  ) {
    let first = table.kinds(left)
    let second = table.kinds(right)
    let answer = operation == .equal ? "false" : "true"
    guard first.isDisjoint(with: second) else {
      warnUnrelatedTexts(id, answer, left, right)
      return
    }
    if first.isEmpty || second.isEmpty { return }
    report(
      .unrelatedComparison,
      "this is always \(answer): \(table.text(left)) and \(table.text(right)) are never equal",
      at: tree[id].span,
      Advice(
        first.union(second).isSuperset(of: [.string, .number])
          ? "convert one side, with `to_string(…)` or `to_int(…)`" : nil))
  }

  private mutating func warnUnrelatedTexts(
    _ id: ExpressionID, _ answer: String, _ left: ValueType, _ right: ValueType
  ) {
    let first = table.members(left)
    let second = table.members(right)
    let areTexts = (first + second).allSatisfy { table.kind($0) == .literal }
    guard areTexts, !first.contains(where: { second.contains($0) }) else { return }
    report(
      .unrelatedComparison,
      "this is always \(answer): \(table.text(left, exact: true)) and "
        + "\(table.text(right, exact: true)) have nothing in common", at: tree[id].span,
      spellingAdvice(id, first + second))
  }

  private func spellingAdvice(_ id: ExpressionID, _ literals: [ValueType]) -> Advice {
    guard case .binary(_, let left, let right) = tree[id].kind else { return Advice() }
    for side in [right, left] {
      guard case .string(let symbol) = tree[side].kind else { continue }
      let others = literals.map { table.name(table.word($0, 0)) }
      if let closest = Spelling.closest(to: tree[symbol], among: others) {
        return .replace(
          tree[side].span, by: "\"\(closest)\"", hint: "did you mean \"\(closest)\"?")
      }
    }
    return Advice()
  }

  // MARK: Conditions

  /// Warns of a condition whose truth is fixed (rule TYP-16).
  @inline(never)
  mutating func checkCondition(_ id: ExpressionID) {
    let type = types[Int(id.index)]
    if table.isOpen(type) || type == .bool { return }
    switch tree[id].kind {
    case .binary, .bool: return
    default: break
    }
    let members = table.members(type)
    guard !members.isEmpty,
      members.allSatisfy({ table.kind($0) != .object && !table.canBeFalse($0) }),
      members.allSatisfy({ table.kind($0) != .tuple && table.kind($0) != .literal && $0 != .yes })
    else { return }
    report(
      .constantCondition, "this is always true: \(table.text(type)) is never false",
      at: tree[id].span,
      Advice(isResult(type) ? "test `.ok` to see whether the call succeeded" : nil))
  }
}
