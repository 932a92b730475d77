import Testing

@testable import LashLang

/// GRM-15, GRM-16, DIA-5: every error of a text, each once.
@Suite struct ParserRecoveryTests {
  /// Checks that exactly the marked places are blamed, in order.
  private func expectBlamed(_ marked: String, _ comment: Comment? = nil) {
    let text = MarkedText(marked)
    #expect(text.problems.map(\.span) == text.spans, comment)
  }

  @Test(arguments: [
    "a = 1 +⟦*⟧ 2\nb = 3\nc = 4 ⟦**⟧ 5",
    "x = ⟦=⟧ 1\ny = 2\nz = [1, 2\n⟦w⟧ = ⟦)⟧\nfinish y",
    "if a ⟦=⟧ 1 { x = ⟦]⟧ }\ny = ⟦}⟧\n",
    "if a { x = 1 ⟦)⟧\ny = ⟦,⟧ 2 }\nz = ⟦*⟧ 1",
    "for ⟦5⟧ in x { y = ⟦)⟧ }\nz = ⟦]⟧",
    "fn f(a⟦)⟧ -> int { x = ⟦)⟧ }\ny = ⟦)⟧",
    "type A = ⟦5⟧\ntype B = {a: int, a ⟦⟧}\nx = 1",
    "process p(a: ⟦5⟧, b: int) { x = ⟦)⟧ }",
    "x = {a: ⟦)⟧, b: 2}\ny = ⟦)⟧",
    "x = f(a, ⟦*⟧, b)\ny = g(⟦:⟧)",
    "if a { ⟦type⟧ A = {b: int}\nx = ⟦)⟧ }",
    "x = 1 ⟦)⟧; y = 2 ⟦]⟧; z = 3",
    "x = f\"{1 +⟦⟧}\"\ny = ⟦)⟧",
  ])
  func everyErrorOnce(marked: String) {
    // An empty mark stands before the token that is blamed.
    let text = MarkedText(marked)
    let blamed = text.problems.compactMap(\.span)
    #expect(blamed.map(\.start) == text.spans.map(\.start))
  }

  @Test(arguments: [
    ("x = ⟦[⟧1, 2\n⟦y⟧ = 3\nz = 4", 3), ("x = f⟦(⟧1,\n⟦y⟧ = 3", 2), ("x = ⟦[⟧1, 2\n⟦print⟧ x", 2),
    ("x = ⟦{⟧a: 1,\nb: 2\n⟦finish⟧ x", 2), ("x = f⟦(⟧[1, 2]\n⟦y⟧ += 3\nz = 1", 3),
  ])
  func anUnclosedBracketDoesNotSwallowStatements(marked: String, statements: Int) {
    let text = MarkedText(marked)
    let result = Parser.parse(text.source)
    #expect(result.diagnostics.map(\.span) == [text.spans[1]])
    #expect(result.diagnostics.first?.notes.map(\.span) == [text.spans[0]])
    #expect(result.tree.main.statements.count == statements)
  }

  @Test(arguments: [
    "(", "[", "{", "f(", "x[", "[a for x in (", "if a {", "process p() {", "Type {", "f\"\"\"{(",
  ])
  func openingIsNamed(text: String) {
    let problems = MarkedText("x = 1\n\(text)").problems
    #expect(problems.count == 1)
  }

  @Test func severalOpenBracketsAreOneProblem() {
    let text = MarkedText("if a {\n  while b {\n    x = f([1, (2⟦⟧")
    #expect(text.problems.count == 1)
    #expect(text.problems.first?.code == .unclosedBracket)
    #expect(text.problems.first?.span?.start == text.spans[0].start)
  }

  @Test func aWrongPartnerEndsTheBracket() {
    expectBlamed("x = f(a, b⟦]⟧\ny = 2")
    expectBlamed("x = f([1, 2⟦)⟧\ny = 2")
    expectBlamed("if a { x = (1 ⟦}⟧\ny = ⟦)⟧")
  }

  @Test func problemsAreBounded() {
    let text = String(repeating: "x = )\n", count: 1_000)
    let problems = MarkedText(text).problems
    #expect(problems.count == DiagnosticBag.limit + 1 || problems.count == DiagnosticBag.limit)
    let lexical = MarkedText(String(repeating: "$\n", count: 1_000)).problems
    #expect(lexical.count == DiagnosticBag.limit + 1)
    #expect(lexical.last?.code == .tooManyErrors)
  }

  @Test func nestingIsCounted() {
    let brackets: [(String, String, String)] = [
      ("(", "a", ")"), ("[", "a", "]"), ("{a: ", "b", "}"), ("f(", "a", ")"), ("-", "a", ""),
      ("not ", "a", ""),
      ("await ", "a", ""), ("a ? b : ", "c", ""), ("f\"{", "a", "}\""), ("if a {", "b", "}"),
      ("x[", "a", "]"), ("[x for x in ", "a", "]"),
    ]
    for (open, middle, close) in brackets {
      func nested(_ count: Int) -> MarkedText {
        MarkedText(
          String(repeating: open, count: count) + middle + String(repeating: close, count: count)
            + "\nz = ⟦)⟧")
      }
      let fits = nested(Parser.maximumNesting)
      #expect(fits.problems.map(\.span) == fits.spans, "\(open)")
      let tooDeep = nested(Parser.maximumNesting + 1)
      #expect(tooDeep.problems.map(\.code) == [.nestedTooDeeply, .expected], "\(open)")
      #expect(tooDeep.problems.last?.span == tooDeep.spans[0], "\(open)")
    }
  }

  @Test func heightIsCounted() {
    for (start, step) in [("a", " + a"), ("a", ".b"), ("a", "[0]"), ("a", " ?"), ("a", " ?? a")] {
      let fits = start + String(repeating: step, count: Parser.maximumHeight - 1)
      #expect(MarkedText("x = \(fits)").problems.isEmpty, "\(step)")
      let problems = MarkedText("x = \(fits)\(step)\ny = 1").problems
      #expect(problems.map(\.code) == [.expressionTooLarge], "\(step)")
    }
    let branch = "if a { }" + String(repeating: " else if a { }", count: Parser.maximumHeight - 1)
    #expect(MarkedText(branch).problems.isEmpty)
    #expect(MarkedText(branch + " else if a { }").problems.map(\.code) == [.expressionTooLarge])
  }
}
