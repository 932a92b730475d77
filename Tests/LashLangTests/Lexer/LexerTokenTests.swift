import Testing

@testable import LashLang

/// LEX-2 … LEX-6, LEX-12, LEX-13.
@Suite struct LexerTokenTests {
  /// The kinds of the tokens of a text, as they are written, without the end.
  private func kinds(_ text: String) -> [String] {
    Lexer(SourceFile(name: "", text: text)).tokens.dropLast().map(\.kind.text)
  }

  @Test(arguments: [
    "{", "}", "(", ")", "[", "]", ",", ":", "@", "?", "??", ".", "...", ";", "=", "+=", "-=", "*=",
    "/=", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "!", "|",
  ])
  func operators(text: String) {
    #expect(kinds(text) == [text])
    #expect(kinds("a \(text) b") == ["identifier", text, "identifier"])
  }

  @Test func longestMatchWins() {
    #expect(kinds("a??b?.c") == ["identifier", "??", "identifier", "?", ".", "identifier"])
    #expect(kinds("&& || &&") == ["and", "or", "and"])
    #expect(kinds("x<=-1") == ["identifier", "<=", "-", "number"])
    #expect(kinds("->") == ["-", ">"])
    #expect(kinds("....") == ["...", "."])
  }

  @Test(arguments: [
    "if", "else", "for", "in", "await", "cancel", "print", "submit", "call", "and", "or", "not",
    "true", "false", "null",
  ])
  func reservedWords(word: String) {
    #expect(kinds(word) == [word])
    #expect(kinds("\(word)s \(word.uppercased())_") == ["identifier", "identifier"])
  }

  @Test func everyWordIsInternedInOrder() {
    let texts = SymbolTable().texts
    #expect(texts == Word.all.map(\.rawValue))
    for (index, word) in Word.all.enumerated() {
      #expect(Word(Symbol(UInt32(index))) == word)
      let kind = Word.kind(of: Symbol(UInt32(index)))
      #expect(kind == .identifier || kind.text == word.rawValue)
    }
  }

  @Test func equalTextsShareASymbol() {
    var table = SymbolTable()
    let bytes = Array("abc abc abd".utf8)
    let first = table.intern(bytes, 0..<3)
    #expect(table.intern(bytes, 4..<7) == first)
    #expect(table.intern(bytes, 8..<11) != first)
    #expect(table.intern(bytes, 0..<0) == table.intern(bytes, 3..<3))
    let many = (0..<5_000).map { Array("name\($0)".utf8) }
    let symbols = many.map { table.intern($0, $0.indices) }
    #expect(Set(symbols).count == 5_000)
    #expect(many.map { table.intern($0, $0.indices) } == symbols)
    #expect(table.texts[Int(symbols[4_321].index)] == "name4321")
  }

  @Test func whiteSpaceAndComments() {
    #expect(kinds("a\t\u{B}\u{C}\r\u{A0}\u{2003}\u{3000}\u{85}b") == ["identifier", "identifier"])
    #expect(kinds("a # b\nc // d \"e\n/f") == ["identifier", "identifier", "/", "identifier"])
    #expect(kinds("a#") == ["identifier"])
  }

  @Test func onlyNewlinesStartLines() {
    let tokens = Lexer(SourceFile(name: "", text: "a b\nc # x\n\n d\re;f\r\ng")).tokens
    #expect(
      tokens.map(\.startsLine) == [false, false, true, true, false, false, false, true, false])
  }

  @Test func spansAreExact() {
    let tokens = Lexer(SourceFile(name: "", text: "ab  \"é\"==\n7.5")).tokens
    let spans = tokens.map { [$0.span.start, $0.span.end] }
    #expect(spans == [[0, 2], [4, 8], [8, 10], [11, 14], [14, 14]])
  }

  @Test func byteOrderMarkIsSkippedAtTheStartOnly() {
    #expect(kinds("\u{FEFF}a") == ["identifier"])
    #expect(MarkedText("a ⟦\u{FEFF}⟧").problems.map(\.code) == [.unexpectedCharacter])
  }

  @Test(arguments: [
    ("x = ⟦\\⟧y", "unexpected `\\`"), ("x = 2 ⟦^⟧ 3", "unexpected `^`"),
    ("x = a ⟦&⟧ b", "unexpected `&`"), ("⟦$⟧x = 1", "unexpected `$`"),
    ("na⟦ï⟧ve = 1", "unexpected `ï`"), ("x = ⟦äöü⟧", "unexpected `ä`"),
    ("x = 1 ⟦\u{1}\u{2}⟧", "unexpected `U+0001`"), ("x ⟦–⟧ 1", "unexpected `–`"),
    ("x = ⟦（⟧1", "unexpected `（`"),
  ])
  func unexpectedCharacters(marked: String, message: String) {
    let text = MarkedText(marked)
    let problems = text.problems
    #expect(problems.map(\.code) == [.unexpectedCharacter])
    #expect(problems.first?.message == message)
    #expect(problems.first?.span == text.spans[0])
  }

  @Test func typographicQuotesBecomeAString() {
    let result = MarkedText("x = ⟦“⟧a b”\ny = 1")
    let problems = result.problems
    #expect(problems.map(\.code) == [.unexpectedCharacter])
    #expect(problems.first?.span == result.spans[0])
    #expect(problems.first?.fixes.first?.edits.map(\.text) == ["\"", "\""])
  }

  @Test func invalidUTF8IsReportedWhereItIs() {
    let cases: [([UInt8], [SourceSpan])] = [
      ([0x61, 0xFF, 0xFE, 0x0A, 0x62], [SourceSpan(start: 1, end: 3)]),
      ([0x23, 0xC3], [SourceSpan(start: 1, end: 2)]),  // cut off, in a comment
      ([0x23, 0xC0, 0x80], [SourceSpan(start: 1, end: 3)]),  // overlong
      ([0x23, 0xED, 0xA0, 0x80], [SourceSpan(start: 1, end: 4)]),  // surrogate
      ([0x23, 0xF4, 0x90, 0x80, 0x80], [SourceSpan(start: 1, end: 5)]),  // beyond Unicode
      ([0x23, 0xFF, 0x20, 0x80], [SourceSpan(start: 1, end: 2), SourceSpan(start: 3, end: 4)]),
    ]
    for (bytes, spans) in cases {
      let problems = Parser.parse(SourceFile(name: "", bytes: bytes)).diagnostics
      #expect(problems.map(\.code) == spans.map { _ in .invalidUTF8 }, "\(bytes)")
      #expect(problems.map(\.span) == spans, "\(bytes)")
    }
  }

  @Test func tooLargeATextIsRefused() {
    let bytes = [UInt8](repeating: 0x20, count: SourceFile.maximumSize + 1)
    let result = Parser.parse(SourceFile(name: "", bytes: bytes))
    #expect(result.diagnostics.map(\.code) == [.sourceTooLarge])
    #expect(result.tree.main.statements.isEmpty)
  }
}
