// Strings: UTF-8 in one block; `extra` is the capacity in bytes.

extension Heap {
  /// A fresh string without bytes and with room for `capacity`.
  func makeString(capacity: Int) throws(Fault) -> Object {
    let payload = Allocator.capacity(for: capacity)
    let object = try state.pointee.allocator.allocate(
      .string, payload: payload, count: 0, extra: UInt32(truncatingIfNeeded: payload))
    object.pointee.flags = .ascii
    return object
  }

  /// A fresh string of these bytes, which must be UTF-8.
  func makeString(_ text: UnsafeBufferPointer<UInt8>) throws(Fault) -> Object {
    let object = try makeString(capacity: text.count)
    append(text, into: object)
    return object
  }

  /// A fresh string of this text.
  func makeString(_ text: String) throws(Fault) -> Object {
    var text = text
    let object = try makeString(capacity: text.utf8.count)
    text.withUTF8 { append($0, into: object) }
    return object
  }

  /// Appends bytes to the unique string in `slot`.
  func append(
    _ text: UnsafeBufferPointer<UInt8>, to slot: UnsafeMutablePointer<Value>
  ) throws(Fault) {
    let object = slot.pointee.object
    let count = Int(object.pointee.count)
    let needed = count + text.count
    guard needed > Int(object.pointee.extra) else {
      append(text, into: object)
      return
    }
    // The text may be part of the string itself, which may move.
    let offset = text.baseAddress.map { $0 - UnsafePointer(object.bytes) } ?? -1
    let room = Allocator.capacity(for: grownCapacity(count, for: needed))
    let grown = try state.pointee.allocator.grow(object, used: count, payload: room)
    grown.pointee.extra = UInt32(truncatingIfNeeded: room)
    slot.pointee = Value(grown)
    let isInside = offset >= 0 && offset < count
    append(
      isInside ? UnsafeBufferPointer(start: grown.bytes + offset, count: text.count) : text,
      into: grown)
  }

  /// Appends bytes to a string that has room for them.
  @inline(__always)
  private func append(_ text: UnsafeBufferPointer<UInt8>, into object: Object) {
    guard let start = text.baseAddress, text.count > 0 else { return }
    (object.bytes + Int(object.pointee.count)).update(from: start, count: text.count)
    object.pointee.count &+= UInt32(text.count)
    if !isASCII(text) { object.pointee.flags.remove(.ascii) }
  }

  /// The number of Unicode scalars of a string. O(1) for ASCII, else O(n).
  func scalarCount(_ string: Object) -> Int {
    if string.pointee.flags.contains(.ascii) { return Int(string.pointee.count) }
    return scalarCount(string.text)
  }

  /// The number of Unicode scalars of valid UTF-8.
  func scalarCount(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    for byte in text where byte & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// The byte offset of the scalar at `offset`, which must be at most the scalar count.
  func byteOffset(_ string: Object, scalar offset: Int) -> Int {
    if string.pointee.flags.contains(.ascii) { return offset }
    var left = offset
    var position = 0
    let text = string.text
    while position < text.count {
      if text[position] & 0xC0 != 0x80 {
        if left == 0 { return position }
        left -= 1
      }
      position += 1
    }
    return position
  }
}

/// Whether all bytes are ASCII.
@inline(__always)
func isASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let start = text.baseAddress else { return true }
  let raw = UnsafeRawPointer(start)
  var offset = 0
  while offset + 8 <= text.count {
    if raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 {
      return false
    }
    offset += 8
  }
  while offset < text.count {
    if text[offset] >= 0x80 { return false }
    offset += 1
  }
  return true
}

/// Builds a string in machine memory; owns it until `finish`.
struct StringBuilder {
  let heap: Heap
  private var slot: Value

  /// A builder with room for `capacity` bytes.
  init(_ heap: Heap, capacity: Int = 16) throws(Fault) {
    self.heap = heap
    slot = Value(try heap.makeString(capacity: capacity))
  }

  /// Bytes written so far.
  var count: Int { Int(slot.object.pointee.count) }

  /// The text written so far; valid until the next append.
  var text: UnsafeBufferPointer<UInt8> { slot.object.text }

  /// Appends UTF-8.
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) throws(Fault) {
    try heap.append(text, to: &slot)
  }

  /// Appends text.
  mutating func append(_ text: StaticString) throws(Fault) {
    try append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends bytes that must be UTF-8 together with their neighbours.
  mutating func append(_ bytes: [UInt8]) throws(Fault) {
    let heap = heap
    var fault: Fault?
    bytes.withUnsafeBufferPointer { buffer in
      do throws(Fault) { try heap.append(buffer, to: &slot) } catch { fault = error }
    }
    if let fault { throw fault }
  }

  /// Appends one ASCII byte.
  mutating func append(_ byte: UInt8) throws(Fault) {
    let object = slot.object
    if object.pointee.count < object.pointee.extra {
      object.bytes[Int(object.pointee.count)] = byte
      object.pointee.count &+= 1
      return
    }
    var byte = byte
    let heap = heap
    try withUnsafePointer(to: &byte) { pointer throws(Fault) in
      try heap.append(UnsafeBufferPointer(start: pointer, count: 1), to: &slot)
    }
  }

  /// The string, owned by the caller.
  func finish() -> Value { slot }

  /// Frees what was built.
  func discard() { heap.release(slot) }
}
