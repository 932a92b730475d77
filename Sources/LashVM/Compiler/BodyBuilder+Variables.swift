import LashLang

/// Finds the variables of a body before its code, since temporaries lie above them.
extension BodyBuilder {
  /// Declares the variables that `block` mentions, in the order of the text. Bindings of loops and
  /// comprehensions are none. O(size of the block).
  ///
  /// The tree is handed down and no closure holds it: it would be copied out of a builder that changes,
  /// and into a closure, with a reference to each arena.
  mutating func collectVariables(of block: Block, in tree: SyntaxTree) {
    for id in tree[block.statements] { collectVariables(of: tree[id].kind, in: tree) }
  }

  private mutating func collectVariables(of statement: Statement.Kind, in tree: SyntaxTree) {
    switch statement {
    case .expression(let value), .print(let value), .cancel(let value), .finish(let value),
      .fail(let value), .yield(let value), .wake(let value):
      collectVariables(of: value, in: tree)
    case .assign(let targets, let value), .update(let targets, _, let value):
      for target in tree[targets] {
        scope.declare(target.root.symbol)
        for case .index(let index) in tree[target.steps] { collectVariables(of: index, in: tree) }
      }
      collectVariables(of: value, in: tree)
    case .branch(let branches, let otherwise):
      for branch in tree[branches] {
        collectVariables(of: branch.condition, in: tree)
        collectVariables(of: branch.block, in: tree)
      }
      if let otherwise { collectVariables(of: otherwise, in: tree) }
    case .iterate(let names, let iterable, let block):
      collectVariables(of: iterable, in: tree)
      let hidden = hide(tree[names])
      collectVariables(of: block, in: tree)
      scope.restore(hidden)
    case .loop(let condition, let block):
      collectVariables(of: condition, in: tree)
      collectVariables(of: block, in: tree)
    case .break, .continue, .error: break
    }
  }

  private mutating func collectVariables(of id: ExpressionID, in tree: SyntaxTree) {
    let kind = tree[id].kind
    switch kind {
    case .name(let symbol): if case .variable = module[id] { scope.declare(symbol) }
    case .field where module[id] != .none: break
    case .operation(_, _, let arguments) where module[id] != .operation:
      for argument in tree[arguments] { collectVariables(of: argument, in: tree) }
    case .typeLiteral(let type):
      for symbol in typeConstant(of: type).variables { scope.declare(symbol) }
    case .comprehension(let element, let clauses):
      var hidden: [Scope.Hidden] = []
      for clause in tree[clauses] {
        switch clause {
        case .iterate(let names, let iterable):
          collectVariables(of: iterable, in: tree)
          hidden += hide(tree[names])
        case .filter(let condition): collectVariables(of: condition, in: tree)
        }
      }
      collectVariables(of: element, in: tree)
      scope.restore(hidden)
    default:
      let start = operands.count
      tree.forEachOperand(of: kind) { operands.append($0) }
      for place in start..<operands.count { collectVariables(of: operands[place], in: tree) }
      operands.removeSubrange(start...)
    }
  }

  private mutating func hide(_ names: ArraySlice<Name>) -> [Scope.Hidden] {
    names.map { scope.bind($0.symbol) }
  }
}
