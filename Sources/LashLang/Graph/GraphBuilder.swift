/// Makes the graph of a parsed and checked text. Linear in the text; recurses as deep as blocks and
/// expressions nest, which the parser bounds.
struct GraphBuilder {
  /// A way that waits for the node it leads to.
  struct Exit {
    var from: GraphEdge.End
    var kind: GraphEdge.Kind
  }

  /// The loop around the current place.
  struct Loop {
    var node: Int
    var breaks: [Exit] = []
  }

  let module: CheckedModule
  let tree: SyntaxTree
  var graph: WorkflowGraph
  var names: GraphNames
  var loops: [Loop] = []
  var body = 0
  var parent: Int?

  init(_ module: CheckedModule) {
    self.module = module
    tree = module.tree
    graph = WorkflowGraph(source: module.tree.source)
    names = GraphNames(module.tree.source)
  }

  consuming func build() -> WorkflowGraph {
    add(GraphBody(kind: .main, name: "main", span: .none), tree.main)
    for declaration in tree.declarations {
      switch declaration {
      case .type(let type):
        graph.types.append((tree[type.name.symbol], tree.source.text(tree[type.type].span)))
      case .process(let process): add(process)
      case .function(let function): add(function)
      }
    }
    numberSites()
    return graph
  }

  private mutating func add(_ process: ProcessDeclaration) {
    var body = GraphBody(
      kind: .process, name: tree[process.name.symbol], label: label(process.label),
      span: process.span)
    body.parameters = fields(process.parameters)
    body.signals = fields(process.signals)
    body.result = process.returnType.map { tree.source.text(tree[$0].span) }
    add(body, process.body)
  }

  private mutating func add(_ function: FunctionDeclaration) {
    var body = GraphBody(
      kind: .function, name: tree[function.name.symbol], span: function.span)
    body.parameters = fields(function.parameters)
    body.result = tree.source.text(tree[function.returnType].span)
    add(body, function.body)
  }

  private mutating func add(_ body: GraphBody, _ block: Block) {
    self.body = graph.bodies.count
    parent = nil
    names.begin(body.kind == .main ? "" : body.name)
    graph.bodies.append(body)
    let (nodes, exits) = add(block, after: [Exit(from: .start(self.body), kind: .next)])
    graph.bodies[self.body].block = nodes
    connect(exits, to: .end(self.body))
  }

  private func fields(_ list: NodeList<TypeField>) -> [(name: String, type: String)] {
    tree[list].map { (tree[$0.name.symbol], tree.source.text(tree[$0.type].span)) }
  }

  func label(_ index: UInt32?) -> GraphLabel? {
    index.map {
      let label = tree.labels[Int($0)]
      return GraphLabel(title: tree[label.title], description: label.description.map { tree[$0] })
    }
  }

  // MARK: Ways

  mutating func connect(_ exits: [Exit], to end: GraphEdge.End) {
    for exit in exits {
      graph.edges.append(GraphEdge(from: exit.from, to: end, kind: exit.kind))
    }
  }

  /// Adds the statements of a block; its nodes, and the ways that lead out of its end.
  mutating func add(_ block: Block, after entries: [Exit]) -> (nodes: [Int], exits: [Exit]) {
    var nodes: [Int] = []
    var exits = entries
    for id in tree[block.statements] {
      let (node, next) = add(id, after: exits)
      nodes.append(node)
      exits = next
    }
    return (nodes, exits)
  }

  /// Sites are numbered in source order over the whole text, the inner ones first.
  private mutating func numberSites() {
    graph.sites.sort { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
    for (number, site) in graph.sites.enumerated() { graph.nodes[site.node].sites.append(number) }
  }
}

extension WorkflowGraph {
  /// The graph of a text that parsed. O(n log n).
  public init(_ module: CheckedModule) {
    self = GraphBuilder(module).build()
  }
}
