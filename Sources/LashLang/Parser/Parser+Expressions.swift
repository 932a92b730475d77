extension Parser {
  /// tuple = ternary [ "," { ternary "," } ] (rule GRM-7)
  mutating func parseTuple() -> ExpressionID {
    let start = token.span.start
    let first = parseTernary()
    guard kind == .comma, continuesExpression, !isRecovering else { return first }
    let mark = pendingExpressions.count
    pendingExpressions.append(first)
    var below = height(first)
    while kind == .comma, continuesExpression, !isRecovering {
      advance()
      if kind.isClosing || kind == .end || token.separation == .cut { break }
      let element = parseTernary()
      below = max(below, height(element))
      pendingExpressions.append(element)
    }
    let list = Self.move(&pendingExpressions, from: mark, to: &tree.expressionLists)
    return make(.tuple(list), from: start, above: below)
  }

  /// ternary = coalesce [ "?" ternary ":" ternary ] (rule GRM-6)
  mutating func parseTernary() -> ExpressionID {
    let start = token.span.start
    let condition = parseBinary(1)
    if kind == .if, !isRecovering, let foreign = parseForeignConditional(condition, from: start) {
      return foreign
    }
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
  @inline(__always)
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

  /// Precedence climbing over the infix operators (rule GRM-5).
  mutating func parseBinary(_ least: Int) -> ExpressionID {
    let start = token.span.start
    var left = kind == .not && least <= Self.comparison ? parseNegation() : parsePrefix()
    while !isRecovering {
      if least <= Self.comparison, word == .is, let operation = acceptIs() {
        let right = parseBinary(Self.comparison + 1)
        left = make(
          .binary(operation, left, right), from: start, above: max(height(left), height(right)))
      }
      guard let (operation, precedence) = infix, precedence >= least, continuesExpression else {
        break
      }
      switch operation {
      case .and, .or:
        left = parseJunction(of: operation, precedence, first: left, from: start)
      case _ where precedence == Self.comparison:
        left = parseComparison(of: left, from: start)
      default:
        let symbol = token
        takeOperator(operation)
        let isStep = operation == .subtract && acceptDecrement(symbol, from: start)
        if isStep || acceptCompound(symbol, from: start) { return make(.error, from: start) }
        let right = parseBinary(precedence + 1)
        left = make(
          .binary(operation, left, right), from: start, above: max(height(left), height(right)))
      }
    }
    if kind == .power || kind == .increment || kind == .fatArrow, !isRecovering {
      left = parseForeignOperator(left, from: start)
    }
    return left
  }

  /// The operands of a chain of one `and` or `or`, the operator standing here.
  private mutating func parseJunction(
    of operation: BinaryOperator, _ precedence: Int, first: ExpressionID, from start: UInt32
  ) -> ExpressionID {
    var operands = [Operand(id: first, span: span(from: start))]
    while let next = infix, next.operation == operation, continuesExpression, !isRecovering {
      let symbol = token
      advance()
      if acceptCompound(symbol, from: start) {
        return make(.error, from: start)
      }
      let begin = token.span.start
      let id = parseBinary(precedence + 1)
      operands.append(Operand(id: id, span: span(from: begin)))
    }
    return join(operands[...], operation).id
  }

  private struct Operand {
    var id: ExpressionID
    var span: SourceSpan
  }

  /// Joins operands from the left, many of them in halves: `and` and `or` mean the same however
  /// they are grouped, and so a chain of any length stays low.
  private mutating func join(
    _ operands: ArraySlice<Operand>, _ operation: BinaryOperator
  ) -> Operand {
    var (result, rest) = (operands[operands.startIndex], operands.dropFirst())
    if operands.count > 16 {
      let middle = operands.startIndex + operands.count / 2
      result = join(operands[..<middle], operation)
      rest = [join(operands[middle...], operation)]
    }
    for operand in rest {
      result.span.end = operand.span.end
      result.id = make(
        .binary(operation, result.id, operand.id), at: result.span,
        above: max(height(result.id), height(operand.id)))
    }
    return result
  }

  /// comparison = sum [ comparator sum ]; a chain is an error that is reported once (rule GRM-9).
  private mutating func parseComparison(
    of first: ExpressionID, from start: UInt32
  ) -> ExpressionID {
    var left = first
    var middle: [Operand] = []
    var isRepeatable = true
    while let (operation, precedence) = infix, precedence == Self.comparison, continuesExpression,
      !isRecovering
    {
      if let last = middle.last { isRepeatable = isRepeatable && isRepeated(last.id) }
      takeOperator(operation)
      let begin = token.span.start
      let right = parseBinary(precedence + 1)
      middle.append(Operand(id: right, span: span(from: begin)))
      left = make(
        .binary(operation, left, right), from: start, above: max(height(left), height(right)))
    }
    if middle.count > 1, !isRecovering {
      reportChain(middle.dropLast().map(\.span), isRepeatable, from: start)
    }
    return left
  }

  /// Whether writing an expression twice changes nothing but the length of the text.
  func isRepeated(_ id: ExpressionID) -> Bool {
    switch tree[id].kind {
    case .name, .field, .integer, .number, .string, .bool, .null: true
    default: false
    }
  }

  private mutating func takeOperator(_ operation: BinaryOperator) {
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
  }

  /// A chained comparison: offers to write the operands in the middle twice.
  private mutating func reportChain(
    _ middle: [SourceSpan], _ isRepeatable: Bool, from start: UInt32
  ) {
    let whole = span(from: start)
    var problem = Diagnostic(
      .chainedComparison, "comparisons cannot be chained", at: whole,
      hint: "write `a < b and b < c`")
    if isRepeatable, middle.count <= 4 {
      if whole.end - whole.start <= 60 {
        var text = ""
        var place = whole.start
        for span in middle {
          text += source.text(SourceSpan(start: place, end: span.end)) + " and "
          place = span.start
        }
        text += source.text(SourceSpan(start: place, end: whole.end))
        problem.hint = "write `\(text)`"
      }
      let edits = middle.map { span in
        SourceEdit(
          span: SourceSpan(start: span.end, end: span.end), text: " and " + source.text(span))
      }
      problem.fixes = [FixIt(title: "compare twice, joined by `and`", edits: edits)]
    }
    report(problem)
    isRecovering = false
  }

  // MARK: Prefix

  /// negation = "not" negation | comparison (rule GRM-5)
  private mutating func parseNegation() -> ExpressionID {
    let start = token.span.start
    guard enterPrefix() else { return makeError() }
    defer { nesting -= 1 }
    let operand = parseBinary(Self.comparison)
    return make(.unary(.not, operand), from: start, above: height(operand))
  }

  /// prefix = ( "-" | "!" | "await" ) prefix | postfix
  mutating func parsePrefix() -> ExpressionID {
    let start = token.span.start
    let operation = kind
    guard operation == .minus || operation == .bang || operation == .await else {
      return parsePostfix()
    }
    guard enterPrefix() else { return makeError() }
    defer { nesting -= 1 }
    let operand = parsePrefix()
    let kind: Expression.Kind =
      switch operation {
      case .minus: .unary(.negate, operand)
      case .await: .await(operand)
      default: .unary(.not, operand)
      }
    return make(kind, from: start, above: height(operand))
  }

  /// Takes a prefix operator and counts its level; false if it cannot stand here.
  private mutating func enterPrefix() -> Bool {
    guard isAllowedHere else {
      reportExpected("an expression")
      return false
    }
    guard deepen() else { return false }
    advance()
    return true
  }

  /// False at a token that begins a statement inside brackets that were never closed.
  var isAllowedHere: Bool { token.separation != .cut || index == statementStart }
}
