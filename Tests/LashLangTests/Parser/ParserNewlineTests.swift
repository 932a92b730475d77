import Testing

@testable import LashLang

/// GRM-1, GRM-2, GRM-4: where statements end.
@Suite struct ParserNewlineTests {
  @Test(arguments: [
    // A line end ends the statement, also where the reference goes on (its section 2.10).
    ("x = y\n(1, 2)", "(assign (target x) y) ; (tuple 1 2)"),
    ("x = a\n[1, 2]", "(assign (target x) a) ; (list 1 2)"),
    ("total\n-1", "total ; (unary - 1)"),
    ("x = a.f\n(1)", "(assign (target x) (field \"f\" a)) ; 1"),
    ("x = 1\n{a: 2}", "(assign (target x) 1) ; (record (entry \"a\" 2))"),
    ("x = 1\nnot y", "(assign (target x) 1) ; (unary not y)"),
    ("x = 1\n!y", "(assign (target x) 1) ; (unary not y)"),
    (
      "x = f()?\ny = a ? 1 : 2",
      "(assign (target x) (unwrap (call f))) ; (assign (target y) (conditional a 1 2))"
    ),
    ("a\nb", "a ; b"),
    ("print a\n- 1", "(print (binary - a 1))"),
    ("sleep\nfor x in xs { }", "sleep ; (for x xs (block))"),
    ("start\np(1)", "start ; (call p 1)"),
  ])
  func newlineEnds(text: String, shape: String) {
    let tree = TreeShape(text)
    #expect(tree.text == shape)
    #expect(tree.problems.isEmpty)
  }

  @Test(arguments: [
    // The next line cannot begin a statement.
    ("x = r\n  .a\n  .b", "(assign (target x) (field \"b\" (field \"a\" r)))"),
    ("x = m\n .op(1)\n ?", "(assign (target x) (unwrap (operation \"op\" m 1)))"),
    ("ok\n? 1\n: 2", "(conditional ok 1 2)"),
    ("x = a\n, b", "(assign (target x) (tuple a b))"),
    ("x\n- 1", "(binary - x 1)"),
    ("x\n-\t1", "(binary - x 1)"),
    ("x\n- # comment\n1", "(binary - x 1)"),
    ("x\n+ 1\n* 2\n/ 3\n% 4", "(binary + x (binary % (binary / (binary * 1 2) 3) 4))"),
    ("x\n== 1", "(binary == x 1)"), ("x\n!= 1", "(binary != x 1)"),
    ("x\n< 1", "(binary < x 1)"), ("x\n<= 1", "(binary <= x 1)"),
    ("x\n> 1", "(binary > x 1)"), ("x\n>= 1", "(binary >= x 1)"),
    ("x\nand y\nor z", "(binary or (binary and x y) z)"),
    ("x\n&& y\n|| z", "(binary or (binary and x y) z)"),
    ("x\n?? y", "(binary ?? x y)"), ("x\nin xs", "(binary in x xs)"),
    ("x\nnot in xs", "(binary not in x xs)"), ("x not\nin xs", "(binary not in x xs)"),
    ("a\n\n# between\n\n+ b", "(binary + a b)"),
    // The line is visibly unfinished.
    ("x =\n1", "(assign (target x) 1)"), ("x +=\n1", "(update + (target x) 1)"),
    ("x = 1 +\n2", "(assign (target x) (binary + 1 2))"),
    ("x = 1,\n2", "(assign (target x) (tuple 1 2))"),
    ("x = -\n1", "(assign (target x) (unary - 1))"), ("await\nf()", "(await (call f))"),
    ("x = not\ny", "(assign (target x) (unary not y))"), ("x.\ny", "(field \"y\" x)"),
    ("a ? b :\nc", "(conditional a b c)"), ("x in\nxs", "(binary in x xs)"),
    ("sleep for\n5", "(sleep for 5)"),
    ("if\na\n{\nb\n}\nelse\n{\nc\n}", "(if a (block b) (block c))"),
    ("for\nx\nin\nxs\n{\n}", "(for x xs (block))"), ("while\na\n{ }", "(while a (block))"),
    ("if a { } \n\n else if b { }\nelse { }", "(if a (block) b (block) (block))"),
    ("type A =\nint", "(type A int)"), ("fn f()\n->\nint\n{\n}", "(fn f int (block))"),
    ("process p(\n)\nsignals\n{}\n-> int\n{}", "(process p int (block))"),
    // Brackets.
    ("(a\n-1)", "(binary - a 1)"), ("[a\n(1)]", "(list (call a 1))"),
    ("{a: x\n[0]}", "(record (entry \"a\" (index x 0)))"), ("f(\na\n,\nb\n,\n)", "(call f a b)"),
    ("f\"{a\n-1}\"", "(f-string (slot (binary - a 1)))"), ("xs[\n0\n]", "(index xs 0)"),
    ("{a: x ?\n1 : 2}", "(record (entry \"a\" (conditional x 1 2)))"),
  ])
  func newlineContinues(text: String, shape: String) {
    let tree = TreeShape(text)
    #expect(tree.text == shape)
    #expect(tree.problems.isEmpty)
  }

  @Test(arguments: [
    ("x = 1 y = 2", "(assign (target x) 1) ; (assign (target y) 2)"),
    (
      "x = 1; y = 2;; z = 3;",
      "(assign (target x) 1) ; (assign (target y) 2) ; (assign (target z) 3)"
    ),
    (";;", ""), ("x = f; (1)", "(assign (target x) f) ; 1"), ("a; -1", "a ; (unary - 1)"),
    ("if a { ; b; c }", "(if a (block b c))"), ("f(1) (2)", "(call f 1) ; 2"),
    ("(f)(x)", "f ; x"), ("xs[0](1)", "(index xs 0) ; 1"),
    ("x = \"a\" \"b\"", "(assign (target x) \"a\") ; \"b\""),
  ])
  func oneLine(text: String, shape: String) {
    let tree = TreeShape(text)
    #expect(tree.text == shape)
    #expect(tree.problems.isEmpty)
  }

  @Test func linesMatterAgainInABlock() {
    let tree = TreeShape("if (\na) {\nx = b\n(1)\n}")
    #expect(tree.text == "(if a (block (assign (target x) b) 1))")
  }

  @Test(arguments: [
    "f(1⟦;⟧ 2)", "[1⟦;⟧ 2]", "{a: 1⟦;⟧ b: 2}", "x = 1;\n⟦.⟧y", "x = a;\n⟦+⟧ b", "x\n⟦=⟧ 5",
    "if a { };\n⟦else⟧ { }",
  ])
  func semicolonsEnd(marked: String) {
    let text = MarkedText(marked)
    #expect(text.problems.map(\.code) == [.expected])
    #expect(text.problems.first?.span == text.spans[0])
  }

  @Test(arguments: ["print", "cancel", "finish"])
  func operandsStandOnTheLine(word: String) {
    for rest in ["\nx = 1", "", ";", " # x\n1", "\n}"] {
      let text = MarkedText("if a {\n⟦\(word)⟧\(rest)\(rest.hasSuffix("}") ? "" : "\n}")")
      #expect(text.problems.map(\.code) == [.missingValue])
      #expect(text.problems.first?.span == text.spans[0])
    }
  }
}
