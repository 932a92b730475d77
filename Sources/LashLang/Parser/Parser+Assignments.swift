extension Parser {
  /// An assignment, update or expression statement (rule ASG-1, ASG-5, ASG-6).
  mutating func parseSimple() -> Statement.Kind? {
    if kind == .identifier, peek().kind == .assign, peek().separation == .none {
      let name = Name(symbol: token.symbol, span: token.span)
      advance()
      advance()
      return assign(to: name)
    }
    if kind == .identifier, peek().kind == .colon, let assignment = parseAnnotated() {
      return assignment
    }
    if acceptPrefixStep() { return .error }
    let isParenthesized = kind == .leftParen
    let expression = parseTuple()
    guard kind.isAssignment, token.separation == .none, !isRecovering else {
      return .expression(expression)
    }
    let operation = token
    guard let targets = makeTargets(of: expression, isParenthesized) else { return .error }
    advance()
    let value = parseTuple()
    guard let update = Self.update(operation.kind) else { return .assign(targets, value) }
    if targets.count > 1 {
      isRecovering = false
      report(
        Diagnostic(
          .unexpected, "unexpected `\(operation.kind.text)` after several targets",
          at: operation.span, hint: "update one variable at a time"))
    }
    return .update(targets, update, value)
  }

  /// The assignment of what stands here to a variable.
  mutating func assign(to name: Name) -> Statement.Kind {
    let targets = addTargets([AssignmentTarget(root: name, steps: .empty, span: name.span)])
    return .assign(targets, parseTuple())
  }

  private static func update(_ kind: TokenKind) -> BinaryOperator? {
    switch kind {
    case .plusAssign: .add
    case .minusAssign: .subtract
    case .starAssign: .multiply
    case .slashAssign: .divide
    default: nil
    }
  }

  private mutating func addTargets(_ targets: [AssignmentTarget]) -> NodeList<AssignmentTarget> {
    let start = tree.targets.count
    tree.targets.append(contentsOf: targets)
    return NodeList(start: UInt32(start), count: UInt32(targets.count))
  }

  /// Reads an expression as what is assigned to.
  private mutating func makeTargets(
    of expression: ExpressionID, _ isParenthesized: Bool
  ) -> NodeList<AssignmentTarget>? {
    var targets: [AssignmentTarget] = []
    if case .tuple(let elements) = tree[expression].kind, !isParenthesized {
      for element in Array(tree[elements]) {
        guard let target = makeTarget(of: element) else { return nil }
        targets.append(target)
      }
    } else if !isParenthesized, let target = makeTarget(of: expression) {
      targets = [target]
    } else if isParenthesized {
      reportTarget(tree[expression].span, hint: "write `a, b = pair`, without parentheses")
    }
    return targets.isEmpty ? nil : addTargets(targets)
  }

  private mutating func makeTarget(of expression: ExpressionID) -> AssignmentTarget? {
    var steps: [PathStep] = []
    var place = expression
    while true {
      switch tree[place].kind {
      case .field(let inner, let name):
        steps.append(.field(name))
        place = inner
      case .index(let inner, let index):
        steps.append(.index(index))
        place = inner
      case .name(let symbol):
        let list = NodeList<PathStep>(
          start: UInt32(tree.steps.count), count: UInt32(steps.count))
        tree.steps.append(contentsOf: steps.reversed())
        return AssignmentTarget(
          root: Name(symbol: symbol, span: tree[place].span), steps: list,
          span: tree[expression].span)
      case .error:
        isRecovering = true
        return nil
      default:
        reportTarget(tree[expression].span, hint: hint(forTarget: expression))
        return nil
      }
    }
  }

  private func hint(forTarget expression: ExpressionID) -> String? {
    switch tree[expression].kind {
    case .list: "write `a, b = pair`, without brackets"
    case .record: "a record is not taken apart; read each field: `a = r.a`"
    default: nil
    }
  }

  private mutating func reportTarget(_ span: SourceSpan, hint: String?) {
    report(
      Diagnostic(
        .unexpected, "unexpected `\(kind.text)`: this cannot be assigned to", at: span,
        hint: hint ?? "assign to a variable, a field or an element: `x`, `r.k`, `xs[i]`"))
  }
}
