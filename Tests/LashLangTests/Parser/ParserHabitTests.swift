import Testing

@testable import LashLang

/// DIA-6: habits of other languages, each answered with the form to write.
@Suite struct ParserHabitTests {
  @Test(arguments: [
    ("x = 2 ⟦**⟧ 3", "power"), ("f = (x) ⟦=>⟧ x + 1", "fn"), ("i⟦++⟧", "+= 1"),
    ("i⟦--⟧\nx = 1", "-= 1"),
    ("if a { } ⟦elif⟧ b { }", "else if"), ("⟦def⟧ f(x) { x }", "fn f("),
    ("⟦def⟧ f(x):", "fn f("),
    ("⟦function⟧ f(x) { x }", "fn f("), ("⟦const⟧ x = 1", "declaration"),
    ("⟦var⟧ x = 1", "declaration"),
    ("⟦return⟧ 5", "finish"), ("fn f() -> int { ⟦return⟧ 5 }", "last expression"),
    ("⟦import⟧ json", "modules"),
    ("⟦from⟧ json import x", "modules"), ("⟦try⟧ { x = 1 }", ".ok"), ("⟦class⟧ A { }", "type"),
    ("f = ⟦lambda⟧ x: x", "fn name"), ("f(a⟦=⟧1)", "f(1)"), ("m.op(q⟦:⟧ 1)", "op({x: 1})"),
    ("y = xs[1⟦:⟧3]", "slice"),
    ("y = xs[⟦:⟧3]", "slice"), ("y = xs[1⟦:⟧]", "slice"), ("r = {⟦...⟧a, b: 1}", "merge"),
    ("r = [⟦...⟧a]", "+"),
    ("r = {⟦[⟧k]: 1}", "from_entries"), ("r = {⟦a⟧}", "{a: a}"), ("r = {⟦a⟧, b: 1}", "{a: a}"),
    ("x = a ⟦===⟧ b", "=="), ("x = a ⟦!==⟧ b", "!="),
  ])
  func foreignForms(marked: String, advice: String) {
    let text = MarkedText(marked)
    #expect(text.problems.map(\.code) == [.foreignSyntax])
    #expect(text.problems.first?.span == text.spans[0])
    #expect(text.problems.first?.hint?.contains(advice) == true)
  }

  @Test(arguments: [
    ("x = ⟦if⟧ a { }", "cond ? yes : no"), ("[a ⟦if⟧ b for x in y]", "cond ? yes : no"),
    ("x = 1 ⟦if⟧ c else 2", "cond ? yes : no"),
    ("x = ⟦for⟧ y in z { }", "on its own line"), ("x = ⟦+⟧5", "no `+`"), ("if a⟦:⟧\n b", "braces"),
    ("if a ⟦=⟧ 1 { }", "`==`"),
    ("x ⟦:⟧ int = 5", "annotation"), ("x = ⟦.⟧5", "0.5"),
  ])
  func hints(marked: String, advice: String) {
    let text = MarkedText(marked)
    #expect(text.problems.map(\.span) == [text.spans[0]])
    #expect(text.problems.first?.hint?.contains(advice) == true)
  }

  /// Applying a fix gives a text that parses.
  @Test(arguments: [
    ("const x = 1", "x = 1"), ("if a { } elif b { }", "if a { } else if b { }"), ("i++", "i += 1"),
    ("i--", "i -= 1"),
    ("x = a === b", "x = a == b"), ("y = xs[1:3]", "y = slice(xs, 1, 3)"),
    ("y = a.b[i + 1:len(c)]", "y = slice(a.b, i + 1, len(c))"),
    ("r = {a, b: 1}", "r = {a: a, b: 1}"), ("submit 1", "finish 1"),
    ("x = a < b <= c", "x = a < b and b <= c"),
    ("x = f\"a } b\"", "x = f\"a }} b\""), ("x = a & b", "x = a  and  b"), ("x = “a”", "x = \"a\""),
    ("x = \"\\d\"", "x = \"\\\\d\""),
  ])
  func fixes(text: String, mended: String) throws {
    let source = SourceFile(name: "", text: text)
    let problems = Parser.parse(source).diagnostics
    #expect(problems.count == 1)
    let fix = try #require(problems.first?.fixes.first)
    var bytes = source.bytes
    for edit in fix.edits.reversed() {
      bytes.replaceSubrange(Int(edit.span.start)..<Int(edit.span.end), with: Array(edit.text.utf8))
    }
    #expect(String(decoding: bytes, as: UTF8.self) == mended)
    #expect(Parser.parse(SourceFile(name: "", bytes: bytes)).diagnostics.isEmpty)
  }

  /// What stands before the `=` or `:` of a named argument may be a bracket, which has no symbol: in a
  /// long text its payload is beyond the symbols.
  @Test(arguments: ["f(lambda (: 1)", "f(x ( = 2)", "f(lambda [: 1)", "f(x { = 2)"])
  func bracketsBeforeNamedArguments(text: String) {
    let before = "x = [" + String(repeating: "1, ", count: 300) + "]\n"
    #expect(Parser.parse(SourceFile(name: "", text: before + text)).hasErrors)
  }
}
