/// Writes a machine as bytes (`spec/snapshot-format.md`).
///
/// Walks with a work list, so values of any depth can be written; objects with one owner, which are
/// nearly all, cost no look-up.
struct SnapshotWriter: ~Copyable {
  private var buffer: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity = 1 << 10
  private let vm: VM
  private var numbers: ObjectNumbers?
  private var open: [UnsafeBufferPointer<Value>] = []

  init(_ vm: VM) {
    self.vm = vm
    buffer = .allocate(capacity: capacity)
  }

  deinit { buffer.deallocate() }

  /// What was written so far.
  var bytes: [UInt8] { Array(UnsafeBufferPointer(start: buffer, count: count)) }

  /// What was written, with its checksum.
  consuming func finish() -> [UInt8] {
    let checksum = SnapshotChecksum.of(
      UnsafeRawBufferPointer(start: buffer, count: count)[rebased: SnapshotFormat.bodyOffset])
    UnsafeMutableRawPointer(buffer).storeBytes(
      of: checksum.littleEndian, toByteOffset: SnapshotFormat.checksumOffset, as: UInt64.self)
    return bytes
  }

  // MARK: Bytes

  /// Makes room for `size` more bytes.
  @inline(__always)
  private mutating func reserve(_ size: Int) {
    if _slowPath(count + size > capacity) { grow(size) }
  }

  @inline(never)
  private mutating func grow(_ size: Int) {
    capacity = max(capacity * 2, count + size)
    let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    grown.update(from: buffer, count: count)
    buffer.deallocate()
    buffer = grown
  }

  mutating func write(byte: UInt8) {
    reserve(1)
    put(byte)
  }

  /// An unsigned varint.
  mutating func write(number: UInt64) {
    reserve(10)
    put(number: number)
  }

  mutating func write(number: Int) { write(number: UInt64(number)) }

  /// A signed varint.
  mutating func write(signed: Int) {
    write(number: UInt64(bitPattern: Int64(signed << 1 ^ signed >> 63)))
  }

  /// Bytes without their length.
  mutating func write(raw: UnsafeBufferPointer<UInt8>) {
    reserve(raw.count)
    put(raw)
  }

  mutating func write(raw: [UInt8]) {
    reserve(raw.count)
    raw.withUnsafeBufferPointer { put($0) }
  }

  /// A number of eight bytes.
  mutating func write(fixed: UInt64) {
    reserve(8)
    put(fixed: fixed)
  }

  /// Bytes after their length.
  mutating func write(block: UnsafeBufferPointer<UInt8>) {
    write(number: block.count)
    write(raw: block)
  }

  mutating func write(text: String) {
    write(number: text.utf8.count)
    write(raw: Array(text.utf8))
  }

