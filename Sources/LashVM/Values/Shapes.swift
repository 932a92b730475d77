import LashJSON

/// The key list that records share (vm.md: inline caches work on shapes).
///
/// A record with at most `Shape.maximumKeys` keys has a shape and one slot per key, in insertion order.
/// Larger ones, and ones whose keys are data rather than structure, are dictionaries (`HashedFields`).
enum Shape {
  /// The shape of records that are dictionaries.
  static let dictionary = UInt32.max
  /// The shape that no record has: the initial content of inline caches, and the end of chains.
  static let none: UInt32 = 0
  /// The shape of `{}`.
  static let empty: UInt32 = 1
  /// The most keys of a shape.
  static let maximumKeys = 24
  /// The most shapes that may follow one shape, and in all: more means that keys are data.
  static let maximumSuccessors = 64
  static let maximumShapes = 4_096
  /// The most shapes that may follow one shape on behalf of literals: the chain is walked.
  static let maximumLiteralSuccessors = 512
}

/// Names an interned key of a machine; keys of the program come first, with the same numbers.
typealias KeyID = UInt32

/// The shapes and interned keys of one machine.
///
/// Interned key strings are owned here and live as long as the machine.
struct ShapeTable {
  struct Entry {
    var keys: UnsafeMutablePointer<KeyID>
    var count: Int
    /// Shapes that add one key to this one: first of the chain, and next in the parent's chain.
    var firstSuccessor: UInt32
    var nextSibling: UInt32
    var successors: UInt32
    /// The shape that this one adds a key to.
    var parent: UInt32
  }

  private(set) var entries: [Entry] = []
  /// The strings of the keys, by `KeyID`.
  private(set) var keys: [Value] = []
  private var hashes: [UInt32] = []
  private var slots: [UInt32] = Array(repeating: 0, count: 64)
  /// What finds keys instead once one is too far from its slot (see `HashedFields`).
  private var tree: [UInt64] = []

  init() {
    for _ in Shape.none...Shape.empty {
      entries.append(
        Entry(
          keys: .allocate(capacity: 1), count: 0, firstSuccessor: Shape.none,
          nextSibling: Shape.none, successors: 0, parent: Shape.none))
    }
  }

  func destroy() {
    for entry in entries { entry.keys.deallocate() }
  }

  // MARK: Keys

  /// The interned key of these bytes, if there is one. It changes nothing, but a table that is only read
  /// would be copied for the call.
  mutating func key(_ text: UnsafeBufferPointer<UInt8>, hash: UInt32) -> KeyID? {
    let mask = slots.count - 1
    var probe = Int(hash)
    let end = probe + HashedFields.maximumDistance
    while probe < end {
      let slot = slots[probe & mask]
      if slot == 0 { return tree.isEmpty ? nil : Self.find(text, in: tree, keys) }
      let id = slot - 1
      if hashes[Int(id)] == hash, equalBytes(keys[Int(id)].object.text, text) { return id }
      probe += 1
    }
    return nil
  }

  /// Given the arrays alone, lest the table be copied for each search.
  @inline(never)
  private static func find(
    _ text: UnsafeBufferPointer<UInt8>, in tree: [UInt64], _ keys: [Value]
  ) -> KeyID? {
    let id = TextTree.candidate(tree.span, text.span.bytes)
    return equalBytes(keys[id].object.text, text) ? KeyID(id) : nil
  }

  /// The hash of an interned key.
  func hash(of key: KeyID) -> UInt32 { hashes[Int(key)] }

  /// Interns a string, of which the table becomes an owner. It must not be interned yet.
  mutating func intern(_ string: Value, hash: UInt32) -> KeyID {
    let id = KeyID(keys.count)
    keys.append(string)
    hashes.append(hash)
    if !tree.isEmpty {
      addToTree(id)
    } else if keys.count * 2 > slots.count {
      slots = Array(repeating: 0, count: slots.count * 2)
      for other in keys.indices { place(KeyID(other)) }
    } else {
      place(id)
    }
    return id
  }

  private mutating func place(_ id: KeyID) {
    guard tree.isEmpty else { return }
    let mask = slots.count - 1
    var probe = Int(hashes[Int(id)])
    let end = probe + HashedFields.maximumDistance
    while slots[probe & mask] != 0 { probe += 1 }
    guard probe < end else {
      // Free slots everywhere, so that each search goes on in the tree.
      slots = Array(repeating: 0, count: 64)
      for other in keys.indices { addToTree(KeyID(other)) }
      return
    }
    slots[probe & mask] = id + 1
  }

