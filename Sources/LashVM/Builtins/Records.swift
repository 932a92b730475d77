import LashLang

extension BuiltinTable {
  /// `keys(r)`: in the order of the record; none for null.
  static func keys(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    if let keys = try heap.lazyKeys(arguments[0]) { return keys }
    try heap.settle(arguments)
    let fields = try fields(arguments[0], of: .keys, in: heap)
    let size = fields?.count ?? 0
    return try heap.buildList(capacity: size) { list throws(Fault) in
      guard let fields else { return }
      for position in 0..<size { try list.append(try fields.keyString(at: position)) }
    }
  }

  /// `values(r)`: in the order of the record; none for null.
  static func values(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let fields = try fields(arguments[0], of: .values, in: heap)
    let size = fields?.count ?? 0
    return try heap.buildList(capacity: size) { list throws(Fault) in
      guard let fields else { return }
      for position in 0..<size { try list.append(heap.copy(fields.value(at: position))) }
    }
  }

  /// `entries(r)`: a tuple of key and value for each field; none for null.
  static func entries(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let fields = try fields(arguments[0], of: .entries, in: heap)
    let size = fields?.count ?? 0
    return try heap.buildList(capacity: size) { list throws(Fault) in
      guard let fields else { return }
      for position in 0..<size {
        let key = try fields.keyString(at: position)
        try list.append(try heap.makePair(key, heap.copy(fields.value(at: position))))
      }
    }
  }

  /// `from_entries(xs)`: a record of pairs of key and value; of a repeated key the last value counts.
  static func fromEntries(
    _ heap: Heap, _ arguments: Arguments, _ count: Int
  ) throws(Fault) -> Value {
    let entries = try heap.sequence(arguments[0], of: .fromEntries)
    return try heap.buildRecord(expecting: entries.count) { record throws(Fault) in
      for (position, entry) in entries.enumerated() {
        guard let pair = heap.items(entry), pair.count == 2 else {
          throw heap.trap(
            .typeError,
            "`from_entries` item \(position) must be a (key, value) pair, got "
              + heap.typeName(entry))
        }
        let key = try heap.coerceText(pair[0])
        defer { heap.release(key) }
        try heap.setField(&record, key, heap.copy(pair[1]))
        try heap.checkFuel()
      }
    }
  }

  /// `merge(a, b, …)`: the fields of all, those further right win; null has none.
  static func merge(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    for position in 0..<count {
      _ = try fields(arguments[position], of: .merge, in: heap)
    }
    var record: Value
    var first = 0
    if arguments[0].isRecord {
      record = heap.take(arguments)
      first = 1
    } else {
      record = Value(try heap.makeRecord())
    }
    do throws(Fault) {
      for position in first..<count {
        guard let fields = Fields(readable: arguments[position], in: heap) else { continue }
        for field in 0..<fields.count {
          let key = try fields.keyString(at: field)
          defer { heap.release(key) }
          try heap.setField(&record, key, heap.copy(fields.value(at: field)))
        }
      }
    } catch {
      heap.release(record)
      throw error
    }
    return record
  }

  /// `without(r, key or keys)`: the record without these fields.
  static func without(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let fields = try fields(arguments[0], of: .without, in: heap)
    let unwanted = try heap.buildRecord { unwanted throws(Fault) in
      if let keys = heap.items(arguments[1]) {
        heap.charge(elements: keys.count)
        for key in keys {
          try heap.withText(key) { key throws(Fault) in
            try heap.setField(&unwanted, key, .null)
          }
          try heap.checkFuel()
        }
      } else {
        try heap.withText(arguments[1]) { key throws(Fault) in
          try heap.setField(&unwanted, key, .null)
        }
      }
    }
    defer { heap.release(unwanted) }
    return try heap.buildRecord { record throws(Fault) in
      guard let fields else { return }
      for position in 0..<fields.count
      where heap.fieldSlot(unwanted.object, fields.key(at: position)) == nil {
        let key = try fields.keyString(at: position)
        defer { heap.release(key) }
        try heap.setField(&record, key, heap.copy(fields.value(at: position)))
      }
    }
  }

  /// The fields of a record or result wrapper, `nil` for null; charges for going through them.
  private static func fields(
    _ value: Value, of builtin: Builtin, in heap: Heap
  ) throws(Fault) -> Fields? {
    if value.isNull { return nil }
    guard let fields = Fields(readable: value, in: heap) else {
      throw heap.trap(
        .typeError,
        "`\(builtin.rawValue)` requires a record or null, got \(heap.typeName(value))")
    }
    heap.charge(elements: fields.count)
    return fields
  }
}

extension Heap {
  /// A tuple of two values, which it takes over, also when it throws.
  func makePair(_ first: Value, _ second: Value) throws(Fault) -> Value {
    do throws(Fault) {
      let pair = try makeBlock(.tuple, count: 2)
      pair.values[0] = first
      pair.values[1] = second
      return Value(pair)
    } catch {
      release(first)
      release(second)
      throw error
    }
  }

  /// The record that `body` fills, owned by the caller; freed if the body throws.
  func buildRecord(
    expecting count: Int = 0, _ body: (inout Value) throws(Fault) -> Void
  ) throws(Fault) -> Value {
    var record = Value(try makeRecord(expecting: count))
    do throws(Fault) {
      try body(&record)
    } catch {
      release(record)
      throw error
    }
    return record
  }
}