  // The forms below need room that is reserved.

  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    buffer[count] = byte
    count &+= 1
  }

  @inline(__always)
  private mutating func put(fixed: UInt64) {
    UnsafeMutableRawPointer(buffer + count).storeBytes(of: fixed.littleEndian, as: UInt64.self)
    count &+= 8
  }

  @inline(__always)
  private mutating func put(number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      put(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    put(UInt8(truncatingIfNeeded: rest))
  }

  @inline(__always)
  private mutating func put(_ raw: UnsafeBufferPointer<UInt8>) {
    guard let start = raw.baseAddress else { return }
    (buffer + count).update(from: start, count: raw.count)
    count &+= raw.count
  }

  // MARK: Values

  /// Writes registers: unset ones that follow one another count as one value.
  mutating func write(registers: UnsafeBufferPointer<Value>) {
    var position = 0
    while position < registers.count {
      var end = position
      while end < registers.count, registers[end].isUnset { end += 1 }
      if end > position {
        write(byte: SnapshotFormat.Tag.unsetRun)
        write(number: end - position)
        position = end
      }
      while end < registers.count, !registers[end].isUnset { end += 1 }
      write(UnsafeBufferPointer(rebasing: registers[position..<end]))
      position = end
    }
  }

  /// Writes values and all that they own, depth first.
  mutating func write(_ values: UnsafeBufferPointer<Value>) {
    guard var next = values.baseAddress else { return }
    var left = values.count
    while true {
      while left > 0 {
        let value = next.pointee
        next += 1
        left &-= 1
        reserve(32)
        guard value.isHeap else {
          putPlain(value)
          continue
        }
        guard let children = putObject(value.object), let first = children.baseAddress else {
          continue
        }
        if left > 0 { open.append(UnsafeBufferPointer(start: next, count: left)) }
        next = UnsafePointer(first)
        left = children.count
      }
      guard let outer = open.popLast(), let start = outer.baseAddress else { return }
      next = start
      left = outer.count
    }
  }

  @inline(__always)
  private mutating func putPlain(_ value: Value) {
    guard value.isDouble else {
      // The tags of the immediates are the low bits of their patterns.
      put(UInt8(truncatingIfNeeded: value.bits & 3))
      return
    }
    let double = value.double
    if double.magnitude < Heap.exactLimit {
      let integer = Int64(double)
      if Double(integer).bitPattern == double.bitPattern {
        put(SnapshotFormat.Tag.integer)
        put(number: UInt64(bitPattern: integer << 1 ^ integer >> 63))
        return
      }
    }
    put(SnapshotFormat.Tag.double)
    put(fixed: double.isNaN ? Value(double: .nan).bits : value.bits)
  }

  /// Writes an object up to its children, which are given back; `nil` if it has none to be written.
  @inline(__always)
  private mutating func putObject(_ object: Object) -> UnsafeBufferPointer<Value>? {
    let header = object.pointee
    var tag = SnapshotFormat.Tag.object + header.kind.rawValue
    if header.references > 1 {
      if let number = number(of: object) {
        put(SnapshotFormat.Tag.reference)
        put(number: UInt64(number))
        return nil
      }
      tag |= SnapshotFormat.Tag.shared
    }
    switch header.kind {
    case .record:
      if header.extra == Shape.dictionary {
        put(tag & SnapshotFormat.Tag.shared | SnapshotFormat.Tag.dictionary)
        put(number: UInt64(header.count))
        put(number: UInt64(HashedFields(object).capacity))
        return HashedFields(object).ownedValues
      }
      put(tag)
      put(number: UInt64(header.extra))
    case .string:
      putCounted(header, tag, leastCapacity: Allocator.capacity(for: Int(header.count)))
      reserve(Int(header.count))
      put(object.text)
      return nil
    case .list:
      putCounted(header, tag, leastCapacity: Heap.listCapacity(for: Int(header.count)))
    case .integer:
      put(tag)
      put(fixed: UInt64(bitPattern: object.integer))
      return nil
    case .tuple:
      put(tag)
      put(number: UInt64(header.count))
    case .result:
      put(tag)
      put(header.flags.rawValue)
    case .run, .module, .image, .type, .descriptor, .process, .triggerEvent, .placeholder,
      .reference:
      put(tag)
    case .lazyJSON:
      put(tag)
      put(number: UInt64(header.extra))
    case .document:
      put(tag)
      writeDocument(Int(object.values[0].double), of: vm)
      return nil
    case .cursor:
      put(tag)
      put(number: UInt64(header.count))
      return ListCursor(object).ownedValues
    }
    return object.items
  }

  @inline(__always)
  private mutating func putCounted(_ header: Header, _ tag: UInt8, leastCapacity: Int) {
    let isLeast = Int(header.extra) == leastCapacity
    put(isLeast ? tag : tag | SnapshotFormat.Tag.capacity)
    put(number: UInt64(header.count))
    if !isLeast { put(number: UInt64(header.extra)) }
  }

  /// The number of an object with several owners; `nil` the first time, when it gets one.
  private mutating func number(of object: Object) -> UInt32? {
    if numbers == nil { numbers = Self.loadedNumbers(vm) }
    if let number = numbers?.number(of: object) { return number }
    numbers?.insert(object)
    return nil
  }

  private static func loadedNumbers(_ vm: VM) -> ObjectNumbers {
    let shapes = vm.pointee.heap.state.pointee.shapes
    var numbers = ObjectNumbers(
      capacity: shapes.keys.count + vm.pointee.program.constants.count + 8)
    vm.pointee.forEachLoadedObject { numbers.insert($0) }
    for key in shapes.keys[vm.pointee.loadedKeys...] { numbers.insert(key.object) }
    return numbers
  }
}

extension UnsafeRawBufferPointer {
  /// What follows the first `offset` bytes.
  fileprivate subscript(rebased offset: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: self[offset...])
  }
}
