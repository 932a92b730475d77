extension Parser {
  /// One of the expressions that begin with a contextual word (rules LEX-6), or
  /// `nil` where the word is an ordinary name.
  mutating func parseForm(_ word: Word) -> ExpressionID? {
    let next = peek()
    switch word {
    case .start: return nextIsOnLine ? parseStart(next) : nil
    case .sleep: return nextIsOnLine ? parseSleep(next) : nil
    case .waitSignal where next.kind == .leftParen && nextIsOnLine: return parseWaitSignal()
    case .signalRun where next.kind == .leftParen && nextIsOnLine: return parseSignalRun()
    case .typeLiteral where next.kind == .leftBrace && nextIsOnLine:
      let start = token.span.start
      advance()
      let type = parseObjectType(from: start)
      return make(.typeLiteral(type), from: start)
    case .parallel where next.kind == .leftBrace && nextIsOnLine && !context.isHeader:
      report(
        Diagnostic(
          .removedSyntax, "unexpected `parallel`", at: token.span,
          hint: "`await [a.x({}), b.y({})]` runs its calls at the same time"))
      return makeError()
    case .lambda where nextIsOnLine && (next.kind == .identifier || next.kind == .colon):
      return parseLambda()
    case .typeof where nextIsOnLine && next.kind == .identifier: return parseTypeOf()
    case .new where nextIsOnLine && next.kind == .identifier && peek(2).kind == .leftParen:
      refuse("there are no classes; a value is a literal such as `{a: 1}` or what a call gives")
      return makeError()
    default: return nil
    }
  }

  /// `typeof x`
  private mutating func parseTypeOf() -> ExpressionID {
    let keyword = token.span
    advance()
    let span = SourceSpan(start: keyword.start, end: token.span.start)
    let operand = parsePostfix()
    answer(
      "unexpected `typeof`", at: keyword, hint: "write `type_of(x)`", fix: "write a call",
      [SourceEdit(span: span, text: "type_of("), insertion(")", at: lastEnd)])
    return operand
  }

  /// "start" IDENT "(" [ IDENT ":" ternary { "," IDENT ":" ternary } [","] ] ")"
  private mutating func parseStart(_ next: Token) -> ExpressionID? {
    let start = token.span.start
    switch next.kind {
    case .identifier: advance()
    case .call:
      advance()
      let span = SourceSpan(start: start, end: token.span.end)
      report(Diagnostic(.removedSyntax, "unexpected `start call`", at: span))
      return makeError()
    case .leftBrace where !context.isHeader:
      return refuseInlineStart()
    case .leftParen where !context.isHeader:
      let after = tokens[min(Int(next.payload) + 1, tokens.count - 1)]
      guard after.kind == .leftBrace, after.separation == .none else { return nil }
      return refuseInlineStart()
    default: return nil
    }
    let process = Name(symbol: token.symbol, span: token.span)
    advance()
    guard kind == .leftParen, isOnLine else {
      reportExpected("`(`", hint: "write `start \(tree[process.symbol])(name: value)`")
      return makeError()
    }
    guard let region = enter() else { return makeError() }
    let (arguments, below) = parseNamedValues(to: region.end)
    leave(region, or: "`,`")
    return make(.start(process, arguments), from: start, above: below)
  }

  private mutating func refuseInlineStart() -> ExpressionID {
    report(
      Diagnostic(
        .removedSyntax, "unexpected inline `start` process body", at: token.span,
        hint: "declare `process name(…) { … }` at the top level and write `start name(…)`"))
    return makeError()
  }

  /// "sleep" ( "for" | "until" ) tuple. `sleep` is a variable where neither follows (GRM-3).
  private mutating func parseSleep(_ next: Token) -> ExpressionID? {
    let start = token.span.start
    let kind: SleepKind
    switch next.kind {
    case .for where !beginsClause: kind = .duration
    case .identifier where Word(next.symbol) == .until: kind = .until
    case .number, .string, .identifier:
      guard next.separation == .none else { return nil }
      advance()
      reportExpected("`for` or `until`", hint: "write `sleep for \"5s\"` or `sleep until t`")
      return makeError()
    default: return nil
    }
    advance()
    advance()
    let operand = parseTuple()
    return make(.sleep(kind, operand), from: start, above: height(operand))
  }

  /// Whether `for` after the name here begins a clause of a comprehension: `[sleep for x in xs]`.
  private var beginsClause: Bool {
    guard !context.linesMatter, peek(2).kind == .identifier else { return false }
    return peek(3).kind == .in || (peek(3).kind == .comma && peek(5).kind == .in)
  }

  /// "wait_signal" "(" STRING [","] ")"
  private mutating func parseWaitSignal() -> ExpressionID {
    let start = token.span.start
    advance()
    guard let region = enter() else { return makeError() }
    let name = Name(symbol: token.symbol, span: token.span)
    if index == region.end {
      reportExpected("one signal name argument")
    } else if take(.string) {
      _ = take(.comma)
      if index < region.end {
        reportExpected("one signal name argument")
      }
    } else {
      report(
        Diagnostic(
          .unexpected, "unexpected non-literal signal name in `wait_signal`", at: token.span,
          hint: "write the name as a text: `wait_signal(\"approve\")`"))
    }
    let isBroken = isRecovering
    leave(region)
    return make(isBroken ? .error : .waitSignal(name), from: start)
  }

  /// "signal_run" "(" ternary "," STRING "," ternary [","] ")"
  private mutating func parseSignalRun() -> ExpressionID {
    let start = token.span.start
    let what = "run handle, signal name, and payload arguments"
    advance()
    guard let region = enter() else { return makeError() }
    guard index < region.end else { return refuse(region, what, from: start) }
    let run = parseTernary()
    guard take(.comma), kind == .string, index < region.end else {
      return refuse(region, what, from: start)
    }
    let name = Name(symbol: token.symbol, span: token.span)
    advance()
    guard take(.comma), index < region.end else { return refuse(region, what, from: start) }
    let payload = parseTernary()
    _ = take(.comma)
    if index < region.end { reportExpected(what) }
    leave(region)
    return make(
      .signalRun(run: run, name, payload: payload), from: start,
      above: max(height(run), height(payload)))
  }

  private mutating func refuse(
    _ region: Region, _ what: String, from start: UInt32
  ) -> ExpressionID {
    reportExpected(what)
    leave(region)
    return make(.error, from: start)
  }
}
