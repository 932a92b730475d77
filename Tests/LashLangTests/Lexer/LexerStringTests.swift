import Testing

@testable import LashLang

/// LEX-8, LEX-9, LEX-10, LEX-13.
@Suite struct LexerStringTests {
  private func strings(_ text: String) -> [String] {
    let lexer = Lexer(SourceFile(name: "", text: text))
    let texts = lexer.symbols.texts
    return lexer.tokens.filter { $0.kind == .string }.map { texts[Int($0.payload)] }
  }

  @Test(arguments: [
    (#""""#, ""), (#"'a"b'"#, "a\"b"), (#""it's""#, "it's"), ("\"a\nb\"", "a\nb"),
    ("\"\"\"\n x \"y\" \n\"\"\"", "\n x \"y\" \n"), ("'''a''b'''", "a''b"),
    (#""a\tb\n\r""#, "a\tb\n\r"),
    (#""\\\"\'\0""#, "\\\"'\0"), (#"'\"\''"#, "\"'"), (#""\u00e9\u{1F600}\u{41}""#, "é😀A"),
    (#""\ud83d\ude00""#, "😀"), (#"r"C:\new\""#, "C:\\new\\"), (#"R'\'"#, "\\"),
    ("r\"\"\"a\\\n\"\"\"", "a\\\n"), ("\"# no // comment\"", "# no // comment"), ("'é😀'", "é😀"),
    (#""\u{10FFFF}""#, "\u{10FFFF}"), (#""""a\"""b""""#, "a\"\"\"b"),
  ])
  func contents(text: String, value: String) {
    #expect(strings(text) == [value])
    #expect(MarkedText("x = \(text)").problems.isEmpty)
  }

  @Test func neighbours() {
    #expect(strings(#""a""b" 'c'"#) == ["a", "b", "c"])
    #expect(strings("\"\" \"x\"") == ["", "x"])
    #expect(strings("\"\"\"\"\"\"") == [""])
  }

  @Test(arguments: [
    (#"x = "⟦\q⟧""#, #"unknown escape `\q`"#), (#"x = '⟦\d⟧+'"#, #"unknown escape `\d`"#),
    (#"x = "⟦\x⟧41""#, #"unknown escape `\x`"#), (#"x = "⟦\u⟧12""#, #"unknown escape `\u`"#),
    (#"x = "⟦\u{110000}⟧""#, #"unknown escape `\u{110000}`"#),
    (#"x = "⟦\u⟧{}""#, #"unknown escape `\u`"#),
    (#"x = "⟦\u⟧{1234567}""#, #"unknown escape `\u`"#), (#"x = "⟦\é⟧""#, #"unknown escape `\é`"#),
  ])
  func unknownEscapes(marked: String, message: String) {
    let text = MarkedText(marked)
    #expect(text.problems.map(\.message) == [message])
    #expect(text.problems.map(\.span) == text.spans)
    #expect(text.problems.first?.fixes.count == 2)
  }

  @Test(arguments: [#"x = "⟦\ud83d⟧""#, #"x = "⟦\ude00⟧""#, #"x = "⟦\ud83d⟧A""#])
  func loneSurrogates(marked: String) {
    let text = MarkedText(marked)
    #expect(text.problems.map(\.code) == [.invalidEscape])
    #expect(text.problems.first?.span == text.spans[0])
  }

  @Test func everyUnknownEscapeOfAStringIsReported() {
    let text = MarkedText(#"x = "⟦\d⟧ \n ⟦\w⟧""#)
    #expect(text.problems.map(\.span) == text.spans)
  }

  @Test func escapeFixesGiveValidPrograms() {
    let problem = MarkedText(#"x = "a\d""#).problems[0]
    #expect(problem.fixes[0].edits == [SourceEdit(span: SourceSpan(start: 6, end: 6), text: "\\")])
    #expect(problem.fixes[1].edits == [SourceEdit(span: SourceSpan(start: 4, end: 4), text: "r")])
  }

  @Test(arguments: [
    "x = ⟦\"⟧abc", "x = ⟦'⟧abc", "x = ⟦r\"⟧abc\\", "x = ⟦\"\"\"⟧abc\"\n", "x = ⟦'''⟧",
    "x = ⟦\"⟧a\\",
  ])
  func unterminated(marked: String) {
    let text = MarkedText(marked)
    #expect(text.problems.map(\.code) == [.unterminatedString])
    #expect(text.problems.first?.message == "unterminated string")
    #expect(text.problems.first?.span == text.spans[0])
  }

  @Test func anUnterminatedStringEndsWithItsLine() {
    let text = MarkedText("x = ⟦\"⟧abc\ny = 1 ⟦)⟧")
    #expect(text.problems.map(\.code) == [.unterminatedString, .expected])
    #expect(text.problems.map(\.span) == text.spans)
  }

  @Test func aSuspiciousEarlierStringIsNamed() {
    let text = MarkedText("a = ⟦\"one\nb = \"⟧two⟦\"⟧")
    let problem = text.problems.first { $0.code == .unterminatedString }
    #expect(problem?.span == text.spans[1])
    #expect(problem?.notes.map(\.span) == [text.spans[0]])
  }

  @Test(arguments: ["b\"x\"", "u'x'", "rb\"x\"", "fr\"x\"", "Rf'x'"])
  func foreignPrefixes(text: String) {
    #expect(MarkedText("x = \(text)").problems.map(\.code) == [.foreignSyntax])
  }
}
