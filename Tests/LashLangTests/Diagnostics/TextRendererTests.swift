import Testing

@testable import LashLang

/// How people see a diagnostic.
@Suite struct TextRendererTests {
  private func render(_ marked: String, _ message: String = "wrong", hint: String? = nil) -> String
  {
    let text = MarkedText(marked)
    let notes = text.spans.dropFirst().map { DiagnosticNote("see here", at: $0) }
    let problem = Diagnostic(
      .expected, message, at: text.spans.first, notes: Array(notes), hint: hint)
    return TextRenderer().render(problem, in: text.source)
  }

  @Test func wholeForm() {
    #expect(
      render("a = 1\nif ⟦a, b⟧ {\n⟦}⟧", hint: "write `and`")
        == """
        error[E0101]: wrong
          --> test.lash:2:4
          |
        2 | if a, b {
          |    ^~~~
        note: see here
          --> test.lash:3:1
          |
        3 | }
          | ^
        help: write `and`
        """.split(separator: "\n", omittingEmptySubsequences: false).map { line in
          // The gutter is one blank wider than the number.
          line.hasPrefix("  |") || line.first?.isNumber == true ? " " + line : String(line)
        }.joined(separator: "\n"))
  }

  /// The two lines of the excerpt, without the gutter.
  private func excerpt(_ marked: String) -> [String] {
    render(marked).split(separator: "\n").dropFirst(3).map { line in
      String(line.drop { $0 != "|" }.dropFirst(2))
    }
  }

  @Test(arguments: [
    ("⟦⟧", "", "^"), ("⟦x⟧", "x", "^"), ("ab⟦⟧", "ab", "  ^"), ("é ⟦üü⟧", "é üü", "  ^~"),
    ("\t⟦x⟧", "    x", "    ^"),
    ("\"日本\" ⟦x⟧", "\"日本\" x", "       ^"), ("⟦日⟧", "日", "^~"),
    ("e\u{301} ⟦x⟧", "e\u{301} x", "  ^"),
    ("a ⟦b\nc⟧", "a b", "  ^"), ("a⟦\r\n⟧b", "a", " ^"), ("\u{1B}[31m⟦x⟧", "·[31mx", "     ^"),
    ("\u{202E}⟦x⟧", "·x", " ^"),
  ])
  func markers(marked: String, line: String, marker: String) {
    #expect(excerpt(marked) == [line, marker])
  }

  @Test func messagesAreBrokenBetweenWordsWhereTheScreenEnds() {
    let problem = Diagnostic(
      .expected, "one 日本語 three", at: nil, hint: "four five six seven a-word-that-is-too-long")
    #expect(
      TextRenderer(columns: 26).render(problem, in: SourceFile(name: "f", text: ""))
        == """
        error[E0101]: one 日本語
          three
        help: four five six seven
          a-word-that-is-too-long
        """)
    #expect(
      TextRenderer(columns: 24).render(problem, in: SourceFile(name: "f", text: ""))
        .hasPrefix("error[E0101]: one 日本語\n"))
    #expect(
      TextRenderer(columns: 23).render(problem, in: SourceFile(name: "f", text: ""))
        .hasPrefix("error[E0101]: one\n"))
  }

  @Test func aVeryLongLineIsWindowed() {
    let filler = String(repeating: "é", count: 5_000)
    let lines = excerpt("\(filler)⟦xyz⟧\(filler)")
    #expect(lines[0].hasPrefix("…é") && lines[0].hasSuffix("é…"))
    #expect(lines[0].count < 170)
    let before = lines[0].prefix { $0 != "x" }
    #expect(lines[1] == String(repeating: " ", count: before.count) + "^~~")
  }

  @Test func withoutAPlace() {
    let problem = Diagnostic(.sourceTooLarge, "too\nlarge", at: nil)
    #expect(
      TextRenderer().render(problem, in: SourceFile(name: "", text: ""))
        == "error[E0501]: too large")
  }

  @Test func warningsAndColours() {
    let problem = Diagnostic(.missingAwait, "forgotten", at: nil)
    let source = SourceFile(name: "", text: "")
    #expect(TextRenderer().render(problem, in: source) == "warning[W0103]: forgotten")
    #expect(
      TextRenderer(usesColor: true).render(problem, in: source)
        == "\u{1B}[1;33mwarning[W0103]\u{1B}[0m\u{1B}[1m: forgotten\u{1B}[0m")
  }

  @Test func aFixIsTheAdviceWhereThereIsNoHint() {
    let fix = FixIt(title: "write `==`", edits: [])
    let problem = Diagnostic(.expected, "wrong", at: nil, fixes: [fix])
    let text = TextRenderer().render(problem, in: SourceFile(name: "", text: ""))
    #expect(text.hasSuffix("\nhelp: write `==`"))
  }

  @Test func anyPlaceCanBeShown() {
    let source = SourceFile(name: "x", bytes: [0xFF, 0x61, 0x0A, 0xC3])
    for start in 0..<6 as Range<UInt32> {
      for end in start..<9 as Range<UInt32> {
        let problem = Diagnostic(.expected, "", at: SourceSpan(start: start, end: end))
        #expect(TextRenderer().render(problem, in: source).contains("^"))
      }
    }
  }
}
