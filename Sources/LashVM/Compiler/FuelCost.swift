import LashLang

/// The fuel of source constructs (rule BND-3), from the tree alone, so that nothing the compiler
/// does can change it.
struct FuelCost {
  private let module: CheckedModule
  /// Operations of an expression and its operands, by expression. What a comprehension does at
  /// each turn is not counted in.
  private var operations: [UInt32]

  /// Counts all expressions of `module`. O(n).
  init(_ module: CheckedModule) {
    self.module = module
    operations = []
    operations.reserveCapacity(module.tree.expressions.count)
    for index in module.tree.expressions.indices {
      operations.append(count(ExpressionID(UInt32(index))))
    }
  }

  /// The operations of one evaluation.
  subscript(id: ExpressionID) -> UInt32 { operations[Int(id.index)] }

  /// What entering a block charges. O(statements and targets).
  func cost(of block: Block) -> UInt32 {
    module.tree[block.statements].reduce(0) { $0 + cost(of: $1) }
  }

  private func cost(of id: StatementID) -> UInt32 {
    switch module.tree[id].kind {
    case .expression(let value), .print(let value), .cancel(let value), .finish(let value),
      .fail(let value), .yield(let value), .wake(let value), .iterate(_, let value, _),
      .loop(let value, _):
      1 + self[value]
    case .assign(let targets, let value): targets.count + cost(of: targets) + self[value]
    case .update(let targets, _, let value): 1 + targets.count + cost(of: targets) + self[value]
    case .branch(let branches, _):
      module.tree[branches].reduce(1) { $0 + self[$1.condition] }
    case .break, .continue, .error: 1
    }
  }

  private func cost(of targets: NodeList<AssignmentTarget>) -> UInt32 {
    var cost: UInt32 = 0
    for target in module.tree[targets] {
      cost += target.steps.count
      for case .index(let index) in module.tree[target.steps] { cost += self[index] }
    }
    return cost
  }

  // MARK: Expressions

  /// Operands stand before their operators in the tree, so theirs are counted.
  private func count(_ id: ExpressionID) -> UInt32 {
    switch module.tree[id].kind {
    case .null, .bool, .integer, .number, .string, .name, .error: 0
    case .interpolation(let parts): count(parts)
    case .call(_, let items): 1 + count(items)
    case .tuple(let items), .list(let items): 1 + items.count / 8 + count(items)
    case .record(let fields): 1 + fields.count / 8 + count(fields)
    case .start(_, let fields): 1 + count(fields)
    case .comprehension(_, let clauses): 1 + firstIterable(clauses)
    case .field(let target, _): module[id] == .none ? 1 + self[target] : 0
    case .operation(let receiver, _, let arguments):
      1 + (module[id] == .operation ? self[receiver] : 0) + count(arguments)
    case .index(let left, let right), .binary(_, let left, let right): 1 + self[left] + self[right]
    case .unwrap(let operand), .await(let operand), .unary(_, let operand),
      .sleep(_, let operand):
      1 + self[operand]
    case .conditional(let condition, let then, let otherwise):
      1 + self[condition] + self[then] + self[otherwise]
    case .signalRun(let run, _, let payload): 1 + self[run] + self[payload]
    case .typeLiteral, .waitSignal: 1
    }
  }

  private func count(_ items: NodeList<ExpressionID>) -> UInt32 {
    module.tree[items].reduce(0) { $0 + self[$1] }
  }

  private func count(_ fields: NodeList<FieldSyntax>) -> UInt32 {
    module.tree[fields].reduce(0) { $0 + self[$1.value] }
  }

  private func count(_ parts: NodeList<InterpolationPart>) -> UInt32 {
    module.tree[parts].reduce(0) { sum, part in
      switch part {
      case .text: sum
      case .slot(let value), .formatted(let value, _): sum + 1 + self[value]
      }
    }
  }

  private func firstIterable(_ clauses: NodeList<ComprehensionClause>) -> UInt32 {
    if case .iterate(_, let iterable)? = module.tree[clauses].first { self[iterable] } else { 0 }
  }
}
