extension SyntaxTree {
  /// Calls `visit` with each direct subexpression, in order of evaluation; of a comprehension the
  /// clauses come first.
  @inlinable
  public func forEachOperand(of kind: Expression.Kind, _ visit: (ExpressionID) -> Void) {
    switch kind {
    case .null, .bool, .integer, .number, .string, .name, .typeLiteral, .waitSignal, .error: break
    case .interpolation(let parts):
      for part in self[parts] {
        switch part {
        case .text: break
        case .slot(let value), .formatted(let value, _): visit(value)
        }
      }
    case .tuple(let items), .list(let items), .call(_, let items):
      for item in self[items] { visit(item) }
    case .record(let fields), .start(_, let fields):
      for field in self[fields] { visit(field.value) }
    case .comprehension(let element, let clauses):
      for clause in self[clauses] {
        switch clause {
        case .iterate(_, let value), .filter(let value): visit(value)
        }
      }
      visit(element)
    case .operation(let receiver, _, let arguments):
      visit(receiver)
      for argument in self[arguments] { visit(argument) }
    case .field(let operand, _), .unwrap(let operand), .await(let operand), .unary(_, let operand),
      .sleep(_, let operand):
      visit(operand)
    case .index(let left, let right), .binary(_, let left, let right):
      visit(left)
      visit(right)
    case .conditional(let condition, let then, let otherwise):
      visit(condition)
      visit(then)
      visit(otherwise)
    case .signalRun(let run, _, let payload):
      visit(run)
      visit(payload)
    }
  }
}
