/// Unions: what a value is that comes from one place or another (rule TYP-10).
///
/// Unions of inferred types stay small: texts beyond a handful become `str`, lists become one list,
/// records of equal keys one record, and many shapes of records one with optional fields.
extension TypeTable {
  private static let mostLiterals = 8
  private static let mostShapes = 8

  /// What is of one type or the other.
  mutating func union(_ left: ValueType, _ right: ValueType) -> ValueType {
    if left == right || right == .never { return left }
    if left == .never { return right }
    if left == .any || right == .any { return .any }
    if left == .unknown || right == .unknown { return .unknown }
    let key =
      left.index < right.index ? PairMemo.key(left, right) : PairMemo.key(right, left)
    if let known = unions[key] { return ValueType(known) }
    let joined = union([left, right])
    unions.set(key, joined.index)
    return joined
  }

  /// What is of any of some types.
  mutating func union(_ types: [ValueType]) -> ValueType {
    if types.count == 1 { return types[0] }
    var builder: [ValueType] = []
    var last: ValueType?
    for type in types where type != last {
      last = type
      if kind(type) == .union {
        for part in parts(type) { add(part, to: &builder) }
      } else {
        add(type, to: &builder)
      }
      if builder.first == .any { return .any }
      if builder.count > 400 { return .any }
    }
    limitLiterals(&builder)
    limitShapes(&builder)
    return union(ofDistinct: builder)
  }

  /// The union as it was declared: its members are kept apart.
  mutating func declaredUnion(_ types: [ValueType]) -> ValueType {
    var members: [ValueType] = []
    var seen: Set<ValueType> = []
    for type in types {
      for part in kind(type) == .union ? parts(type) : [type]
      where part != .never && seen.insert(part).inserted {
        if part == .any { return .any }
        members.append(part)
      }
    }
    if seen.contains(.unknown) { return .unknown }
    if seen.contains(.float) { members.removeAll { $0 == .int } }
    if seen.contains(.string) { members.removeAll { kind($0) == .literal } }
    return union(ofDistinct: members)
  }

  private mutating func union(ofDistinct members: [ValueType]) -> ValueType {
    if members.isEmpty { return .never }
    if members.count == 1 { return members[0] }
    if members.contains(.unknown) { return .unknown }
    return make(.union, members.map(\.index).sorted())
  }

  // MARK: Members

  private mutating func add(_ type: ValueType, to members: inout [ValueType]) {
    if type == .never || members.contains(type) { return }
    switch kind(type) {
    case .any:
      members = [.any]
    case .absent:
      if !members.contains(.null) { members.append(type) }
    case .null:
      members.removeAll { $0 == .absent }
      members.append(type)
    case .bool:
      members.removeAll { $0 == .yes || $0 == .no }
      members.append(type)
    case .yes, .no:
      if members.contains(.bool) { return }
      let other: ValueType = type == .yes ? .no : .yes
      if members.contains(other) {
        members.removeAll { $0 == other }
        members.append(.bool)
      } else {
        members.append(type)
      }
    case .int:
      if !members.contains(.float) && !members.contains(.number) { members.append(type) }
    case .number:
      if members.contains(.float) { return }
      members.removeAll { $0 == .int }
      members.append(type)
    case .float:
      members.removeAll { $0 == .int || $0 == .number }
      members.append(type)
    case .literal:
      if !members.contains(.string) { members.append(type) }
    case .string:
      members.removeAll { kind($0) == .literal }
      members.append(type)
    case .list: merge(type, .list, into: &members) { table, new in table.list(new) }
    case .tuples: merge(type, .tuples, into: &members) { table, new in table.tuples(new) }
    case .success: merge(type, .success, into: &members) { table, new in table.success(new) }
    case .object where rest(type) != .hidden:
      addObject(type, to: &members)
    case .object, .alias, .hostAlias:
      addDeclared(type, to: &members)
    default:
      members.append(type)
    }
  }

  private mutating func merge(
    _ type: ValueType, _ kind: TypeKind, into members: inout [ValueType],
    _ make: (inout TypeTable, ValueType) -> ValueType
  ) {
    guard let index = members.firstIndex(where: { self.kind($0) == kind }) else {
      members.append(type)
      return
    }
    let element = union(part(members[index]), part(type))
    members[index] = make(&self, element)
  }

  /// Records whose keys are the same become one; so do those whose other fields are of one type.
  private mutating func addObject(_ type: ValueType, to members: inout [ValueType]) {
    if let index = members.firstIndex(where: { kind($0) == .object && haveSameKeys($0, type) }) {
      members[index] = blend(members[index], type)
    } else {
      members.append(type)
    }
  }

