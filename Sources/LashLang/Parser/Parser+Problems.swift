extension Parser {
  /// Records a problem unless it is likely a consequence of an earlier one.
  mutating func report(_ diagnostic: Diagnostic) {
    guard !isRecovering else { return }
    isRecovering = true
    if diagnostic.span?.start == tokens[tokens.count - 1].span.start {
      guard !isEndBlamed else { return }
      isEndBlamed = true
    }
    problems.report(diagnostic)
  }

  /// Whether the lexer has already blamed the token here: invalid text, or the end of a slot that
  /// does not stand in the text.
  private var isBlamed: Bool {
    kind == .invalid || (kind == .slotEnd && token.span.start == token.span.end)
  }

  /// Reports that the token here cannot stand here. What makes a diagnostic stays apart from what
  /// recurses, whose frames would take its room at each level.
  @inline(never)
  mutating func reportExpected(
    _ what: String, hint: String? = nil, notes: [DiagnosticNote] = [], fixes: [FixIt] = []
  ) {
    guard !isBlamed else { return isRecovering = true }
    report(
      Diagnostic(
        .expected, "expected \(what), found \(describe(token))", at: token.span, notes: notes,
        hint: hint ?? hintForFound(), fixes: fixes))
  }

  /// Takes a token of this kind or reports that it is missing.
  @discardableResult
  mutating func expect(_ kind: TokenKind, hint: String? = nil) -> Bool {
    if take(kind) { return true }
    reportExpected("`\(kind.text)`", hint: hint)
    return false
  }

  /// A token as diagnostics show it.
  func describe(_ token: Token) -> String {
    switch token.kind {
    case .end: "end of input"
    case .identifier: "identifier `\(shorten(tree[token.symbol]))`"
    case .number: "number \(shorten(source.text(token.span)))"
    case .string: "string \(quoted(tree[token.symbol]))"
    case .interpolationStart: "f-string"
    case .interpolationEnd: "end of f-string"
    case .interpolationText, .formatSpec, .invalid: token.kind.text
    default: "`\(token.kind.text)`"
    }
  }

  private func shorten(_ text: String) -> String {
    text.unicodeScalars.count > 40
      ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(37))) + "…" : text
  }

  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in shorten(text).unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  // MARK: Regions

  /// What `leave` needs to restore after a bracket.
  struct Region {
    var opener: Int
    var end: Int
    var outer: Context
  }

  /// Enters the bracket that opens here; lines stop to matter inside. If that nests too deeply the
  /// whole bracket is skipped and `nil` returned.
  mutating func enter() -> Region? {
    let region = Region(opener: index, end: Int(token.payload), outer: context)
    guard deepen() else { return nil }
    context = Context(linesMatter: false)
    advance()
    return region
  }

  /// Leaves a bracket at its closing partner; `also` names what else could stand here.
  mutating func leave(_ region: Region, or also: String? = nil) {
    nesting -= 1
    context = region.outer
    let opener = tokens[region.opener]
    let closing = opener.kind.closing
    if index == region.end, kind == closing { return advance() }
    if index < region.end || kind.isClosing {
      let what = also.map { "\($0) or `\(closing.text)`" } ?? "`\(closing.text)`"
      reportExpected(what, notes: openerNote(opener))
    } else {
      reportUnclosed(opener)
    }
    if index < region.end { jump(to: region.end) }
    if index == region.end, kind == closing { advance() }
  }

  func openerNote(_ opener: Token) -> [DiagnosticNote] {
    [DiagnosticNote("`\(opener.kind.text)` opens here", at: opener.span)]
  }

  @inline(never)
  mutating func reportUnclosed(_ opener: Token) {
    guard !isBlamed else { return isRecovering = true }
    report(
      Diagnostic(
        .unclosedBracket,
        "expected `\(opener.kind.closing.text)`, found \(describe(token)): "
          + "`\(opener.kind.text)` is not closed",
        at: token.span, notes: openerNote(opener),
        hint: "close it with `\(opener.kind.closing.text)`",
        fixes: token.separation == .cut ? [closing(opener)] : []))
  }

  private func closing(_ opener: Token) -> FixIt {
    let text = opener.kind.closing.text
    return FixIt(
      title: "write `\(text)`", edits: [insertion(text, at: tokens[max(index, 1) - 1].span.end)])
  }

  /// Goes to a later token without looking at those between.
  mutating func jump(to target: Int) {
    index = target
    lastEnd = tokens[target - 1].span.end
  }

  /// Skips to the next comma of this bracket or to its end, over nested brackets.
  mutating func skipElement(to end: Int) {
    while index < end, kind != .comma { skipToken() }
  }

  /// Skips one token, or a whole bracket.
  mutating func skipToken() {
    if kind.isOpening, Int(token.payload) > index {
      let end = Int(token.payload)
      let closing = kind.closing
      jump(to: end)
      if kind == closing { advance() }
    } else {
      advance()
    }
  }

  /// Skips the rest of a broken header; whether a block's `{` on its line was found.
  mutating func skipToBlock() -> Bool {
    while index < blockEnd, kind != .leftBrace, kind != .semicolon, isOnLine { skipToken() }
    return kind == .leftBrace && isOnLine
  }

  /// Counts one more level. If there are too many: reports it, skips the rest of the statement or
  /// the bracket that opens here, and returns false.
  mutating func deepen() -> Bool {
    guard nesting >= Self.maximumNesting else {
      nesting += 1
      return true
    }
    skipTooDeep()
    return false
  }

  @inline(never)
  private mutating func skipTooDeep() {
    let start = token.span
    if skipped == nil {
      isRecovering = false
      report(
        Diagnostic(
          .nestedTooDeeply, "nested too deeply (more than \(Self.maximumNesting) levels)",
          at: start, hint: "give inner parts to variables or a `fn`"))
    }
    isRecovering = true
    if kind.isOpening {
      skipToken()
    } else {
      repeat {
        skipToken()
      } while index < blockEnd && !kind.endsStatement && kind != .comma
        && (isOnLine || continuesExpression)
    }
    if kind == .end { isEndBlamed = true }
    skipped = skipped ?? SourceSpan(start: start.start, end: token.span.start)
  }

  /// Reports an expression that is too tall, at the last token taken.
  mutating func reportHeight() {
    reportHeight(
      of: "operations", hint: "give parts of it to variables; join many texts with `join`")
  }

  /// Reports a chain of `else if` that is too long, at the last token taken.
  mutating func reportChain() {
    reportHeight(
      of: "`else if`", hint: "look the case up in a record, or loop over a list of the cases")
  }

  private mutating func reportHeight(of what: String, hint: String) {
    report(
      Diagnostic(
        .expressionTooLarge, "nested too deeply: more than \(Self.maximumHeight) \(what)",
        at: tokens[max(index, 1) - 1].span, hint: hint))
  }

  /// Skips to where the next statement begins. Takes at least one token.
  mutating func synchronize() {
    if index == statementStart, index < blockEnd { skipToken() }
    while index < blockEnd, kind != .semicolon {
      if token.startsLine, !tokens.continuesExpression(at: index) { return }
      skipToken()
    }
  }
}

extension TokenKind {
  var isClosing: Bool {
    switch self {
    case .rightParen, .rightBracket, .rightBrace, .slotEnd: true
    default: false
    }
  }
}
