import Testing

@testable import LashLang

/// Whatever the text, parsing ends with a whole tree whose spans are sound (GRM-15, GRM-16).
@Suite struct ParserPropertyTests {
  private static let pieces = [
    "(", ")", "[", "]", "{", "}", ",", ":", ";", ".", "?", "??", "=", "+=", "==", "<", "+", "-",
    "*", "!", "|", "@",
    "...", "=>", "**", "++", "\n", "\n", " ", "\t", "x", "y", "f(", "1", "2.5", "0x", "\"s\"", "'t",
    "\"", "f\"", "f'{x}'",
    "{x:>5}", "r\"", "\"\"\"", "\\", "é", "#", "//", "if ", "else ", "for ", "in ", "while ",
    "not ", "and ", "await ",
    "print ", "finish ", "break ", "yield ", "let ", "type A = ", "fn f(a: int) -> int {",
    "process p() {",
    "start p(", "sleep for ", "Type {", "@label(title: \"t\")", "enum[", "list[", "Process<",
    "wait_signal(", "signal_run(",
    "true", "null", "\u{0}", "“",
  ]

  /// Checks one text; `what` names it in a failure.
  private func check(_ bytes: [UInt8], _ what: String) {
    let source = SourceFile(name: "", bytes: bytes)
    let result = Parser.parse(source)
    let tree = result.tree
    func isSound(_ span: SourceSpan) -> Bool {
      span.start <= span.end && Int(span.end) <= bytes.count
    }
    for problem in result.diagnostics {
      #expect(problem.span.map(isSound) ?? true, "\(what): \(problem)")
      #expect(problem.notes.allSatisfy { $0.span.map(isSound) ?? true }, "\(what): \(problem)")
      #expect(problem.fixes.allSatisfy { $0.edits.allSatisfy { isSound($0.span) } }, "\(what)")
    }
    #expect(result.diagnostics.count <= DiagnosticBag.limit + 1)
    #expect(tree.expressions.allSatisfy { isSound($0.span) }, "\(what)")
    #expect(tree.statements.allSatisfy { isSound($0.span) }, "\(what)")
    let nodes = SyntaxDump(tree).nodes
    if !result.hasErrors {
      #expect(!nodes.contains { $0.kind == "error" }, "\(what)")
      expectNested(nodes, what)
    }
  }

  /// Checks that each node lies in the one above it, where the text is right.
  private func expectNested(_ nodes: [SyntaxDump.Node], _ what: String) {
    var above: [SyntaxDump.Node] = []
    let roots: Set = ["statement", "entry", "parameter", "signal", "field", "if", "label", "text"]
    for node in nodes where node.kind != "label" && node.kind != "text" {
      above.removeLast(max(0, above.count - node.depth))
      if let parent = above.last, !roots.contains(parent.kind), !roots.contains(node.kind) {
        let isInside = parent.span.start <= node.span.start && node.span.end <= parent.span.end
        #expect(isInside, "\(what): \(node) in \(parent)")
      }
      above.append(node)
    }
  }

  @Test func tokenSoups() {
    let seed: UInt64 = 0x5EED_0001
    var generator = SeededGenerator(seed: seed)
    for round in 0..<1_000 {
      let count = Int.random(in: 0..<40, using: &generator)
      let text = (0..<count).compactMap { _ in Self.pieces.randomElement(using: &generator) }
        .joined()
      check(Array(text.utf8), "seed \(seed), round \(round): \(text)")
    }
  }

  @Test func byteSoups() {
    let seed: UInt64 = 0x5EED_0002
    var generator = SeededGenerator(seed: seed)
    for round in 0..<500 {
      let count = Int.random(in: 0..<60, using: &generator)
      let isText = Bool.random(using: &generator)
      let bytes = (0..<count).map { _ in
        UInt8.random(in: isText ? 0x20...0x7E : 0...0xFF, using: &generator)
      }
      check(bytes, "seed \(seed), round \(round): \(bytes)")
    }
  }

  @Test func brokenPrograms() {
    let seed: UInt64 = 0x5EED_0003
    var generator = SeededGenerator(seed: seed)
    let program = Array(
      """
      type Row = { id: int, tags: list[str]?, ... }
      fn twice(n: float) -> float { n * 2 }
      process watch(path: str) signals { stop: any } -> int {
        while true { s = wait_signal("stop"); yield {s: s} }
        finish 1
      }
      xs = [await m.get({id: i})? for i in range(10) if i % 2 == 0]
      @label(title: "Sum")
      total = xs ? sum(xs) : 0
      if total > 10 and not (total in [11, 12]) { print f"{total:>10} {"ok" + 'x'}" }
      else { a, b = (1, 2); r.k["x"] += a ?? b }
      finish {total: total, "first": xs[0]}
      """.utf8)
    check(program, "the program itself")
    #expect(Parser.parse(SourceFile(name: "", bytes: program)).diagnostics.isEmpty)
    for round in 0..<500 {
      var bytes = program
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        let end = min(bytes.count, place + Int.random(in: 0...6, using: &generator))
        let piece = Self.pieces.randomElement(using: &generator) ?? ""
        let isInserted = Bool.random(using: &generator)
        bytes.replaceSubrange(place..<end, with: isInserted ? Array(piece.utf8) : [])
      }
      check(bytes, "seed \(seed), round \(round): \(String(decoding: bytes, as: UTF8.self))")
    }
  }

  /// A hundred kilobytes of each hostile text: few problems, no crash, no deep stack.
  @Test(arguments: [
    "(", "[", "{", "{a:", "-", "not ", "await ", "if x {", "f\"{", "f'{", "f\"\"\"{",
    "[x for x in ", "a?", "a?b:", "a.",
    "a[", "a + ", "a ?? ", "\"", "\"\\\"\n", "'''", "@", ")", "}", "]", "\u{0}", "é", "“", "0",
    "1.", "a,",
    "type A = {a:", "type A = list[", "type A = Process<", "fn f(", "process p() {",
    "if a {} else ", "@label(",
    "f\"{a?", "f\"{a:", "(\n", "(x = 1\n", "[\nprint 1\n", "(]", "([", "{{{)))", "f\"{(", "wake.x",
    "start p(",
    "a < ", "a, b = ", "0x", "\\", "\"\\q", "`", "1_", "not in ", "Type {a: ", "a--", "a++",
    "f\"{\n", "f\"{\"\n",
    "f\"\"\"{\"\"\"", "\"\"\"", "f\"\"\"{'''{", ";", "? :",
  ])
  func hostileTexts(unit: String) {
    let count = 100_000 / unit.utf8.count
    let source = SourceFile(name: "", text: String(repeating: unit, count: count))
    let result = Parser.parse(source)
    #expect(result.diagnostics.count <= DiagnosticBag.limit + 1)
    #expect(SyntaxDump(result.tree).nodes.allSatisfy { $0.depth < 1_000 })
  }
}
