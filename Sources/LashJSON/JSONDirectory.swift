/// The members of one array or object by position and, of an object, by key, for many reads in a large
/// one. Keys that repeat count once: the last value at the first one's place.
public struct JSONDirectory: Sendable {
  private let index: JSONIndex
  private var values: [JSONNode] = []
  private var keys: [JSONKey] = []
  private var hashes: [UInt32] = []
  /// Positions plus one by the hash of their key, with open addressing; a power of two of them.
  private var slots: [UInt32] = []

  /// The directory of an array or object. Expected linear in its members and what of them is text.
  public init(_ node: JSONNode, in index: JSONIndex) {
    self.index = index
    let count = index.memberCount(of: node)
    values.reserveCapacity(count)
    guard index.isObject(node) else {
      index.forEachMember(of: node) { _, _, value in values.append(value) }
      return
    }
    keys.reserveCapacity(count)
    hashes.reserveCapacity(count)
    var capacity = 4
    while capacity < count * 2 { capacity *= 2 }
    slots = Array(repeating: 0, count: capacity)
    index.forEachMember(of: node) { text, key, value in
      let hash =
        key.hasEscapes
        ? Self.hash(index.text(of: key).span.bytes)
        : Self.hash(text.extracting(key.start..<key.end))
      var slot = Int(hash) & (capacity - 1)
      while slots[slot] != 0 {
        let known = Int(slots[slot]) - 1
        if hashes[known] == hash, index.matches(keys[known], index.text(of: key)) {
          values[known] = value
          return
        }
        slot = (slot + 1) & (capacity - 1)
      }
      values.append(value)
      keys.append(key)
      hashes.append(hash)
      slots[slot] = UInt32(truncatingIfNeeded: values.count)
    }
  }

  /// The members.
  public var count: Int { values.count }

  /// Bytes that the directory takes, at most: 40 a member.
  public var byteCount: Int {
    values.count * MemoryLayout<JSONNode>.stride + keys.count * MemoryLayout<JSONKey>.stride
      + hashes.count * 4 + slots.count * 4
  }

  /// The value at a position.
  public func value(at position: Int) -> JSONNode { values[position] }

  /// The key at a position.
  public func key(at position: Int) -> JSONKey { keys[position] }

  /// The value of a key. Expected O(1).
  public func value(of name: ArraySlice<UInt8>) -> JSONNode? {
    guard !slots.isEmpty else { return nil }
    let hash = Self.hash(name.span.bytes)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let position = Int(slots[slot]) - 1
      if hashes[position] == hash, index.matches(keys[position], name) { return values[position] }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// A hash of bytes: eight at a time, folded by wide multiplication. The same on every machine.
  @inline(__always)
  private static func hash(_ text: RawSpan) -> UInt32 {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: text.byteCount)
    var position = 0
    while position < text.byteCount {
      var word: UInt64 = 0
      if position + 8 <= text.byteCount {
        word = ByteWord(text, at: position).bits
      } else {
        for offset in position..<text.byteCount { word = word << 8 | UInt64(text[offset]) }
      }
      let product = (state ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
      state = product.low ^ product.high
      position += 8
    }
    return UInt32(truncatingIfNeeded: state ^ state >> 32)
  }
}
