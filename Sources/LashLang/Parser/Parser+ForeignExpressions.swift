/// Expressions as other languages write them (rule DIA-6).
extension Parser {
  // MARK: Operators

  /// `a ** b`, `x++` and `x => y`, standing at the operator; `left` is what is before it.
  mutating func parseForeignOperator(_ left: ExpressionID, from start: UInt32) -> ExpressionID {
    let operation = token
    switch kind {
    case .power: return parsePower(left, from: start)
    case .fatArrow: return parseArrow(left, from: start)
    default:
      let isStatement =
        start == tokens[statementStart].span.start
        && (peek().startsLine || peek().kind.endsStatement)
      let target = source.text(SourceSpan(start: start, end: lastEnd))
      advance()
      answer(
        "unexpected `++`", at: operation.span,
        hint: "write `\(isStatement && target.utf8.count <= 40 ? target : "x") += 1`",
        fix: "write `+= 1`",
        isStatement ? [SourceEdit(span: operation.span, text: " += 1")] : [])
      return left
    }
  }

  /// `a ** b`; the repair is a product where the exponent is 2 or 3 and the base can be repeated.
  private mutating func parsePower(_ left: ExpressionID, from start: UInt32) -> ExpressionID {
    let operation = token
    let base = source.text(SourceSpan(start: start, end: lastEnd))
    advance()
    _ = take(.assign)
    let right = parsePrefix()
    var edits: [SourceEdit] = []
    if case .integer(let exponent) = tree[right].kind, (2...3).contains(exponent),
      isRepeated(left), !isRecovering
    {
      let product = Array(repeating: base, count: Int(exponent)).joined(separator: " * ")
      let isWhole =
        (kind.endsStatement || kind == .comma || token.startsLine)
        && tokens.last { $0.span.end <= start }.map { $0.kind == .assign || $0.kind.isOpening }
          ?? false
      edits = [SourceEdit(span: span(from: start), text: isWhole ? product : "(\(product))")]
    }
    answer(
      "unexpected `**`", at: operation.span,
      hint: "there is no power operator; multiply, or write a `fn` with a loop",
      fix: "multiply", edits)
    return left
  }

  /// `--x` or `++x` as a statement; false if it is none.
  mutating func acceptPrefixStep() -> Bool {
    let isDecrement =
      kind == .minus && peek().kind == .minus && peek().span.start == token.span.end
    guard kind == .increment || isDecrement, index == statementStart else { return false }
    let name = peek(isDecrement ? 2 : 1)
    let after = peek(isDecrement ? 3 : 2)
    guard name.kind == .identifier, after.startsLine || after.kind.endsStatement else {
      return false
    }
    let step = isDecrement ? "-= 1" : "+= 1"
    let span = SourceSpan(start: token.span.start, end: name.span.start)
    answer(
      "unexpected `\(isDecrement ? "--" : "++")`", at: span, hint: "write `x \(step)`",
      fix: "write `\(step)`",
      [SourceEdit(span: span, text: ""), insertion(" \(step)", at: name.span.end)])
    for _ in 0..<(isDecrement ? 3 : 2) { advance() }
    return true
  }

  /// `x--` at the end of a line; `operation` is the first minus, just taken.
  mutating func acceptDecrement(_ operation: Token, from start: UInt32) -> Bool {
    guard kind == .minus, token.span.start == operation.span.end,
      peek().startsLine || peek().kind.endsStatement
    else { return false }
    let span = SourceSpan(start: operation.span.start, end: token.span.end)
    let isStatement = start == tokens[statementStart].span.start
    answer(
      "unexpected `--`", at: span, hint: "write `x -= 1`", fix: "write `-= 1`",
      isStatement ? [SourceEdit(span: span, text: " -= 1")] : [])
    advance()
    return true
  }

  /// `x &&= y` and its kin: `operation` was just taken, `=` touches it.
  mutating func acceptCompound(_ operation: Token, from start: UInt32) -> Bool {
    guard kind == .assign, token.span.start == operation.span.end,
      start == tokens[statementStart].span.start
    else { return false }
    let words: [TokenKind: String] = [.and: "and", .or: "or"]
    let name = words[operation.kind] ?? operation.kind.text
    let span = SourceSpan(start: operation.span.start, end: token.span.end)
    let target = source.text(SourceSpan(start: start, end: operation.span.start))
      .split(separator: " ").joined(separator: " ")
    advance()
    let value = token.span.start
    let isName = peek().startsLine || peek().kind.endsStatement
    _ = parseTuple()
    var edits = [
      SourceEdit(span: span, text: isName ? "= \(target) \(name)" : "= \(target) \(name) (")
    ]
    if !isName {
      edits[0].span.end = value
      edits.append(insertion(")", at: lastEnd))
    }
    let written = source.text(span)
    answer(
      "unexpected `\(written)`", at: span,
      hint: target.utf8.count <= 30
        ? "write `\(target) = \(target) \(name) …`" : "write `x = x \(name) y`",
      fix: "write it out", isRecovering ? [] : edits)
    return true
  }

