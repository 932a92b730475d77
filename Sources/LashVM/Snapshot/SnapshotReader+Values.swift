// Values. Parts are read into their final places, with a work list as deep as they nest. After an error
// the whole heap is dropped, so half-made blocks need no care.

extension SnapshotReader {
  private typealias Tag = SnapshotFormat.Tag

  /// Reads `count` values into slots that hold nothing; `registers` may be unset.
  mutating func read(
    into first: UnsafeMutablePointer<Value>, count: Int, registers: Bool = false, _ heap: Heap
  ) throws(SnapshotError) {
    var current = OpenObject(object: nil, number: -1, target: first, left: count)
    while true {
      while current.left > 0 {
        let tag = try byte()
        if tag < Tag.reference {
          current.target.pointee = try plain(tag)
          if tag == Tag.unset, !registers || current.object != nil {
            throw damaged("a value is unset")
          }
        } else if tag >= Tag.object {
          guard let parts = try object(tag, into: current.target, heap) else {
            current.advance()
            continue
          }
          current.advance()
          open.append(current)
          current = parts
          continue
        } else if tag == Tag.reference {
          let number = try number(upTo: objects.count - 1, "the number of an object")
          guard let object = objects[number] else { throw damaged("a value holds itself") }
          object.pointee.references &+= 1
          current.target.pointee = Value(object)
        } else if tag == Tag.unsetRun, registers, current.object == nil {
          let run = try number(upTo: current.left, "the number of unset registers")
          current.target += run
          current.left -= run
          continue
        } else {
          throw damaged("\(tag) is no tag of a value")
        }
        current.advance()
      }
      guard let object = current.object else { return }
      try complete(object, heap)
      if current.number >= 0 { objects[current.number] = object }
      guard let outer = open.popLast() else { return }
      current = outer
    }
  }

  @inline(__always)
  private mutating func plain(_ tag: UInt8) throws(SnapshotError) -> Value {
    if tag < Tag.integer { return Value(bits: Value.null.bits | UInt64(tag)) }
    if tag == Tag.integer {
      let integer = try signed()
      guard integer.magnitude < 1 << 53 else { throw damaged("a number is not in its one form") }
      return Value(double: Double(integer))
    }
    let double = Double(bitPattern: try fixed())
    if double.isNaN { return Value(double: .nan) }
    // Whole numbers of 64 bits have other forms; −0 is none of them.
    let integer = Int64(exactly: double)
    guard integer == nil || Double(integer ?? 0).bitPattern != double.bitPattern else {
      throw damaged("a number is not in its one form")
    }
    return Value(double: double)
  }

  /// Reads an object into `slot` up to its parts, which are still to be read; `nil` if it has none.
  private mutating func object(
    _ tag: UInt8, into slot: UnsafeMutablePointer<Value>, _ heap: Heap
  ) throws(SnapshotError) -> OpenObject? {
    let isShared = tag & Tag.shared != 0
    let hasCapacity = tag & Tag.capacity != 0 && tag & ~Tag.shared != Tag.dictionary
    let kind = tag & 0x3F
    let object: Object
    if kind == Tag.dictionary, !hasCapacity {
      object = try dictionary(heap)
    } else {
      guard let kind = ObjectKind(rawValue: kind &- Tag.object),
        !hasCapacity || kind == .string || kind == .list
      else { throw damaged("\(tag) is no tag of a value") }
      object = try block(kind, hasCapacity, heap)
    }
    slot.pointee = Value(object)
    let parts = heap.parts(of: object)
    if parts.count == 0 {
      if isShared { objects.append(object) }
      return nil
    }
    if isShared { objects.append(nil) }
    return OpenObject(
      object: object, number: isShared ? objects.count - 1 : -1, target: parts.start,
      left: parts.count)
  }

  private mutating func block(
    _ kind: ObjectKind, _ hasCapacity: Bool, _ heap: Heap
  ) throws(SnapshotError) -> Object {
    switch kind {
    case .string:
      let count = try count("bytes of a text")
      let capacity = try capacity(
        hasCapacity, least: Allocator.capacity(for: count), count: count, size: 1)
      let object = try allocate(kind, payload: capacity, count: count, extra: capacity, heap)
      let text = try text(count)
      if let start = text.baseAddress { object.bytes.update(from: start, count: count) }
      if isASCII(text) { object.pointee.flags = .ascii }
      return object
    case .list:
      let count = try count("items of a list")
      let capacity = try capacity(
        hasCapacity, least: Heap.listCapacity(for: count), count: count, size: 8)
      return try allocate(kind, payload: capacity * 8, count: count, extra: capacity, heap)
    case .record:
      let shapes = heap.state.pointee.shapes.entries
      let shape = try number(upTo: shapes.count - 1, "a shape")
      guard shape != Shape.none else { throw damaged("a record has no shape") }
      let count = shapes[shape].count
      return try allocate(kind, payload: count * 8, count: count, extra: shape, heap)
    case .integer:
      let integer = Int64(bitPattern: try fixed())
      guard integer.magnitude >= 1 << 53 else { throw damaged("a number is not in its one form") }
      let object = try allocate(kind, payload: 8, count: 0, extra: 0, heap)
      UnsafeMutableRawPointer(object + 1).storeBytes(of: integer, as: Int64.self)
      return object
    case .tuple:
      let count = try count("items of a tuple")
      return try allocate(kind, payload: count * 8, count: count, extra: 0, heap)
    case .result:
      let flags = Header.Flags(rawValue: try byte())
      guard flags.isSubset(of: [.success, .moduleCall]) else {
        throw damaged("a result has unknown flags")
      }
      let object = try allocate(kind, payload: 8, count: 1, extra: 0, heap)
      object.pointee.flags = flags
      return object
    case .document: return try document(heap)
    case .cursor:
      let count = try count("items of a stretch")
      let payload = ListCursor.byteCount(items: count)
      return try allocate(kind, payload: payload, count: count, extra: 0, heap)
    case .lazyJSON:
      let reads = try number(upTo: Int(UInt32.max), "the number of reads")
      heap.state.pointee.lazies += 1
      return try allocate(kind, payload: 32, count: 4, extra: reads, heap)
    case .run, .module, .image, .type, .descriptor, .process, .triggerEvent, .placeholder,
      .reference:
      if kind == .reference { heap.state.pointee.lazies += 1 }
      let count = kind.partCount
      return try allocate(kind, payload: count * 8, count: count, extra: 0, heap)
    }
  }

