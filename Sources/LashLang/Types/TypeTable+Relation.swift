/// Which types may stand for which (rule TYP-11). Only a contradiction that is known refuses.
///
/// Recursive types compare by structure: a pair that is met again inside itself is taken to hold.
extension TypeTable {
  private static let deepest = 100
  private static let holds: Int32 = 1
  private static let fails: Int32 = 2

  /// Whether a value of type `source` may stand where `target` is wanted. Answers are kept.
  mutating func accepts(_ target: ValueType, _ source: ValueType) -> Bool {
    relate(source, target, depth: 0)
  }

  private mutating func relate(_ source: ValueType, _ target: ValueType, depth: Int) -> Bool {
    if source == target || source.isOpen || target.isOpen || source == .absent { return true }
    if source.index < Int32(TypeKind.literal.rawValue),
      target.index < Int32(TypeKind.literal.rawValue)
    {
      return relatesPlain(source, target)
    }
    if depth > Self.deepest { return true }
    let key = PairMemo.key(source, target)
    if let known = relation[key] {
      if known != Self.fails { assumptions.append(key) }
      return known != Self.fails
    }
    let mark = assumptions.count
    relation.set(key, Self.holds)
    let answer = relateParts(source, target, depth: depth + 1)
    if answer {
      assumptions.append(key)
    } else {
      // What was answered while this pair was taken to hold must be asked again.
      for key in assumptions[mark...] where relation[key] == Self.holds { relation.set(key, 0) }
      assumptions.removeSubrange(mark...)
      relation.set(key, Self.fails)
    }
    if depth == 0 { assumptions.removeAll(keepingCapacity: true) }
    return answer
  }

  private func relatesPlain(_ source: ValueType, _ target: ValueType) -> Bool {
    switch (kind(source), kind(target)) {
    case (.int, .float), (.int, .number), (.number, .int), (.number, .float), (.float, .number),
      (.yes, .bool), (.no, .bool), (.bool, .yes), (.bool, .no), (.null, .absent):
      true
    default: false
    }
  }

  private mutating func relateParts(
    _ source: ValueType, _ target: ValueType, depth: Int
  ) -> Bool {
    let source = expand(source)
    let target = expand(target)
    if source == target || source.isOpen || target.isOpen || source == .absent { return true }
    if source.index < Int32(TypeKind.literal.rawValue),
      target.index < Int32(TypeKind.literal.rawValue)
    {
      return relatesPlain(source, target)
    }
    if kind(source) == .union {
      for member in members(source) where !relate(member, target, depth: depth) { return false }
      return true
    }
    if kind(target) == .union {
      for member in members(target) where relate(source, member, depth: depth) { return true }
      return relateBlurred(source, target, depth: depth)
    }
    switch (kind(source), kind(target)) {
    case (.literal, .string), (.string, .literal), (.typeValue, .typeValue): return true
    case (.list, .list), (.tuples, .list), (.tuples, .tuples), (.success, .success),
      (.triggerHandle, .triggerHandle):
      return relate(part(source), part(target), depth: depth)
    case (.tuple, .list), (.tuple, .tuples):
      for part in parts(source) where !relate(part, self.part(target), depth: depth) {
        return false
      }
      return true
    case (.tuples, .tuple):
      for part in parts(target) where !relate(self.part(source), part, depth: depth) {
        return false
      }
      return true
    case (.tuple, .tuple):
      guard count(source) == count(target) else { return false }
      for index in 0..<count(source)
      where !relate(part(source, index), part(target, index), depth: depth) {
        return false
      }
      return true
    case (.object, .object): return relateObjects(source, target, depth: depth)
    case (.success, .object), (.failure, .object):
      return relate(record(ofWrapper: source), target, depth: depth)
    case (.run, .run): return relate(part(source, 1), part(target, 1), depth: depth)
    case (.process, .process):
      return relate(part(source, 1), part(target, 1), depth: depth)
        && relateInputs(part(source), part(target), depth: depth)
    default: return false
    }
  }

  /// Every field that is wanted must be there, unless it is optional; more fields do no harm.
  private mutating func relateObjects(
    _ source: ValueType, _ target: ValueType, depth: Int
  ) -> Bool {
    let sourceRest = rest(source)
    for wanted in fields(target) {
      guard let given = field(source, named: wanted.name) else {
        if sourceRest == .never || sourceRest == .hidden {
          if !wanted.isOptional { return false }
        } else if !relate(sourceRest, wanted.type, depth: depth) {
          return false
        }
        continue
      }
      if given.isOptional, !given.isBlurred, !wanted.isOptional { return false }
      if !relate(given.type, wanted.type, depth: depth) { return false }
    }
    let rest = rest(target)
    guard rest != .never, rest != .hidden, rest != .any else { return true }
    for given in fields(source) where field(target, named: given.name) == nil {
      if !relate(given.type, rest, depth: depth) { return false }
    }
    return relate(sourceRest, rest, depth: depth)
  }

  /// Inputs of a process fit when either side does: what is not known refuses nothing.
  private mutating func relateInputs(
    _ source: ValueType, _ target: ValueType, depth: Int
  ) -> Bool {
    relate(source, target, depth: depth) || relate(target, source, depth: depth)
  }

  /// A record that blurs several shapes fits a union of objects if each of its fields fits some
  /// member: which fields occur together is not known.
  private mutating func relateBlurred(
    _ source: ValueType, _ target: ValueType, depth: Int
  ) -> Bool {
    guard kind(source) == .object, rest(source) != .hidden else { return false }
    let objects = members(target).filter { kind($0) == .object }
    let given = fields(source)
    guard objects.count > 1,
      given.contains(where: { $0.isBlurred || kind(expand($0.type)) == .union }),
      objects.contains(where: { hasAllFields(source, of: $0) })
    else { return false }
    for field in given {
      for member in members(field.type)
      where !fits(member, field.name, some: objects, depth: depth) {
        return false
      }
    }
    return true
  }

  private func hasAllFields(_ source: ValueType, of target: ValueType) -> Bool {
    fields(target).allSatisfy { $0.isOptional || field(source, named: $0.name) != nil }
  }

  private mutating func fits(
    _ type: ValueType, _ name: Int32, some objects: [ValueType], depth: Int
  ) -> Bool {
    for object in objects {
      guard let wanted = field(object, named: name) else { return true }
      if relate(type, wanted.type, depth: depth) { return true }
    }
    return false
  }
}
