/// Statements that begin as in another language, each answered with what to write here (rule DIA-6).
extension Parser {
  /// A statement that begins with a word of another language; `nil` if it is an ordinary name.
  mutating func parseForeign(_ word: Word) -> Statement.Kind? {
    let next = peek()
    let isFollowed = nextIsOnLine && next.kind.beginsExpression
    let hasName = nextIsOnLine && next.kind == .identifier
    switch word {
    case .elif where isFollowed:
      refuse("write `else if` after the `}` of an `if`")
      return .error
    case .def, .function, .func:
      return hasName && peek(2).kind == .leftParen ? parseForeignFunction() : nil
    case .async where hasName:
      let following = Word(next.symbol)
      guard following == .def || following == .function else { return nil }
      return parseForeignFunction()
    case .return where !nextIsOnLine || next.kind.beginsExpression || next.kind.endsStatement:
      return parseReturn()
    case .const, .var: return isFollowed ? parseDeclaration(of: word) : nil
    case .import where nextIsOnLine && (isFollowed || next.kind == .star), .from where isFollowed:
      return refuseImport()
    case .class where hasName:
      answer(
        "unexpected `class`", at: token.span,
        hint: "there are no classes; `type Name = { … }` declares a record type")
      skipForeignBody()
      return .error
    case .interface where hasName && peek(2).kind == .leftBrace: return parseInterface()
    case .try where nextIsOnLine && (next.kind == .leftBrace || next.kind == .colon):
      return parseTry()
    case .switch where isFollowed, .match where isFollowed && next.kind != .leftParen:
      answer(
        "unexpected `\(word.rawValue)`", at: token.span,
        hint: "compare with `if x == 1 { … } else if x == 2 { … }`, or look it up in a record")
      skipForeignBody()
      return .error
    case .raise where isFollowed, .throw where isFollowed:
      refuse(
        body == .process
          ? "`fail value` ends a process as failed"
          : "`finish {ok: false, why: …}` ends the program with what went wrong")
      return .error
    case .del where hasName, .delete where hasName:
      refuse("a value is changed by assignment: `r = without(r, \"key\")`")
      return .error
    case .with where hasName:
      refuse("there is nothing to close; call the operation: `await files.read({path: p})`")
      return .error
    default: return nil
    }
  }

  /// Reports the word here as foreign.
  mutating func refuse(_ hint: String, fixes: [FixIt] = []) {
    report(
      Diagnostic(
        .foreignSyntax, "unexpected `\(tree[token.symbol])`", at: token.span, hint: hint,
        fixes: fixes))
  }

  /// Reports a foreign form that is understood, so that nothing is skipped after it.
  mutating func answer(
    _ message: String, at span: SourceSpan, hint: String, fix title: String = "",
    _ edits: [SourceEdit] = []
  ) {
    guard !isRecovering else { return }
    let fixes = edits.isEmpty ? [] : [FixIt(title: title, edits: edits)]
    report(Diagnostic(.foreignSyntax, message, at: span, hint: hint, fixes: fixes))
    isRecovering = false
  }

  func insertion(_ text: String, at offset: UInt32) -> SourceEdit {
    SourceEdit(span: SourceSpan(start: offset, end: offset), text: text)
  }

  /// Takes `elif` for `else if`, with a report; stops before its condition's word.
  mutating func acceptElif() -> Bool {
    guard word == .elif, peek().kind.beginsExpression, peek().separation == .none else {
      return false
    }
    isRecovering = false
    answer(
      "unexpected `elif`", at: token.span, hint: "write `else if`", fix: "write `else if`",
      [SourceEdit(span: token.span, text: "else if")])
    return true
  }

  // MARK: Words

  /// `return v`: the repair is the value alone at the end of a function, `finish` outside of one.
  private mutating func parseReturn() -> Statement.Kind {
    let keyword = token.span
    advance()
    let start = token.span.start
    let hasValue = !token.startsLine && !kind.endsStatement
    let value = hasValue ? parseTuple() : nil
    let isBroken = isRecovering
    isRecovering = false
    if body != .function {
      answer(
        "unexpected `return`", at: keyword, hint: "`finish value` ends the program or process",
        fix: "write `finish`",
        [SourceEdit(span: keyword, text: hasValue ? "finish" : "finish null")])
    } else {
      let isLast = hasValue && !isBroken && endsFunction
      answer(
        "unexpected `return`", at: keyword,
        hint: "the value of the last expression of a `fn` is its result; "
          + "`if … { a } else { b }` at its end and `c ? a : b` choose one",
        fix: "leave `return` out",
        isLast
          ? [SourceEdit(span: SourceSpan(start: keyword.start, end: start), text: "")] : [])
    }
    isRecovering = isBroken
    return value.map { .expression($0) } ?? .error
  }