  /// `x is None`, `x is not y`: the operator it stands for, taken with a report.
  mutating func acceptIs() -> BinaryOperator? {
    guard word == .is, isOnLine, peek().kind.beginsExpression, peek().separation == .none else {
      return nil
    }
    let isNegated = peek().kind == .not
    let span = token.span.union(isNegated ? peek().span : token.span)
    let operation = isNegated ? "!=" : "=="
    answer(
      "unexpected `\(source.text(span))`", at: span, hint: "write `x \(operation) null`",
      fix: "write `\(operation)`", [SourceEdit(span: span, text: operation)])
    advance()
    if isNegated { advance() }
    return isNegated ? .notEqual : .equal
  }

  // MARK: Conditionals

  /// `a if c else b`, standing at `if` behind `a`; `nil` if that `if` is something else.
  mutating func parseForeignConditional(
    _ then: ExpressionID, from start: UInt32
  ) -> ExpressionID? {
    guard kind == .if, isOnLine, let otherwise = elseOfConditional else { return nil }
    let keyword = token
    guard deepen() else { return then }
    defer { nesting -= 1 }
    advance()
    let begin = token.span.start
    let condition = parseBinary(1)
    let text = source.text(SourceSpan(start: begin, end: lastEnd))
    guard index == otherwise else {
      reportExpected("`else`")
      return then
    }
    let colon = SourceSpan(start: keyword.span.start, end: token.span.end)
    answer(
      "unexpected `if` inside an expression", at: keyword.span,
      hint: "use `cond ? yes : no` for inline conditionals", fix: "write `? :`",
      [insertion("\(text) ? ", at: start), SourceEdit(span: colon, text: ":")])
    advance()
    let value = parseTernary()
    return make(
      .conditional(condition, then: then, otherwise: value), from: start,
      above: max(height(condition), height(then), height(value)))
  }

  /// The `else` of the conditional whose `if` stands here. A brace before it makes a statement.
  private var elseOfConditional: Int? {
    var place = index + 1
    var depth = 0
    while place < tokens.count - 1 {
      let token = tokens[place]
      switch token.kind {
      case .leftBrace, .semicolon, .assign: return nil
      case .comma, .for: if depth == 0 { return nil }
      case .if: depth += 1
      case .else:
        if depth == 0 { return place }
        depth -= 1
      case .rightParen, .rightBracket, .rightBrace, .slotEnd: return nil
      case .leftParen, .leftBracket: place = Int(token.payload)
      default: break
      }
      if context.linesMatter, tokens[place].startsLine { return nil }
      place += 1
    }
    return nil
  }

  // MARK: Brackets

  /// `xs[a:b]`, standing at the first colon; `target` is where `xs` begins.
  mutating func reportSlice(_ opener: Int, target: UInt32) {
    let end = Int(tokens[opener].payload)
    let colon = token
    let xs = source.text(SourceSpan(start: target, end: tokens[opener - 1].span.end))
    let whole = SourceSpan(start: target, end: tokens[end].span.end)
    var edits: [SourceEdit] = []
    if tokens[end].kind == .rightBracket {
      let before = text(opener + 1..<index)
      let colons = (index + 1..<end).filter { tokens[$0].kind == .colon }
      if colons.isEmpty {
        let after = text(index + 1..<end)
        if before.isEmpty, after.isEmpty {
          edits = [
            SourceEdit(span: SourceSpan(start: tokens[opener].span.start, end: whole.end), text: "")
          ]
        } else {
          edits = [
            insertion("slice(", at: target),
            SourceEdit(
              span: SourceSpan(start: tokens[opener].span.start, end: tokens[opener].span.end),
              text: before.isEmpty ? ", 0" : ", "),
            SourceEdit(span: colon.span, text: ", "),
            SourceEdit(span: tokens[end].span, text: after.isEmpty ? "null)" : ")"),
          ]
        }
      } else if index == opener + 1, colons == [index + 1], text(index + 2..<end) == "-1" {
        edits = [SourceEdit(span: whole, text: "reverse(\(xs))")]
      }
    }
    var hint = "write `slice(xs, 1, 3)`; null stands for an open end"
    if edits.count == 4, whole.end - whole.start <= 40 {
      let low = text(opener + 1..<index)
      let high = text(index + 1..<end)
      hint =
        "write `slice(\(xs), \(low.isEmpty ? "0" : low), \(high.isEmpty ? "null" : high))`"
    } else if edits.count == 1 {
      hint =
        edits[0].text.isEmpty ? "values are never shared; write `\(xs)`" : "write `reverse(\(xs))`"
    }
    answer(
      "unexpected `:`: there are no slices in brackets", at: colon.span, hint: hint,
      fix: "write a call", edits)
    isRecovering = true
  }