  private mutating func addToTree(_ id: KeyID) {
    let text = keys[Int(id)].object.text
    var bit: Int?
    if id > 0 {
      let other = keys[TextTree.candidate(tree.span, text.span.bytes)].object.text
      bit = TextTree.difference(text.span.bytes, other.span.bytes)
    }
    tree.append(contentsOf: [0, 0])
    var words = tree.mutableSpan
    if let bit {
      TextTree.insert(&words, Int(id), text.span.bytes, differingAt: bit)
    } else {
      TextTree.start(&words)
    }
  }

  // MARK: Shapes

  /// The slot of a key in a shape. O(keys).
  @inline(__always)
  func slot(of key: KeyID, in shape: UInt32) -> Int? {
    let entry = entries[Int(shape)]
    var slot = 0
    while slot < entry.count {
      if entry.keys[slot] == key { return slot }
      slot += 1
    }
    return nil
  }

  /// The shape that has `key` after the keys of `shape`; `nil` if the record must become a dictionary.
  /// Keys of literals are structure, so their shapes have wider limits.
  mutating func successor(
    of shape: UInt32, adding key: KeyID, isLiteral: Bool = false
  ) -> UInt32? {
    let parent = entries[Int(shape)]
    var candidate = parent.firstSuccessor
    while candidate != Shape.none {
      let entry = entries[Int(candidate)]
      if entry.keys[entry.count - 1] == key { return candidate }
      candidate = entry.nextSibling
    }
    guard parent.count < Shape.maximumKeys,
      isLiteral
        ? parent.successors < Shape.maximumLiteralSuccessors
        : parent.successors < Shape.maximumSuccessors && entries.count < Shape.maximumShapes
    else { return nil }
    let keys = UnsafeMutablePointer<KeyID>.allocate(capacity: parent.count + 1)
    keys.update(from: parent.keys, count: parent.count)
    keys[parent.count] = key
    let shapeID = UInt32(entries.count)
    entries.append(
      Entry(
        keys: keys, count: parent.count + 1, firstSuccessor: Shape.none,
        nextSibling: parent.firstSuccessor, successors: 0, parent: shape))
    entries[Int(shape)].firstSuccessor = shapeID
    entries[Int(shape)].successors += 1
    return shapeID
  }
}

/// Whether two runs of bytes are equal.
@inline(__always)
func equalBytes(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
  guard a.count == b.count else { return false }
  guard let left = a.baseAddress, let right = b.baseAddress, left != right else { return true }
  let x = UnsafeRawPointer(left)
  let y = UnsafeRawPointer(right)
  var offset = 0
  while offset + 8 <= a.count {
    if x.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      != y.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    {
      return false
    }
    offset += 8
  }
  while offset < a.count {
    if left[offset] != right[offset] { return false }
    offset += 1
  }
  return true
}

/// The numbers that hashes begin with and multiply by. They are fixed, for a machine knows no chance; tables
/// whose texts were made to collide become trees.
enum HashKey {
  static let start: UInt64 = 0x243F_6A88_85A3_08D3
  /// Odd, lest the multiplication lose bits.
  static let factor: UInt64 = 0xD6E8_FEB8_6659_FD93
}

/// A hash of bytes: eight at a time, folded by wide multiplication.
@inline(__always)
func hashBytes(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
  var state = HashKey.start ^ UInt64(truncatingIfNeeded: text.count)
  @inline(__always) func mix(_ word: UInt64) {
    let product = (state ^ word).multipliedFullWidth(by: HashKey.factor)
    state = product.low ^ product.high
  }
  guard let start = text.baseAddress else { return 0x5BD1_E995 }
  let raw = UnsafeRawPointer(start)
  var offset = 0
  while offset + 8 <= text.count {
    mix(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
    offset += 8
  }
  var tail: UInt64 = 0
  var shift: UInt64 = 0
  while offset < text.count {
    tail |= UInt64(text[offset]) << shift
    shift += 8
    offset += 1
  }
  mix(tail)
  mix(0x2545_F491_4F6C_DD1D)
  return UInt32(truncatingIfNeeded: state >> 16)
}
