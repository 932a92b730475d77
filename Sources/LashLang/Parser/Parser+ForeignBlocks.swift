/// Bodies, functions and loops as other languages write them (rule DIA-6).
extension Parser {
  // MARK: Indentation

  /// Columns before a token on its line.
  func column(of token: Token) -> Int {
    var start = Int(token.span.start)
    while start > 0, source.bytes[start - 1] != 0x0A { start -= 1 }
    return Int(token.span.start) - start
  }

  /// Columns before the first token of a token's line.
  private func indentation(of token: Token) -> Int {
    var start = Int(token.span.start)
    while start > 0, source.bytes[start - 1] != 0x0A { start -= 1 }
    var place = start
    while place < source.bytes.count, source.bytes[place] == 0x20 || source.bytes[place] == 0x09 {
      place += 1
    }
    return place - start
  }

  /// Whether a `:` stands here in place of the brace of a block.
  var beginsIndentedBlock: Bool { kind == .colon && token.separation == .none }

  /// A body behind a `:`, on its line or told by its indentation, reported once.
  mutating func parseIndentedBlock() -> Block {
    let colon = token.span
    var edits: [SourceEdit] = []
    isRecovering = false
    let block = readIndentedBlock(&edits)
    isRecovering = false
    answer(
      "unexpected `:`", at: colon,
      hint: "a body is written in braces: `{` here and `}` after it", fix: "write braces", edits)
    return block
  }

  /// Reads a body behind a `:`; `edits` gets what makes a block in braces of it.
  private mutating func readIndentedBlock(_ edits: inout [SourceEdit]) -> Block {
    let start = token.span.start
    let base = indentation(of: tokens[statementStart])
    edits.append(
      SourceEdit(span: SourceSpan(start: lastEnd, end: token.span.end), text: " {"))
    guard deepen() else { return Block(.empty, span: span(from: start)) }
    let outer = (context, statementStart)
    context = Context()
    advance()
    let isInline = !token.startsLine
    let mark = pendingStatements.count
    var isFirst = true
    while index < blockEnd, !problems.isFull {
      if token.startsLine, isInline ? !isFirst : column(of: token) <= base { break }
      isFirst = false
      if !take(.semicolon) { parseBlockItem() }
    }
    let statements = Self.move(&pendingStatements, from: mark, to: &tree.statementLists)
    (context, statementStart) = outer
    nesting -= 1
    let indent = String(repeating: " ", count: base)
    let end = max(lastEnd, start + 1)
    edits.append(
      isFirst || isInline
        ? insertion(isFirst ? "}" : " }", at: end)
        : insertion("\n\(indent)}", at: endOfComment(after: end)))
    return Block(statements, span: span(from: start))
  }

  /// The end of the comment behind a place on its line, or the place itself.
  private func endOfComment(after offset: UInt32) -> UInt32 {
    let rest = source.bytes[Int(offset)...].prefix { $0 != 0x0A }
    let text = rest.drop { $0 == 0x20 || $0 == 0x09 }
    guard text.first == UInt8(ascii: "#") || text.starts(with: Array("//".utf8)) else {
      return offset
    }
    return UInt32(rest.endIndex)
  }

  /// Skips a body in braces or told by its indentation, of which nothing is understood.
  mutating func skipForeignBody() {
    let base = indentation(of: tokens[statementStart])
    while index < blockEnd, kind != .leftBrace, kind != .colon, isOnLine { skipToken() }
    if kind == .leftBrace { return skipToken() }
    guard take(.colon) else { return }
    while index < blockEnd, !token.startsLine || column(of: token) > base { skipToken() }
  }

  // MARK: Functions

