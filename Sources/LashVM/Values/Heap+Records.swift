// Records. A record block has a shape and one slot per key, or is a dictionary (`HashedFields`); callers
// see neither. Functions that change a record take the slot that owns it, make the record its own first
// (copy on write), and may put a new block into the slot.

extension Heap {
  /// A fresh record of a shape, its slots unset: the caller fills all of them at once.
  @inline(__always)
  func makeRecord(shape: UInt32) throws(Fault) -> Object {
    let count = state.pointee.shapes.entries[Int(shape)].count
    return try state.pointee.allocator.allocate(
      .record, payload: count * 8, count: count, extra: shape)
  }

  /// A fresh record without fields that expects about `count`.
  func makeRecord(expecting count: Int = 0) throws(Fault) -> Object {
    count <= Shape.maximumKeys
      ? try makeRecord(shape: Shape.empty) : try makeDictionary(capacity: count)
  }

  private func makeDictionary(capacity count: Int) throws(Fault) -> Object {
    var capacity = 32
    while capacity < count { capacity *= 2 }
    let object = try state.pointee.allocator.allocate(
      .record, payload: HashedFields.byteCount(capacity: capacity), count: 0,
      extra: Shape.dictionary)
    HashedFields(object).initialize(capacity: capacity)
    return object
  }

  // MARK: Reading

  @inline(__always) func isDictionary(_ record: Object) -> Bool {
    record.pointee.extra == Shape.dictionary
  }

  /// The key of the field at a position, not retained.
  func fieldKey(_ record: Object, at position: Int) -> Value {
    if isDictionary(record) { return HashedFields(record).key(at: position) }
    let id = state.pointee.shapes.entries[Int(record.pointee.extra)].keys[position]
    return state.pointee.shapes.keys[Int(id)]
  }

  /// The value of the field at a position, not retained.
  @inline(__always)
  func fieldValue(_ record: Object, at position: Int) -> Value {
    isDictionary(record)
      ? HashedFields(record).value(at: position).pointee : record.values[position]
  }

