import LashJSON

/// The payload of a dictionary record: an insertion-ordered hash table in one block.
///
/// Layout after the header: capacity, index mask, and whether the index is a tree (`UInt32` each, 16 bytes
/// in all), the index, then the entries (key string, value) in order. Entries are never removed in place,
/// so there are no holes. The index has `mask + 1` words, twice the capacity: hash in the high half, entry
/// number + 1 in the low, 0 for free; each key at most `maximumDistance` places from that of its hash. When
/// that cannot be, which no chance brings about, the words become a `TextTree`.
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
    isTree = false
    index.initialize(repeating: 0, count: capacity * 2)
  }

  @inline(__always) func key(at position: Int) -> Value { entries[position * 2] }
  @inline(__always) func value(at position: Int) -> UnsafeMutablePointer<Value> {
    entries + position * 2 + 1
  }

  /// Places from that of its hash on in which a key may be.
  static let maximumDistance = 128

  @inline(__always) private var isTree: Bool {
    get { raw.load(fromByteOffset: 8, as: UInt32.self) != 0 }
    nonmutating set { raw.storeBytes(of: newValue ? 1 : 0, toByteOffset: 8, as: UInt32.self) }
  }

  /// The entry of a key. O(length of the key).
  func find(_ text: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Int? {
    if _slowPath(isTree) { return findInTree(text) }
    let mask = mask
    let index = index
    var probe = Int(hash) & mask
    let end = probe + Self.maximumDistance
    while probe < end {
      let word = index[probe & mask]
      if word == 0 { return nil }
      if UInt32(truncatingIfNeeded: word >> 32) == hash {
        let position = Int(UInt32(truncatingIfNeeded: word)) - 1
        if equalBytes(key(at: position).object.text, text) { return position }
      }
      probe += 1
    }
    return nil
  }

  /// Adds an entry after the others; there must be room, and no such key yet. Takes both values over.
  func append(_ key: Value, hash: UInt32, _ value: Value) {
    let position = count
    entries[position * 2] = key
    entries[position * 2 + 1] = value
    object.pointee.count = UInt32(position + 1)
    if _slowPath(isTree) { return addToTree(position) }
    let mask = mask
    let index = index
    var probe = Int(hash) & mask
    let end = probe + Self.maximumDistance
    while index[probe & mask] != 0 { probe += 1 }
    if probe < end {
      index[probe & mask] = UInt64(hash) << 32 | UInt64(position + 1)
    } else {
      isTree = true
      for position in 0...position { addToTree(position) }
    }
  }

  // MARK: The tree

  private var words: UnsafeMutableBufferPointer<UInt64> {
    UnsafeMutableBufferPointer(start: index, count: mask + 1)
  }

  private func findInTree(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard count > 0 else { return nil }
    let words = UnsafeBufferPointer(words)
    let position = TextTree.candidate(words.span, text.span.bytes)
    return equalBytes(key(at: position).object.text, text) ? position : nil
  }

  private func addToTree(_ position: Int) {
    let words = words
    let text = key(at: position).object.text
    var bit: Int?
    if position > 0 {
      let known = UnsafeBufferPointer(words)
      let other = key(at: TextTree.candidate(known.span, text.span.bytes)).object.text
      bit = TextTree.difference(text.span.bytes, other.span.bytes)
    }
    var span = words.mutableSpan
    if let bit {
      TextTree.insert(&span, position, text.span.bytes, differingAt: bit)
    } else {
      TextTree.start(&span)
    }
  }
}