  /// `def f(x): …`, `function f(x) { … }`, with or without `async`.
  mutating func parseForeignFunction() -> Statement.Kind {
    let keyword = token.span
    var words = keyword
    let isTopLevel = nesting == 0
    if word == .async { advance() }
    words.end = token.span.end
    var edits: [SourceEdit]? = [SourceEdit(span: words, text: "fn")]
    advance()
    let name = tree[token.symbol]
    advance()
    let open = index
    guard kind == .leftParen else {
      refuseFunction(name, keyword, nil)
      isRecovering = true
      return .error
    }
    let close = min(Int(token.payload), tokens.count - 1)
    let hasDefaults = tokens[open..<close].contains { $0.kind == .assign }
    edits = edits.flatMap { mended in parameterEdits(open, close).map { mended + $0 } }
    jump(to: close)
    guard take(.rightParen) else {
      refuseFunction(name, keyword, nil)
      isRecovering = true
      return .error
    }
    if kind == .minus, peek().kind == .greater {
      advance()
      advance()
      _ = parseTypeExpression()
    } else if kind == .colon, !peek().startsLine,
      peek().kind == .identifier || peek().kind == .null,
      peek(2).kind == .leftBrace
    {
      edits?.append(SourceEdit(span: token.span, text: " ->"))
      advance()
      advance()
    } else {
      edits?.append(insertion(" -> any", at: lastEnd))
    }
    let isBroken = isRecovering
    isRecovering = false
    var bodyEdits: [SourceEdit] = []
    parseForeignBody(&bodyEdits)
    isRecovering = false
    refuseFunction(
      name, keyword, isTopLevel && !isBroken ? edits.map { $0 + bodyEdits } : nil,
      hasDefaults: hasDefaults)
    return .error
  }

  private mutating func refuseFunction(
    _ name: String, _ keyword: SourceSpan, _ edits: [SourceEdit]?, hasDefaults: Bool = false
  ) {
    answer(
      "unexpected `\(source.text(keyword))`", at: keyword,
      hint: "write `fn \(name)(p: T) -> T { … }` at the top level; every parameter and the result "
        + "have a type, which may be `any`"
        + (hasDefaults ? "; parameters have no defaults, so callers pass every value" : ""),
      fix: "write `fn`", edits ?? [])
  }

  private mutating func parseForeignBody(_ edits: inout [SourceEdit]) {
    let outer = (body, loops, nesting, functionEnd, indented)
    (body, loops) = (.function, 0)
    defer { (body, loops, nesting, functionEnd, indented) = outer }
    if beginsIndentedBlock {
      indented = indentation(of: tokens[statementStart])
      _ = readIndentedBlock(&edits)
    } else if kind == .leftBrace {
      indented = nil
      functionEnd = Int(token.payload)
      _ = parseBlock(of: "the body of a function")
    }
  }

  /// What gives each parameter a type; `nil` if that is not mechanical.
  private func parameterEdits(_ open: Int, _ close: Int) -> [SourceEdit]? {
    var edits: [SourceEdit] = []
    var place = open + 1
    while place < close {
      guard tokens[place].kind == .identifier else { return nil }
      let name = tokens[place]
      place += 1
      if tokens[place].kind == .colon {
        while place < close, tokens[place].kind != .comma {
          if tokens[place].kind == .assign { return nil }
          place = tokens[place].kind.isOpening ? Int(tokens[place].payload) + 1 : place + 1
        }
      } else {
        edits.append(insertion(": any", at: name.span.end))
      }
      guard place == close || tokens[place].kind == .comma else { return nil }
      place += 1
    }
    return edits
  }

  // MARK: try

  /// `try` with its `except`, `catch` and `finally`: one report, the bodies are read for errors.
  mutating func parseTry() -> Statement.Kind {
    answer(
      "unexpected `\(tree[token.symbol])`", at: token.span,
      hint: "leave `?` out and look at the result: "
        + "`r = await m.op({…})`, then `if r.ok { r.value } else { r.error }`")
    advance()
    readBody()
    while let word, word == .except || word == .catch || word == .finally {
      advance()
      while index < blockEnd, kind != .colon, kind != .leftBrace, isOnLine { skipToken() }
      guard kind == .colon || kind == .leftBrace else { break }
      readBody()
    }
    if take(.else) { readBody() }
    isRecovering = false
    return .error
  }

  private mutating func readBody() {
    var edits: [SourceEdit] = []
    if beginsIndentedBlock {
      _ = readIndentedBlock(&edits)
    } else if kind == .leftBrace {
      _ = parseBlock(of: "a body")
    }
  }

  // MARK: for

