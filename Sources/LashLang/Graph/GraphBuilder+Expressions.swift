/// What the expressions of a node read, and what they ask the host for.
extension GraphBuilder {
  mutating func look(at id: ExpressionID, of node: Int, isCertain: Bool = true) {
    let expression = tree[id]
    switch expression.kind {
    case .name(let symbol): if module[id] == .variable { read(symbol, node) }
    case .binary(let symbol, let left, let right)
    where symbol == .and || symbol == .or || symbol == .coalesce:
      look(at: left, of: node, isCertain: isCertain)
      look(at: right, of: node, isCertain: false)
    case .conditional(let condition, let then, let otherwise):
      look(at: condition, of: node, isCertain: isCertain)
      look(at: then, of: node, isCertain: false)
      look(at: otherwise, of: node, isCertain: false)
    case .comprehension(let element, let clauses):
      look(at: element, clauses, of: node, isCertain: isCertain)
    case .await(let operand): lookAwaited(operand, expression.span, node, isCertain)
    case .operation: lookOperation(id, node, isCertain)
    case .start(let name, _):
      lookOperands(expression, node, isCertain)
      addSite(.start, tree[name.symbol], expression.span, node, isCertain: isCertain)
    case .sleep(_, let operand):
      look(at: operand, of: node, isCertain: isCertain)
      addSite(.sleep, nil, expression.span, node, isCertain: isCertain)
    case .waitSignal(let name):
      addSite(.wait, tree[name.symbol], expression.span, node, isCertain: isCertain)
    case .signalRun(_, let name, _):
      lookOperands(expression, node, isCertain)
      addSite(.signal, tree[name.symbol], expression.span, node, isCertain: isCertain)
    default: lookOperands(expression, node, isCertain)
    }
  }

  private mutating func lookOperands(_ expression: Expression, _ node: Int, _ isCertain: Bool) {
    for operand in tree.operands(of: expression.kind) {
      look(at: operand, of: node, isCertain: isCertain)
    }
  }

  private mutating func look(
    at element: ExpressionID, _ clauses: NodeList<ComprehensionClause>, of node: Int,
    isCertain: Bool
  ) {
    var isCertain = isCertain
    for clause in tree[clauses] {
      switch clause {
      case .iterate(_, let iterable): look(at: iterable, of: node, isCertain: isCertain)
      case .filter(let condition): look(at: condition, of: node, isCertain: false)
      }
      // Only the first clause is sure to be evaluated, and once.
      isCertain = false
    }
    look(at: element, of: node, isCertain: false)
  }

  private mutating func lookOperation(_ id: ExpressionID, _ node: Int, _ isCertain: Bool) {
    lookOperands(tree[id], node, isCertain)
    guard module[id] == .operation else { return }
    addSite(.call, operationName(id), tree[id].span, node, isCertain: isCertain)
  }

  private func operationName(_ id: ExpressionID) -> String {
    guard case .operation(let receiver, let name, _) = tree[id].kind else { return "" }
    let text = tree.source.text(tree[receiver].span)
    return (text.utf8.count <= 60 ? text : "…") + "." + tree[name.symbol]
  }

  // MARK: await

  /// `await` is a site of its own where it waits for a value, not for calls that it holds.
  private mutating func lookAwaited(
    _ operand: ExpressionID, _ span: SourceSpan, _ node: Int, _ isCertain: Bool
  ) {
    if let call = call(operand) {
      lookOperation(call, node, isCertain)
    } else if case .unwrap(let inner) = tree[operand].kind {
      lookAwaited(inner, span, node, isCertain)
    } else {
      look(at: operand, of: node, isCertain: isCertain)
      // Of an aggregate with calls these are the sites.
      if !holdsLeaf(operand) { addSite(.await, nil, span, node, isCertain: isCertain) }
    }
  }

  /// The call that an expression is, if it is one, awaited or not.
  private func call(_ id: ExpressionID) -> ExpressionID? {
    switch tree[id].kind {
    case .operation: module[id] == .operation ? id : nil
    case .await(let operand): call(operand)
    default: nil
    }
  }

  private func leaf(_ id: ExpressionID) -> ExpressionID? {
    if case .unwrap(let operand) = tree[id].kind { return call(operand) }
    if case .await(let operand) = tree[id].kind, case .unwrap(let inner) = tree[operand].kind {
      return call(inner)
    }
    return call(id)
  }

  private func holdsLeaf(_ id: ExpressionID) -> Bool {
    switch tree[id].kind {
    case .list(let items), .tuple(let items):
      tree[items].contains { leaf($0) != nil || holdsLeaf($0) }
    case .record(let fields):
      tree[fields].contains { leaf($0.value) != nil || holdsLeaf($0.value) }
    case .comprehension(let element, _): leaf(element) != nil || holdsLeaf(element)
    default: false
    }
  }

  // MARK: Facts of nodes

  mutating func addSite(
    _ kind: EffectSite.Kind, _ name: String?, _ span: SourceSpan, _ node: Int, isCertain: Bool
  ) {
    graph.sites.append(
      EffectSite(kind: kind, name: name, span: span, node: node, isCertain: isCertain))
    if graph.nodes[node].kind == .step { graph.nodes[node].kind = .effect }
  }

  mutating func look(
    at targets: NodeList<AssignmentTarget>, of node: Int, readsRoots: Bool
  ) {
    for target in tree[targets] {
      if readsRoots || !target.steps.isEmpty { read(target.root.symbol, node) }
      for step in tree[target.steps] {
        if case .index(let index) = step { look(at: index, of: node) }
      }
    }
  }

  mutating func writeRoots(_ targets: NodeList<AssignmentTarget>, _ node: Int) {
    for target in tree[targets] { write(target.root.symbol, node) }
  }

  mutating func write(_ symbol: Symbol, _ node: Int) {
    let name = tree[symbol]
    if !graph.nodes[node].writes.contains(name) { graph.nodes[node].writes.append(name) }
  }

  private mutating func read(_ symbol: Symbol, _ node: Int) {
    let name = tree[symbol]
    if !graph.nodes[node].reads.contains(name) { graph.nodes[node].reads.append(name) }
  }
}

extension SyntaxTree {
  /// The direct subexpressions in order of evaluation.
  fileprivate func operands(of kind: Expression.Kind) -> [ExpressionID] {
    var result: [ExpressionID] = []
    forEachOperand(of: kind) { result.append($0) }
    return result
  }
}
