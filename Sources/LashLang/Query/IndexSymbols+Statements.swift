extension IndexSymbols {
  mutating func walk(_ block: Block) {
    for id in tree[block.statements] { walk(id) }
  }

  private mutating func walk(_ id: StatementID) {
    switch tree[id].kind {
    case .expression(let value), .print(let value), .cancel(let value), .finish(let value),
      .fail(let value), .yield(let value), .wake(let value):
      walk(value)
    case .assign(let targets, let value): walkAssignment(targets, value)
    case .update(let targets, _, let value):
      walk(value)
      for target in tree[targets] { walk(target, nil) }
    case .branch(let branches, let otherwise):
      for branch in tree[branches] {
        walk(branch.condition)
        walk(branch.block)
      }
      if let otherwise { walk(otherwise) }
    case .iterate(let names, let iterable, let block):
      walk(iterable)
      let hidden = bind(names, of: iterable, in: block.span)
      walk(block)
      unbind(hidden)
    case .loop(let condition, let block):
      walk(condition)
      walk(block)
    case .break, .continue, .error: break
    }
  }

  private mutating func walkAssignment(
    _ targets: NodeList<AssignmentTarget>, _ value: ExpressionID
  ) {
    walk(value)
    let type = module.type(of: value)
    if targets.count == 1, let target = tree[targets].first {
      walk(target, type)
      return
    }
    for (position, target) in tree[targets].enumerated() {
      walk(target, item(position, of: type))
    }
  }

  private mutating func walk(_ target: AssignmentTarget, _ type: ValueType?) {
    if target.steps.isEmpty {
      assign(target.root, type)
      return
    }
    note(target.root.span, variable(target.root.symbol))
    for step in tree[target.steps] {
      switch step {
      case .field(let name): noteShared(.field, tree[name.symbol], at: name.span)
      case .index(let index): walk(index)
      }
    }
  }

  // MARK: Bindings

  /// What names stood for before a loop hid them.
  typealias Hidden = [(symbol: Symbol, index: Int?)]

  mutating func bind(
    _ names: NodeList<Name>, of iterable: ExpressionID, in span: SourceSpan
  ) -> Hidden {
    let element = table.element(module.type(of: iterable))
    var hidden: Hidden = []
    for (position, name) in tree[names].enumerated() {
      let type = names.count == 1 ? element : element.flatMap { item(position, of: $0) }
      hidden.append((name.symbol, scope[name.symbol]))
      scope[name.symbol] = add(.binding, name, in: span, type: type)
    }
    return hidden
  }

  mutating func unbind(_ hidden: Hidden) {
    for entry in hidden.reversed() { scope[entry.symbol] = entry.index }
  }

  /// The item at a position of a sequence that is taken apart.
  private mutating func item(_ position: Int, of type: ValueType) -> ValueType? {
    let type = table.expand(type)
    if table.kind(type) == .tuple {
      return position < table.count(type) ? table.part(type, position) : nil
    }
    return table.element(type)
  }
}
