/// What reading a field or an item of a value gives (rules EXP-12, EXP-13).
extension TypeTable {
  /// What reading gave, or why it cannot be.
  enum Access {
    case type(ValueType)
    /// A record type that lacks the field.
    case noField(ValueType)
    /// A kind without fields or items.
    case refused(ValueType)
    /// A wrapper read as if it were its value.
    case wrapper
  }

  /// The field of a type. Of a union, what the members that have it give.
  mutating func read(_ type: ValueType, field name: Int32) -> Access {
    if type.isOpen { return .type(type) }
    let members = members(type)
    if members.count == 1 { return readOne(members[0], field: name) }
    var found: [ValueType] = []
    var lacks = false
    var failed: Access?
    for member in members {
      switch readOne(member, field: name) {
      case .type(let type): found.append(type)
      case .noField: lacks = true
      case .wrapper: if failed == nil { failed = .wrapper }
      case .refused(let type): failed = .refused(type)
      }
    }
    let hasValue = found.contains { $0 != .absent }
    if let failed, !hasValue || isWrapperOnly(members) { return failed }
    if !hasValue && lacks { return .noField(type) }
    if failed != nil { return .type(.any) }
    if lacks { found.append(.absent) }
    return .type(union(found))
  }

  private func isWrapperOnly(_ members: [ValueType]) -> Bool {
    members.allSatisfy { kind($0) == .success || kind($0) == .failure }
  }

  private mutating func readOne(_ type: ValueType, field name: Int32) -> Access {
    switch kind(type) {
    case .never, .unknown, .any: return .type(type)
    case .null, .absent: return .type(.absent)
    case .object:
      if let field = field(type, named: name) {
        return .type(field.isOptional ? union(field.type, .absent) : field.type)
      }
      let rest = rest(type)
      if rest == .never || rest == .hidden { return .noField(type) }
      return .type(rest == .any ? .any : union(rest, .absent))
    case .success, .failure:
      let isSuccess = kind(type) == .success
      switch self.name(name) {
      case "ok": return .type(isSuccess ? .yes : .no)
      case "value": return .type(isSuccess ? part(type) : .absent)
      case "error": return .type(isSuccess ? .absent : .string)
      default: return .wrapper
      }
    case .image:
      switch self.name(name) {
      case "id", "label": return .type(.string)
      case "size": return .type(.int)
      case "width", "height": return .type(union(.int, .absent))
      default: return .type(.absent)
      }
    default: return .refused(type)
    }
  }

  /// The item of a type at an index whose value is known as a position or key, if it is.
  mutating func read(_ type: ValueType, position: Int64?, key: Int32?) -> Access {
    if type.isOpen { return .type(type) }
    let members = members(type)
    var found: [ValueType] = []
    var refused: ValueType?
    for member in members {
      switch readItem(member, position, key) {
      case .type(let type): found.append(type)
      case .refused(let type), .noField(let type): refused = type
      case .wrapper: found.append(.absent)
      }
    }
    if let refused { return found.contains { $0 != .absent } ? .type(.any) : .refused(refused) }
    return .type(union(found))
  }

  private mutating func readItem(_ type: ValueType, _ position: Int64?, _ key: Int32?) -> Access {
    switch kind(type) {
    case .never, .unknown, .any: return .type(type)
    case .null, .absent: return .type(.absent)
    case .string, .literal: return .type(union(.string, .absent))
    case .list, .tuples: return .type(union(part(type), .absent))
    case .tuple:
      guard let position else { return .type(union(parts(type) + [.absent])) }
      let count = Int64(count(type))
      let index = position < 0 ? position + count : position
      return .type(index >= 0 && index < count ? part(type, Int(index)) : .absent)
    case .object:
      if let key {
        if let field = field(type, named: key) {
          return .type(field.isOptional ? union(field.type, .absent) : field.type)
        }
        let rest = rest(type)
        if rest == .never { return .type(.absent) }
        return .type(rest == .hidden || rest == .any ? .any : union(rest, .absent))
      }
      let rest = rest(type)
      if rest == .hidden || rest == .any { return .type(.any) }
      return .type(union(fields(type).map(\.type) + [rest, .absent]))
    case .success, .failure:
      guard let key else { return .type(.any) }
      return readOne(type, field: key)
    default: return .refused(type)
    }
  }

  /// What a `for` over a value binds; nothing if it is no sequence. Of a union the members that
  /// are sequences count, with `any` for the others.
  mutating func element(_ type: ValueType) -> ValueType? {
    if type.isOpen { return type }
    var found: [ValueType] = []
    var isPartial = false
    var hasSequence = false
    for member in members(type) {
      switch kind(member) {
      case .never, .unknown, .any, .list, .tuples:
        found.append(member.isOpen ? member : part(member))
        hasSequence = true
      case .tuple:
        found += parts(member)
        hasSequence = true
      case .absent: break
      default: isPartial = true
      }
    }
    // Of an item of what has none, no item ever comes.
    if type == .absent { return .never }
    guard hasSequence else { return nil }
    return union(isPartial ? found + [.any] : found)
  }
}
