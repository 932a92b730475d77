extension Parser {
  /// One statement (rules STM-…). `nil` if there is nothing to keep.
  mutating func parseStatement(label: UInt32?) -> StatementID? {
    let start = token.span.start
    guard let statement = parseKind() else { return nil }
    if !isRecovering { checkEnd() }
    tree.statements.append(Statement(statement, span: span(from: start), label: label))
    return StatementID(UInt32(tree.statements.count - 1))
  }

  private mutating func parseKind() -> Statement.Kind? {
    switch kind {
    case .if: return parseIf()
    case .for: return parseFor()
    case .print: return parsePrint()
    case .cancel: return parseOperand("cancel").map { .cancel($0) }
    case .submit: return parseSubmit()
    case .call:
      report(Diagnostic(.removedSyntax, "unexpected `call`", at: token.span))
      return .error
    case .identifier: return parseWordStatement()
    case .at, .rightBrace, .end: return refuse()
    default: return parseSimple()
    }
  }

  private mutating func refuse() -> Statement.Kind? {
    if kind == .at { return nil }
    if !isRecovering { reportExpected("a statement") }
    return nil
  }

  /// A statement that begins with a name, which may be a contextual word.
  private mutating func parseWordStatement() -> Statement.Kind? {
    guard let word else { return parseSimple() }
    switch word {
    case .let where nextIsOnLine && peek().kind == .identifier:
      advance()
      return parseLet()
    case .let where destructures, .const where destructures, .var where destructures:
      return parseDeclaration(of: word)
    case .while where !isTarget: return parseWhile()
    case .break where !isTarget: return parseJump(.break)
    case .continue where !isTarget: return parseJump(.continue)
    case .finish where !isTarget: return parseOperand("finish").map { .finish($0) }
    case .fail where !isTarget:
      checkInProcess()
      return parseOperand("fail").map { .fail($0) }
    case .yield where !isTarget:
      checkInProcess()
      return parseOperand("yield").map { .yield($0) }
    case .wake where !isTarget:
      checkInProcess()
      return parseOperand("wake").map { .wake($0) }
    default:
      return isTarget ? parseSimple() : parseForeign(word) ?? parseSimple()
    }
  }

  /// Whether `let [a, b] =` or `let {a} =` stands here. A tuple of names is no index, so no
  /// assignment to an element of a variable `let` is meant.
  private var destructures: Bool {
    let next = peek()
    guard nextIsOnLine, next.kind == .leftBracket || next.kind == .leftBrace else { return false }
    let end = Int(next.payload)
    guard end + 1 < tokens.count, tokens[end + 1].kind == .assign else { return false }
    return next.kind == .leftBrace || (end > index + 3 && tokens[index + 3].kind == .comma)
  }

  /// Whether the word here is a variable: an assignment or update to it or into it follows.
  private var isTarget: Bool {
    var place = index + 1
    var isList = false
    // A list of targets is short; the bound keeps a hostile line from being read again and again.
    for _ in 0..<100 where tokens[place].separation == .none {
      switch tokens[place].kind {
      case .dot: place = min(place + 2, tokens.count - 1)
      case .leftBracket: place = min(Int(tokens[place].payload) + 1, tokens.count - 1)
      case .comma:
        isList = true
        place += 1
      case .identifier where isList: place += 1
      case let kind: return kind.isAssignment
      }
    }
    return false
  }

  private mutating func parseLet() -> Statement.Kind? {
    if peek().kind == .colon, let assignment = parseAnnotated() { return assignment }
    guard let simple = parseSimple() else { return nil }
    if case .expression(let value) = simple, case .name = tree[value].kind {
      reportExpected(
        "`=`", hint: "a variable begins with a value: `x = null`",
        fixes: [FixIt(title: "write `= null`", edits: [insertion(" = null", at: lastEnd)])])
      isRecovering = isRecovering && !token.startsLine && !kind.endsStatement
    } else if case .expression = simple {
      reportExpected("`=`")
    }
    return simple
  }

  /// Blames what stands on the same line but cannot begin a statement.
  private mutating func checkEnd() {
    guard index < blockEnd, token.separation == .none else { return }
    switch kind {
    case .assign:
      reportExpected("end of statement", hint: "one assignment to a statement; `==` compares")
    case .colon:
      reportExpected("end of statement", hint: hintForColon)
    case .else, .in, .comma, .rightParen, .rightBracket, .rightBrace, .bar, .fatArrow:
      reportExpected("end of statement")
    case let kind where kind.isAssignment: reportExpected("end of statement")
    default: break
    }
  }

  // MARK: Words with an operand

  /// `finish v` and its kin; the value must begin on the same line.
  private mutating func parseOperand(_ name: String) -> ExpressionID? {
    let keyword = token.span
    advance()
    if token.startsLine || kind.endsStatement {
      let hint = name == "finish" ? "; use `finish null` to finish with null" : ""
      report(
        Diagnostic(
          .missingValue, "`\(name)` requires a value on the same line\(hint)", at: keyword))
      // Nothing was taken of the next statement, so nothing needs to be skipped.
      isRecovering = false
      return makeError()
    }
    return parseTuple()
  }

  private mutating func checkInProcess() {
    guard body == .main else { return }
    reportContext("`\(tree[token.symbol])` can only be used inside a `process` body")
  }

  private mutating func parsePrint() -> Statement.Kind? {
    if body == .process {
      reportContext(
        "`print` can't be used inside a `process` body",
        hint: "a process reports with `yield value`, and ends with `finish value`")
    }
    return parseOperand("print").map { .print($0) }
  }

  @inline(never)
  private mutating func reportContext(_ message: String, hint: String? = nil) {
    report(Diagnostic(.wrongContext, message, at: token.span, hint: hint))
    isRecovering = false
  }

  private mutating func parseSubmit() -> Statement.Kind? {
    report(
      Diagnostic(
        .removedSyntax, "`submit` was removed; use `finish <value>`", at: token.span,
        fixes: [
          FixIt(title: "write `finish`", edits: [SourceEdit(span: token.span, text: "finish")])
        ]))
    return parseOperand("submit").map { .finish($0) }
  }

  private mutating func parseJump(_ jump: Statement.Kind) -> Statement.Kind {
    if loops == 0 {
      report(
        Diagnostic(
          .outsideLoop, "`\(tree[token.symbol])` can only be used inside a loop", at: token.span))
      isRecovering = false
    }
    advance()
    return jump
  }

  // MARK: Blocks

  private mutating func parseIf() -> Statement.Kind {
    var branches: [ConditionalBlock] = []
    var otherwise: Block?
    var hasBranch = true
    while hasBranch {
      advance()
      if branches.count == Self.maximumHeight { reportChain() }
      let condition = parseHeader { $0.parseCondition("if") }
      let block = parseBlock(of: "the body of `if`")
      branches.append(ConditionalBlock(condition: condition, block: block))
      hasBranch = acceptElif()
      guard !hasBranch, take(.else) else { continue }
      hasBranch = kind == .if
      if !hasBranch { otherwise = parseBlock(of: "the body of `else`") }
    }
    let list = NodeList<ConditionalBlock>(
      start: UInt32(tree.conditionals.count), count: UInt32(branches.count))
    tree.conditionals.append(contentsOf: branches)
    return .branch(list, otherwise: otherwise)
  }

  private mutating func parseFor() -> Statement.Kind {
    advance()
    if kind == .leftParen, let loop = parseForeignFor() { return loop }
    let names = parseParenthesizedBindings() ?? parseBindings()
    guard acceptOf() || expect(.in, hint: "write `for x in xs { … }`") else {
      return recoverBlock()
    }
    let iterable = parseHeader { $0.parseTuple() }
    return .iterate(names, iterable, parseLoop("for"))
  }

  private mutating func parseWhile() -> Statement.Kind {
    advance()
    let condition = parseHeader { $0.parseCondition("while") }
    return .loop(condition, parseLoop("while"))
  }

  mutating func parseLoop(_ name: String) -> Block {
    loops += 1
    defer { loops -= 1 }
    return parseBlock(of: "the body of `\(name)`")
  }

  /// After a broken header: reads the block on its line all the same, for the errors in it.
  mutating func recoverBlock() -> Statement.Kind {
    if skipToBlock() {
      loops += 1
      _ = parseBlock(of: "a body")
      loops -= 1
    }
    return .error
  }

  private mutating func parseHeader(_ parse: (inout Parser) -> ExpressionID) -> ExpressionID {
    let outer = context.isHeader
    context.isHeader = true
    defer { context.isHeader = outer }
    if kind == .leftBrace {
      // Braces with nothing after them are the body; what the header needs is missing.
      let after = tokens[min(Int(token.payload) + 1, tokens.count - 1)]
      if after.startsLine || after.kind.endsStatement {
        reportExpected("an expression")
        return makeError()
      }
    }
    return parse(&self)
  }

  /// A condition: one expression, never a bare tuple (GRM-8).
  mutating func parseCondition(_ name: String) -> ExpressionID {
    let start = token.span.start
    let condition = parseTernary()
    guard kind == .comma, continuesExpression, !isRecovering else { return condition }
    while take(.comma), kind.beginsExpression { _ = parseTernary() }
    report(
      Diagnostic(
        .tupleCondition, "the condition of `\(name)` is a tuple, which is always true",
        at: span(from: start), hint: "join conditions with `and` or `or`"))
    isRecovering = false
    return condition
  }

  /// NAME { "," NAME } before `in` (ASG-6).
  mutating func parseBindings() -> NodeList<Name> {
    let start = tree.names.count
    repeat {
      guard let name = parseBinding() else { break }
      tree.names.append(name)
    } while take(.comma)
    return NodeList(start: UInt32(start), count: UInt32(tree.names.count - start))
  }

  /// A name that is being bound or declared.
  mutating func parseBinding() -> Name? {
    guard kind == .identifier, token.separation != .cut else {
      let isNested = kind == .leftParen || kind == .leftBracket
      reportExpected(
        "identifier",
        hint: isNested ? "bindings do not nest; take it apart on a line of its own" : nil)
      return nil
    }
    let name = Name(symbol: token.symbol, span: token.span)
    advance()
    return name
  }
}
