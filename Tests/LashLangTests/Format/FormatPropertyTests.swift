import Testing

@testable import LashLang

/// Whatever the text, formatting changes white space only, and doing it twice changes nothing more.
@Suite struct FormatPropertyTests {
  private static let program = """
    # Everything the grammar has.
    type Row = { id: int, tags: list[str]?, next: Row | null, ... }
    fn twice(n: float) -> float { n * 2 }  # doubles

    process watch(path: str, mail: Gmail) signals { stop: any } -> int {
      # waits
      while true {
        s = wait_signal("stop")
        yield {s: s}

        if s.now { break } else if s.later { continue }
      }
      finish 1
    }
    xs = [await m.get({id: i, name: "a long name of a thing"})? for i in range(10) if i % 2 == 0 and i not in [3, 4]]
    @label(title: "Sum")
    total = xs ? sum(xs) : 0  // of all
    if total > 10 and not (total in [11, 12]) or -total < -1 {
      print f"{total:>10} {"ok" + 'x'}"
    } else {
      a, b = (1, 2)
      r.k["x"] += a ?? b
    }
    t = Type { a: int, b: Process<{ x: int }, str> }
    r = {
      total: total,  # the total
      "first": xs[0],
      rest: (1,),
    }
    for k, v in entries(r) { print k, v }
    doc = \"\"\"a
      # no comment
    b\"\"\"
    sleep for "5s"
    finish {total: total, a_rather_long_key: total + total + total, another_rather_long_key: [1, 2, 3]}
    """

  private func format(_ bytes: [UInt8]) -> SourceFormatter.Result {
    SourceFormatter.format(SourceFile(name: "", bytes: bytes))
  }

  /// The tokens of a text without those that the formatter may drop or add.
  private func tokens(_ bytes: [UInt8]) -> [String] {
    let source = SourceFile(name: "", bytes: bytes)
    let tokens = Lexer(source).tokens
    return tokens.indices.compactMap { index in
      let token = tokens[index]
      let isDropped =
        token.kind == .semicolon || (token.kind == .comma && tokens[index + 1].kind.isClosing)
      return isDropped ? nil : source.text(token.span)
    }
  }

  private func comments(_ bytes: [UInt8]) -> [String] {
    let atoms = FormatAtoms(SourceFile(name: "", bytes: bytes))
    return atoms.comments.map { atoms.source.text($0.span) }.sorted()
  }

  private func tree(_ bytes: [UInt8]) -> String {
    let result = Parser.parse(SourceFile(name: "", bytes: bytes))
    return SyntaxDump(result.tree).nodes.map { "\($0.depth) \($0.kind) \($0.detail ?? "")" }
      .joined(separator: "\n")
  }

