/// The payload of a dictionary record: an insertion-ordered hash table in one block.
///
/// Layout after the header: capacity and index mask (`UInt32` each, 16 bytes in all), the index
/// (`mask + 1` words: hash in the high half, entry number + 1 in the low, 0 for free), then the entries
/// (key string, value) in order. Entries are never removed in place, so there are no holes.
struct HashedFields {
  let object: Object

  @inline(__always) init(_ object: Object) { self.object = object }

  /// Payload bytes for `capacity` entries, a power of two.
  static func byteCount(capacity: Int) -> Int { 16 + capacity * 2 * 8 + capacity * 16 }

  @inline(__always) private var raw: UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(object + 1)
  }
  @inline(__always) var capacity: Int { Int(raw.load(as: UInt32.self)) }
  @inline(__always) private var mask: Int { Int(raw.load(fromByteOffset: 4, as: UInt32.self)) }
  @inline(__always) private var index: UnsafeMutablePointer<UInt64> {
    (raw + 16).assumingMemoryBound(to: UInt64.self)
  }
  @inline(__always) private var entries: UnsafeMutablePointer<Value> {
    (raw + 16 + (mask + 1) * 8).assumingMemoryBound(to: Value.self)
  }
  @inline(__always) var count: Int { Int(object.pointee.count) }
  var byteCount: Int { Self.byteCount(capacity: capacity) }

  /// Keys and values in turn.
  @inline(__always) var ownedValues: UnsafeBufferPointer<Value> {
    UnsafeBufferPointer(start: entries, count: count * 2)
  }

  /// Where the first key stands.
  @inline(__always) var firstEntry: UnsafeMutablePointer<Value> { entries }

  /// Keys and values in turn, to be changed: only values may be.
  var slots: UnsafeMutableBufferPointer<Value> {
    UnsafeMutableBufferPointer(start: entries, count: count * 2)
  }

  /// Makes the fresh block an empty table.
  func initialize(capacity: Int) {
    raw.storeBytes(of: UInt32(capacity), as: UInt32.self)
    raw.storeBytes(of: UInt32(capacity * 2 - 1), toByteOffset: 4, as: UInt32.self)
    index.initialize(repeating: 0, count: capacity * 2)
  }

  @inline(__always) func key(at position: Int) -> Value { entries[position * 2] }
  @inline(__always) func value(at position: Int) -> UnsafeMutablePointer<Value> {
    entries + position * 2 + 1
  }

  /// The entry of a key. Expected O(1).
  func find(_ text: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Int? {
    let mask = mask
    let index = index
    var probe = Int(hash) & mask
    while index[probe] != 0 {
      let word = index[probe]
      if UInt32(truncatingIfNeeded: word >> 32) == hash {
        let position = Int(UInt32(truncatingIfNeeded: word)) - 1
        if equalBytes(key(at: position).object.text, text) { return position }
      }
      probe = (probe + 1) & mask
    }
    return nil
  }

  /// Adds an entry after the others; there must be room, and no such key yet. Takes both values over.
  func append(_ key: Value, hash: UInt32, _ value: Value) {
    let position = count
    let mask = mask
    let index = index
    var probe = Int(hash) & mask
    while index[probe] != 0 { probe = (probe + 1) & mask }
    index[probe] = UInt64(hash) << 32 | UInt64(position + 1)
    entries[position * 2] = key
    entries[position * 2 + 1] = value
    object.pointee.count = UInt32(position + 1)
  }
}
