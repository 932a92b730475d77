import Testing

@testable import LashLang

@Suite("Symbol table")
struct SymbolTableTests {
  /// Texts of 16 bytes whose second half undoes what their first half did to the hash.
  private func colliding(_ count: Int) -> [[UInt8]] {
    (0..<UInt64(count)).map { number in
      let first = number &* 0x0101_0101_0101_0101
      let product = (0x9E37_79B9_7F4A_7C15 ^ 16 ^ first).multipliedFullWidth(
        by: 0x9E37_79B9_7F4A_7C15)
      let second = product.high ^ product.low ^ 0x0123_4567_89AB_CDEF
      return [first, second].flatMap { word in
        (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) }
      }
    }
  }

  @Test("Equal texts have one symbol, others another, also where texts were made to collide")
  func symbols() {
    var table = SymbolTable()
    let before = table.texts.count
    let texts = colliding(400) + (0..<400).map { Array("name\($0)".utf8) } + [Array("while".utf8)]
    let symbols = texts.map { table.intern($0, $0.indices) }
    #expect(table.texts.count == before + 800)
    #expect(Set(symbols).count == 801)
    for (text, symbol) in zip(texts, symbols) {
      let longer = [0x78] + text + [0x78]
      #expect(table.intern(longer, 1..<(longer.count - 1)) == symbol)
    }
    #expect(table.texts[before - 1] == Word.all.last?.rawValue)
    #expect(table.isTree)
  }
}
