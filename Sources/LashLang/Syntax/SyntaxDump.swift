import LashJSON

/// A syntax tree as text or JSON, for looking at the parser's work.
///
/// The nodes are listed in preorder with their depth, so both forms are flat and a tall tree needs
/// neither deep JSON nor a deep stack to write.
public struct SyntaxDump {
  /// One node of the listing.
  struct Node: Hashable {
    var depth: Int
    /// What it is: `binary`, `list`, `for` …
    var kind: String
    /// Its operator, name or literal.
    var detail: String?
    var span: SourceSpan
    /// The type of an expression, where types are shown.
    var type: String?
  }

  let tree: SyntaxTree
  private var module: CheckedModule?
  var nodes: [Node] = []
  var depth = 0

  /// Lists the declarations, then the statements, of `tree`.
  public init(_ tree: SyntaxTree) {
    self.init(tree, nil)
  }

  /// Lists the tree of a checked text, with the type of each expression.
  public init(_ module: CheckedModule) {
    self.init(module.tree, module)
  }

  private init(_ tree: SyntaxTree, _ module: CheckedModule?) {
    self.tree = tree
    self.module = module
    for declaration in tree.declarations { add(declaration) }
    for statement in tree[tree.main.statements] { add(statement) }
  }

  /// One node a line, nested by indentation and parentheses: `(binary + 0..5`, and with types
  /// `(binary + 0..5: int`.
  public var text: String {
    var result = ""
    for (index, node) in nodes.enumerated() {
      let following = index + 1 < nodes.count ? nodes[index + 1].depth : 0
      result += String(repeating: "  ", count: node.depth) + "(" + node.kind
      if let detail = node.detail { result += " " + detail }
      result += " \(node.span.start)..\(node.span.end)"
      if let type = node.type { result += ": " + type }
      result += String(repeating: ")", count: max(0, node.depth - following + 1)) + "\n"
    }
    return result
  }

  /// An array of objects with `depth`, `kind`, `start`, `end` and, where there is one, `detail` and
  /// `type`.
  public var json: JSONValue {
    .array(
      nodes.map { node in
        var object: JSONObject = [
          "depth": .integer(Int64(node.depth)),
          "kind": .string(node.kind),
        ]
        if let detail = node.detail { object["detail"] = .string(detail) }
        object["start"] = .integer(Int64(node.span.start))
        object["end"] = .integer(Int64(node.span.end))
        if let type = node.type { object["type"] = .string(type) }
        return .object(object)
      })
  }

  /// Adds a node, with what `children` adds below it.
  mutating func add(
    _ kind: String, _ detail: String? = nil, at span: SourceSpan,
    children: (inout SyntaxDump) -> Void = { _ in }
  ) {
    nodes.append(Node(depth: depth, kind: kind, detail: detail, span: span))
    depth += 1
    children(&self)
    depth -= 1
  }

  /// Adds an expression, with its type where types are shown. Recurses no deeper than the height of
  /// the expression, which the parser bounds.
  mutating func add(_ id: ExpressionID) {
    let place = nodes.count
    addTree(id)
    if let module { nodes[place].type = module.typeText(of: id) }
  }

  func quoted(_ symbol: Symbol) -> String { JSONValue.string(tree[symbol]).description }

  mutating func add(_ names: NodeList<Name>) {
    for name in tree[names] { add("binding", tree[name.symbol], at: name.span) }
  }

  mutating func add(_ block: Block) {
    add("block", at: block.span) { dump in
      for statement in dump.tree[block.statements] { dump.add(statement) }
    }
  }
}