  private mutating func dictionary(_ heap: Heap) throws(SnapshotError) -> Object {
    let count = try count(of: 2, "fields of a record")
    let capacity = try number(upTo: 1 << 27, "the room of a record")
    guard capacity >= 32, capacity & (capacity - 1) == 0, count <= capacity else {
      throw damaged("a record has room for \(capacity) fields")
    }
    let object = try allocate(
      .record, payload: HashedFields.byteCount(capacity: capacity), count: count,
      extra: Int(Shape.dictionary), heap)
    HashedFields(object).initialize(capacity: capacity)
    return object
  }

  /// The capacity of a string or list: that which its allocation would have given it.
  private mutating func capacity(
    _ isGiven: Bool, least: Int, count: Int, size: Int
  ) throws(SnapshotError) -> Int {
    guard isGiven else { return least }
    let capacity = try number(upTo: Int(UInt32.max), "a capacity")
    guard capacity >= count, Allocator.capacity(for: capacity * size) == capacity * size else {
      throw damaged("\(capacity) is no capacity")
    }
    return capacity
  }

  func allocate(
    _ kind: ObjectKind, payload: Int, count: Int, extra: Int, _ heap: Heap
  ) throws(SnapshotError) -> Object {
    do throws(Fault) {
      return try heap.state.pointee.allocator.allocate(
        kind, payload: payload, count: count, extra: UInt32(truncatingIfNeeded: extra))
    } catch {
      throw .exceedsBounds(
        "its values need more than \(heap.state.pointee.allocator.limit) bytes of memory")
    }
  }

  // MARK: Whole objects

  /// Checks an object whose parts were read, and indexes a hash table.
  @inline(__always)
  private func complete(_ object: Object, _ heap: Heap) throws(SnapshotError) {
    switch object.pointee.kind {
    case .list, .tuple: return
    case .record:
      guard object.pointee.extra == Shape.dictionary else { return }
      try index(HashedFields(object))
    case .lazyJSON, .reference, .cursor:
      guard heap.isWellFormedLazy(object) else {
        throw damaged("a lazy value has wrong parts")
      }
    default:
      guard object.hasWellFormedParts else {
        throw damaged("a value of kind \(object.pointee.kind.rawValue) has wrong parts")
      }
    }
  }

  private func index(_ fields: HashedFields) throws(SnapshotError) {
    let count = fields.count
    fields.object.pointee.count = 0
    for position in 0..<count {
      let key = fields.key(at: position)
      guard key.isString else { throw damaged("a key of a record is no text") }
      let hash = hashBytes(key.object.text)
      guard fields.find(key.object.text, hash: hash) == nil else {
        throw damaged("a record has a key twice")
      }
      fields.append(key, hash: hash, fields.value(at: position).pointee)
    }
  }
}

extension SnapshotReader.OpenObject {
  @inline(__always)
  fileprivate mutating func advance() {
    target += 1
    left &-= 1
  }
}

extension Heap {
  /// The slots of a fresh block, all to be filled.
  fileprivate func parts(of object: Object) -> (start: UnsafeMutablePointer<Value>, count: Int) {
    switch object.pointee.kind {
    case .string, .integer, .document: (object.values, 0)
    case .cursor: (object.values, Int(object.pointee.count) + 2)
    case .record where object.pointee.extra == Shape.dictionary:
      (HashedFields(object).firstEntry, Int(object.pointee.count) * 2)
    default: (object.values, Int(object.pointee.count))
    }
  }
}

extension ObjectKind {
  /// The parts of a kind that always has as many.
  fileprivate var partCount: Int {
    switch self {
    case .run, .module, .descriptor: 2
    case .image: 6
    case .result, .type, .process, .placeholder: 1
    case .string, .list, .record, .integer, .tuple, .triggerEvent, .cursor, .document: 0
    case .reference, .lazyJSON: 4
    }
  }
}

extension UnsafeMutablePointer where Pointee == Header {
  /// Whether the parts of a sealed kind are what its readers expect.
  fileprivate var hasWellFormedParts: Bool {
    switch pointee.kind {
    case .result: pointee.flags.contains(.success) || values[0].isString
    case .run, .module: values[0].isString && values[1].isString
    case .image:
      values[0].isString && values[1].isString && values[2].isString && values[3].isNumber
        && (values[4].isNumber || values[4].isNull) && (values[5].isNumber || values[5].isNull)
    case .descriptor, .process: values[0].isString
    case .placeholder: values[0].isIndex
    case .string, .list, .record, .integer, .tuple, .type, .triggerEvent: true
    case .lazyJSON, .reference, .document, .cursor: false
    }
  }
}

extension Value {
  /// Whether it is a whole number from 0 to 2^32, as positions are.
  var isIndex: Bool {
    isDouble && double >= 0 && double <= 4_294_967_296 && double.rounded(.down) == double
  }
}
