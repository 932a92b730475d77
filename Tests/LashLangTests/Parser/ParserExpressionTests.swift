import Testing

@testable import LashLang

/// GRM-5 … GRM-7, GRM-9 … GRM-11: the trees of expressions.
@Suite struct ParserExpressionTests {
  @Test(arguments: [
    ("a + b * c", "(binary + a (binary * b c))"), ("a - b - c", "(binary - (binary - a b) c)"),
    ("a * b % c / d", "(binary / (binary % (binary * a b) c) d)"),
    ("a + b < c - d", "(binary < (binary + a b) (binary - c d))"),
    ("not a == b", "(unary not (binary == a b))"), ("!a == b", "(binary == (unary not a) b)"),
    ("not not a", "(unary not (unary not a))"), ("not a and b", "(binary and (unary not a) b)"),
    ("not a in b", "(unary not (binary in a b))"), ("a not in b", "(binary not in a b)"),
    ("a and not b or c", "(binary or (binary and a (unary not b)) c)"),
    ("a or b and c", "(binary or a (binary and b c))"),
    ("a && b || c", "(binary or (binary and a b) c)"),
    ("a ?? b ?? c", "(binary ?? (binary ?? a b) c)"),
    ("a or b ?? c", "(binary ?? (binary or a b) c)"),
    ("a ?? b or c", "(binary ?? a (binary or b c))"),
    ("a ?? b ? c : d", "(conditional (binary ?? a b) c d)"),
    ("a ? b : c ? d : e", "(conditional a b (conditional c d e))"),
    ("a ? b ? c : d : e", "(conditional a (conditional b c d) e)"),
    ("not a ? b : c", "(conditional (unary not a) b c)"),
    ("-a.b", "(unary - (field \"b\" a))"), ("-a * b", "(binary * (unary - a) b)"),
    ("a - -b", "(binary - a (unary - b))"),
    ("a--b", "(binary - a (unary - b))"), ("- -1", "(unary - (unary - 1))"),
    ("!-a", "(unary not (unary - a))"),
    ("await a.b(c)?", "(await (unwrap (operation \"b\" a c)))"),
    ("await x + 1", "(binary + (await x) 1)"),
    ("(await x)?.y", "(field \"y\" (unwrap (await x)))"), ("-await x", "(unary - (await x))"),
    ("a.b.c(1)[d].e?", "(unwrap (field \"e\" (index (operation \"c\" (field \"b\" a) 1) d)))"),
    ("f(a, (b, c),)", "(call f a (tuple b c))"), ("m.op()", "(operation \"op\" m)"),
    ("m.\"odd name\"({})", "(operation \"odd name\" m (record))"),
    ("m.for(1)", "(operation \"for\" m 1)"),
    ("r.if.null", "(field \"null\" (field \"if\" r))"), ("r?.a", "(field \"a\" (unwrap r))"),
    ("m[1, 2]", "(index m (tuple 1 2))"), ("()", "(tuple)"), ("(a)", "a"), ("(a,)", "(tuple a)"),
    ("(a, b,)", "(tuple a b)"), ("((a, b), c)", "(tuple (tuple a b) c)"), ("a, b", "(tuple a b)"),
    ("[]", "(list)"), ("[a, b,]", "(list a b)"), ("[a ? b : c, d]", "(list (conditional a b c) d)"),
    ("{}", "(record)"),
    ("{a: 1, \"b c\": 2, if: 3,}", "(record (entry \"a\" 1) (entry \"b c\" 2) (entry \"if\" 3))"),
    ("{a: 1, a: 2}", "(record (entry \"a\" 1) (entry \"a\" 2))"),
    ("[x for x in xs]", "(comprehension x (for x xs))"),
    ("[x ? 1 : 0 for x in xs]", "(comprehension (conditional x 1 0) (for x xs))"),
    ("[f(x)? for x in xs]", "(comprehension (unwrap (call f x)) (for x xs))"),
    (
      "[(k, v) for k, v in entries(r) if v if k for z in v]",
      "(comprehension (tuple k v) (for k v (call entries r)) (if v) (if k) (for z v))"
    ),
    ("[x for x in 1, 2]", "(comprehension x (for x (tuple 1 2)))"),
    ("Type { a: int }", "(type-literal (object-type (field a int)))"),
    ("1.5e3 + null", "(binary + 1500 (null))"),
    ("true and false", "(binary and true false)"),
  ])
  func shapes(text: String, shape: String) {
    let tree = TreeShape(text)
    #expect(tree.text == shape)
    #expect(tree.problems.isEmpty)
  }

