import Testing

@testable import LashLang

/// GRM-3, FN-1, TYP-1, TYP-3, TYP-7: declarations and types.
@Suite struct ParserDeclarationTests {
  @Test(arguments: [
    ("type A = int", "(type A int)"), ("type A = null", "(type A null)"),
    ("type A = any", "(type A any)"),
    (
      "type A = string | integer | number | boolean | object | dict",
      "(type A (union str int float bool dict dict))"
    ),
    ("type A = \"x\" | \"y\"", "(type A (union (enum \"x\") (enum \"y\")))"),
    ("type A = enum[\"x\", \"y\"]", "(type A (enum \"x\" \"y\"))"),
    ("type A = list[list[B]]", "(type A (list-type (list-type B)))"),
    (
      "type A = {a: int, b: str?, \"c d\": B, if: any,}",
      "(type A (object-type (field a int) (field b? str) (field c d B) (field if any)))"
    ),
    ("type A = {a: int, ...}", "(type A (object-type ... (field a int)))"),
    ("type A = {...,}", "(type A (object-type ...))"),
    ("type A = Type {}", "(type A (object-type))"), ("type A = cron.Tick", "(type A cron.Tick)"),
    (
      "type A = Process<{a: int}, null>", "(type A (process-type (object-type (field a int)) null))"
    ),
    (
      "type A = TriggerHandle<list[TriggerHandle<B>]>",
      "(type A (trigger-handle (list-type (trigger-handle B))))"
    ),
    ("type A = list | int", "(type A (union list int))"),
    ("fn f() -> int { 1 }", "(fn f int (block 1))"),
    (
      "fn f(a: int, b: {x: str},) -> list[str] { a\nb }",
      "(fn f (parameter a int) (parameter b (object-type (field x str))) (list-type str) (block a b))"
    ),
    ("process p() { }", "(process p (block))"),
    (
      "process p(a: int) signals { go: str, stop: any } -> A | null { finish 1 }",
      "(process p (parameter a int) (signal go str) (signal stop any) (union A null) (block (finish 1)))"
    ),
    ("process p() - > int { }", "(process p int (block))"),
    ("@label(title: \"T\")\nprocess p() { }", "(label \"T\") ; (process p (block))"),
  ])
  func shapes(text: String, shape: String) {
    let tree = TreeShape(text)
    #expect(tree.text == shape)
    #expect(tree.problems.isEmpty)
  }

  @Test(
    arguments: [
      ("fn f(a⟦)⟧ -> int { a }", .expected), ("fn f(a: int) ⟦{⟧ a }", .expected),
      ("fn f⟦⟧", .expected),
      ("fn f() -> int ⟦1⟧", .expected), ("process p(a⟦)⟧ { }", .expected),
      ("process p(a: int⟦?⟧) { }", .expected),
      ("process p() signals ⟦-⟧> int { }", .expected), ("type A ⟦:⟧ int", .expected),
      ("type A = ⟦5⟧", .expected),
      ("t = Type {b: int, ⟦b⟧: str}", .duplicateField),
      ("type A = enum[\"a\", ⟦\"a\"⟧]", .duplicateField),
      ("type A = ⟦enum[⟧]", .expected), ("type A = enum[⟦1⟧, 2]", .expected),
      ("type A = enum[\"a\",⟦]⟧", .expected),
      ("type A = {a⟦?⟧: int}", .foreignSyntax), ("type A = {..., ⟦a⟧: int}", .expected),
      ("type A = Map⟦[⟧str]", .foreignSyntax),
      ("type A = Process<int⟦>⟧", .expected), ("type A = list[int⟦,⟧ str]", .expected),
      ("type A = list[⟦]⟧", .expected),
    ] as [(String, DiagnosticCode)])
  func refusals(marked: String, code: DiagnosticCode) {
    let text = MarkedText(marked)
    #expect(text.problems.map(\.code) == [code])
    #expect(text.problems.first?.span == text.spans[0])
  }

  @Test func declarationsAndStatementsKeepTheirOrder() {
    let tree = Parser.parse(
      SourceFile(name: "", text: "x = 1\nfn f() -> int { 1 }\ny = 2\ntype A = int\nprocess p() { }")
    ).tree
    #expect(tree.declarations.map { tree[$0.name.symbol] } == ["f", "A", "p"])
    #expect(tree.main.statements.count == 2)
  }
}
