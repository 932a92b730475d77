import LashJSON

/// Gives equal texts the same symbol, straight from their bytes: open addressing over a pool that
/// holds every distinct text once, so an occurrence costs no `String`.
struct SymbolTable: Sendable {
  private var pool: [UInt8] = []
  /// Where the text of each symbol ends in the pool.
  private var ends: [UInt32] = []
  private var hashes: [Int] = []
  /// Symbol index + 1, or 0 for a free place; the count is a power of two.
  private var places: [UInt32]
  /// What finds texts instead once one is too far from its place, which no chance brings about.
  private var tree: [UInt64] = []

  /// Places from that of its hash on in which a symbol may be.
  private static let maximumDistance = 128

  /// Holds the words of `Word`, in their order.
  init() {
    places = Array(repeating: 0, count: 512)
    for word in Word.all {
      let bytes = Array(word.rawValue.utf8)
      _ = intern(bytes, bytes.indices)
    }
  }

  /// The symbol of a part of `bytes`. O(length).
  mutating func intern(_ bytes: [UInt8], _ range: Range<Int>) -> Symbol {
    guard tree.isEmpty else { return internInTree(bytes, range) }
    let hash = hash(bytes, range)
    let mask = places.count - 1
    for distance in 0..<Self.maximumDistance {
      let place = (hash + distance) & mask
      let entry = places[place]
      guard entry != 0 else {
        let symbol = add(bytes, range)
        hashes.append(hash)
        places[place] = UInt32(ends.count)
        if ends.count * 2 > places.count { grow() }
        return symbol
      }
      let index = Int(entry) - 1
      if hashes[index] == hash, holds(index, bytes, range) { return Symbol(UInt32(index)) }
    }
    makeTree()
    return internInTree(bytes, range)
  }

  private mutating func add(_ bytes: [UInt8], _ range: Range<Int>) -> Symbol {
    pool.append(contentsOf: bytes[range])
    ends.append(UInt32(pool.count))
    return Symbol(UInt32(ends.count - 1))
  }

  /// The texts by symbol index. O(size of all texts).
  var texts: [String] {
    ends.indices.map { String(decoding: pool[poolRange(of: $0)], as: UTF8.self) }
  }

  /// Whether the texts were found to collide.
  var isTree: Bool { !tree.isEmpty }

  private func poolRange(of index: Int) -> Range<Int> {
    (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
  }

  private func holds(_ index: Int, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    let own = poolRange(of: index)
    guard own.count == range.count else { return false }
    var offset = 0
    while offset < range.count {
      if pool[own.lowerBound + offset] != bytes[range.lowerBound + offset] { return false }
      offset += 1
    }
    return true
  }

  private mutating func grow() {
    let mask = places.count * 2 - 1
    places = Array(repeating: 0, count: mask + 1)
    for (index, hash) in hashes.enumerated() {
      var distance = 0
      while places[(hash + distance) & mask] != 0 { distance += 1 }
      guard distance < Self.maximumDistance else { return makeTree() }
      places[(hash + distance) & mask] = UInt32(index + 1)
    }
  }

  private mutating func makeTree() {
    places = []
    hashes = []
    var tree: [UInt64] = Array(repeating: 0, count: TextTree.wordCount(texts: ends.count))
    var words = tree.mutableSpan
    TextTree.start(&words)
    for index in ends.indices.dropFirst() {
      let text = pool.span.bytes.extracting(poolRange(of: index))
      let other = TextTree.candidate(words.span, text)
      let known = pool.span.bytes.extracting(poolRange(of: other))
      guard let bit = TextTree.difference(text, known) else { continue }
      TextTree.insert(&words, index, text, differingAt: bit)
    }
    self.tree = tree
  }

  private mutating func internInTree(_ bytes: [UInt8], _ range: Range<Int>) -> Symbol {
    let other = candidate(bytes.span.bytes.extracting(range))
    guard let bit = difference(bytes.span.bytes.extracting(range), other) else {
      return Symbol(UInt32(other))
    }
    insertInTree(bytes.span.bytes.extracting(range), differingAt: bit)
    return add(bytes, range)
  }

  private func candidate(_ text: RawSpan) -> Int { TextTree.candidate(tree.span, text) }

  private func difference(_ text: RawSpan, _ index: Int) -> Int? {
    TextTree.difference(text, pool.span.bytes.extracting(poolRange(of: index)))
  }

  private mutating func insertInTree(_ text: RawSpan, differingAt bit: Int) {
    let number = ends.count
    tree.append(contentsOf: [0, 0])
    var words = tree.mutableSpan
    TextTree.insert(&words, number, text, differingAt: bit)
  }

  /// A hash for the table only; it never shows in a result.
  private func hash(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    var state = 0x9E37_79B9_7F4A_7C15 ^ UInt64(range.count)
    var word: UInt64 = 0
    var index = range.lowerBound
    while index < range.upperBound {
      word = word << 8 | UInt64(bytes[index])
      index += 1
      if (index - range.lowerBound) & 7 == 0 {
        state = Self.mix(state ^ word)
        word = 0
      }
    }
    return Int(truncatingIfNeeded: Self.mix(state ^ word) >> 2)
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}
