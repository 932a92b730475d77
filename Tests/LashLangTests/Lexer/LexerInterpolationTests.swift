import Testing

@testable import LashLang

/// LEX-11, FMT-1, FMT-2, FMT-8.
@Suite struct LexerInterpolationTests {
  /// The tokens of a text: texts quoted, words and numbers as written, the rest by kind.
  private func tokens(_ text: String) -> String {
    let source = SourceFile(name: "", text: text)
    let lexer = Lexer(source)
    let texts = lexer.symbols.texts
    return lexer.tokens.dropLast().map { token in
      switch token.kind {
      case .interpolationStart: "f"
      case .interpolationEnd: "f."
      case .interpolationText, .string: "\"" + texts[Int(token.payload)] + "\""
      case .formatSpec: ":" + texts[Int(token.payload)]
      case .slotStart: "<"
      case .slotEnd: ">"
      default: source.text(token.span)
      }
    }.joined(separator: " ")
  }

  @Test(arguments: [
    ("f\"\"", "f f."), ("f'a'", "f \"a\" f."), ("F\"a{x}b\"", "f \"a\" < x > \"b\" f."),
    ("f\"{{a}} {b}\"", "f \"{a} \" < b > f."), ("f\"{a}{b}\"", "f < a > < b > f."),
    ("f\"\"\"x \"q\" {y}\n\"\"\"", "f \"x \"q\" \" < y > \"\n\" f."),
    ("f\"\\n\\u0041\\{\"", "f \"\nA\\{\" f."),
    ("f\"{r[\"k\"]}\"", "f < r [ \"k\" ] > f."), ("f\"{ {a: 1}.a }\"", "f < { a : 1 } . a > f."),
    ("f\"{f\"{x}\"}\"", "f < f < x > f. > f."),
    ("f'{f'{f'{x}'}'}'", "f < f < f < x > f. > f. > f."),
    ("f\"{x:>10}\"", "f < x :>10 > f."), ("f\"{x:}\"", "f < x : > f."),
    ("f\"{a ? b : c}\"", "f < a ? b : c > f."), ("f\"{a ? b : c:<5}\"", "f < a ? b : c :<5 > f."),
    ("f\"{a()?:.2f}\"", "f < a ( ) ? :.2f > f."),
    ("f\"{(a ? b : c):3}\"", "f < ( a ? b : c ) :3 > f."),
    ("f\"{xs[a ? 0 : 1]:3}\"", "f < xs [ a ? 0 : 1 ] :3 > f."),
    ("f\"{a ? b ? c : d : e:,}\"", "f < a ? b ? c : d : e :, > f."),
    ("f\"{x  # {\n}\"", "f < x > f."),
  ])
  func shapes(text: String, shape: String) {
    #expect(tokens(text) == shape)
  }

  @Test(arguments: [
    "", "<", ">5", "^10", "7", ",", ".2f", ",.2f", "10.3", ">10000", ".100f", "%", ".0%", ",f",
    "5%",
  ])
  func specs(spec: String) {
    #expect(FormatSpec.problem(Array(spec.utf8)[...]) == nil)
    #expect(MarkedText("x = f\"{y:\(spec)}\"").problems.isEmpty)
  }

  @Test(arguments: [
    "x", " 5", "5 ", "=5", "*>5", "+", "d", ".", ".f", "10001", ".101f", "99999999999999999999",
    "f%",
    ".2.2", "5<", "_", "05", ">03",
  ])
  func malformedSpecs(spec: String) {
    #expect(FormatSpec.problem(Array(spec.utf8)[...]) != nil)
    let text = MarkedText("x = f\"{y:⟦\(spec)⟧}\"\nz = 1")
    #expect(text.problems.map(\.code) == [.invalidInterpolation])
    #expect(text.problems.first?.span == text.spans[0])
  }

  @Test func aZeroPaddedWidthOffersPadStart() {
    #expect(MarkedText("f\"{n:03}\"").problems.first?.hint?.contains("pad_start") == true)
  }

  @Test(arguments: [
    "f\"a ⟦{}⟧ b\"", "f\"⟦{  }⟧\"", "f\"⟦{:⟧>5}\"", "f\"a ⟦}⟧ b\"", "x = 1\nfinish f\"a ⟦{⟧x\"",
    "f\"⟦{⟧x",
    "f\"\"\"a ⟦{⟧x", "f\"⟦{⟧\"\ny = 2", "f\"⟦{⟧x + \ny = 2", "f\"\"\"⟦{⟧x\"\"\"\n",
  ])
  func brokenSlots(marked: String) {
    let text = MarkedText(marked)
    #expect(text.problems.first?.code == .invalidInterpolation)
    #expect(text.problems.first?.span == text.spans[0])
    #expect(text.problems.count == 1)
  }

  @Test(arguments: ["⟦f\"⟧abc", "x = ⟦f'⟧{a} b\n", "⟦f\"\"\"⟧a {b}\"\n"])
  func unterminated(marked: String) {
    let text = MarkedText(marked)
    #expect(text.problems.map(\.code) == [.unterminatedString])
    #expect(text.problems.map(\.span) == [text.spans[0]])
  }

  @Test func escapesInTextAreChecked() {
    let text = MarkedText("f\"⟦\\d⟧ {x} ⟦\\w⟧\"")
    #expect(text.problems.map(\.code) == [.invalidEscape, .invalidEscape])
    #expect(text.problems.map(\.span) == text.spans)
  }
}
