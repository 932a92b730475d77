import LashLang

extension ReferenceEvaluator {
  mutating func evaluate(_ id: ExpressionID) throws(Flow) -> ReferenceValue {
    try step()
    let span = tree[id].span
    switch tree[id].kind {
    case .null: return .null
    case .bool(let bool): return .bool(bool)
    case .integer(let integer): return .integer(integer)
    case .number(let double): return .number(double)
    case .string(let symbol): return .text(tree[symbol])
    case .interpolation(let parts): return try interpolate(parts)
    case .name(let symbol): return try read(symbol, at: span)
    case .tuple(let items): return .tuple(try evaluate(items))
    case .list(let items): return .list(try evaluate(items))
    case .record(let fields):
      var record = ReferenceRecord()
      for field in tree[fields] { record[tree[field.name.symbol]] = try evaluate(field.value) }
      return .record(record)
    case .comprehension(let element, let clauses):
      var items: [ReferenceValue] = []
      try comprehend(element, tree[clauses], &items)
      return .list(items)
    case .field(let target, let name):
      let value = try evaluate(target)
      let key = tree[name.symbol]
      return try at(span) { () throws(ReferenceFailure) in try value.member(key) }
    case .index(let target, let index):
      let value = try evaluate(target)
      let index = try evaluate(index)
      return try at(span) { () throws(ReferenceFailure) in try value.element(index) }
    case .call(_, let list):
      let arguments = try evaluate(list)
      switch module[id] {
      case .function(let index): return try call(module.functions[index], arguments)
      case .builtin(let builtin):
        return try at(span) { () throws(ReferenceFailure) in
          try ReferenceBuiltins.call(builtin, arguments)
        }
      default: preconditionFailure("the reference knows no such call")
      }
    case .unary(let operation, let operand):
      let value = try evaluate(operand)
      if operation == .not { return .bool(!value.isTrue) }
      return try at(span) { () throws(ReferenceFailure) in
        ReferenceNumber.integer(0).applying("-", to: try value.asNumber())
      }
    case .binary(let operation, let left, let right):
      return try evaluate(operation, left, right, at: span)
    case .conditional(let condition, let then, let otherwise):
      return try evaluate(try evaluate(condition).isTrue ? then : otherwise)
    default: preconditionFailure("the reference knows no such expression")
    }
  }

  private mutating func evaluate(
    _ list: NodeList<ExpressionID>
  ) throws(Flow) -> [ReferenceValue] {
    var values: [ReferenceValue] = []
    for id in tree[list] { values.append(try evaluate(id)) }
    return values
  }

  private mutating func interpolate(
    _ parts: NodeList<InterpolationPart>
  ) throws(Flow) -> ReferenceValue {
    var text = ""
    for part in tree[parts] {
      switch part {
      case .text(let symbol): text += tree[symbol]
      case .slot(let value): text += try evaluate(value).textForm
      case .formatted: preconditionFailure("the reference knows no format specs")
      }
    }
    return .text(text)
  }

  private mutating func comprehend(
    _ element: ExpressionID, _ clauses: ArraySlice<ComprehensionClause>,
    _ items: inout [ReferenceValue]
  ) throws(Flow) {
    let rest = clauses.dropFirst()
    switch clauses.first {
    case nil: items.append(try evaluate(element))
    case .filter(let condition):
      if try evaluate(condition).isTrue { try comprehend(element, rest, &items) }
    case .iterate(let names, let iterable):
      var made = items
      try iterate(Array(tree[names]), iterable) { evaluator throws(Flow) in
        try evaluator.comprehend(element, rest, &made)
      }
      items = made
    }
  }

  private mutating func evaluate(
    _ operation: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID, at span: SourceSpan
  ) throws(Flow) -> ReferenceValue {
    let a = try evaluate(left)
    switch operation {
    case .and: return .bool(a.isTrue ? try evaluate(right).isTrue : false)
    case .or: return .bool(a.isTrue ? true : try evaluate(right).isTrue)
    case .coalesce: return a.isNull ? try evaluate(right) : a
    default: break
    }
    let b = try evaluate(right)
    return try at(span) { () throws(ReferenceFailure) in
      switch operation {
      case .equal: .bool(a.equals(b))
      case .notEqual: .bool(!a.equals(b))
      case .less, .lessOrEqual, .greater, .greaterOrEqual:
        .bool(try a.isOrdered(operation.rawValue, b))
      case .contained: .bool(try b.contains(a))
      case .notContained: .bool(try !b.contains(a))
      default: try a.applying(operation.rawValue, to: b)
      }
    }
  }
}

extension ReferenceValue {
  /// Rule EXP-12.
  func member(_ key: String) throws(ReferenceFailure) -> ReferenceValue {
    switch self {
    case .null: return .null
    case .record(let record): return record[key] ?? .null
    default: throw .init(.typeError)
    }
  }

  /// Rule EXP-13.
  func element(_ index: ReferenceValue) throws(ReferenceFailure) -> ReferenceValue {
    let items: [ReferenceValue]
    switch self {
    case .null: return .null
    case .record(let record): return record[try index.asText()] ?? .null
    case .list(let list), .tuple(let list): items = list
    case .text(let text): items = text.unicodeScalars.map { .text(String($0)) }
    default: throw .init(.typeError)
    }
    var offset = try index.asOffset()
    if offset < 0 { offset += items.count }
    return items.indices.contains(offset) ? items[offset] : .null
  }

  /// Rule EXP-8.
  func contains(_ member: ReferenceValue) throws(ReferenceFailure) -> Bool {
    switch self {
    case .null: return false
    case .list(let items), .tuple(let items): return items.contains { $0.equals(member) }
    case .record(let record): return record[try member.asText()] != nil
    case .text(let text):
      return ReferenceBuiltins.offset(of: try member.asText(), in: text, from: 0) != nil
    default: throw .init(.typeError)
    }
  }

  /// `+ - * / %` (rules EXP-4, EXP-5), and `push`.
  func applying(
    _ operation: String, to other: ReferenceValue
  ) throws(ReferenceFailure) -> ReferenceValue {
    switch (operation, self, other) {
    case ("push", .list(let items), _): return .list(items + [other])
    case ("push", _, _): throw .init(.typeError)
    case ("+", .text, _), ("+", _, .text): return .text(textForm + other.textForm)
    case ("+", .list(let a), .list(let b)): return .list(a + b)
    case ("+", .tuple(let a), .tuple(let b)): return .tuple(a + b)
    case ("+", .list, .tuple), ("+", .tuple, .list): throw .init(.typeError)
    default:
      let number = try asNumber()
      return number.applying(operation, to: try other.asNumber())
    }
  }
}
