import LashLang
import Testing

@testable import LashToolchain

/// Positions and changes of open documents, against a client that holds units of UTF-16.
@Suite struct DocumentTextTests {
  /// What a client in JavaScript has.
  private struct Client {
    var units: [UInt16]

    /// Halves of pairs become U+FFFD, one unit for one.
    var text: String { String(decoding: units, as: UTF16.self) }

    func isInsideLineEnd(_ place: Int) -> Bool {
      place > 0 && place < units.count && units[place - 1] == 0x0D && units[place] == 0x0A
    }

    func position(of place: Int) -> TextPosition {
      var position = TextPosition(line: 0, column: 0)
      for (index, unit) in units[..<place].enumerated() {
        if unit == 0x0A || (unit == 0x0D && !isInsideLineEnd(index + 1)) {
          position = TextPosition(line: position.line + 1, column: 0)
        } else {
          position.column += 1
        }
      }
      return position
    }

    mutating func replace(_ range: Range<Int>, by text: String) {
      units.replaceSubrange(range, with: text.utf16)
      units = Array(self.text.utf16)
    }
  }

  /// The numbers of a linear congruence, the same for the same seed everywhere.
  private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 32
    }
  }

  private static let pieces = [
    "x", " = ", "\n", "\r\n", "\r", "é", "漢", "😀", "👩‍👧", "\u{FFFD}",
    String(repeating: "ab😀c", count: 500),
  ]

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func randomChanges(seed: UInt64) {
    var random = SeededGenerator(state: seed)
    var client = Client(units: [])
    var server = DocumentText("", .utf16)
    for _ in 0..<40 {
      let places = (0..<2).map { _ in
        let place = Int.random(in: 0...client.units.count, using: &random)
        return client.isInsideLineEnd(place) ? place - 1 : place
      }
      let range = min(places[0], places[1])..<max(places[0], places[1])
      let kept = range.count > 2_000 ? range.lowerBound..<range.lowerBound : range
      let text = (0..<Int.random(in: 0...4, using: &random))
        .map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
      let positions = client.position(of: kept.lowerBound)..<client.position(of: kept.upperBound)
      server.replace(positions, by: text)
      client.replace(kept, by: text)
      guard server.bytes == Array(client.text.utf8) else {
        Issue.record("seed \(seed): \(positions) by \(text.debugDescription)")
        return
      }
    }
  }

  /// Every offset has the position that counting gives, and the position has the offset.
  @Test(arguments: [PositionEncoding.utf8, .utf16])
  func everyPosition(_ encoding: PositionEncoding) {
    let text = "ab\r\nx\ré漢😀\n\n" + String(repeating: "é😀-", count: 800) + "\n"
    let server = DocumentText(text, encoding)
    var line = 0
    var column = 0
    var offset = 0
    var last: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      if last == "\n" || (last == "\r" && scalar != "\n") { (line, column) = (line + 1, 0) }
      let position = TextPosition(line: line, column: column)
      let size = String(scalar).utf8.count
      for inside in 0..<size { #expect(server.position(of: offset + inside) == position) }
      // Between CR and LF a client has no position.
      if scalar != "\n" || last != "\r" { #expect(server.offset(of: position) == offset) }
      column += encoding == .utf8 ? size : String(scalar).utf16.count
      offset += size
      last = scalar
    }
    #expect(server.offset(of: TextPosition(line: 0, column: .max)) == 2)
    #expect(server.offset(of: TextPosition(line: .max, column: .max)) == offset)
  }

  /// A client that counts units of UTF-16 keeps the half that it did not take.
  @Test(arguments: [
    (1..<2, "", "a\u{FFFD}b"), (2..<3, "", "a\u{FFFD}b"), (2..<2, "-", "a\u{FFFD}-\u{FFFD}b"),
    (0..<2, "-", "-\u{FFFD}b"), (2..<4, "-", "a\u{FFFD}-"), (1..<3, "", "ab"), (2..<2, "", "a😀b"),
  ])
  func halves(columns: Range<Int>, new: String, expected: String) {
    var text = DocumentText("a😀b", .utf16)
    let start = TextPosition(line: 0, column: columns.lowerBound)
    text.replace(start..<TextPosition(line: 0, column: columns.upperBound), by: new)
    #expect(String(decoding: text.bytes, as: UTF8.self) == expected)
  }

  /// The positions in one line of 10 MB are not counted from its beginning each time.
  @Test func aLongLine() {
    let text = DocumentText(String(repeating: "é😀", count: 1_700_000), .utf16)
    for place in stride(from: 0, to: text.bytes.count, by: 6_000) {
      let position = text.position(of: place)
      #expect(position == TextPosition(line: 0, column: place / 2))
      #expect(text.offset(of: position) == place)
    }
  }
}