  private func text(_ range: Range<Int>) -> String {
    guard let first = range.first, let last = range.last else { return "" }
    return source.text(SourceSpan(start: tokens[first].span.start, end: tokens[last].span.end))
  }

  /// `[...xs, 2]` and `{...r, a: 1}`, standing at the `...`; the repair joins what is first.
  mutating func reportSpread() {
    report(
      Diagnostic(
        .foreignSyntax, "unexpected `\(kind.text)`", at: token.span,
        hint: "join lists with `+`: `xs + [2]`; join records with `merge(a, b)`",
        fixes: spreadEdits.map { [FixIt(title: "join them", edits: $0)] } ?? []))
  }

  private var spreadEdits: [SourceEdit]? {
    let opener = tokens[max(index, 1) - 1]
    guard opener.kind == .leftBracket || opener.kind == .leftBrace else { return nil }
    let end = Int(opener.payload)
    guard tokens[end].kind == opener.kind.closing else { return nil }
    var comma = end
    var place = index + 1
    while place < end {
      if tokens[place].kind == .ellipsis || tokens[place].kind == .for { return nil }
      if tokens[place].kind == .comma, comma == end { comma = place }
      place = tokens[place].kind.isOpening ? max(Int(tokens[place].payload), place) + 1 : place + 1
    }
    let isList = opener.kind == .leftBracket
    let first = SourceSpan(start: opener.span.start, end: tokens[index + 1].span.start)
    guard comma < end, comma + 1 < end else {
      return [
        SourceEdit(span: first, text: ""),
        SourceEdit(span: tokens[comma].span.union(tokens[end].span), text: ""),
      ]
    }
    let between = SourceSpan(start: tokens[comma].span.start, end: tokens[comma + 1].span.start)
    return [
      SourceEdit(span: first, text: isList ? "(" : "merge("),
      SourceEdit(span: between, text: isList ? " + [" : ", {"),
      SourceEdit(span: tokens[end].span, text: isList ? "])" : "})"),
    ]
  }

  /// `{...a}` and `{[k]: v}`
  mutating func reportForeignField() -> Bool {
    switch kind {
    case .ellipsis, .power: reportSpread()
    case .leftBracket, .interpolationStart:
      report(
        Diagnostic(
          .foreignSyntax, "unexpected \(describe(token)): a key is a name or a text",
          at: token.span,
          hint: "write `r[k] = v` afterwards, or `from_entries([(k, v)])`"))
    default: return false
    }
    return true
  }

  /// `{a}` for `{a: a}`
  mutating func reportShorthand(_ name: Name) {
    let key = tree[name.symbol]
    answer(
      "expected `:`, found \(describe(token)): a field needs its value", at: name.span,
      hint: "write `{\(key): \(key)}`", fix: "write the value",
      [insertion(": \(key)", at: name.span.end)])
  }

  /// Whether the braces that were just entered hold `x for …`: no `:` or `,` comes before `for`.
  func isSetComprehension(_ record: Region) -> Bool {
    guard kind.beginsExpression else { return false }
    var place = index
    while place < record.end {
      switch tokens[place].kind {
      case .for: return place > index
      case .colon, .comma, .semicolon, .ternary, .assign: return false
      default: break
      }
      place = tokens[place].kind.isOpening ? max(Int(tokens[place].payload), place) + 1 : place + 1
    }
    return false
  }

  /// `{k: v for k, v in xs}` and `{x for x in xs}`, standing at `for`.
  mutating func parseBraceComprehension(_ region: Region, colon: SourceSpan?) {
    let opener = tokens[region.opener].span
    let keyword = token.span
    let valueEnd = lastEnd
    let mark = pendingClauses.count
    _ = parseClauses(region)
    pendingClauses.removeLast(pendingClauses.count - mark)
    var edits: [SourceEdit] = []
    if index == region.end, kind == .rightBrace, !isRecovering {
      if let colon {
        edits = [
          SourceEdit(span: opener, text: "from_entries([("), SourceEdit(span: colon, text: ","),
          insertion(")", at: valueEnd), SourceEdit(span: token.span, text: "])"),
        ]
      } else {
        edits = [
          SourceEdit(span: opener, text: "unique(["), SourceEdit(span: token.span, text: "])"),
        ]
      }
    }
    answer(
      "unexpected `for`: a comprehension makes a list", at: keyword,
      hint: colon == nil
        ? "write `unique([x for x in xs])`" : "write `from_entries([(k, v) for k, v in xs])`",
      fix: "write `\(colon == nil ? "unique" : "from_entries")([…])`", edits)
  }
}
