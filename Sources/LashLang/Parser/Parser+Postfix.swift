extension Parser {
  /// postfix = primary { "." key [ "(" args ")" ] | "[" tuple "]" | "?" } (rule GRM-5)
  mutating func parsePostfix() -> ExpressionID {
    let start = token.span.start
    var target = parsePrimary()
    while !isRecovering {
      switch kind {
      case .dot where continuesExpression:
        target = parseMember(of: target, from: start)
      case .leftBracket where isOnLine:
        target = parseIndex(of: target, from: start)
      case .question where continuesExpression:
        advance()
        target = make(.unwrap(target), from: start, above: height(target))
      default:
        return target
      }
    }
    return target
  }

  private mutating func parseMember(of target: ExpressionID, from start: UInt32) -> ExpressionID {
    let receiverEnd = lastEnd
    advance()
    guard let name = parseKey() else { return makeError() }
    guard kind == .leftParen, isOnLine else {
      return make(.field(target, name), from: start, above: height(target))
    }
    let call = Call(callee: name, start: start, receiverEnd: receiverEnd, opener: index)
    guard let (arguments, below) = parseArguments(of: call) else { return makeError() }
    return make(
      .operation(receiver: target, name, arguments), from: start,
      above: max(height(target), below))
  }

  private mutating func parseIndex(of target: ExpressionID, from start: UInt32) -> ExpressionID {
    let opener = index
    guard let region = enter() else { return makeError() }
    if kind == .colon {
      reportSlice(opener, target: start)
    } else if index < region.end {
      let position = parseTuple()
      if kind == .colon { reportSlice(opener, target: start) }
      leave(region)
      return make(
        .index(target, position), from: start, above: max(height(target), height(position)))
    } else {
      reportExpected("an expression")
    }
    leave(region)
    return make(.error, from: start)
  }

  /// key = IDENT | STRING | keyword
  mutating func parseKey() -> Name? {
    guard kind == .identifier || kind == .string || kind.isKeyword, token.separation != .cut else {
      reportExpected("identifier, string key, or keyword key")
      return nil
    }
    let name = Name(symbol: token.symbol, span: token.span)
    advance()
    return name
  }

  /// "(" [ ternary { "," ternary } [","] ] ")" after the name of what is called.
  mutating func parseArguments(
    of call: Call
  ) -> (list: NodeList<ExpressionID>, height: UInt16)? {
    let outer = self.call
    defer { self.call = outer }
    guard let region = enter() else { return nil }
    self.call = call
    let (list, below) = parseElements(to: region.end) { parser in
      if parser.kind == .assign || parser.kind == .colon { parser.parseNamedArguments(of: call) }
    }
    leave(region, or: "`,`")
    return (list, below)
  }

  /// [ ternary { "," ternary } [","] ] up to the token at `end`.
  mutating func parseElements(
    to end: Int, after check: (inout Parser) -> Void = { _ in }
  ) -> (list: NodeList<ExpressionID>, height: UInt16) {
    let mark = pendingExpressions.count
    var below: UInt16 = 0
    while index < end {
      let element = parseTernary()
      below = max(below, height(element))
      pendingExpressions.append(element)
      check(&self)
      if isRecovering { skipElement(to: end) }
      guard take(.comma) else { break }
    }
    return (Self.move(&pendingExpressions, from: mark, to: &tree.expressionLists), below)
  }
}
