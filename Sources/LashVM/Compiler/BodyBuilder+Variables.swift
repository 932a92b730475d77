import LashLang

/// Finds the variables of a body before its code, since temporaries lie above them.
extension BodyBuilder {
  /// Declares the variables that `block` mentions, in the order of the text. Bindings of loops and
  /// comprehensions are none. O(size of the block).
  mutating func collectVariables(of block: Block) {
    for id in tree[block.statements] { collectVariables(of: tree[id].kind) }
  }

  private mutating func collectVariables(of statement: Statement.Kind) {
    switch statement {
    case .expression(let value), .print(let value), .cancel(let value), .finish(let value),
      .fail(let value), .yield(let value), .wake(let value):
      collectVariables(of: value)
    case .assign(let targets, let value), .update(let targets, _, let value):
      for target in tree[targets] {
        scope.declare(target.root.symbol)
        for case .index(let index) in tree[target.steps] { collectVariables(of: index) }
      }
      collectVariables(of: value)
    case .branch(let branches, let otherwise):
      for branch in tree[branches] {
        collectVariables(of: branch.condition)
        collectVariables(of: branch.block)
      }
      if let otherwise { collectVariables(of: otherwise) }
    case .iterate(let names, let iterable, let block):
      collectVariables(of: iterable)
      let hidden = hide(names)
      collectVariables(of: block)
      scope.restore(hidden)
    case .loop(let condition, let block):
      collectVariables(of: condition)
      collectVariables(of: block)
    case .break, .continue, .error: break
    }
  }

  private mutating func collectVariables(of id: ExpressionID) {
    let kind = tree[id].kind
    switch kind {
    case .name(let symbol): if module[id] == .variable { scope.declare(symbol) }
    case .field where module[id] != .none: break
    case .operation(_, _, let arguments) where module[id] != .operation:
      for argument in tree[arguments] { collectVariables(of: argument) }
    case .typeLiteral(let type):
      for symbol in typeConstant(of: type).variables { scope.declare(symbol) }
    case .comprehension(let element, let clauses):
      var hidden: [Scope.Hidden] = []
      for clause in tree[clauses] {
        switch clause {
        case .iterate(let names, let iterable):
          collectVariables(of: iterable)
          hidden += hide(names)
        case .filter(let condition): collectVariables(of: condition)
        }
      }
      collectVariables(of: element)
      scope.restore(hidden)
    default:
      let tree = tree
      tree.forEachOperand(of: kind) { collectVariables(of: $0) }
    }
  }

  private mutating func hide(_ names: NodeList<Name>) -> [Scope.Hidden] {
    tree[names].map { scope.bind($0.symbol) }
  }
}
