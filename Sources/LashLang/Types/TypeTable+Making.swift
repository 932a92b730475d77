/// How types are put together and taken apart.
extension TypeTable {
  /// Longer tuples are known by their items only, not by position.
  static let longestTuple = 64
  /// Records that grow beyond this many fields are known as a `dict` only.
  static let mostFields = 128

  mutating func literal(_ name: Int32) -> ValueType { make(.literal, [name]) }
  mutating func list(_ element: ValueType) -> ValueType { make(.list, [element.index]) }
  mutating func tuples(_ element: ValueType) -> ValueType { make(.tuples, [element.index]) }
  mutating func success(_ value: ValueType) -> ValueType { make(.success, [value.index]) }
  mutating func named(_ name: Int32) -> ValueType { make(.named, [name]) }
  mutating func typeValue(_ type: ValueType) -> ValueType { make(.typeValue, [type.index]) }

  mutating func tuple(_ items: [ValueType]) -> ValueType {
    guard items.count <= Self.longestTuple else { return tuples(union(items)) }
    return make(.tuple, items.map(\.index))
  }

  /// The result of a module call: `Result[T]`.
  mutating func result(_ value: ValueType) -> ValueType {
    union(success(value), .failure)
  }

  mutating func run(process: Int?, output: ValueType, signals: ValueType) -> ValueType {
    make(.run, [Int32(process ?? -1), output.index, signals.index])
  }

  mutating func process(input: ValueType, output: ValueType) -> ValueType {
    make(.process, [input.index, output.index])
  }

  /// A record type. The fields may come in any order, each name once. `rest` is `never` where there
  /// are no others, `hidden` where others may exist but are not to be read.
  mutating func object(_ fields: [ObjectField], rest: ValueType) -> ValueType {
    var content = [rest.index]
    content.reserveCapacity(1 + fields.count * 3)
    var isSorted = true
    for index in fields.indices.dropFirst() where fields[index - 1].name >= fields[index].name {
      isSorted = false
    }
    for field in isSorted ? fields : fields.sorted(by: { $0.name < $1.name }) {
      content.append(field.name)
      content.append(field.type.index)
      content.append((field.isOptional ? 1 : 0) | (field.isBlurred ? 2 : 0))
    }
    return make(.object, content)
  }

  /// Any record.
  mutating func dictionary() -> ValueType { object([], rest: .any) }

  // MARK: Objects

  func rest(_ object: ValueType) -> ValueType { part(object, 0) }

  func fieldCount(_ object: ValueType) -> Int { (count(object) - 1) / 3 }

  func field(_ object: ValueType, at index: Int) -> ObjectField {
    let base = 1 + index * 3
    let flags = word(object, base + 2)
    return ObjectField(
      name: word(object, base), type: part(object, base + 1), isOptional: flags & 1 != 0,
      isBlurred: flags & 2 != 0)
  }

  func fields(_ object: ValueType) -> [ObjectField] {
    (0..<fieldCount(object)).map { field(object, at: $0) }
  }

  func field(_ object: ValueType, named name: Int32) -> ObjectField? {
    var low = 0
    var high = fieldCount(object)
    while low < high {
      let middle = (low + high) / 2
      let found = word(object, 1 + middle * 3)
      if found == name { return field(object, at: middle) }
      if found < name { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// The object with a field added or replaced.
  mutating func setting(_ object: ValueType, _ new: ObjectField) -> ValueType {
    var fields = self.fields(object)
    if let index = fields.firstIndex(where: { $0.name == new.name }) {
      fields[index] = new
    } else {
      guard fields.count < Self.mostFields else { return dictionary() }
      fields.append(new)
    }
    return self.object(fields, rest: rest(object))
  }

  /// The plain record that a result wrapper reads as.
  mutating func record(ofWrapper type: ValueType) -> ValueType {
    let ok = ObjectField(name: name("ok"), type: .bool, isOptional: false)
    if kind(type) == .failure {
      let error = ObjectField(name: name("error"), type: .string, isOptional: false)
      return object([ok, error], rest: .never)
    }
    let value = ObjectField(name: name("value"), type: part(type), isOptional: false)
    return object([ok, value], rest: .never)
  }

  // MARK: Names

  /// What a type stands for: itself unless it is the name of a declared or host type.
  func expand(_ type: ValueType) -> ValueType {
    var type = type
    for _ in 0..<64 {
      switch kind(type) {
      case .alias: type = aliases[Int(word(type, 0))] ?? .unknown
      case .hostAlias: type = hostAliases[Int(word(type, 0))] ?? .unknown
      default: return type
      }
    }
    return .any
  }

  /// The members of a type: of a union its members, with names expanded, else the type itself.
  /// Beyond a few hundred members it counts as `any`.
  func members(_ type: ValueType) -> [ValueType] {
    let type = expand(type)
    guard kind(type) == .union else { return [type] }
    var pending = [type]
    var found: [ValueType] = []
    var steps = 0
    while let next = pending.popLast() {
      steps += 1
      if steps > 2_000 { return [.any] }
      let member = expand(next)
      if kind(member) == .union {
        for part in parts(member).reversed() { pending.append(part) }
      } else {
        found.append(member)
      }
    }
    return found
  }

  /// Whether a type is, or has as a member, something that is not known. An item of what has none is
  /// trusted to be there like any other (rule TYP-14), so nothing can contradict it.
  func isOpen(_ type: ValueType) -> Bool {
    if type.isOpen || type == .absent { return true }
    let type = expand(type)
    guard kind(type) == .union else { return type.isOpen }
    return members(type).contains { $0.isOpen }
  }
}
