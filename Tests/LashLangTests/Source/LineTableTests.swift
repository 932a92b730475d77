import Testing

@testable import LashLang

/// LEX-1, LEX-2: positions.
@Suite struct LineTableTests {
  @Test(arguments: [
    ("", 0, 1, 1),
    ("a", 1, 1, 2),
    ("a\nb", 2, 2, 1),
    ("a\r\nb", 3, 2, 1),
    ("a\rb", 2, 1, 3),
    ("é=1", 2, 1, 2),
    ("😀\n\n x", 7, 3, 2),
    ("ab\n", 3, 2, 1),
    ("ab", 99, 1, 3),
  ])
  func positions(text: String, offset: Int, line: Int, column: Int) {
    let position = SourceFile(name: "", text: text).position(of: UInt32(offset))
    #expect(position.line == line)
    #expect(position.column == column)
  }

  @Test func linesExcludeTheirEnds() {
    let source = SourceFile(name: "", text: "one\r\ntwo\n\nfour")
    let lines = source.lines.starts.indices.map { line in
      String(
        decoding: source.bytes[source.lines.range(ofLine: line, in: source.bytes)], as: UTF8.self)
    }
    #expect(lines == ["one", "two", "", "four"])
  }

  @Test func textIsClampedAndRepaired() {
    let source = SourceFile(name: "", bytes: [0x61, 0xFF, 0x62])
    #expect(source.text(SourceSpan(start: 0, end: 50)) == "a\u{FFFD}b")
    #expect(source.text(SourceSpan(start: 9, end: 4)) == "")
  }
}
