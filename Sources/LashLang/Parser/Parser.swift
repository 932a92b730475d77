/// Turns a text into a syntax tree: recursive descent for statements, precedence climbing for
/// expressions (rules GRM-…).
///
/// It never fails: problems are collected, at most one per statement region, and parsing goes on
/// at the next statement (GRM-16). Nesting and height are counted, so no text overflows the stack.
/// Linear in the text.
public struct Parser {
  /// The deepest nesting of brackets, blocks, prefix operators and ternaries (rule GRM-15).
  public static let maximumNesting = 100
  /// The greatest height of an expression tree (rule GRM-15).
  public static let maximumHeight = 250

  /// The kind of body that is being parsed.
  enum Body {
    case main, process, function
  }

  /// What depends on the brackets around the current place.
  struct Context {
    /// Whether a line end may end an expression.
    var linesMatter = true
    /// Whether `{` begins a block, not a record, after a complete word.
    var isHeader = false
  }

  let source: SourceFile
  let tokens: [Token]
  let numbers: [NumberLiteral]
  var index = 0
  /// Where the last consumed token ends.
  var lastEnd: UInt32 = 0
  var tree: SyntaxTree
  var problems = DiagnosticBag()
  /// Set by the first problem of a statement region; further ones are consequences.
  var isRecovering = false
  /// Set once the end of the text was blamed: what else is missing there follows from that.
  var isEndBlamed = false
  /// The region that was skipped because it nests too deeply.
  var skipped: SourceSpan?
  var nesting = 0
  var context = Context()
  var body = Body.main
  var loops = 0
  /// Index of the token that ends the body of the current function.
  var functionEnd = 0
  /// Columns before the head of a foreign function whose body is told by its indentation.
  var indented: Int?
  /// The call whose arguments are being read.
  var call: Call?
  /// Index of the first token of the current statement.
  var statementStart = 0
  /// Index of the token that ends the current block.
  var blockEnd = 0
  /// Height of each expression, by index.
  var heights: [UInt16] = []

  // Children under construction; finished lists move to the arenas of the tree.
  var pendingExpressions: [ExpressionID] = []
  var pendingStatements: [StatementID] = []
  var pendingFields: [FieldSyntax] = []
  var pendingTypeFields: [TypeField] = []
  var pendingTypes: [TypeID] = []
  var pendingClauses: [ComprehensionClause] = []
  var pendingParts: [InterpolationPart] = []

  /// Parses `source`. A text above `SourceFile.maximumSize` gives an empty tree and one error.
  public static func parse(_ source: SourceFile) -> ParseResult {
    guard source.bytes.count <= SourceFile.maximumSize else {
      let problem = Diagnostic(
        .sourceTooLarge,
        "the text is too large: \(source.bytes.count) bytes, at most \(SourceFile.maximumSize)",
        at: nil)
      return ParseResult(tree: SyntaxTree(source: source), diagnostics: [problem])
    }
    var lexer = Lexer(source)
    TokenStructure.resolve(&lexer.tokens)
    var parser = Parser(source, lexer)
    parser.parseProgram()
    return parser.finish(lexer.problems)
  }

  private init(_ source: SourceFile, _ lexer: Lexer) {
    self.source = source
    tokens = lexer.tokens
    numbers = lexer.numbers
    tree = SyntaxTree(source: source)
    tree.symbols = lexer.symbols.texts
    blockEnd = tokens.count - 1
    tree.expressions.reserveCapacity(tokens.count / 2)
    heights.reserveCapacity(tokens.count / 2)
  }

  private consuming func finish(_ found: [Diagnostic]) -> ParseResult {
    var all = DiagnosticBag()
    let lexical = found.filter { problem in
      guard let skipped, let span = problem.span else { return true }
      return span.start < skipped.start || span.start > skipped.end
    }
    for problem in lexical { all.report(problem) }
    for problem in problems.diagnostics { all.report(problem) }
    return ParseResult(tree: tree, diagnostics: all.sorted)
  }

  // MARK: Tokens

  var token: Token { tokens[index] }
  var kind: TokenKind { tokens[index].kind }

  /// The token `offset` after the current one, `end` past the last.
  func peek(_ offset: Int = 1) -> Token { tokens[min(index + offset, tokens.count - 1)] }

  /// The special word that stands here, if any. Inlined, for a call would be given a copy of the parser.
  @inline(__always)
  var word: Word? { kind == .identifier ? Word(token.symbol) : nil }

  mutating func advance() {
    lastEnd = token.span.end
    if index < tokens.count - 1 { index += 1 }
  }

  /// Takes a token of this kind if it stands here.
  mutating func take(_ kind: TokenKind) -> Bool {
    guard self.kind == kind else { return false }
    advance()
    return true
  }

  /// Whether the token here may go on with the expression before it (GRM-1).
  var continuesExpression: Bool {
    !context.linesMatter || token.separation == .none || tokens.continuesExpression(at: index)
  }

  /// Whether the token here stands on the line of the one before it, or lines do not matter.
  var isOnLine: Bool {
    token.separation == .none || (!context.linesMatter && token.separation != .cut)
  }

  /// Whether the next token stands on the line of this one, or lines do not matter.
  var nextIsOnLine: Bool {
    let next = peek()
    return next.separation == .none || (!context.linesMatter && next.separation != .cut)
  }

  // MARK: Nodes

  /// The span from `start` to the end of the last consumed token.
  func span(from start: UInt32) -> SourceSpan {
    SourceSpan(start: start, end: max(start, lastEnd))
  }

  func height(_ id: ExpressionID) -> UInt16 { heights[Int(id.index)] }

  /// Adds an expression that ends with the last consumed token.
  mutating func make(
    _ kind: Expression.Kind, from start: UInt32, above below: UInt16 = 0
  ) -> ExpressionID {
    make(kind, at: span(from: start), above: below)
  }

  /// Adds an expression above children of height `below`. Too tall a one becomes an error.
  mutating func make(
    _ kind: Expression.Kind, at span: SourceSpan, above below: UInt16
  ) -> ExpressionID {
    var kind = kind
    var height = below + 1
    if height > Self.maximumHeight {
      reportHeight()
      kind = .error
      height = 1
    }
    let id = ExpressionID(UInt32(tree.expressions.count))
    tree.expressions.append(Expression(kind, span: span))
    heights.append(height)
    return id
  }

  mutating func makeError() -> ExpressionID { make(.error, from: token.span.start) }

  mutating func make(_ kind: TypeSyntax.Kind, from start: UInt32) -> TypeID {
    tree.types.append(TypeSyntax(kind, span: span(from: start)))
    return TypeID(UInt32(tree.types.count - 1))
  }

  /// Moves the elements of `pending` from `mark` on into an arena.
  static func move<Element>(
    _ pending: inout [Element], from mark: Int, to arena: inout [Element]
  ) -> NodeList<Element> {
    let list = NodeList<Element>(
      start: UInt32(arena.count), count: UInt32(pending.count - mark))
    arena.append(contentsOf: pending[mark...])
    pending.removeLast(pending.count - mark)
    return list
  }
}