  /// Whether nothing of a function's body comes after the place here: only ends of blocks of `if`.
  private var endsFunction: Bool {
    guard loops == 0 else { return false }
    if let indented { return kind == .end || (token.startsLine && column(of: token) <= indented) }
    var place = index
    while tokens[place].kind == .semicolon { place += 1 }
    while place < functionEnd, tokens[place].kind == .rightBrace {
      place += 1
      while tokens[place].kind == .else {
        while place < functionEnd, tokens[place].kind != .leftBrace { place += 1 }
        place = min(Int(tokens[place].payload) + 1, functionEnd)
      }
    }
    return place == functionEnd
  }

  /// `const x = 1`, `var x = 1`, and `const [a, b] = xs`.
  mutating func parseDeclaration(of word: Word) -> Statement.Kind? {
    let next = peek()
    let start = token.span.start
    var edits = [SourceEdit(span: SourceSpan(start: start, end: next.span.start), text: "")]
    var hint = "a variable needs no declaration: `x = 1`"
    if next.kind == .leftBracket {
      let end = tokens[min(Int(next.payload), tokens.count - 1)]
      edits[0].span.end = next.span.end
      edits.append(SourceEdit(span: end.span, text: ""))
      hint = "write `a, b = pair`"
    } else if next.kind == .leftBrace {
      edits = []
      hint = "take the fields one by one: `a = r.a`"
    }
    let keyword = token.span
    advance()
    if let annotation = skipAnnotation() { edits.append(SourceEdit(span: annotation, text: "")) }
    answer(
      "unexpected `\(word.rawValue)`", at: keyword, hint: hint, fix: "leave it out", edits)
    guard next.kind == .identifier else {
      isRecovering = true
      return .error
    }
    return annotated() ?? parseSimple()
  }

  /// `interface Name { … }`, read as the object type that it is.
  private mutating func parseInterface() -> Statement.Kind {
    let keyword = token.span
    advance()
    let name = tree[token.symbol]
    advance()
    answer(
      "unexpected `interface`", at: keyword, hint: "write `type \(name) = { … }`",
      fix: "write `type`",
      [SourceEdit(span: keyword, text: "type"), insertion(" =", at: lastEnd)])
    _ = parseObjectType(from: token.span.start)
    return .error
  }

  private mutating func refuseImport() -> Statement.Kind {
    var place = index
    while place < tokens.count - 1, tokens[place + 1].separation == .none,
      tokens[place + 1].kind != .end
    {
      place += 1
    }
    let line = SourceSpan(start: token.span.start, end: tokens[place].span.end)
    refuse(
      "there is nothing to import: builtins and the modules of the host are there by name",
      fixes: [FixIt(title: "leave it out", edits: [SourceEdit(span: line, text: "")])])
    return .error
  }

  // MARK: Annotations

  /// `: T` behind the name here, up to the `=` of its line; `nil` if there is none. Takes nothing.
  private func skipAnnotation() -> SourceSpan? {
    guard kind == .identifier, peek().kind == .colon, peek().separation == .none,
      peek(2).separation == .none, peek(2).kind != .assign
    else { return nil }
    var place = index + 2
    while place < tokens.count - 1, tokens[place].separation == .none {
      if tokens[place].kind == .assign {
        return SourceSpan(start: token.span.end, end: tokens[place - 1].span.end)
      }
      let isType =
        tokens[place].kind == .identifier || tokens[place].kind == .null
        || [.leftBracket, .rightBracket, .bar, .less, .greater, .comma, .dot, .string]
          .contains(tokens[place].kind)
      guard isType else { return nil }
      place += 1
    }
    return nil
  }

  /// The assignment `x: T = value` that begins here, read without its annotation.
  private mutating func annotated() -> Statement.Kind? {
    guard skipAnnotation() != nil else { return nil }
    let name = Name(symbol: token.symbol, span: token.span)
    while kind != .assign { advance() }
    advance()
    return assign(to: name)
  }

  /// `x: T = value`: reported, and read as an assignment.
  mutating func parseAnnotated() -> Statement.Kind? {
    guard let annotation = skipAnnotation() else { return nil }
    answer(
      "unexpected `:`", at: peek().span,
      hint: "a variable has no type annotation; write `\(tree[token.symbol]) = …`",
      fix: "leave the type out", [SourceEdit(span: annotation, text: "")])
    return annotated()
  }
}
