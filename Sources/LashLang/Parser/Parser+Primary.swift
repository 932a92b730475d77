extension Parser {
  /// primary (rule GRM-5)
  mutating func parsePrimary() -> ExpressionID {
    let start = token.span.start
    guard isAllowedHere else { return parseNothing() }
    switch kind {
    case .identifier: return parseWord()
    case .number:
      let value = numbers[Int(token.payload)]
      advance()
      switch value {
      case .integer(let integer): return make(.integer(integer), from: start)
      case .double(let double): return make(.number(double), from: start)
      }
    case .string:
      let symbol = token.symbol
      advance()
      return make(.string(symbol), from: start)
    case .true, .false:
      let value = kind == .true
      advance()
      return make(.bool(value), from: start)
    case .null:
      advance()
      return make(.null, from: start)
    case .interpolationStart: return parseInterpolation()
    case .leftParen: return parseParenthesized()
    case .leftBracket: return parseList()
    case .leftBrace: return parseRecord()
    case .call:
      report(Diagnostic(.removedSyntax, "unexpected `call`", at: token.span))
      return makeError()
    case .ellipsis:
      reportSpread()
      return makeError()
    default: return parseNothing()
    }
  }

  private mutating func parseNothing() -> ExpressionID {
    reportExpected("an expression")
    return makeError()
  }

  /// A name, a call of one, or one of the forms that begin with a contextual word.
  private mutating func parseWord() -> ExpressionID {
    let start = token.span.start
    if let word, let form = parseForm(word) { return form }
    let name = Name(symbol: token.symbol, span: token.span)
    advance()
    guard kind == .leftParen, isOnLine else { return make(.name(name.symbol), from: start) }
    let call = Call(callee: name, start: start, receiverEnd: nil, opener: index)
    guard let (arguments, below) = parseArguments(of: call) else { return makeError() }
    return make(.call(name, arguments), from: start, above: below)
  }

  /// "(" ")" | "(" tuple ")"; parentheses around one expression leave no node.
  private mutating func parseParenthesized() -> ExpressionID {
    let start = token.span.start
    guard let region = enter() else { return makeError() }
    if index == region.end, kind == .rightParen {
      leave(region)
      return make(.tuple(.empty), from: start)
    }
    let inner = parseTuple()
    leave(region)
    if case .tuple = tree[inner].kind {
      tree.expressions[Int(inner.index)].span = span(from: start)
    }
    return inner
  }

  /// "[" [ ternary { "," ternary } [","] ] "]" or a comprehension.
  private mutating func parseList() -> ExpressionID {
    let start = token.span.start
    guard let region = enter() else { return makeError() }
    if index < region.end {
      let first = parseTernary()
      if kind == .for, !isRecovering { return parseComprehension(of: first, region, from: start) }
      let (list, below) = parseRest(after: first, to: region.end)
      leave(region, or: "`,`")
      return make(.list(list), from: start, above: below)
    }
    leave(region)
    return make(.list(.empty), from: start)
  }

  private mutating func parseRest(
    after first: ExpressionID, to end: Int
  ) -> (NodeList<ExpressionID>, UInt16) {
    let mark = pendingExpressions.count
    pendingExpressions.append(first)
    var below = height(first)
    if isRecovering { skipElement(to: end) }
    while index < end, take(.comma), index < end {
      let element = parseTernary()
      below = max(below, height(element))
      pendingExpressions.append(element)
      if isRecovering { skipElement(to: end) }
    }
    return (Self.move(&pendingExpressions, from: mark, to: &tree.expressionLists), below)
  }

  /// comprehension = "[" ternary clause { clause } "]"
  /// clause = "for" NAME { "," NAME } "in" tuple { "if" ternary }
  private mutating func parseComprehension(
    of element: ExpressionID, _ region: Region, from start: UInt32
  ) -> ExpressionID {
    let mark = pendingClauses.count
    let below = max(height(element), parseClauses(region))
    leave(region, or: "`for`, `if`")
    let clauses = Self.move(&pendingClauses, from: mark, to: &tree.clauses)
    return make(.comprehension(element: element, clauses: clauses), from: start, above: below)
  }

  /// Adds the clauses that follow to the pending ones; gives the height of the tallest expression.
  mutating func parseClauses(_ region: Region) -> UInt16 {
    var below: UInt16 = 0
    while index < region.end, !isRecovering, kind == .for || kind == .if {
      if take(.for) {
        let names = parseBindings()
        if !acceptOf() { expect(.in, hint: "write `[… for x in xs]`") }
        let iterable = isRecovering ? makeError() : parseTuple()
        below = max(below, height(iterable))
        pendingClauses.append(.iterate(names, iterable))
      } else {
        advance()
        let condition = parseCondition("if")
        below = max(below, height(condition))
        pendingClauses.append(.filter(condition))
      }
    }
    return below
  }

  /// record = "{" [ key ":" ternary { "," key ":" ternary } [","] ] "}"
  private mutating func parseRecord() -> ExpressionID {
    let start = token.span.start
    guard let region = enter() else { return makeError() }
    let (fields, below) = parseNamedValues(to: region.end, of: region)
    leave(region, or: "`,`")
    return make(.record(fields), from: start, above: below)
  }

  /// Fields of a record, or the arguments of `start`.
  mutating func parseNamedValues(
    to end: Int, of record: Region? = nil
  ) -> (list: NodeList<FieldSyntax>, height: UInt16) {
    let mark = pendingFields.count
    var below: UInt16 = 0
    while index < end {
      if let field = parseNamedValue(record) {
        below = max(below, height(field.value))
        pendingFields.append(field)
      }
      if isRecovering { skipElement(to: end) }
      guard take(.comma) else { break }
    }
    return (Self.move(&pendingFields, from: mark, to: &tree.fields), below)
  }

  private mutating func parseNamedValue(_ record: Region?) -> FieldSyntax? {
    let isRecord = record != nil
    if let record, index == record.opener + 1, isSetComprehension(record) {
      _ = parseTernary()
      parseBraceComprehension(record, colon: nil)
      return nil
    }
    if isRecord, reportForeignField() { return nil }
    guard isRecord || kind == .identifier else {
      reportExpected("identifier", hint: "arguments of `start` are named: `start p(name: value)`")
      return nil
    }
    guard let name = parseKey() else { return nil }
    if isRecord, kind == .comma || kind == .rightBrace, tokens[index - 1].kind == .identifier {
      reportShorthand(name)
      let value = make(.name(name.symbol), from: name.span.start)
      return FieldSyntax(name: name, value: value)
    }
    let colon = token.span
    guard expect(.colon) else { return nil }
    let value = parseTernary()
    if let record, kind == .for, !isRecovering { parseBraceComprehension(record, colon: colon) }
    return FieldSyntax(name: name, value: value)
  }

  /// An f-string (LEX-11). Its tokens come from the lexer, so each slot is closed.
  private mutating func parseInterpolation() -> ExpressionID {
    let start = token.span.start
    let mark = pendingParts.count
    var below: UInt16 = 0
    advance()
    while kind != .interpolationEnd, kind != .end {
      if kind == .interpolationText {
        pendingParts.append(.text(token.symbol))
        advance()
      } else if kind == .slotStart {
        guard let (part, height) = parseSlot() else { break }
        pendingParts.append(part)
        below = max(below, height)
      } else {
        break
      }
    }
    if !take(.interpolationEnd) { skipInterpolation() }
    let parts = Self.move(&pendingParts, from: mark, to: &tree.parts)
    return make(.interpolation(parts), from: start, above: below)
  }

  private mutating func parseSlot() -> (InterpolationPart, UInt16)? {
    guard let region = enter() else { return nil }
    // An empty slot is blamed by the lexer.
    let isEmpty = kind == .slotEnd || kind == .formatSpec
    let value = isEmpty ? makeError() : parseTuple()
    var part = InterpolationPart.slot(value)
    if kind == .formatSpec {
      part = .formatted(value, spec: Name(symbol: token.symbol, span: token.span))
      advance()
    }
    leave(region, or: "`:`")
    return (part, height(value))
  }

  /// After a slot that nests too deeply: goes to the end of this f-string.
  private mutating func skipInterpolation() {
    var open = 1
    while kind != .end {
      if kind == .interpolationStart { open += 1 }
      if kind == .interpolationEnd { open -= 1 }
      advance()
      if open == 0 { return }
    }
  }
}
