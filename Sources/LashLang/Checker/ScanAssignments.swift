/// Finds, before a body is walked, what assigns its variables, so that a read inside a loop knows
/// of assignments further down in the loop.
struct ScanAssignments {
  let tree: SyntaxTree

  /// Scans the statements of a body, blocks included. Recurses as deep as blocks nest.
  ///
  /// The scope is changed in place: a copy would cost the size of the whole text for each body.
  func scan(_ block: Block, into scope: inout VariableScope) {
    for id in tree[block.statements] {
      let statement = tree[id]
      switch statement.kind {
      case .assign(let targets, let value):
        let isPlain = targets.count == 1 && Self.isPlain(tree[value])
        for target in tree[targets] where target.steps.isEmpty {
          scope.foresee(target.root.symbol, end: statement.span.end, isPlain: isPlain)
        }
      case .update(let targets, _, _):
        for target in tree[targets] where target.steps.isEmpty {
          scope.foresee(target.root.symbol, end: statement.span.end, isPlain: true)
        }
      case .branch(let branches, let otherwise):
        for branch in tree[branches] { scan(branch.block, into: &scope) }
        if let otherwise { scan(otherwise, into: &scope) }
      case .iterate(let names, _, let body):
        for name in tree[names] { scope.bind(name.symbol) }
        scan(body, into: &scope)
        for name in tree[names] { scope.unbind(name.symbol) }
      case .loop(_, let body):
        scan(body, into: &scope)
      case .expression, .break, .continue, .print, .cancel, .finish, .fail, .yield, .wake, .error:
        break
      }
    }
  }

  /// Whether the value of an expression is plainly no module authority, whatever runs.
  static func isPlain(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .null, .bool, .integer, .number, .string, .interpolation, .tuple, .list, .record,
      .comprehension, .unary, .typeLiteral, .start, .sleep, .signalRun:
      true
    case .binary(let symbol, _, _):
      symbol != .coalesce
    case .name, .field, .index, .call, .operation, .unwrap, .await, .conditional, .waitSignal,
      .error:
      false
    }
  }
}
