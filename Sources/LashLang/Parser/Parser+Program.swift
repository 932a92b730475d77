extension Parser {
  /// program = { declaration | statement } (rule GRM-3)
  mutating func parseProgram() {
    let mark = pendingStatements.count
    while kind != .end, !problems.isFull {
      if !take(.semicolon) { parseItem() }
    }
    let statements = Self.move(&pendingStatements, from: mark, to: &tree.statementLists)
    tree.main = Block(
      statements, span: SourceSpan(start: 0, end: UInt32(source.bytes.count)))
  }

  /// One declaration or statement, with its label; always takes at least one token.
  private mutating func parseItem() {
    statementStart = index
    isRecovering = false
    let label = parseLabel()
    switch declarationWord {
    case .type?:
      if label != nil { reportMisplacedLabel() }
      parseType()
    case .process?:
      parseProcess(label: label)
    case .fn?:
      if label != nil { reportMisplacedLabel() }
      parseFunction()
    case .trigger?:
      reportRemovedTrigger()
    default:
      if let statement = parseStatement(label: label) { pendingStatements.append(statement) }
    }
    if isRecovering || index == statementStart { synchronize() }
  }

  /// The word of the declaration that begins here: a contextual word before a name on its line.
  var declarationWord: Word? {
    guard let word, peek().kind == .identifier, peek().separation == .none else { return nil }
    switch word {
    case .type, .process, .fn, .trigger: return word
    default: return nil
    }
  }

  private mutating func reportMisplacedLabel() {
    report(
      Diagnostic(
        .invalidLabel,
        "@label can annotate statements or process declarations, but not other declarations or "
          + "another @label",
        at: token.span))
    isRecovering = false
  }

  private mutating func reportRemovedTrigger() {
    report(
      Diagnostic(
        .removedSyntax,
        "declarative trigger syntax has been removed; construct a source value and call the "
          + "trigger registry register operation",
        at: token.span,
        hint: "write `await triggers.register({source: …, target: …})?`"))
    advance()
  }

  /// A declaration inside a block (GRM-3): reported, read and dropped.
  @inline(never)
  mutating func parseNestedDeclaration(_ word: Word) {
    report(
      Diagnostic(
        .nestedDeclaration,
        "`\(word.rawValue)` can only be declared at the top level, not inside a block",
        at: token.span, hint: "move the declaration out of the block"))
    let count = tree.declarations.count
    switch word {
    case .type: parseType()
    case .process: parseProcess(label: nil)
    default: parseFunction()
    }
    tree.declarations.removeLast(tree.declarations.count - count)
  }

  // MARK: Declarations

  /// type-decl = "type" IDENT "=" type (rule GRM-3)
  private mutating func parseType() {
    let start = token.span.start
    advance()
    guard let name = parseBinding() else { return }
    guard expect(.assign) else { return }
    let type = parseTypeExpression()
    tree.declarations.append(
      .type(TypeDeclaration(name: name, type: type, span: span(from: start))))
  }

  /// process-decl = "process" IDENT "(" params ")" [ "signals" "{" params "}" ] [ "->" type ] block
  private mutating func parseProcess(label: UInt32?) {
    let start = token.span.start
    advance()
    guard let name = parseBinding() else { return }
    let parameters = parseParameters()
    var signals = NodeList<TypeField>.empty
    if word == .signals {
      advance()
      if kind == .leftBrace { signals = parseFields() } else { expect(.leftBrace) }
    }
    let returnType = takeArrow() ? parseTypeExpression() : nil
    let body = parseBody(.process, what: "the body of process `\(tree[name.symbol])`")
    tree.declarations.append(
      .process(
        ProcessDeclaration(
          name: name, parameters: parameters, signals: signals, returnType: returnType, body: body,
          label: label, span: span(from: start))))
  }

  /// fn-decl = "fn" IDENT "(" params ")" "->" type block (rule FN-1)
  private mutating func parseFunction() {
    let start = token.span.start
    advance()
    guard let name = parseBinding() else { return }
    let parameters = parseParameters()
    let returnType = parseReturnType()
    let body = parseBody(.function, what: "the body of function `\(tree[name.symbol])`")
    tree.declarations.append(
      .function(
        FunctionDeclaration(
          name: name, parameters: parameters, returnType: returnType, body: body,
          span: span(from: start))))
  }

  /// "->" type; `: T` and a missing type are reported, and the body is read all the same.
  private mutating func parseReturnType() -> TypeID {
    if takeArrow() { return parseTypeExpression() }
    let isColon = kind == .colon && peek().kind == .identifier && isOnLine
    let isAbsent = kind == .leftBrace
    let place = SourceSpan(start: lastEnd, end: isColon ? token.span.end : lastEnd)
    let edit = SourceEdit(span: place, text: isColon ? " ->" : " -> any")
    reportExpected(
      "`->` and a return type", hint: "write `fn name(p: T) -> T { … }`; `any` is a type too",
      fixes: isColon || isAbsent
        ? [FixIt(title: "write `\(edit.text.dropFirst())`", edits: [edit])] : [])
    if isColon || isAbsent { isRecovering = false }
    if isColon {
      advance()
      return parseTypeExpression()
    }
    return make(.error, from: token.span.start)
  }

  private mutating func takeArrow() -> Bool {
    guard kind == .minus, peek().kind == .greater else { return false }
    advance()
    advance()
    return true
  }

  private mutating func parseParameters() -> NodeList<TypeField> {
    guard kind == .leftParen else {
      reportExpected("`(`")
      _ = skipToBlock()
      return .empty
    }
    return parseFields()
  }

  private mutating func parseBody(_ body: Body, what: String) -> Block {
    let outer = (self.body, loops, nesting)
    (self.body, loops) = (body, 0)
    if kind == .leftBrace { functionEnd = Int(token.payload) }
    defer { (self.body, loops, nesting) = outer }
    return parseBlock(of: what)
  }

  // MARK: Blocks

  /// block = "{" { statement } "}"; `what` says whose it is.
  mutating func parseBlock(of what: String) -> Block {
    let start = token.span.start
    if beginsIndentedBlock { return parseIndentedBlock() }
    if kind != .leftBrace {
      let equal = [SourceEdit(span: token.span, text: "==")]
      reportExpected(
        "`{` and \(what)", hint: hintForBlock,
        fixes: kind == .assign ? [FixIt(title: "write `==`", edits: equal)] : [])
      guard skipToBlock() else {
        return Block(.empty, span: SourceSpan(start: start, end: start))
      }
    }
    let opener = token
    guard deepen() else { return Block(.empty, span: span(from: start)) }
    let outer = (context, statementStart, blockEnd)
    context = Context()
    blockEnd = Int(opener.payload)
    advance()
    let mark = pendingStatements.count
    while index < blockEnd, !problems.isFull {
      if !take(.semicolon) { parseBlockItem() }
    }
    let statements = Self.move(&pendingStatements, from: mark, to: &tree.statementLists)
    let end = blockEnd
    (context, statementStart, blockEnd) = outer
    nesting -= 1
    if index < end { jump(to: end) }
    isRecovering = false
    if !take(.rightBrace) { reportUnclosed(opener) }
    return Block(statements, span: span(from: start))
  }

  mutating func parseBlockItem() {
    statementStart = index
    isRecovering = false
    let label = parseLabel()
    if let word = declarationWord, word != .trigger, isNestedDeclaration(word) {
      parseNestedDeclaration(word)
    } else if let statement = parseStatement(label: label) {
      pendingStatements.append(statement)
    }
    if isRecovering || index == statementStart { synchronize() }
  }

  private func isNestedDeclaration(_ word: Word) -> Bool {
    peek(2).kind == (word == .type ? .assign : .leftParen) && peek(2).separation == .none
  }

  // MARK: Labels

  /// label = "@" "label" "(" field { "," field } [","] ")" (rule GRM-12)
  mutating func parseLabel() -> UInt32? {
    guard kind == .at else { return nil }
    let start = token.span.start
    advance()
    guard word == .label else {
      reportExpected("`label`", hint: "`@label(title: \"…\")` is the only annotation")
      return nil
    }
    advance()
    guard kind == .leftParen else {
      expect(.leftParen)
      return nil
    }
    guard let region = enter() else { return nil }
    var title: Symbol?
    var description: Symbol?
    while index < region.end {
      guard parseLabelField(&title, &description) else { break }
      guard take(.comma) else { break }
    }
    leave(region, or: "`,`")
    if title == nil {
      report(
        Diagnostic(
          .invalidLabel, "invalid @label annotation: `title` is required", at: span(from: start)))
    }
    if kind == .at { reportMisplacedLabel() }
    if kind == .end || kind == .rightBrace {
      report(
        Diagnostic(
          .invalidLabel, "@label annotates the statement or process after it, but nothing follows",
          at: span(from: start)))
    }
    guard let title else { return nil }
    tree.labels.append(Label(title: title, description: description, span: span(from: start)))
    return UInt32(tree.labels.count - 1)
  }

  private mutating func parseLabelField(
    _ title: inout Symbol?, _ description: inout Symbol?
  ) -> Bool {
    let name = token
    guard take(.identifier) else {
      reportExpected("identifier")
      return false
    }
    let field = Word(name.symbol)
    if field != .title, field != .description {
      return refuseLabel("unknown field `\(tree[name.symbol])`", at: name.span)
    }
    guard expect(.colon) else { return false }
    let value = token
    guard take(.string) else {
      reportExpected("string literal")
      return false
    }
    if field == .title {
      if title != nil { return refuseLabel("duplicate `title` field", at: name.span) }
      title = value.symbol
    } else {
      if description != nil { return refuseLabel("duplicate `description` field", at: name.span) }
      description = value.symbol
    }
    return true
  }

  private mutating func refuseLabel(_ problem: String, at span: SourceSpan) -> Bool {
    report(Diagnostic(.invalidLabel, "invalid @label annotation: \(problem)", at: span))
    return false
  }
}
