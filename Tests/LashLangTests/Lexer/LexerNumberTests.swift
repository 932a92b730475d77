import Testing

@testable import LashLang

/// LEX-7.
@Suite struct LexerNumberTests {
  private func literals(_ text: String) -> [NumberLiteral] {
    Lexer(SourceFile(name: "", text: text)).numbers
  }

  // The expected values come from the definition of the notations and of IEEE 754.
  @Test(
    arguments: [
      ("0", 0), ("007", 7), ("42", 42), ("1_000_000", 1_000_000), ("0xff", 255), ("0XfF", 255),
      ("0b101", 5), ("0B1111_0000", 240), ("0o17", 15), ("0O7_7", 63),
      ("0x7fff_ffff_ffff_ffff", .max),
      ("9007199254740993", 9_007_199_254_740_993), ("9223372036854775807", .max),
      ("000000000000000000000000000000012", 12),
    ] as [(String, Int64)])
  func integers(text: String, value: Int64) {
    #expect(literals(text) == [.integer(value)])
  }

  @Test(
    arguments: [
      ("1.", 1.0), ("3.14", 3.14), ("0.1", 0.1), ("1e5", 100_000.0), ("1E5", 100_000.0),
      ("2.5e-1", 0.25), ("1.e3", 1000.0), ("1e+2", 100.0), ("1_0.2_5", 10.25), ("1_0e1_0", 1e11),
      ("9223372036854775808", 0x1p63), ("18446744073709551616", 0x1p64),
      ("0xffff_ffff_ffff_ffff", 0x1p64), ("0x8000000000000000", 0x1p63),
      // Half way between two doubles, and just above.
      ("0x8000000000000400", 0x1p63), ("0x8000000000000401", 0x1.0000000000001p63),
      ("0x80000000000004000000000000", 0x1p103),
      ("0x80000000000004000000000001", 0x1.0000000000001p103),
      ("5e-324", .leastNonzeroMagnitude), ("1.7976931348623157e308", 0x1.fffffffffffffp1023),
      ("1e999", .infinity),
    ] as [(String, Double)])
  func doubles(text: String, value: Double) {
    #expect(literals(text) == [.double(value)])
  }

  @Test(arguments: [
    "12px", "1_", "1__0", "0x", "0xg", "0b12", "0b", "0o8", "1e5x", "1.foo", "1._5", "0x_1", "0x1_",
    "1_e5", "5e", "1.5_", "0_x1",
  ])
  func malformed(text: String) {
    let marked = MarkedText("x = ⟦\(text)⟧\ny = 2")
    #expect(marked.problems.map(\.code) == [.invalidNumber])
    #expect(marked.problems.map(\.span) == [marked.spans[0]])
    #expect(marked.problems.first?.message == "invalid number `\(text)`")
  }

  @Test func dots() {
    let kinds = Lexer(SourceFile(name: "", text: "1..2 .5 1...")).tokens.map(\.kind.text)
    #expect(kinds == ["number", ".", "number", ".", "number", "number", ".", ".", "end of input"])
  }

  @Test func lengthIsBounded() {
    let longest = String(repeating: "9", count: Lexer.longestNumber)
    #expect(literals(longest) == [.double(.infinity)])
    let problems = MarkedText("x = \(longest)9").problems
    #expect(problems.map(\.code) == [.invalidNumber])
  }
}
