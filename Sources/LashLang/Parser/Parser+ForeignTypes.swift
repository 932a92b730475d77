/// Types as other languages write them (rule DIA-6).
extension Parser {
  /// A type name with arguments, standing at their `[` or `<`.
  mutating func reportForeignType(_ name: Name, from start: UInt32) {
    let opener = token
    let isAngle = kind == .less
    let text = tree[name.symbol]
    if !isAngle, peek().kind == .rightBracket {
      // `T[]`
      let end = peek().span.end
      answer(
        "unexpected `[`", at: opener.span, hint: "a list type is written `list[\(text)]`",
        fix: "write `list[\(text)]`",
        [
          insertion("list[", at: start),
          SourceEdit(span: SourceSpan(start: opener.span.start, end: end), text: "]"),
        ])
      advance()
      advance()
      return
    }
    let (arguments, close) = typeArguments(isAngle ? .greater : .rightBracket)
    var replacement: String?
    switch text {
    case "List", "Array", "Sequence", "Set", "list", "set", "Iterable":
      replacement = arguments.count == 1 ? "list[\(arguments[0])]" : nil
    case "Dict", "dict", "Record", "Map", "Mapping": replacement = "dict"
    case "Optional": replacement = arguments.count == 1 ? "\(arguments[0]) | null" : nil
    case "Union": replacement = arguments.joined(separator: " | ")
    case "Literal": replacement = "enum[\(arguments.joined(separator: ", "))]"
    default: break
    }
    guard let replacement, let close else {
      report(
        Diagnostic(
          .foreignSyntax, "unexpected \(describe(token))", at: token.span,
          hint: "types with arguments are `list[T]`, `enum[\"a\", \"b\"]`, `Process<I, O>`"))
      return
    }
    answer(
      "unexpected \(describe(token))", at: opener.span, hint: "write `\(replacement)`",
      fix: "write `\(replacement)`",
      [
        SourceEdit(
          span: SourceSpan(start: start, end: tokens[close].span.end), text: replacement)
      ])
    jump(to: close)
    advance()
  }

  /// The texts of the arguments in the brackets that open here, and where the brackets end.
  private func typeArguments(_ closing: TokenKind) -> (texts: [String], close: Int?) {
    var texts: [String] = []
    var place = index + 1
    var first = place
    var depth = 0
    while place < tokens.count - 1, tokens[place].separation != .cut {
      let kind = tokens[place].kind
      if depth == 0, kind == .comma || kind == closing {
        guard place > first else { return ([], nil) }
        texts.append(
          source.text(
            SourceSpan(start: tokens[first].span.start, end: tokens[place - 1].span.end)))
        first = place + 1
        if kind == closing { return (texts, place) }
      }
      switch kind {
      case .less, .leftBracket, .leftBrace: depth += 1
      case .greater, .rightBracket, .rightBrace: depth -= 1
      case .leftParen, .rightParen, .semicolon, .assign: return ([], nil)
      default: break
      }
      place += 1
    }
    return ([], nil)
  }

  /// `key?: T`, standing at the `?`.
  mutating func parseOptional(_ name: Name) -> TypeField? {
    let mark = token.span
    advance()
    advance()
    let type = parseTypeExpression()
    answer(
      "expected `:`, found `?`", at: mark,
      hint: "the mark of an optional field follows its type: `\(tree[name.symbol]): T?`",
      fix: "move it", [SourceEdit(span: mark, text: ""), insertion("?", at: lastEnd)])
    acceptSeparator()
    return TypeField(name: name, type: type, isOptional: true)
  }

  /// Reports a `;` between the fields of an object type.
  mutating func acceptSeparator() {
    guard kind == .semicolon, !isRecovering else { return }
    answer(
      "unexpected `;`", at: token.span, hint: "fields are separated by commas", fix: "write `,`",
      [SourceEdit(span: token.span, text: ",")])
  }

  /// Reports that no comma stands between a field and the one on the next line; false if none follows.
  mutating func acceptMissingComma(to end: Int) -> Bool {
    guard index < end, token.startsLine, peek().kind == .colon || peek().kind == .question,
      kind == .identifier || kind == .string || kind.isKeyword, !isRecovering
    else { return false }
    report(
      Diagnostic(
        .expected, "expected `,`, found \(describe(token))", at: token.span,
        hint: "fields are separated by commas",
        fixes: [FixIt(title: "write `,`", edits: [insertion(",", at: lastEnd)])]))
    isRecovering = false
    return true
  }

  /// Takes a `;` that was reported as a comma.
  var takesSemicolon: Bool {
    mutating get { take(.semicolon) }
  }
}
