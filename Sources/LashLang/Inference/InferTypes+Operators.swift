/// Operators (rules EXP-4 to EXP-11).
extension InferTypes {
  @inline(never)
  mutating func inferUnary(
    _ id: ExpressionID, _ operation: UnaryOperator, _ operand: ExpressionID
  ) -> ValueType {
    let type = inferOutsideBatch(operand)
    guard operation == .negate else { return .bool }
    if table.isOpen(type) { return .number }
    guard table.kinds(type).isSubset(of: .scalar) else {
      report(
        .operandTypes, "operator `-` does not accept \(table.text(type))", at: tree[id].span,
        adviceOnOperand(type, operand))
      return .unknown
    }
    return arithmetic(type, .int)
  }

  @inline(never)
  mutating func inferBinary(
    _ id: ExpressionID, _ operation: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID
  ) -> ValueType {
    if operation == .and || operation == .or { return inferLogic(id, operation) }
    // Chains of operators lean to the left; they are walked without recursion.
    var spine = [id]
    var first = left
    while case .binary(let inner, let left, _) = tree[first].kind, inner != .and, inner != .or {
      spine.append(first)
      first = left
    }
    let isBatch = isInBatch
    isInBatch = false
    var type = infer(first)
    for node in spine.reversed() {
      type = inferOperation(node, type)
      types[Int(node.index)] = type
    }
    isInBatch = isBatch
    return type
  }

  /// The type of one operator over a left operand that is inferred already.
  @inline(never)
  private mutating func inferOperation(_ id: ExpressionID, _ first: ValueType) -> ValueType {
    guard case .binary(let operation, _, let right) = tree[id].kind else { return .unknown }
    let second = infer(right)
    return apply(id, operation, first, second)
  }

  @inline(never)
  private mutating func apply(
    _ id: ExpressionID, _ operation: BinaryOperator, _ first: ValueType, _ second: ValueType
  ) -> ValueType {
    switch operation {
    case .add: return sum(first, second) ?? refuse(id, operation, first, second)
    case .subtract, .multiply, .divide, .remainder:
      guard isScalar(first), isScalar(second) else {
        return refuse(id, operation, first, second)
      }
      if isWord(first) || isWord(second) { warnOfWord(id, operation, first) }
      return operation == .divide ? .float : arithmetic(first, second)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      guard isScalar(first), isScalar(second) else {
        return refuse(id, operation, first, second)
      }
    case .equal, .notEqual: return compare(id, operation, first, second)
    case .contained, .notContained:
      guard isContainer(second, of: first) else { return refuse(id, operation, first, second) }
    case .coalesce:
      let rest = table.refine(first, .null(false))
      return table.union(rest, second)
    case .and, .or: break
    }
    return .bool
  }

  /// Most operands are told by their node alone, without a call that would be given a copy of the pass.
  @inline(__always)
  private func isScalar(_ type: ValueType) -> Bool {
    switch table.kind(type) {
    case .null, .bool, .int, .number, .float, .string: true
    default: hasOnlyScalars(type)
    }
  }

  private func hasOnlyScalars(_ type: ValueType) -> Bool {
    table.isOpen(type) || table.kinds(type).isSubset(of: .scalar)
  }

  /// Whether a type is one text that surely is no number (rule VAL-11): it has no digit, and is
  /// neither blank nor the name of a number.
  @inline(__always)
  private func isWord(_ type: ValueType) -> Bool {
    table.kind(type) == .literal && Self.isWord(table.name(table.word(type, 0)))
  }

  private static func isWord(_ text: String) -> Bool {
    let names = ["inf", "infinity", "nan"]
    return text.unicodeScalars.contains { !$0.properties.isWhitespace }
      && !text.unicodeScalars.contains { $0.properties.numericType != nil }
      && !names.contains { text.lowercased().contains($0) }
  }

  private mutating func warnOfWord(
    _ id: ExpressionID, _ operation: BinaryOperator, _ left: ValueType
  ) {
    guard isReporting, case .binary(_, let first, let second) = tree[id].kind else { return }
    let isLeft = isWord(left)
    let (text, other) = isLeft ? (first, second) : (second, first)
    var advice = Advice()
    if operation == .multiply {
      advice = Advice("write `repeat(\(shortText(text)), \(shortText(other)))`")
    } else if operation == .remainder, isLeft {
      advice = Advice("write an f-string, `f\"… {value} …\"`, or `format(\"{}\", value)`")
    }
    report(
      .textArithmetic,
      "operator `\(operation.rawValue)` takes this text for a number, which it is not",
      at: tree[text].span, advice)
  }