  /// `for (const x of xs) { … }` and `for (let i = 0; i < n; i++) { … }`, at the parenthesis; `nil`
  /// if it is neither.
  mutating func parseForeignFor() -> Statement.Kind? {
    let open = token
    let end = Int(token.payload)
    guard kind == .leftParen, end > index + 2, tokens[end].kind == .rightParen else { return nil }
    var place = index + 1
    let isDeclared =
      Self.word(of: tokens[place]).map { [.const, .let, .var].contains($0) } ?? false
    if isDeclared { place += 1 }
    let first = place
    if tokens[place].kind == .leftBracket { place = Int(tokens[place].payload) }
    place += 1
    guard place + 1 < end else { return nil }
    let separator = tokens[place]
    let isOf = Self.word(of: separator) == .of
    var edits: [SourceEdit] = []
    var hint = "write `for x in xs { … }`"
    if isOf || separator.kind == .in {
      let names = nameList(first, place)
      let iterable = SourceSpan(
        start: tokens[place + 1].span.start, end: tokens[end - 1].span.end)
      let xs = source.text(iterable)
      // `in` goes over the keys of an object, or the positions of an array.
      let what = isOf || !isDeclared ? xs : "keys(\(xs))"
      if !isOf, isDeclared {
        hint = "write `for k in keys(r) { … }`, or `for i in range(len(xs)) { … }`"
      }
      edits = [
        SourceEdit(
          span: SourceSpan(start: open.span.start, end: tokens[end].span.end),
          text: "\(names) in \(what)")
      ]
    } else if separator.kind == .assign {
      hint = "write `for i in range(n) { … }`: from 0 to `n`, without `n`"
      if let range = countedRange(first, end) {
        edits = [
          SourceEdit(
            span: SourceSpan(start: open.span.start, end: tokens[end].span.end),
            text: "\(tree[tokens[first].symbol]) in \(range)")
        ]
      }
    } else {
      return nil
    }
    answer(
      "unexpected `(`: the head of a `for` has no parentheses", at: open.span, hint: hint,
      fix: "write `for … in …`", edits)
    jump(to: end)
    advance()
    _ = parseLoop("for")
    return .error
  }

  /// Names in parentheses before `in`: reported, and read without them; `nil` if they are no names.
  mutating func parseParenthesizedBindings() -> NodeList<Name>? {
    let end = Int(token.payload)
    guard kind == .leftParen, end > index + 1, end + 1 < tokens.count,
      tokens[end].kind == .rightParen, tokens[end + 1].kind == .in,
      (index + 1..<end).allSatisfy({
        tokens[$0].kind == (($0 - index) % 2 == 1 ? .identifier : .comma)
      })
    else { return nil }
    answer(
      "unexpected `(` around names", at: token.span, hint: "write `for k, v in entries(r) { … }`",
      fix: "leave the parentheses out",
      [SourceEdit(span: token.span, text: ""), SourceEdit(span: tokens[end].span, text: "")])
    advance()
    let names = parseBindings()
    jump(to: end)
    advance()
    return names
  }

  private func nameList(_ first: Int, _ end: Int) -> String {
    let isList = tokens[first].kind == .leftBracket
    let names = tokens[(isList ? first + 1 : first)..<(isList ? end - 1 : end)]
    guard let start = names.first, let last = names.last else { return "x" }
    return source.text(SourceSpan(start: start.span.start, end: last.span.end))
  }

  /// `range(…)` for `i = a; i < b; i++` from the name at `first` to the end of the head.
  private func countedRange(_ first: Int, _ end: Int) -> String? {
    let name = tokens[first].payload
    let stops = (first..<end).filter { tokens[$0].kind == .semicolon }
    guard stops.count == 2, stops[1] > stops[0] + 3, end == stops[1] + 3,
      tokens[stops[0] + 1].kind == .identifier, tokens[stops[0] + 1].payload == name,
      tokens[stops[1] + 1].payload == name, tokens[stops[1] + 2].kind == .increment
    else { return nil }
    let from = text(first + 2..<stops[0])
    let to = text(stops[0] + 3..<stops[1])
    switch tokens[stops[0] + 2].kind {
    case .less: return from == "0" ? "range(\(to))" : "range(\(from), \(to))"
    case .lessOrEqual: return "range(\(from), \(to) + 1)"
    default: return nil
    }
  }

  private func text(_ range: Range<Int>) -> String {
    guard let first = range.first, let last = range.last else { return "" }
    return source.text(SourceSpan(start: tokens[first].span.start, end: tokens[last].span.end))
  }

  /// The special word that a token is, if any.
  static func word(of token: Token) -> Word? {
    token.kind == .identifier ? Word(token.symbol) : nil
  }

  /// Takes `of` for `in`, with a report.
  mutating func acceptOf() -> Bool {
    guard word == .of, peek().kind.beginsExpression else { return false }
    answer(
      "unexpected `of`", at: token.span, hint: "write `for x in xs { … }`", fix: "write `in`",
      [SourceEdit(span: token.span, text: "in")])
    advance()
    return true
  }
}
