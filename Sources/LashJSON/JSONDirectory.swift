/// The members of one array or object by position and, of an object, by key, for many reads in a large
/// one. Keys that repeat count once: the last value at the first one's place.
public struct JSONDirectory: Sendable {
  private let index: JSONIndex
  private var keys: [JSONKey] = []
  private var values: [JSONNode] = []
  /// Positions plus one by the hash of their key, with open addressing; a power of two of them.
  private var slots: [UInt32] = []

  /// The directory of an array or object. Expected linear in its members and what of them is text.
  public init(_ node: JSONNode, in index: JSONIndex) {
    self.index = index
    let count = index.memberCount(of: node)
    values.reserveCapacity(count)
    guard index.isObject(node) else {
      for member in index.members(of: node) { values.append(member.value) }
      return
    }
    keys.reserveCapacity(count)
    var capacity = 4
    while capacity < count * 2 { capacity *= 2 }
    slots = Array(repeating: 0, count: capacity)
    for member in index.members(of: node) {
      let slot = slot(of: index.text(of: member.key))
      if slots[slot] == 0 {
        values.append(member.value)
        keys.append(member.key)
        slots[slot] = UInt32(truncatingIfNeeded: values.count)
      } else {
        values[Int(slots[slot]) - 1] = member.value
      }
    }
  }

  /// The members.
  public var count: Int { values.count }

  /// Bytes that the directory takes, at most: 36 a member.
  public var byteCount: Int {
    keys.count * MemoryLayout<JSONKey>.stride + values.count * MemoryLayout<JSONNode>.stride
      + slots.count * 4
  }

  /// The value at a position.
  public func value(at position: Int) -> JSONNode { values[position] }

  /// The key at a position.
  public func key(at position: Int) -> JSONKey { keys[position] }

  /// The value of a key. Expected O(1).
  public func value(of name: ArraySlice<UInt8>) -> JSONNode? {
    let slot = slots[slot(of: name)]
    return slot == 0 ? nil : values[Int(slot) - 1]
  }

  /// The slot that holds a key, or where it would be.
  private func slot(of name: ArraySlice<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    var slot = Int(truncatingIfNeeded: (hash ^ hash >> 32)) & (slots.count - 1)
    while slots[slot] != 0, !index.matches(keys[Int(slots[slot]) - 1], name) {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }
}