  /// Reports operands that contradict; the result is not known.
  @inline(never)
  mutating func refuse(
    _ id: ExpressionID, _ operation: BinaryOperator, _ left: ValueType, _ right: ValueType
  ) -> ValueType {
    guard isReporting else { return .unknown }
    report(
      .operandTypes,
      "operator `\(operation.rawValue)` does not accept \(table.text(left)) and "
        + table.text(right), at: tree[id].span, adviceOnOperands(id, operation, left, right))
    return .unknown
  }

  private func adviceOnOperands(
    _ id: ExpressionID, _ operation: BinaryOperator, _ left: ValueType, _ right: ValueType
  ) -> Advice {
    guard case .binary(_, let first, let second) = tree[id].kind else { return Advice() }
    let kinds = table.kinds(left).union(table.kinds(right))
    switch operation {
    case .add:
      if kinds.contains(.string) {
        let other = table.kinds(left).contains(.string) ? second : first
        return Advice("write `to_string(\(shortText(other)))`, or an f-string")
      }
      if kinds.isSuperset(of: [.list, .tuple]) {
        return Advice("lists and tuples do not mix; write both in `[…]`")
      }
      if table.kinds(left) == .list {
        return Advice(
          "add one item with `push(\(shortText(first)), \(shortText(second)))`, or `[…]` around it")
      }
      if kinds == .record {
        return Advice("write `merge(\(shortText(first)), \(shortText(second)))`")
      }
    case .equal, .notEqual:
      return Advice("values of different kinds are never equal")
    case .contained, .notContained:
      return Advice("`in` looks into a list, tuple, record or string")
    default: break
    }
    return isScalar(left) ? adviceOnOperand(right, second) : adviceOnOperand(left, first)
  }

  private func adviceOnOperand(_ type: ValueType, _ operand: ExpressionID) -> Advice {
    let kinds = table.kinds(type)
    let text = shortText(operand)
    if kinds == .handle { return Advice("await it first: `(await \(text))?`") }
    if isResult(type) { return Advice("add `?` to the call to get its value") }
    if kinds == .list { return Advice("`sum(\(text))` and `len(\(text))` make a number of a list") }
    return Advice()
  }

  func isResult(_ type: ValueType) -> Bool {
    table.members(type).contains { table.kind($0) == .success || table.kind($0) == .failure }
  }

  // MARK: Numbers

  /// The type of `+ - * %` and negation of scalars.
  func arithmetic(_ left: ValueType, _ right: ValueType) -> ValueType {
    let first = numeric(left)
    let second = numeric(right)
    if first == .float || second == .float { return .float }
    return first == .int && second == .int ? .int : .number
  }

  /// What a scalar is as a number: text may be any.
  private func numeric(_ type: ValueType) -> ValueType {
    switch table.kind(type) {
    case .int, .null, .absent, .bool, .yes, .no: return .int
    case .float: return .float
    case .alias, .hostAlias, .union:
      var result = ValueType.int
      for member in table.members(type) {
        let one = table.kind(member) == .union ? .number : numeric(member)
        if one == .float { return .float }
        if one == .number { result = .number }
      }
      return result
    default: return .number
    }
  }

  // MARK: Sums

  /// The type of `+` (rule EXP-5); nothing if the operands contradict.
  mutating func sum(_ left: ValueType, _ right: ValueType) -> ValueType? {
    if table.kind(left) != .union, table.kind(right) != .union {
      return sumOne(table.expand(left), table.expand(right))
    }
    if isScalar(left), isScalar(right) {
      let first = table.kinds(left)
      let second = table.kinds(right)
      if first == .string || second == .string { return .string }
      let number = arithmetic(left, right)
      if !first.union(second).contains(.string) { return number }
      return table.isOpen(left) || table.isOpen(right) ? .any : table.union(.string, number)
    }
    var found: [ValueType] = []
    let seconds = table.members(right)
    for first in table.members(left) where first != .absent {
      for second in seconds where second != .absent {
        guard let sum = sumOne(first, second) else { return nil }
        found.append(sum)
      }
    }
    return table.union(found)
  }

