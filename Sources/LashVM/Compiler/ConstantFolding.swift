import LashLang

/// Computes operators on literals, as far as that cannot trap and gives what the machine gives.
///
/// Fuel is computed from the tree, so folding does not change it.
struct ConstantFolding {
  /// Longest text that folding makes, in bytes: a longer one costs fuel to make (rule BND-4).
  private static let longestText = 63

  private let tree: SyntaxTree
  /// By expression; `nil` where the value is not known.
  private(set) var literals: [Literal?]

  /// Folds all expressions of `tree`. O(n).
  init(_ tree: SyntaxTree) {
    self.tree = tree
    literals = []
    literals.reserveCapacity(tree.expressions.count)
    for expression in tree.expressions { literals.append(fold(expression.kind)) }
  }

  /// Operands stand before their operators in the tree, so theirs are known.
  private func fold(_ kind: Expression.Kind) -> Literal? {
    switch kind {
    case .null: .null
    case .bool(let value): .bool(value)
    case .integer(let value): .integer(value)
    case .number(let value): Literal(value)
    case .string(let symbol): .symbol(symbol)
    case .interpolation(let parts): fold(parts)
    case .unary(.negate, let operand): negate(self[operand])
    case .binary(let operation, let left, let right):
      if let left = self[left], let right = self[right] {
        fold(operation, left, right)
      } else {
        nil
      }
    default: nil
    }
  }

  private subscript(id: ExpressionID) -> Literal? { literals[Int(id.index)] }

  private func fold(_ parts: NodeList<InterpolationPart>) -> Literal? {
    if parts.isEmpty { return .text("") }
    guard parts.count == 1, case .text(let symbol)? = tree[parts].first else { return nil }
    return .symbol(symbol)
  }

  private func negate(_ operand: Literal?) -> Literal? {
    switch operand {
    case .integer(let value): value == .min ? .double(0x1p63) : .integer(-value)
    case .double(let value): Literal(-value)
    default: nil
    }
  }

  private func fold(_ operation: BinaryOperator, _ left: Literal, _ right: Literal) -> Literal? {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): fold(operation, left, right)
    case (.integer(let left), .double(let right)): fold(operation, Double(left), right)
    case (.double(let left), .integer(let right)): fold(operation, left, Double(right))
    case (.double(let left), .double(let right)): fold(operation, left, right)
    default: operation == .add ? join(left, right) : nil
    }
  }

  private func fold(_ operation: BinaryOperator, _ left: Int64, _ right: Int64) -> Literal? {
    let result: (partialValue: Int64, overflow: Bool)
    switch operation {
    case .add: result = left.addingReportingOverflow(right)
    case .subtract: result = left.subtractingReportingOverflow(right)
    case .multiply: result = left.multipliedReportingOverflow(by: right)
    case .divide where right != 0: return Literal(Double(left) / Double(right))
    case .remainder where right != 0: result = left.remainderReportingOverflow(dividingBy: right)
    default: return nil
    }
    return result.overflow ? nil : .integer(result.partialValue)
  }

  private func fold(_ operation: BinaryOperator, _ left: Double, _ right: Double) -> Literal? {
    let result: Double
    switch operation {
    case .add: result = left + right
    case .subtract: result = left - right
    case .multiply: result = left * right
    case .divide: result = left / right
    default: return nil
    }
    return result.isFinite ? Literal(result) : nil
  }

  private func join(_ left: Literal, _ right: Literal) -> Literal? {
    guard let left = text(of: left), let right = text(of: right),
      left.utf8.count + right.utf8.count <= Self.longestText
    else { return nil }
    return .text(left + right)
  }

  private func text(of literal: Literal) -> String? {
    switch literal {
    case .symbol(let symbol): tree[symbol]
    case .text(let text): text
    default: nil
    }
  }
}
