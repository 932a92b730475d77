/// Gives equal texts the same symbol, straight from their bytes: open addressing over a pool that
/// holds every distinct text once, so an occurrence costs no `String`.
struct SymbolTable: Sendable {
  private var pool: [UInt8] = []
  /// Where the text of each symbol ends in the pool.
  private var ends: [UInt32] = []
  private var hashes: [Int] = []
  /// Symbol index + 1, or 0 for a free place; the count is a power of two.
  private var places: [UInt32]
  /// Another one in each process.
  private let key = UInt64(truncatingIfNeeded: Hasher().finalize())

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
    let hash = hash(bytes, range)
    let mask = places.count - 1
    var place = hash & mask
    while true {
      let entry = places[place]
      if entry == 0 { break }
      let index = Int(entry) - 1
      if hashes[index] == hash, holds(index, bytes, range) { return Symbol(UInt32(index)) }
      place = (place + 1) & mask
    }
    let index = ends.count
    pool.append(contentsOf: bytes[range])
    ends.append(UInt32(pool.count))
    hashes.append(hash)
    places[place] = UInt32(index + 1)
    if ends.count * 2 > places.count { grow() }
    return Symbol(UInt32(index))
  }

  /// The texts by symbol index. O(size of all texts).
  var texts: [String] {
    ends.indices.map { String(decoding: pool[poolRange(of: $0)], as: UTF8.self) }
  }

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
      var place = hash & mask
      while places[place] != 0 { place = (place + 1) & mask }
      places[place] = UInt32(index + 1)
    }
  }

  /// A keyed hash, so that no text can be made to collide on purpose; it never shows in a result.
  private func hash(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    var state = key ^ UInt64(range.count)
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
    return Int(truncatingIfNeeded: Self.mix(state ^ word))
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}
