/// A binary tree over the bits of numbered texts (a crit-bit tree). Finding a text takes time in
/// proportion to its length, whatever the texts are: it takes the place of a hash table whose texts
/// were made to collide.
///
/// The texts are the caller's, and have the numbers 0, 1, … in order of insertion. Each brings one node
/// of two words: what its branches lead to (32 bits each) and the bit that decides between them. The
/// first text brings none, and the place of its node holds the root.
package enum TextTree {
  /// The words for so many texts.
  package static func wordCount(texts: Int) -> Int { texts * 2 }

  /// The only text that can equal `text`: whether it does is for the caller to see. The tree must hold
  /// one text at least. O(length of `text`).
  package static func candidate(_ words: Span<UInt64>, _ text: RawSpan) -> Int {
    var branch = words[0]
    while !isText(branch) {
      let node = number(branch)
      let bit = Int(words[node * 2 + 1])
      // All texts from here on are longer, and the one that brought the node is among them.
      if bit / bitsOfByte > text.byteCount { return node }
      branch = words[node * 2] >> (value(of: bit, in: text) ? 32 : 0) & 0xFFFF_FFFF
    }
    return number(branch)
  }

  /// The first bit in which two texts differ; nil if they are equal.
  package static func difference(_ a: RawSpan, _ b: RawSpan) -> Int? {
    let count = min(a.byteCount, b.byteCount)
    for offset in 0..<count where a[offset] != b[offset] {
      return offset * bitsOfByte + 1 + (a[offset] ^ b[offset]).leadingZeroBitCount
    }
    return a.byteCount == b.byteCount ? nil : count * bitsOfByte
  }

  /// Adds the first text.
  package static func start(_ words: inout MutableSpan<UInt64>) { words[0] = leaf(0) }

  /// Adds a text with the next number, which first differs in `bit` from its candidate. O(length).
  package static func insert(
    _ words: inout MutableSpan<UInt64>, _ number: Int, _ text: RawSpan, differingAt bit: Int
  ) {
    // The branch to replace: a word, and which half of it.
    var place = 0
    var shift: UInt64 = 0
    var branch = words[0]
    while !isText(branch) {
      let node = Self.number(branch)
      let nodeBit = Int(words[node * 2 + 1])
      guard nodeBit < bit else { break }
      place = node * 2
      shift = value(of: nodeBit, in: text) ? 32 : 0
      branch = words[place] >> shift & 0xFFFF_FFFF
    }
    let isOne = value(of: bit, in: text)
    words[number * 2] = isOne ? branch | leaf(number) << 32 : leaf(number) | branch << 32
    words[number * 2 + 1] = UInt64(bit)
    words[place] = words[place] & ~(0xFFFF_FFFF << shift) | (UInt64(number) << 1) << shift
  }

  // A branch is a number times two, plus one if it is that of a text and not of a node.
  @inline(__always) private static func isText(_ branch: UInt64) -> Bool { branch & 1 == 1 }
  @inline(__always) private static func number(_ branch: UInt64) -> Int { Int(branch >> 1) }
  @inline(__always) private static func leaf(_ number: Int) -> UInt64 { UInt64(number) << 1 | 1 }

  /// Nine bits a byte: whether there is one, and what it is. Past the end all are zero.
  private static let bitsOfByte = 9

  @inline(__always)
  private static func value(of bit: Int, in text: RawSpan) -> Bool {
    let (offset, place) = bit.quotientAndRemainder(dividingBy: bitsOfByte)
    guard offset < text.byteCount else { return false }
    return place == 0 || text[offset] >> (8 - UInt8(place)) & 1 == 1
  }
}
