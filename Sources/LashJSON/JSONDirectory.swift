/// The members of one array or object by position and, of an object, by key, for many reads in a large
/// one. Keys that repeat count once: the last value at the first one's place.
public struct JSONDirectory: Sendable {
  private let index: JSONIndex
  private var values: [JSONNode] = []
  private var keys: [JSONKey] = []
  private var hashes: [UInt32] = []
  /// Positions plus one by the hash of their key, with open addressing; a power of two of them.
  private var slots: [UInt32] = []
  /// What finds keys instead once a key is too far from its slot, which no chance brings about.
  private var tree: [UInt64] = []

  /// Slots from that of its hash on in which a key may be.
  static let maximumDistance = 128

  /// The directory of an array or object. Linear in its members and what of them is text.
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
      if key.hasEscapes {
        add(key, index.text(of: key).span.bytes, value)
      } else {
        add(key, text.extracting(key.start..<key.end), value)
      }
    }
  }

  @inline(__always)
  private mutating func add(_ key: JSONKey, _ text: RawSpan, _ value: JSONNode) {
    guard tree.isEmpty else { return addToTree(key, text, value) }
    let hash = Self.hash(text)
    let mask = slots.count - 1
    var distance = 0
    while distance < Self.maximumDistance {
      let slot = (Int(hash) + distance) & mask
      guard slots[slot] != 0 else {
        values.append(value)
        keys.append(key)
        hashes.append(hash)
        slots[slot] = UInt32(truncatingIfNeeded: values.count)
        return
      }
      let known = Int(slots[slot]) - 1
      if hashes[known] == hash, index.matches(keys[known], index.text(of: key)) {
        values[known] = value
        return
      }
      distance += 1
    }
    slots = []
    hashes = []
    let known = (keys, values)
    keys = []
    values = []
    for (key, value) in zip(known.0, known.1) {
      addToTree(key, index.text(of: key).span.bytes, value)
    }
    addToTree(key, text, value)
  }

  private mutating func addToTree(_ key: JSONKey, _ text: RawSpan, _ value: JSONNode) {
    var bit: Int?
    if !keys.isEmpty {
      let known = TextTree.candidate(tree.span, text)
      bit = TextTree.difference(text, index.text(of: keys[known]).span.bytes)
      guard bit != nil else {
        values[known] = value
        return
      }
    }
    let number = keys.count
    tree.append(contentsOf: [0, 0])
    var words = tree.mutableSpan
    if let bit {
      TextTree.insert(&words, number, text, differingAt: bit)
    } else {
      TextTree.start(&words)
    }
    values.append(value)
    keys.append(key)
  }

  /// The members.
  public var count: Int { values.count }

  /// Bytes that the directory takes, at most: 40 a member.
  public var byteCount: Int {
    values.count * MemoryLayout<JSONNode>.stride + keys.count * MemoryLayout<JSONKey>.stride
      + hashes.count * 4 + slots.count * 4 + tree.count * 8
  }

  /// The value at a position.
  public func value(at position: Int) -> JSONNode { values[position] }

  /// The key at a position.
  public func key(at position: Int) -> JSONKey { keys[position] }

  /// The value of a key. O(length of the key).
  public func value(of name: ArraySlice<UInt8>) -> JSONNode? {
    guard !keys.isEmpty else { return nil }
    guard tree.isEmpty else {
      let position = TextTree.candidate(tree.span, name.span.bytes)
      return index.matches(keys[position], name) ? values[position] : nil
    }
    let hash = Self.hash(name.span.bytes)
    for distance in 0..<Self.maximumDistance {
      let slot = (Int(hash) + distance) & (slots.count - 1)
      guard slots[slot] != 0 else { return nil }
      let position = Int(slots[slot]) - 1
      if hashes[position] == hash, index.matches(keys[position], name) { return values[position] }
    }
    return nil
  }

  /// A hash of bytes: eight at a time, folded by wide multiplication.
  @inline(__always)
  static func hash(_ text: RawSpan) -> UInt32 {
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
