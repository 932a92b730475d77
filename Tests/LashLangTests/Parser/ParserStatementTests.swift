import Testing

@testable import LashLang

/// ASG-1, ASG-5, ASG-6, STM-…, LEX-6, GRM-8, GRM-12 … GRM-14: statements and contextual words.
@Suite struct ParserStatementTests {
  @Test(arguments: [
    ("x = 1", "(assign (target x) 1)"), ("let x = 1", "(assign (target x) 1)"),
    ("r.a[i].\"b c\" = 1", "(assign (target r (field \"a\") i (field \"b c\")) 1)"),
    ("x += 1", "(update + (target x) 1)"), ("x -= 1", "(update - (target x) 1)"),
    ("r.n *= 2", "(update * (target r (field \"n\")) 2)"),
    ("xs[0] /= 2", "(update / (target xs 0) 2)"),
    ("a, b = pair", "(assign (target a) (target b) pair)"),
    ("let a, b = 1, 2", "(assign (target a) (target b) (tuple 1 2))"),
    (
      "xs[0], r.k = r.k, xs[0]",
      "(assign (target xs 0) (target r (field \"k\")) (tuple (field \"k\" r) (index xs 0)))"
    ),
    ("if a { b } else if c { d } else { e }", "(if a (block b) c (block d) (block e))"),
    ("if x == {a: 1} { y }", "(if (binary == x (record (entry \"a\" 1))) (block y))"),
    ("if r.in { y }", "(if (field \"in\" r) (block y))"),
    ("for x in xs { break }", "(for x xs (block (break)))"),
    ("for k, v in entries(r) { continue }", "(for k v (call entries r) (block (continue)))"),
    ("for x in 1, 2 { }", "(for x (tuple 1 2) (block))"),
    ("while true { }", "(while true (block))"),
    ("print a, b", "(print (tuple a b))"), ("cancel h", "(cancel h)"),
    ("finish null", "(finish (null))"),
    ("finish [1], 2", "(finish (tuple (list 1) 2))"), ("finish (a)", "(finish a)"),
    ("finish {a: 1}", "(finish (record (entry \"a\" 1)))"),
    ("finish -1", "(finish (unary - 1))"), ("finish a = 1", ""),
    ("sleep for 5", "(sleep for 5)"), ("x = sleep until t", "(assign (target x) (sleep until t))"),
    ("h = start p(a: 1, b: 2,)", "(assign (target h) (start p (entry \"a\" 1) (entry \"b\" 2)))"),
    ("start p()", "(start p)"), ("wait_signal(\"go\")", "(wait-signal \"go\")"),
    (
      "signal_run(h, \"go\", {a: 1},)",
      "(signal-run \"go\" h (record (entry \"a\" 1)))"
    ),
    ("@label(title: \"T\", description: \"D\",) x = 1", "(label \"T\") ; (assign (target x) 1)"),
    ("if a { @label(title: \"T\")\nb }", "(if a (block (label \"T\") b))"),
  ])
  func shapes(text: String, shape: String) {
    let tree = TreeShape(text)
    guard !shape.isEmpty else { return #expect(!tree.problems.isEmpty) }
    #expect(tree.text == shape)
    #expect(tree.problems.isEmpty)
  }

  @Test(arguments: [
    "let", "while", "break", "continue", "finish", "fail", "yield", "wake", "process", "type", "fn",
    "trigger",
    "signals", "label", "title", "description", "start", "sleep", "until", "wait_signal",
    "signal_run",
    "parallel", "Type", "str", "string", "int", "list", "enum", "any", "elif", "def", "function",
    "return",
    "const", "var", "lambda", "import", "from", "try", "class", "of", "Process",
  ])
  func contextualWordsAreNames(word: String) {
    let programs = [
      ("\(word) = 1", "(assign (target \(word)) 1)"),
      ("\(word).a = 1", "(assign (target \(word) (field \"a\")) 1)"),
      ("\(word)[0].b = 1", "(assign (target \(word) 0 (field \"b\")) 1)"),
      ("\(word) += 1", "(update + (target \(word)) 1)"),
      ("\(word), b = p", "(assign (target \(word)) (target b) p)"),
      ("x = \(word) + 1", "(assign (target x) (binary + \(word) 1))"),
      ("x = [\(word), \(word).k]", "(assign (target x) (list \(word) (field \"k\" \(word))))"),
      ("x = {\(word): \(word)}", "(assign (target x) (record (entry \"\(word)\" \(word))))"),
      ("for \(word) in \(word) { }", "(for \(word) \(word) (block))"),
      (
        "x = [\(word) for \(word) in xs]",
        "(assign (target x) (comprehension \(word) (for \(word) xs)))"
      ),
      ("if \(word) { }", "(if \(word) (block))"),
      ("f(\(word))", "(call f \(word))"),
    ]
    for (text, shape) in programs {
      // `Type {` is a type literal also before what could be a body.
      if word == "Type", text.hasPrefix("if") || text.hasPrefix("for") { continue }
      let tree = TreeShape(text)
      #expect(tree.text == shape, "\(text)")
      #expect(tree.problems.isEmpty, "\(text)")
    }
  }

  @Test(
    arguments: [
      ("⟦break⟧", .outsideLoop), ("if a { ⟦continue⟧ }", .outsideLoop),
      ("for x in y { fn }; ⟦break⟧", .outsideLoop), ("⟦yield⟧ 1", .wrongContext),
      ("⟦wake⟧ 1", .wrongContext),
      ("⟦fail⟧ 1", .wrongContext), ("process p() { ⟦print⟧ 1 }", .wrongContext),
      ("process p() { if a { ⟦print⟧ 1 } }", .wrongContext),
      ("fn f() -> int { ⟦break⟧ }", .outsideLoop),
      ("if ⟦a, b⟧ { }", .tupleCondition), ("while ⟦a, b, c⟧ { }", .tupleCondition),
      ("[x for x in y if ⟦a, b⟧]", .tupleCondition),
      ("if a { ⟦type⟧ A = int }", .nestedDeclaration),
      ("for x in y { ⟦fn⟧ f() -> int { 1 } }", .nestedDeclaration),
      ("if a { ⟦process⟧ p() { } }", .nestedDeclaration),
      ("fn f() -> int { ⟦fn⟧ g() -> int { 1 } }", .nestedDeclaration),
      ("⟦submit⟧ 1", .removedSyntax), ("⟦trigger⟧ daily on cron { }", .removedSyntax),
      ("⟦call⟧ f()", .removedSyntax),
      ("x = ⟦call⟧ f()", .removedSyntax), ("h = ⟦start call⟧ f()", .removedSyntax),
      ("h = ⟦start⟧ { x = 1 }", .removedSyntax), ("h = ⟦start⟧ (a) { x = 1 }", .removedSyntax),
      ("x = ⟦parallel⟧ { a: 1 }", .removedSyntax),
      ("⟦@label(description: \"x\")⟧\nfinish 1", .invalidLabel),
      ("@label(title: \"x\", ⟦color⟧: \"r\")\na", .invalidLabel),
      ("@label(title: \"x\", ⟦title⟧: \"y\")\na", .invalidLabel),
      ("@label(title: \"x\")\n⟦type⟧ A = int", .invalidLabel),
      ("@label(title: \"x\")\n⟦@⟧label(title: \"y\")\na", .invalidLabel),
      ("⟦@label(title: \"x\")⟧", .invalidLabel),
      ("@⟦retry⟧(times: 3)\na", .expected), ("@label(title: ⟦x⟧)\na", .expected),
      ("⟦f()⟧ = 1", .unexpected), ("⟦null⟧ = 1", .unexpected), ("a, ⟦f()⟧ = 1", .unexpected),
      ("⟦(a, b)⟧ = 1", .unexpected), ("a, b ⟦+=⟧ 1", .unexpected), ("a = b ⟦=⟧ 1", .expected),
      ("x ⟦:⟧ int = 5", .foreignSyntax), ("sleep ⟦5⟧", .expected), ("for ⟦5⟧ in x { }", .expected),
      ("for a, ⟦(⟧b, c) in x { }", .expected), ("for x ⟦of⟧ y { }", .foreignSyntax),
      ("if a ⟦print⟧ 1", .expected),
      ("while ⟦{⟧ x = 1 }", .expected), ("for x in [1]⟦:⟧\n  print x", .foreignSyntax),
      ("if x ⟦=⟧ 1 { }", .expected),
      ("wait_signal(⟦x⟧)", .unexpected), ("wait_signal(⟦)⟧", .expected),
      ("wait_signal(\"a\", ⟦1⟧)", .expected),
      ("signal_run(h, \"go\"⟦)⟧", .expected), ("signal_run(h, ⟦x⟧, 1)", .expected),
      ("start p(⟦1⟧)", .expected),
      ("start p⟦⟧", .expected), ("let x⟦⟧", .expected), ("⟦else⟧ { }", .expected),
    ] as [(String, DiagnosticCode)])
  func refusals(marked: String, code: DiagnosticCode) {
    let text = MarkedText(marked)
    #expect(text.problems.map(\.code) == [code])
    #expect(text.problems.first?.span == text.spans[0])
  }

  @Test func messagesOfTheRemovedForms() {
    #expect(
      MarkedText("submit 1").problems[0].message == "`submit` was removed; use `finish <value>`")
    #expect(MarkedText("finish").problems[0].message.contains("use `finish null`"))
    #expect(MarkedText("h = start call f()").problems[0].message == "unexpected `start call`")
    #expect(MarkedText("break").problems[0].message == "`break` can only be used inside a loop")
    #expect(
      MarkedText("yield 1").problems[0].message
        == "`yield` can only be used inside a `process` body")
  }

  @Test func processBodiesAllowTheirOwnStatements() {
    let text = "process p() { yield 1\nwake 2\nfail 3\nfor x in y { break } finish 4 }"
    #expect(TreeShape(text).problems.isEmpty)
    // Purity of functions is the checker's business.
    #expect(TreeShape("fn f() -> int { print 1\nyield 2\nfinish 3 }").problems.isEmpty)
  }
}
