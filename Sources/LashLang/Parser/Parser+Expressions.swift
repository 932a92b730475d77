extension Parser {
  /// tuple = ternary [ "," { ternary "," } ] (rule EXP-tuple)
  mutating func parseTuple() -> ExpressionID {
    let start = token.span.start
    let first = parseTernary()
    guard kind == .comma, continuesExpression, !isRecovering else { return first }
    let mark = pendingExpressions.count
    pendingExpressions.append(first)
    var below = height(first)
    while kind == .comma, continuesExpression, !isRecovering {
      advance()
      if kind.isClosing || kind == .end { break }
      let element = parseTernary()
      below = max(below, height(element))
      pendingExpressions.append(element)
    }
    let list = Self.move(&pendingExpressions, from: mark, to: &tree.expressionLists)
    return make(.tuple(list), from: start, above: below)
  }

  /// ternary = coalesce [ "?" ternary ":" ternary ] (rule EXP-ternary)
  mutating func parseTernary() -> ExpressionID {
    let start = token.span.start
    let condition = parseBinary(1)
    guard kind == .ternary, continuesExpression else { return condition }
    let question = token
    guard deepen() else { return condition }
    defer { nesting -= 1 }
    advance()
    let then = parseTernary()
    guard kind == .colon else {
      reportExpected(
        "`:`",
        notes: [DiagnosticNote("the conditional begins here", at: question.span)])
      return then
    }
    advance()
    let otherwise = parseTernary()
    return make(
      .conditional(condition, then: then, otherwise: otherwise), from: start,
      above: max(height(condition), height(then), height(otherwise)))
  }

  // MARK: Infix

  private static let comparison = 4

  /// The operator that stands here, with its precedence from loose (1) to tight (6).
  private var infix: (operation: BinaryOperator, precedence: Int)? {
    switch kind {
    case .coalesce: (.coalesce, 1)
    case .or: (.or, 2)
    case .and: (.and, 3)
    case .equal, .strictEqual: (.equal, Self.comparison)
    case .notEqual, .strictNotEqual: (.notEqual, Self.comparison)
    case .less: (.less, Self.comparison)
    case .lessOrEqual: (.lessOrEqual, Self.comparison)
    case .greater: (.greater, Self.comparison)
    case .greaterOrEqual: (.greaterOrEqual, Self.comparison)
    case .in: (.contained, Self.comparison)
    case .not where peek().kind == .in: (.notContained, Self.comparison)
    case .plus: (.add, 5)
    case .minus: (.subtract, 5)
    case .star: (.multiply, 6)
    case .slash: (.divide, 6)
    case .percent: (.remainder, 6)
    default: nil
    }
  }

  /// Precedence climbing over the infix operators (rule EXP-precedence).
  private mutating func parseBinary(_ least: Int) -> ExpressionID {
    let start = token.span.start
    var left = parseUnary()
    var previous: (left: SourceSpan, operation: Token)?
    while let (operation, precedence) = infix, precedence >= least, continuesExpression,
      !isRecovering
    {
      let token = takeOperator(operation)
      let rightStart = index
      let right = parseBinary(precedence + 1)
      let rightSpan = span(from: tokens[rightStart].span.start)
      if precedence == Self.comparison {
        if let previous { reportChain(from: start, middle: previous.left, token) }
        previous = (rightSpan, token)
      }
      left = make(
        .binary(operation, left, right), from: start, above: max(height(left), height(right)))
    }
    if kind == .power || kind == .increment || kind == .fatArrow {
      reportForeignOperator(after: start)
    }
    return left
  }

  private mutating func takeOperator(_ operation: BinaryOperator) -> Token {
    let token = token
    if kind == .strictEqual || kind == .strictNotEqual {
      let plain = operation.rawValue
      report(
        Diagnostic(
          .foreignSyntax, "unexpected `\(kind.text)`", at: token.span,
          hint: "`\(plain)` compares without conversion",
          fixes: [
            FixIt(title: "write `\(plain)`", edits: [SourceEdit(span: token.span, text: plain)])
          ]
        ))
      isRecovering = false
    }
    advance()
    if operation == .notContained { advance() }
    if operation == .subtract { reportDecrement(token) }
    return token
  }

  /// A chained comparison (S4): offers to write the middle operand twice.
  private mutating func reportChain(from start: UInt32, middle: SourceSpan, _ operation: Token) {
    guard !isRecovering else { return }
    let operand = source.text(middle)
    let place = SourceSpan(start: middle.end, end: middle.end)
    report(
      Diagnostic(
        .chainedComparison, "comparisons cannot be chained", at: span(from: start),
        hint: "write `a < b and b < c`",
        fixes: [
          FixIt(
            title: "compare twice, joined by `and`",
            edits: [SourceEdit(span: place, text: " and \(operand)")])
        ]))
    isRecovering = false
  }

  // MARK: Prefix

  /// unary = ( "-" | "!" | "await" ) unary | "not" comparison | postfix (S3)
  private mutating func parseUnary() -> ExpressionID {
    let start = token.span.start
    let prefix = kind
    switch prefix {
    case .minus, .bang, .await, .not: break
    default: return parsePostfix()
    }
    guard isAllowedHere else {
      reportExpected("an expression")
      return makeError()
    }
    guard deepen() else { return makeError() }
    defer { nesting -= 1 }
    advance()
    let operand = prefix == .not ? parseBinary(Self.comparison) : parseUnary()
    let kind: Expression.Kind =
      switch prefix {
      case .minus: .unary(.negate, operand)
      case .await: .await(operand)
      default: .unary(.not, operand)
      }
    return make(kind, from: start, above: height(operand))
  }

  /// False at a token that begins a statement inside brackets that were never closed.
  var isAllowedHere: Bool { token.separation != .cut || index == statementStart }
}
