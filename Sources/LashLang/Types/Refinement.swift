/// What a condition tells of a value (rule TYP-13).
enum Refinement {
  /// It is true, or false, as a condition.
  case truth(Bool)
  /// It is null, or is not.
  case null(Bool)
  /// It equals a text, or does not.
  case text(Int32, Bool)
  /// It equals a boolean, or does not.
  case bool(Bool, Bool)
  /// It equals a number.
  case number(isIntegral: Bool)
  /// It is of some kinds, or is not.
  case kinds(KindSet, Bool)
  /// It equals one of some texts.
  case oneOf([Int32])
}

/// One step into a value whose place is known.
enum AccessStep {
  /// A field by its name.
  case field(Int32)
  /// An item by its position.
  case position(Int64)
}

extension TypeTable {
  /// The part of a type that a condition leaves; `never` if it cannot hold.
  mutating func refine(_ type: ValueType, _ refinement: Refinement) -> ValueType {
    let open = expand(type)
    if open == .any || open == .unknown { return refineOpen(open, refinement) }
    let members = members(open)
    var kept: [ValueType] = []
    var isWhole = true
    for member in members {
      let left = member.isOpen ? refineOpen(member, refinement) : refineOne(member, refinement)
      if left != member { isWhole = false }
      if left != .never { kept.append(left) }
    }
    if isWhole { return type }
    return members.count == 1 ? kept.first ?? .never : unionKeepingMembers(kept)
  }

  /// The members of a declared union that are left stay apart.
  private mutating func unionKeepingMembers(_ types: [ValueType]) -> ValueType {
    types.contains { kind($0) == .object } ? declaredUnion(types) : union(types)
  }

  private mutating func refineOpen(_ type: ValueType, _ refinement: Refinement) -> ValueType {
    // A condition on what never comes tells nothing.
    if type == .never { return .never }
    switch refinement {
    case .null(true): return .null
    case .text(let text, true): return literal(text)
    case .bool(let value, true): return value ? .yes : .no
    case .number(let isIntegral): return isIntegral ? .int : .float
    case .kinds(let kinds, true): return self.type(ofKinds: kinds)
    case .oneOf(let texts): return union(texts.map { literal($0) })
    default: return type
    }
  }

  private mutating func refineOne(_ type: ValueType, _ refinement: Refinement) -> ValueType {
    switch refinement {
    case .truth(true):
      return type == .null || type == .absent || type == .no || isEmptyText(type)
        ? .never : type == .bool ? .yes : type
    case .truth(false): return canBeFalse(type) ? type == .bool ? .no : type : .never
    case .null(let isNull):
      if type == .absent || type == .null { return isNull ? .null : .never }
      return isNull ? .never : type
    case .text(let text, let isEqual):
      if kind(type) == .literal { return (word(type, 0) == text) == isEqual ? type : .never }
      guard isEqual else { return type }
      return type == .string ? literal(text) : .never
    case .bool(let value, let isEqual):
      if type == .bool { return value == isEqual ? .yes : .no }
      if type == .yes || type == .no { return (type == .yes) == (value == isEqual) ? type : .never }
      return isEqual ? .never : type
    case .number: return kinds(type) == .number ? type : .never
    case .kinds(let kinds, let isOne):
      if kind(type) == .named { return type }
      let own = type == .absent ? .null : self.kinds(type)
      if isOne { return own.isDisjoint(with: kinds) ? .never : type == .absent ? .null : type }
      return own.isSubset(of: kinds) ? .never : type
    case .oneOf(let texts):
      if kind(type) == .literal { return texts.contains(word(type, 0)) ? type : .never }
      return type == .string ? union(texts.map { literal($0) }) : .never
    }
  }

  private func isEmptyText(_ type: ValueType) -> Bool {
    kind(type) == .literal && name(word(type, 0)).isEmpty
  }

  /// Whether a value of a type can be false as a condition (rule VAL-8).
  func canBeFalse(_ type: ValueType) -> Bool {
    switch kind(type) {
    case .yes, .image, .success, .failure, .run, .process, .typeValue, .triggerHandle: false
    case .named: false
    case .literal: isEmptyText(type)
    case .tuple: count(type) == 0
    case .object: !fields(type).contains { !$0.isOptional }
    default: true
    }
  }

  // MARK: Paths

  /// The type after a condition on what lies at the end of `steps`.
  mutating func refine(
    _ type: ValueType, at steps: ArraySlice<AccessStep>, _ refinement: Refinement
  ) -> ValueType {
    guard let step = steps.first else { return refine(type, refinement) }
    if isOpen(type) { return type }
    let members = members(type)
    var kept: [ValueType] = []
    for member in members {
      let left = refineStep(member, step, steps.dropFirst(), refinement)
      if left != .never { kept.append(left) }
    }
    if kept == members { return type }
    return kept.count == 1 ? kept[0] : unionKeepingMembers(kept)
  }

  private mutating func refineStep(
    _ type: ValueType, _ step: AccessStep, _ rest: ArraySlice<AccessStep>,
    _ refinement: Refinement
  ) -> ValueType {
    switch (kind(type), step) {
    case (.object, .field(let name)):
      guard let field = field(type, named: name) else {
        let others = self.rest(type)
        if others == .never || others == .hidden {
          return refine(.absent, at: rest, refinement) == .never ? .never : type
        }
        return type
      }
      let old = field.isOptional ? union(field.type, .absent) : field.type
      let new = refine(old, at: rest, refinement)
      if new == .never { return .never }
      if new == old { return type }
      guard field.isOptional else {
        return setting(type, ObjectField(name: name, type: new, isOptional: false))
      }
      // Whether it is there is known only if null is ruled out.
      let isThere = !self.members(new).contains { $0 == .null || $0 == .absent }
      guard isThere else { return type }
      return setting(type, ObjectField(name: name, type: new, isOptional: false))
    case (.success, .field), (.failure, .field):
      guard case .field(let name) = step, case .type(let old) = read(type, field: name) else {
        return type
      }
      let new = refine(old, at: rest, refinement)
      if new == .never { return .never }
      return kind(type) == .success && self.name(name) == "value" ? success(new) : type
    case (.null, .field), (.absent, .field):
      return refine(.absent, at: rest, refinement) == .never ? .never : type
    case (.tuple, .position(let position)):
      let count = Int64(count(type))
      let index = position < 0 ? position + count : position
      guard index >= 0, index < count else { return type }
      var items = parts(type)
      items[Int(index)] = refine(items[Int(index)], at: rest, refinement)
      return items[Int(index)] == .never ? .never : tuple(items)
    default: return type
    }
  }
}