  /// Of a declared object and what a condition left of it, the wider one says it all.
  private mutating func addDeclared(_ type: ValueType, to members: inout [ValueType]) {
    let new = expand(type)
    guard kind(new) == .object else {
      members.append(type)
      return
    }
    for index in members.indices {
      let old = expand(members[index])
      guard kind(old) == .object, rest(old) == rest(new), count(old) == count(new),
        (0..<fieldCount(old)).allSatisfy({ word(old, 1 + $0 * 3) == word(new, 1 + $0 * 3) })
      else { continue }
      let both = blend(old, new)
      if both == old { return }
      if both == new {
        members[index] = type
        return
      }
    }
    members.append(type)
  }

  private func haveSameKeys(_ left: ValueType, _ right: ValueType) -> Bool {
    guard count(left) == count(right), rest(left) != .hidden, rest(right) != .hidden else {
      return false
    }
    for index in 0..<fieldCount(left) {
      let base = 1 + index * 3
      if word(left, base) != word(right, base) || word(left, base + 2) != word(right, base + 2) {
        return false
      }
    }
    return true
  }

  /// One record type for what is of either: fields of one only become optional.
  private mutating func blend(_ left: ValueType, _ right: ValueType) -> ValueType {
    var fields = self.fields(left)
    let others = self.fields(right)
    for index in fields.indices {
      if let other = field(right, named: fields[index].name) {
        fields[index].type = union(fields[index].type, other.type)
        fields[index].isBlurred = fields[index].isBlurred || other.isBlurred
        fields[index].isOptional = fields[index].isOptional || other.isOptional
      } else if !fields[index].isOptional {
        fields[index].isOptional = true
        fields[index].isBlurred = true
      }
    }
    for var other in others where field(left, named: other.name) == nil {
      if !other.isOptional {
        other.isOptional = true
        other.isBlurred = true
      }
      fields.append(other)
    }
    let rest = union(self.rest(left), self.rest(right))
    if fields.count > Self.mostFields * 2 { return dictionary() }
    return object(fields, rest: rest)
  }

  // MARK: Limits

  private mutating func limitLiterals(_ members: inout [ValueType]) {
    guard members.count > Self.mostLiterals,
      members.count(where: { kind($0) == .literal }) > Self.mostLiterals
    else { return }
    members.removeAll { kind($0) == .literal }
    members.append(.string)
  }

  private mutating func limitShapes(_ members: inout [ValueType]) {
    func isInferred(_ type: ValueType) -> Bool { kind(type) == .object && rest(type) != .hidden }
    guard members.count > Self.mostShapes, members.count(where: isInferred) > Self.mostShapes
    else { return }
    members = [blendAll(members.filter(isInferred))] + members.filter { !isInferred($0) }
  }

  private mutating func blendAll(_ objects: [ValueType]) -> ValueType {
    var all = objects[0]
    for object in objects.dropFirst() {
      all = blend(all, object)
      if kind(all) != .object { return all }
    }
    return all
  }

  // MARK: Errors

  /// A type without what is `unknown` because of an error: that part says nothing, as if it did not
  /// come about. Recursion is bounded by the depth of types.
  mutating func withoutErrors(_ type: ValueType) -> ValueType {
    guard nodes[Int(type.index)].hasError else { return type }
    switch kind(type) {
    case .unknown: return .never
    case .list, .tuples, .success:
      let inner = withoutErrors(part(type))
      return make(kind(type), [inner.index])
    case .tuple:
      var items: [ValueType] = []
      for part in parts(type) { items.append(withoutErrors(part)) }
      return tuple(items)
    case .union:
      var members: [ValueType] = []
      for part in parts(type) { members.append(withoutErrors(part)) }
      return union(members)
    case .object:
      var fields: [ObjectField] = []
      for var field in self.fields(type) {
        field.type = withoutErrors(field.type)
        fields.append(field)
      }
      let rest = withoutErrors(self.rest(type))
      return object(fields, rest: rest)
    default: return type
    }
  }

  // MARK: Widening

  /// A type that contains `type` and that loops reach soon: no single texts, one shape of record.
  mutating func widened(_ type: ValueType) -> ValueType {
    switch kind(type) {
    case .literal: return .string
    case .yes, .no: return .bool
    case .list: return list(widened(part(type)))
    case .tuples: return tuples(widened(part(type)))
    case .tuple: return tuple(parts(type).map { widened($0) })
    case .success: return success(widened(part(type)))
    case .object:
      guard rest(type) != .hidden else { return type }
      let fields = self.fields(type).map { field in
        var field = field
        field.type = widened(field.type)
        return field
      }
      return object(fields, rest: widened(rest(type)))
    case .union:
      let members = parts(type).map { widened($0) }
      let objects = members.filter { kind($0) == .object && rest($0) != .hidden }
      guard objects.count > 1 else { return union(members) }
      let others = members.filter { !objects.contains($0) }
      return union([blendAll(objects)] + others)
    default: return type
    }
  }
}
