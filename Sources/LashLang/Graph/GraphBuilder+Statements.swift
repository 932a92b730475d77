extension GraphBuilder {
  /// Adds a statement with its blocks; its node, and the ways that lead out of it.
  mutating func add(_ id: StatementID, after entries: [Exit]) -> (node: Int, exits: [Exit]) {
    let statement = tree[id]
    let label = label(statement.label)
    switch statement.kind {
    case .branch(let branches, let otherwise):
      return addBranch(Array(tree[branches])[...], otherwise, statement.span, label, entries)
    case .iterate(let bindings, let iterable, let block):
      let node = addNode(.each, header(statement.span, block), statement.span, label, entries)
      look(at: iterable, of: node)
      for name in tree[bindings] { write(name.symbol, node) }
      return addLoop(node, block)
    case .loop(let condition, let block):
      let node = addNode(.loop, header(statement.span, block), statement.span, label, entries)
      // It may run any number of times.
      look(at: condition, of: node, isCertain: false)
      return addLoop(node, block, isEndless: isTrue(condition))
    default:
      let node = addNode(.step, statement.span, statement.span, label, entries)
      return (node, finish(statement, node))
    }
  }

  private func isTrue(_ condition: ExpressionID) -> Bool {
    if case .bool(true) = tree[condition].kind { true } else { false }
  }

  /// What stands before the block of a statement.
  private func header(_ span: SourceSpan, _ block: Block) -> SourceSpan {
    SourceSpan(start: span.start, end: names.end(before: block.span.start))
  }

  mutating func addNode(
    _ kind: GraphNode.Kind, _ text: SourceSpan, _ span: SourceSpan, _ label: GraphLabel?,
    _ entries: [Exit]
  ) -> Int {
    let node = graph.nodes.count
    graph.nodes.append(
      GraphNode(
        id: names.id(of: text), kind: kind, body: body, parent: parent, label: label, text: text,
        span: span))
    connect(entries, to: .node(node))
    return node
  }

  // MARK: Branches and loops

  private mutating func addBranch(
    _ branches: ArraySlice<ConditionalBlock>, _ otherwise: Block?, _ span: SourceSpan,
    _ label: GraphLabel?, _ entries: [Exit]
  ) -> (node: Int, exits: [Exit]) {
    guard let first = branches.first else { preconditionFailure("an `if` has a condition") }
    let node = addNode(.branch, header(span, first.block), span, label, entries)
    look(at: first.condition, of: node)
    let outer = parent
    parent = node
    defer { parent = outer }
    let then = add(first.block, after: [Exit(from: .node(node), kind: .then)])
    var blocks = [then.nodes]
    var exits = then.exits
    let no = [Exit(from: .node(node), kind: .else)]
    if let next = branches.dropFirst().first {
      let start = names.start(ofIfBefore: tree[next.condition].span.start)
      let rest = addBranch(
        branches.dropFirst(), otherwise, SourceSpan(start: start, end: span.end), nil, no)
      blocks.append([rest.node])
      exits += rest.exits
    } else if let otherwise {
      let rest = add(otherwise, after: no)
      blocks.append(rest.nodes)
      exits += rest.exits
    } else {
      exits += no
    }
    graph.nodes[node].blocks = blocks
    return (node, exits)
  }

  private mutating func addLoop(
    _ node: Int, _ block: Block, isEndless: Bool = false
  ) -> (node: Int, exits: [Exit]) {
    let outer = parent
    parent = node
    loops.append(Loop(node: node))
    let inner = add(block, after: [Exit(from: .node(node), kind: .body)])
    parent = outer
    graph.nodes[node].blocks = [inner.nodes]
    for exit in inner.exits {
      let kind = exit.kind == .next || exit.kind == .done ? GraphEdge.Kind.repeat : exit.kind
      connect([Exit(from: exit.from, kind: kind)], to: .node(node))
    }
    let breaks = loops.removeLast().breaks
    return (node, (isEndless ? [] : [Exit(from: .node(node), kind: .done)]) + breaks)
  }

  // MARK: Plain statements

  private mutating func finish(_ statement: Statement, _ node: Int) -> [Exit] {
    let next = [Exit(from: .node(node), kind: .next)]
    switch statement.kind {
    case .expression(let value):
      look(at: value, of: node)
      graph.nodes[node].type = type(of: value)
    case .assign(let targets, let value):
      look(at: targets, of: node, readsRoots: false)
      look(at: value, of: node)
      writeRoots(targets, node)
      if targets.count == 1 { graph.nodes[node].type = type(of: value) }
    case .update(let targets, _, let value):
      look(at: targets, of: node, readsRoots: true)
      look(at: value, of: node)
      writeRoots(targets, node)
    case .break:
      graph.nodes[node].kind = .break
      if !loops.isEmpty {
        loops[loops.count - 1].breaks.append(Exit(from: .node(node), kind: .break))
      }
      return []
    case .continue:
      graph.nodes[node].kind = .continue
      if let loop = loops.last {
        connect([Exit(from: .node(node), kind: .continue)], to: .node(loop.node))
      }
      return []
    case .finish(let value):
      look(at: value, of: node)
      graph.nodes[node].kind = .finish
      graph.nodes[node].type = type(of: value)
      connect(next, to: .end(body))
      return []
    case .fail(let value):
      look(at: value, of: node)
      graph.nodes[node].kind = .fail
      connect(next, to: .end(body))
      return []
    case .print(let value): addEffect(.print, value, statement.span, node)
    case .cancel(let value): addEffect(.cancel, value, statement.span, node)
    case .yield(let value): addEffect(.yield, value, statement.span, node)
    case .wake(let value): addEffect(.wake, value, statement.span, node)
    case .branch, .iterate, .loop, .error: break
    }
    return next
  }

  private mutating func addEffect(
    _ kind: EffectSite.Kind, _ value: ExpressionID, _ span: SourceSpan, _ node: Int
  ) {
    look(at: value, of: node)
    addSite(kind, nil, span, node, isCertain: true)
  }

  /// The type of a value in lashlang's syntax; nothing where it says nothing.
  private func type(of value: ExpressionID) -> String? {
    let text = module.types.text(module.type(of: value))
    return text == "any" ? nil : text
  }
}