  // GRM-6: each `:` belongs to the nearest `?` that could begin a ternary and has none yet.
  @Test(arguments: [
    ("f()? g()? ok ? 1 : 2", "(unwrap (call f)) ; (unwrap (call g)) ; (conditional ok 1 2)"),
    (
      "x = a? y = b ? 1 : 2",
      "(assign (target x) (unwrap a)) ; (assign (target y) (conditional b 1 2))"
    ),
    ("{a: f()?, b: 2}", "(record (entry \"a\" (unwrap (call f))) (entry \"b\" 2))"),
    ("f(a?, b ? 1 : 2)", "(call f (unwrap a) (conditional b 1 2))"),
    ("(a?) ? b? : c?", "(conditional (unwrap a) (unwrap b) (unwrap c))"),
    ("a? - 1", "(binary - (unwrap a) 1)"), ("a ? -1 : 1", "(conditional a (unary - 1) 1)"),
    ("a? ? b : c", "(conditional (unwrap a) b c)"),
    ("a ? {b: 1} : {}", "(conditional a (record (entry \"b\" 1)) (record))"),
    ("a ? [x ? 1 : 2] : b", "(conditional a (list (conditional x 1 2)) b)"),
    ("f()? ?? d", "(binary ?? (unwrap (call f)) d)"),
    ("x = a?\ny", "(assign (target x) (unwrap a)) ; y"),
    ("a?\n? b : c", "(conditional (unwrap a) b c)"),
  ])
  func questions(text: String, shape: String) {
    #expect(TreeShape(text).text == shape)
  }

  @Test func aLaterTernaryNeverChangesAnEarlierStatement() {
    let alone = TreeShape("x = f()?").text
    let rests = ["ok ? 1 : 2", "y = ok ? 1 : 2", "print ok ? 1 : 2", "{a: 1}", "if ok ? a : b { }"]
    for rest in rests {
      #expect(TreeShape("x = f()?\n\(rest)").text.hasPrefix(alone + " ; "), "\(rest)")
      #expect(TreeShape("x = f()?; \(rest)").text.hasPrefix(alone + " ; "), "\(rest)")
    }
  }

  @Test(arguments: [
    ("⟦a < b < c⟧", " and b"), ("x = ⟦1 <= x.y != z⟧ and d", " and x.y"),
    ("if ⟦a in b in c⟧ { }", " and b"), ("⟦a == b not in c⟧", " and b"),
  ])
  func chains(marked: String, insertion: String) {
    let text = MarkedText(marked)
    #expect(text.problems.map(\.code) == [.chainedComparison])
    #expect(text.problems.first?.span == text.spans[0])
    #expect(text.problems.first?.fixes.first?.edits.map(\.text) == [insertion])
  }

  @Test func aLongChainIsOneProblem() {
    let problems = MarkedText("a < b < c < d < e").problems
    #expect(problems.count == 1)
    #expect(problems[0].fixes[0].edits.map(\.text) == [" and b", " and c", " and d"])
    // A call is not offered to be made twice.
    #expect(MarkedText("a < f() < c").problems.first?.fixes.isEmpty == true)
  }

  @Test(arguments: [
    "a == ⟦not⟧ b", "a + ⟦not⟧ b", "-⟦not⟧ a", "x = ⟦=⟧ 1", "a + ⟦*⟧ b", "[⟦,⟧ 1]", "x = ⟦.⟧5",
    "x = ⟦+⟧5",
    "x = (1 + ⟦)⟧", "⟦in⟧ x", "x = ⟦if⟧ a { }", "x = ⟦for⟧ y in z { }", "f(⟦print⟧ x)", "a.⟦5⟧",
    "{⟦5⟧: 1}",
    "r = {a ⟦1⟧}", "[a ⟦b⟧]", "f(a ⟦b⟧)", "a ??⟦⟧",
  ])
  func misplaced(marked: String) {
    let text = MarkedText(marked)
    #expect(text.problems.map(\.code) == [.expected])
    #expect(text.problems.first?.span == text.spans[0])
  }

  @Test func longJunctionsStayLow() {
    for word in ["and", "or"] {
      let text = Array(repeating: "(a)", count: 3_000).joined(separator: " \(word) ")
      let result = Parser.parse(SourceFile(name: "", text: text))
      #expect(result.diagnostics.isEmpty)
      let nodes = SyntaxDump(result.tree).nodes
      #expect(nodes.count { $0.kind == "name" } == 3_000)
      #expect(nodes.allSatisfy { $0.depth < 40 })
      #expect(nodes.first?.span == SourceSpan(start: 0, end: UInt32(text.utf8.count)))
    }
  }

  @Test func spansCoverParentheses() {
    let text = MarkedText("⟦(a) + ⟦b⟧⟧; ⟦(a, b)⟧; ⟦-(x)⟧; ⟦(f)?⟧; ⟦f\"{⟦a⟧}\"⟧")
    let spans = SyntaxDump(Parser.parse(text.source).tree).nodes.map(\.span)
    for span in text.spans { #expect(spans.contains(span)) }
  }
}