  private func check(_ bytes: [UInt8], _ what: String) {
    let once = format(bytes)
    #expect(tokens(once.bytes) == tokens(bytes), "tokens differ: \(what)")
    #expect(comments(once.bytes) == comments(bytes), "comments differ: \(what)")
    let twice = format(once.bytes).bytes
    #expect(
      twice == once.bytes,
      "not stable: \(what)\n--- once\n\(String(decoding: once.bytes, as: UTF8.self))\n--- twice\n\(String(decoding: twice, as: UTF8.self))"
    )
    if once.diagnostics.isEmpty {
      #expect(tree(once.bytes) == tree(bytes), "tree differs: \(what)")
    }
  }

  @Test func theProgramItself() {
    let bytes = Array(Self.program.utf8)
    let result = format(bytes)
    #expect(result.diagnostics.isEmpty)
    check(bytes, "the program")
  }

  /// White space between tokens is not kept: blanks and, inside brackets, line ends come and go
  /// without a trace. Line ends behind a brace count, and so do empty lines; they stay.
  @Test func respacing() {
    let seed: UInt64 = 0x5EED_0040
    var generator = SeededGenerator(seed: seed)
    let lines = Self.program.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("#") && !$0.contains("//") }.joined(separator: "\n")
    let source = SourceFile(name: "", text: lines)
    let tokens = Lexer(source).tokens
    let expected = format(source.bytes).bytes
    for round in 0..<100 {
      var bytes: [UInt8] = []
      var brackets = 0
      var slots = 0
      for (index, token) in tokens.enumerated() where index > 0 {
        let previous = tokens[index - 1]
        let gap = source.bytes[Int(previous.span.end)..<Int(token.span.start)]
        bytes += source.bytes[Int(previous.span.start)..<Int(previous.span.end)]
        switch previous.kind {
        case .leftParen, .leftBracket: brackets += 1
        case .rightParen, .rightBracket: brackets -= 1
        case .interpolationStart: slots += 1
        case .interpolationEnd: slots -= 1
        default: break
        }
        let hasLine = gap.contains(0x0A)
        if slots > 0 {
          bytes += gap
        } else if hasLine, brackets == 0 {
          bytes += gap + Array(repeating: 0x20, count: Int.random(in: 0...3, using: &generator))
        } else if brackets > 0, previous.kind != .leftBrace, token.kind != .dot,
          Int.random(in: 0..<6, using: &generator) == 0
        {
          bytes += Array("\n ".utf8)
        } else if !gap.isEmpty {
          bytes += Array(repeating: 0x20, count: Int.random(in: 1...3, using: &generator))
        }
      }
      let actual = format(bytes).bytes
      #expect(
        actual == expected,
        "seed \(seed), round \(round): \(String(decoding: bytes, as: UTF8.self))")
    }
  }

  /// Comments and line ends at places where they change nothing are kept by formatting.
  @Test func strayComments() {
    let seed: UInt64 = 0x5EED_0041
    var generator = SeededGenerator(seed: seed)
    let source = SourceFile(name: "", text: Self.program)
    let tokens = Lexer(source).tokens
    let whole = tree(source.bytes)
    for round in 0..<100 {
      var bytes: [UInt8] = []
      var slots = 0
      for (index, token) in tokens.enumerated() {
        if token.kind == .interpolationStart { slots += 1 }
        if token.kind == .interpolationEnd { slots -= 1 }
        bytes += source.bytes[Int(token.span.start)..<Int(token.span.end)]
        let end = index + 1 < tokens.count ? Int(tokens[index + 1].span.start) : source.bytes.count
        bytes += source.bytes[Int(token.span.end)..<end]
        if slots == 0, Int.random(in: 0..<12, using: &generator) == 0 {
          let comment = ["# c\(index)\n", "\n# c\(index)\n", "\n\n// c\(index)\n\n"]
          bytes += Array((comment.randomElement(using: &generator) ?? "").utf8)
        }
      }
      // A comment ends a line, so it may end a statement too; only texts that mean the same count.
      guard tree(bytes) == whole,
        Parser.parse(SourceFile(name: "", bytes: bytes)).diagnostics.isEmpty
      else { continue }
      check(bytes, "seed \(seed), round \(round)\n\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  /// Broken programs keep their tokens and comments, and formatting comes to rest.
  @Test func brokenPrograms() {
    let seed: UInt64 = 0x5EED_0042
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "(", ")", "[", "]", "{", "}", ",", ":", ";", "=", "+", "?", "\n", "# c\n", "if ", "else ",
      "for ", "fn ", "\"", "f\"{", "@",
    ]
    for round in 0..<100 {
      var bytes = Array(Self.program.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        let end = min(bytes.count, place + Int.random(in: 0...6, using: &generator))
        let piece = pieces.randomElement(using: &generator) ?? ""
        bytes.replaceSubrange(place..<end, with: Array(piece.utf8))
      }
      // An unterminated string holds the line end that the formatter would add.
      bytes.append(0x0A)
      let once = format(bytes)
      guard !once.diagnostics.contains(where: { $0.code == .invalidUTF8 }) else { continue }
      let what = "seed \(seed), round \(round)\n\(String(decoding: bytes, as: UTF8.self))"
      let isWhole = tokens(once.bytes) == tokens(bytes) && comments(once.bytes) == comments(bytes)
      #expect(isWhole, "tokens or comments differ: \(what)")
      let isStable = format(once.bytes).bytes == once.bytes
      #expect(isStable, "not stable: \(what)")
    }
  }

  /// Hostile texts of a hundred kilobytes: no crash, no deep stack.
  @Test(arguments: [
    "(", "[", "{a:", "if x {", "a + ", "a, ", "f(1, ", "[1, ", "# c\n", "x = 1\n", "if a {}\n",
    "not ", "a ? b : ", "f\"{a}\"\n", "{}\n", ";", "}", "@label(", "if a { x = [1, {b: 2}]\n",
  ])
  func hostileTexts(unit: String) {
    let text = String(repeating: unit, count: 100_000 / unit.utf8.count)
    let once = format(Array(text.utf8))
    #expect(format(once.bytes).bytes == once.bytes)
  }

  /// The deepest nesting that parses, wider than a line.
  @Test(arguments: [
    ("[", "]"), ("f(", ")"), ("{a: ", "}"), ("(1 + ", ")"), ("[x for x in [", "]]"),
  ])
  func deepNesting(open: String, close: String) {
    let depth = open == "[x for x in [" ? 49 : 99
    let text =
      "x = " + String(repeating: open, count: depth) + "1"
      + String(repeating: close, count: depth)
    check(Array(text.utf8), text)
  }
}