  /// The slot of a key, if the record has it. Charges for the key.
  func fieldSlot(
    _ record: Object, _ text: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Value>? {
    charge(bytes: text.count)
    let hash = hashBytes(text)
    if isDictionary(record) {
      let fields = HashedFields(record)
      return fields.find(text, hash: hash).map(fields.value)
    }
    guard let key = state.pointee.shapes.key(text, hash: hash) else { return nil }
    return state.pointee.shapes.slot(of: key, in: record.pointee.extra).map { record.values + $0 }
  }

  /// The slot of an interned key, if the record has it.
  func fieldSlot(_ record: Object, key: KeyID) -> UnsafeMutablePointer<Value>? {
    if isDictionary(record) {
      let text = state.pointee.shapes.keys[Int(key)].object.text
      charge(bytes: text.count)
      let fields = HashedFields(record)
      return fields.find(text, hash: state.pointee.shapes.hash(of: key)).map(fields.value)
    }
    return state.pointee.shapes.slot(of: key, in: record.pointee.extra).map { record.values + $0 }
  }

  /// The value of a key given as text, not retained.
  func field(_ record: Object, _ key: StaticString) -> Value? {
    key.withUTF8Buffer { fieldSlot(record, $0)?.pointee }
  }

  // MARK: Writing

  /// Sets the field of a string key in the record that `slot` owns; takes `value` over, also when it
  /// throws. An existing key keeps its place.
  func setField(
    _ slot: UnsafeMutablePointer<Value>, _ key: Value, _ value: Value
  ) throws(Fault) {
    do {
      let record = try unique(slot)
      if let field = fieldSlot(record, key.object.text) {
        let old = field.pointee
        field.pointee = value
        release(old)
        return
      }
      try addField(slot, key, value)
    } catch {
      release(value)
      throw error
    }
  }

  /// Sets the field of an interned key in the record that `slot` owns alone; takes `value` over, also
  /// when it throws.
  func setField(
    _ slot: UnsafeMutablePointer<Value>, key: KeyID, _ value: Value
  ) throws(Fault) {
    if let field = fieldSlot(slot.pointee.object, key: key) {
      let old = field.pointee
      field.pointee = value
      release(old)
      return
    }
    do {
      if !isDictionary(slot.pointee.object), try addSlot(slot, key, value) { return }
      try addField(slot, state.pointee.shapes.keys[Int(key)], value)
    } catch {
      release(value)
      throw error
    }
  }

  /// Adds a field that the unique record in `slot` lacks; takes `value` over, not when it throws.
  func addField(
    _ slot: UnsafeMutablePointer<Value>, _ key: Value, _ value: Value
  ) throws(Fault) {
    let record = slot.pointee.object
    let text = key.object.text
    let hash = hashBytes(text)
    if !isDictionary(record) {
      let id = try internedKey(text, hash: hash)
      if let id, try addSlot(slot, id, value) { return }
      slot.pointee = Value(try dictionary(from: record))
      release(record)
    }
    let fields = HashedFields(slot.pointee.object)
    if fields.count == fields.capacity || moves {
      let old = slot.pointee.object
      slot.pointee = Value(try dictionary(from: old))
      release(old)
    }
    HashedFields(slot.pointee.object).append(copy(key), hash: hash, value)
  }

  /// Adds a slot for an interned key to the unique shaped record in `slot`. False: no shape can have it.
  func addSlot(
    _ slot: UnsafeMutablePointer<Value>, _ key: KeyID, _ value: Value
  ) throws(Fault) -> Bool {
    let record = slot.pointee.object
    guard let shape = state.pointee.shapes.successor(of: record.pointee.extra, adding: key) else {
      return false
    }
    let count = Int(record.pointee.count)
    let size = MemoryLayout<Header>.size + count * 8
    if (size + 15) >> 4 == (size + 8 + 15) >> 4, !moves {
      record.values[count] = value
      record.pointee.count = UInt32(count + 1)
      record.pointee.extra = shape
      return true
    }
    let grown = try makeRecord(shape: shape)
    grown.values.update(from: record.values, count: count)
    grown.values[count] = value
    state.pointee.allocator.free(record)
    slot.pointee = Value(grown)
    return true
  }

  /// The interned key of a text, made if shapes may still have new keys.
  func internedKey(_ text: UnsafeBufferPointer<UInt8>, hash: UInt32) throws(Fault) -> KeyID? {
    if let id = state.pointee.shapes.key(text, hash: hash) { return id }
    guard state.pointee.shapes.keys.count < Shape.maximumShapes * 4 else { return nil }
    // A key of its own: the program's string may be appended to in place.
    return state.pointee.shapes.intern(Value(try makeString(text)), hash: hash)
  }

  /// A dictionary with the fields of a record and room for more. Values and keys are retained.
  private func dictionary(from record: Object) throws(Fault) -> Object {
    let count = Int(record.pointee.count)
    let object = try makeDictionary(capacity: count * 2)
    let fields = HashedFields(object)
    for position in 0..<count {
      let key = fieldKey(record, at: position)
      charge(bytes: Int(key.object.pointee.count))
      fields.append(
        copy(key), hash: hashBytes(key.object.text), copy(fieldValue(record, at: position)))
    }
    return object
  }

  // MARK: Copy on write

  /// The block that `slot` owns, made its only owner by copying if it has others. O(items) to copy.
  @inline(__always)
  func unique(_ slot: UnsafeMutablePointer<Value>) throws(Fault) -> Object {
    let object = slot.pointee.object
    if _fastPath(object.pointee.references == 1) { return object }
    return try copyForWriting(slot)
  }

  /// Copies the list or record that `slot` owns together with others.
  @inline(never)
  func copyForWriting(_ slot: UnsafeMutablePointer<Value>) throws(Fault) -> Object {
    let object = slot.pointee.object
    let count = Int(object.pointee.count)
    charge(elements: count)
    let fresh: Object
    if object.pointee.kind == .record {
      if isDictionary(object) {
        fresh = try dictionary(from: object)
      } else {
        fresh = try makeRecord(shape: object.pointee.extra)
        for position in 0..<count { fresh.values[position] = copy(object.values[position]) }
      }
    } else {
      fresh = try makeList(capacity: count)
      for position in 0..<count { fresh.values[position] = copy(object.values[position]) }
      fresh.pointee.count = UInt32(count)
    }
    object.pointee.references &-= 1
    slot.pointee = Value(fresh)
    return fresh
  }
}