  private mutating func sumOne(_ left: ValueType, _ right: ValueType) -> ValueType? {
    if table.kind(left) == .union || table.kind(right) == .union { return sum(left, right) }
    let first = table.kinds(left)
    let second = table.kinds(right)
    if left.isOpen || right.isOpen { return sumOpen(left, right) }
    // An item of what has none: if the sum is reached, the other side says nothing of it.
    if first.isEmpty || second.isEmpty, !first.union(second).isSubset(of: .scalar) {
      return .never
    }
    if first == .string || second == .string {
      return first.union(second).isSubset(of: .scalar) ? .string : nil
    }
    if first.isSubset(of: .scalar), second.isSubset(of: .scalar) { return arithmetic(left, right) }
    switch (table.kind(left), table.kind(right)) {
    case (.list, .list):
      let element = table.union(table.part(left), table.part(right))
      return table.list(element)
    case (.tuple, .tuple): return table.tuple(table.parts(left) + table.parts(right))
    case (.tuple, .tuples), (.tuples, .tuple), (.tuples, .tuples):
      let element = table.union(table.element(left) ?? .any, table.element(right) ?? .any)
      return table.tuples(element)
    default: return nil
    }
  }

  private func sumOpen(_ left: ValueType, _ right: ValueType) -> ValueType? {
    if left == .unknown || right == .unknown { return .unknown }
    if left == .never || right == .never { return .never }
    let known = left.isOpen ? right : left
    if known.isOpen { return .any }
    if table.kinds(known) == .string { return .string }
    if table.kinds(known).isDisjoint(with: [.record, .image, .handle, .module, .type, .process]) {
      return .any
    }
    return table.kind(known) == .named ? .any : nil
  }

  // MARK: Logic

  /// `and` and `or` want booleans; chains are walked without recursion, since they may be long.
  @inline(never)
  private mutating func inferLogic(_ id: ExpressionID, _ operation: BinaryOperator) -> ValueType {
    let chain = chain(id, operation)
    let here = flow.place
    let isBatch = isInBatch
    isInBatch = false
    var isWrong = false
    var left = infer(chain.operands[0])
    for index in 1..<chain.operands.count {
      let whole = chain.wholes[index - 1]
      narrow(chain.operands[index - 1], operation == .and)
      let right = infer(chain.operands[index])
      if !isWrong, left != .unknown, !(isTruthValue(left) && isTruthValue(right)) {
        isWrong = true
        reportLogic(whole, operation, left, right)
      }
      left = isWrong ? .unknown : .bool
      types[Int(whole.index)] = left
    }
    flow.goBack(to: here)
    isInBatch = isBatch
    return left
  }

  /// The operands of a chain of one operator, and the expressions that end with each but the first.
  func chain(
    _ id: ExpressionID, _ operation: BinaryOperator
  ) -> (operands: [ExpressionID], wholes: [ExpressionID]) {
    var operands: [ExpressionID] = []
    var wholes: [ExpressionID] = []
    var current = id
    while case .binary(operation, let left, let right) = tree[current].kind {
      operands.append(right)
      wholes.append(current)
      current = left
    }
    operands.append(current)
    return (operands.reversed(), wholes.reversed())
  }

  private func isTruthValue(_ type: ValueType) -> Bool {
    if table.isOpen(type) { return true }
    let kinds = table.kinds(type)
    return kinds.isSubset(of: [.bool, .null]) && (kinds.contains(.bool) || type == .absent)
  }

  private mutating func reportLogic(
    _ id: ExpressionID, _ operation: BinaryOperator, _ left: ValueType, _ right: ValueType
  ) {
    let advice: String
    let wrong = isTruthValue(left) ? right : left
    let kinds = table.kinds(wrong)
    if operation == .or, isTruthValue(left) == false {
      advice = "`or` gives a bool, never an operand; for a default write `a ?? b`, or `c ? a : b`"
    } else if isTruthValue(left), table.kind(right) == .literal {
      advice =
        "`\(operation.rawValue)` gives a bool, never an operand; for a choice write `c ? a : b`"
    } else if kinds.isSubset(of: [.list, .tuple, .record, .string, .null]) {
      advice = "compare it, for example with `not empty(…)` or `!= null`"
    } else {
      advice = "compare it, for example with `!= 0`"
    }
    report(
      .operandTypes,
      "operator `\(operation.rawValue)` does not accept \(table.text(left)) and "
        + table.text(right), at: tree[id].span, Advice(advice))
  }

  // MARK: Membership

  private func isContainer(_ container: ValueType, of item: ValueType) -> Bool {
    if table.isOpen(container) { return true }
    let kinds = table.kinds(container)
    guard kinds.isSubset(of: [.list, .tuple, .record, .string, .null]) else { return false }
    // Keys and parts of text are texts themselves.
    return kinds.contains(.list) || kinds.contains(.tuple) || isScalar(item)
  }
}
