/// The results of builtins that depend on their arguments.
extension InferTypes {
  mutating func builtinResult(
    _ builtin: Builtin, _ given: [ValueType], _ arguments: NodeList<ExpressionID>
  ) -> ValueType {
    switch builtin {
    case .validate: return validated(given[0], given[1])
    case .abs: return numberResult(given[0])
    case .round: return given.count == 1 ? .int : numberResult(given[0]) == .int ? .int : .number
    case .sum: return numberResult(item(given[0]))
    case .min, .max: return table.refine(item(given[0]), .null(false)).orNull
    case .find: return table.union(.int, .absent)
    case .indexOf: return table.union(.int, .absent)
    case .slice: return sliced(given[0])
    case .grepText: return table.list(grepHit())
    case .push:
      guard !table.isOpen(given[0]) else { return table.list(openPart(given[0])) }
      let element = table.union(item(given[0]), given[1])
      return table.list(element)
    case .reverse, .unique, .sort, .sortBy:
      let element = item(given[0])
      return table.list(element)
    case .flatten: return table.list(flattened(item(given[0])))
    case .zip:
      let items = given.map { item($0) }
      return table.list(table.tuple(items))
    case .enumerate:
      let pair = table.tuple([.int, item(given[0])])
      return table.list(pair)
    case .groupBy:
      let rows = table.list(item(given[0]))
      return table.object([], rest: rows)
    case .values:
      let value = value(given[0])
      return table.list(value)
    case .entries:
      let pair = table.tuple([.string, value(given[0])])
      return table.list(pair)
    case .fromEntries: return fromEntries(item(given[0]))
    case .merge: return merged(given)
    case .without: return without(given[0], arguments)
    default: return .any
    }
  }

  private mutating func item(_ sequence: ValueType) -> ValueType {
    table.element(sequence) ?? .any
  }

  /// What comes out of something not known; nothing of what never comes, and silent still if it is not
  /// known because of an error.
  private func openPart(_ type: ValueType) -> ValueType {
    type == .unknown || type == .never ? type : .any
  }

  private func numberResult(_ type: ValueType) -> ValueType {
    if table.isOpen(type) { return type == .never ? .int : .number }
    return arithmetic(type, .int)
  }

  /// A value that fits keeps what is known of it; else it is of the type.
  private mutating func validated(_ value: ValueType, _ witness: ValueType) -> ValueType {
    let witness = table.expand(witness)
    guard table.kind(witness) == .typeValue else { return value }
    let target = table.part(witness)
    if table.isOpen(target) { return value }
    let isKnown = !table.isOpen(value) && table.kind(table.expand(value)) != .union
    return isKnown && isPrecise(value) && table.accepts(target, value) ? value : target
  }

  /// Whether a type says more than that a value is a record.
  private func isPrecise(_ type: ValueType) -> Bool {
    let type = table.expand(type)
    switch table.kind(type) {
    case .object: return table.rest(type) == .never || table.rest(type) == .hidden
    case .list: return !table.part(type).isOpen
    default: return true
    }
  }

  private mutating func sliced(_ type: ValueType) -> ValueType {
    if table.isOpen(type) { return openPart(type) }
    var found: [ValueType] = []
    for member in table.members(type) {
      switch table.kind(member) {
      case .literal, .string: found.append(.string)
      case .tuple, .tuples:
        let element = item(member)
        found.append(table.tuples(element))
      case .absent: break
      default: found.append(member)
      }
    }
    return table.union(found)
  }

  private mutating func grepHit() -> ValueType {
    var fields: [ObjectField] = []
    for name in ["line", "text", "match", "start", "end"] {
      let type: ValueType = name == "text" || name == "match" ? .string : .int
      fields.append(ObjectField(name: table.name(name), type: type, isOptional: false))
    }
    return table.object(fields, rest: .never)
  }

  private mutating func flattened(_ element: ValueType) -> ValueType {
    var found: [ValueType] = []
    for member in table.members(element) {
      let isSequence = table.kinds(member).isSubset(of: .sequence)
      found.append(isSequence ? table.element(member) ?? member : member)
    }
    return table.union(found)
  }

  // MARK: Records

  private mutating func value(_ record: ValueType) -> ValueType {
    if table.isOpen(record) { return openPart(record) }
    var found: [ValueType] = []
    for var member in table.members(record) {
      if table.kind(member) == .success || table.kind(member) == .failure {
        member = table.record(ofWrapper: member)
      }
      guard table.kind(member) == .object else { continue }
      for field in table.fields(member) { found.append(field.type) }
      let rest = table.rest(member)
      found.append(rest == .hidden ? .any : rest)
    }
    return table.union(found)
  }

  private mutating func fromEntries(_ pair: ValueType) -> ValueType {
    if table.isOpen(pair) { return pair == .unknown ? .unknown : table.dictionary() }
    var found: [ValueType] = []
    for member in table.members(pair) {
      switch table.kind(member) {
      case .tuple where table.count(member) > 1: found.append(table.part(member, 1))
      default: found.append(item(member))
      }
    }
    let value = table.union(found)
    return table.object([], rest: value)
  }

  private mutating func merged(_ records: [ValueType]) -> ValueType {
    var fields: [ObjectField] = []
    var rest = ValueType.never
    for record in records {
      var record = table.refine(record, .null(false))
      if record == .never { continue }
      if record == .unknown { return .unknown }
      record = table.expand(record)
      if isResult(record), table.kind(record) != .union {
        record = table.record(ofWrapper: record)
      }
      guard table.kind(record) == .object else { return table.dictionary() }
      let others = table.rest(record)
      if others != .never {
        // What else the record has may replace any field so far.
        for index in fields.indices where !table.accepts(fields[index].type, others) {
          fields[index].type = .any
        }
        rest = others == .hidden ? .any : table.union(rest, others)
        if others == .hidden { for index in fields.indices { fields[index].type = .any } }
      }
      for field in table.fields(record) { add(field, to: &fields) }
    }
    return fields.count > TypeTable.mostFields
      ? table.dictionary() : table.object(fields, rest: rest)
  }

  private mutating func add(_ field: ObjectField, to fields: inout [ObjectField]) {
    guard let index = fields.firstIndex(where: { $0.name == field.name }) else {
      fields.append(field)
      return
    }
    if field.isOptional {
      fields[index].type = table.union(fields[index].type, field.type)
    } else {
      fields[index] = field
    }
  }

  private mutating func without(
    _ record: ValueType, _ arguments: NodeList<ExpressionID>
  ) -> ValueType {
    let record = table.expand(table.refine(record, .null(false)))
    guard table.kind(record) == .object, let last = tree[arguments].last else {
      return record == .never ? table.object([], rest: .never) : table.dictionary()
    }
    var fields = table.fields(record)
    if let keys = literalKeys(last) {
      fields.removeAll { keys.contains($0.name) }
    } else {
      for index in fields.indices {
        fields[index].isOptional = true
        fields[index].isBlurred = true
      }
    }
    let rest = table.rest(record)
    return table.object(fields, rest: rest == .hidden ? .any : rest)
  }

  private func literalKeys(_ id: ExpressionID) -> [Int32]? {
    switch tree[id].kind {
    case .string(let symbol): return [Int32(symbol.index)]
    case .list(let items), .tuple(let items):
      var keys: [Int32] = []
      for item in tree[items] {
        guard case .string(let symbol) = tree[item].kind else { return nil }
        keys.append(Int32(symbol.index))
      }
      return keys
    default: return nil
    }
  }
}

extension ValueType {
  /// The type, or null where nothing is left of it.
  var orNull: ValueType { self == .never ? .null : self }
}
