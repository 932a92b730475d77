/// What a value's type is after one of its parts was assigned (rules ASG-2, ASG-3, TYP-15).
extension TypeTable {
  /// A step of an assignment's target.
  enum UpdateStep {
    /// A field by its name, also as a literal key.
    case key(Int32, isField: Bool)
    /// An index of a type, at a position if that is known.
    case index(ValueType, position: Int64?)
  }

  /// Why a part cannot be assigned.
  enum UpdateProblem: Error {
    /// This kind has no such parts.
    case kind(ValueType, step: Int)
    /// The record on the way has no such field.
    case missing(Int32, step: Int)
    /// The index of a record can be no key.
    case key(ValueType, step: Int)
    /// The index of a list is no number.
    case index(ValueType, step: Int)
  }

  /// The type after the part at `steps` became a `value`. Members of a union change each.
  mutating func assigning(
    _ type: ValueType, _ steps: ArraySlice<UpdateStep>, _ value: ValueType
  ) throws(UpdateProblem) -> ValueType {
    guard let step = steps.first else { return value }
    if isOpen(type) { return .any }
    var members: [ValueType] = []
    var all = self.members(type)
    if all.count > 1 { all.removeAll { $0 == .absent } }
    for member in all {
      members.append(try assigningOne(member, step, steps, value))
    }
    return union(members)
  }

  /// The same for some item of many: it is one of those that can hold the value, if any can.
  private mutating func assigningItem(
    _ type: ValueType, _ steps: ArraySlice<UpdateStep>, _ value: ValueType
  ) throws(UpdateProblem) -> ValueType {
    if steps.isEmpty || isOpen(type) { return try assigning(type, steps, value) }
    var found: [ValueType] = []
    var problem: UpdateProblem?
    for member in members(type) where member != .absent {
      do throws(UpdateProblem) {
        found.append(try assigning(member, steps, value))
      } catch { problem = error }
    }
    if found.isEmpty, let problem { throw problem }
    return union(found)
  }

  private mutating func assigningOne(
    _ type: ValueType, _ step: UpdateStep, _ steps: ArraySlice<UpdateStep>, _ value: ValueType
  ) throws(UpdateProblem) -> ValueType {
    let rest = steps.dropFirst()
    switch (kind(type), step) {
    case (.success, _), (.failure, _):
      return try assigningOne(record(ofWrapper: type), step, steps, value)
    case (.object, .key(let name, _)):
      let old = field(type, named: name)
      let others = self.rest(type)
      guard !rest.isEmpty else {
        return setting(type, ObjectField(name: name, type: value, isOptional: false))
      }
      guard let old else {
        if others == .never || others == .hidden {
          throw .missing(name, step: steps.startIndex)
        }
        let inner = try assigningItem(others, rest, value)
        return setting(type, ObjectField(name: name, type: inner, isOptional: false))
      }
      let inner = try assigning(old.type, rest, value)
      return setting(type, ObjectField(name: name, type: inner, isOptional: false))
    case (.object, .index(let index, _)):
      guard isKey(index) else { throw .key(index, step: steps.startIndex) }
      return try assigningSomeKey(type, rest, value)
    case (.list, .index(let index, _)):
      guard isOpen(index) || kinds(index).isSubset(of: .number) else {
        throw .index(index, step: steps.startIndex)
      }
      let inner = try assigningItem(part(type), rest, value)
      return list(union(part(type), inner))
    case (.list, .key(let name, isField: false)):
      throw .index(literal(name), step: steps.startIndex)
    case (.never, _), (.unknown, _), (.any, _):
      return type
    // An item of what has none: the assignment does not come about.
    case (.absent, _): return .never
    default:
      throw .kind(type, step: steps.startIndex)
    }
  }

  /// Whether a type may be a key of a record: some scalar among its members will do (rule TYP-14).
  func isKey(_ type: ValueType) -> Bool {
    let kinds = kinds(type)
    return isOpen(type) || kinds.isEmpty || !kinds.isDisjoint(with: .scalar)
  }

  /// Any field of a record may have been replaced, and a new one may have come.
  private mutating func assigningSomeKey(
    _ object: ValueType, _ rest: ArraySlice<UpdateStep>, _ value: ValueType
  ) throws(UpdateProblem) -> ValueType {
    let others = self.rest(object)
    var fields = self.fields(object)
    if rest.isEmpty {
      for index in fields.indices where !accepts(fields[index].type, value) {
        fields[index].type = .any
      }
      let open = others == .hidden ? .any : union(others, value)
      return self.object(fields, rest: open)
    }
    guard others != .never || fields.count == 1 else {
      // Which of the fields it is, is not known.
      for index in fields.indices { fields[index].type = .any }
      return self.object(fields, rest: others)
    }
    if others == .never {
      fields[0].type = union(fields[0].type, try assigningItem(fields[0].type, rest, value))
      return self.object(fields, rest: others)
    }
    let inner = others == .hidden ? .any : union(others, try assigningItem(others, rest, value))
    for index in fields.indices where !accepts(fields[index].type, inner) {
      fields[index].type = .any
    }
    return self.object(fields, rest: inner)
  }
}
