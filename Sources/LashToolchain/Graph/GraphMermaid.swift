import LashLang

/// A graph as a flowchart of Mermaid: a subgraph for each body.
public enum GraphMermaid {
  private static let width = 60

  /// The text of the diagram. O(n).
  public static func text(of graph: WorkflowGraph, overlay: GraphOverlay? = nil) -> String {
    var lines = ["flowchart TD"]
    var order = 0
    var hasEnd = Array(repeating: false, count: graph.bodies.count)
    for case .end(let body) in graph.edges.map(\.to) { hasEnd[body] = true }
    for (index, body) in graph.bodies.enumerated() where !body.block.isEmpty {
      let title = (body.label.map { $0.title + ": " } ?? "") + body.signature
      lines.append("  subgraph body-\(index)[\"\(escaped(title, 100))\"]")
      lines.append("    direction TB")
      lines.append("    enter-\(index)((\"start\"))")
      while order < graph.nodes.count, graph.nodes[order].body == index {
        lines.append("    " + node(graph, order, overlay))
        order += 1
      }
      if hasEnd[index] { lines.append("    leave-\(index)((\"end\"))") }
      lines.append("  end")
    }
    for edge in graph.edges where hasNodes(edge, graph) {
      let text = label(edge, overlay).map { "|\($0)|" } ?? ""
      lines.append(
        "  \(GraphJSON.name(of: edge.from, graph)) -->\(text) \(GraphJSON.name(of: edge.to, graph))"
      )
    }
    for kind in GraphNode.Kind.allCases {
      let members = graph.nodes.filter { $0.kind == kind }.map(\.id)
      guard let style = style(kind), !members.isEmpty else { continue }
      lines.append("  classDef \(kind.rawValue)Node \(style)")
      lines.append("  class \(members.joined(separator: ",")) \(kind.rawValue)Node")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The edge from the start to the end of an empty body is left out with the body.
  private static func hasNodes(_ edge: GraphEdge, _ graph: WorkflowGraph) -> Bool {
    if case .start = edge.from, case .end = edge.to { false } else { true }
  }

  private static func node(
    _ graph: WorkflowGraph, _ index: Int, _ overlay: GraphOverlay?
  ) -> String {
    let node = graph.nodes[index]
    var parts: [String] = []
    if let label = node.label { parts.append(escaped(label.title, 100)) }
    parts.append(escaped(graph.text(index, width), width))
    if let text = overlay?.text(index) { parts.append(escaped(text, 100)) }
    let text = "\"" + parts.joined(separator: "<br>") + "\""
    return switch node.kind {
    case .step: "\(node.id)[\(text)]"
    case .effect: "\(node.id)[[\(text)]]"
    case .branch: "\(node.id){\(text)}"
    case .each, .loop: "\(node.id){{\(text)}}"
    case .break, .continue, .finish, .fail: "\(node.id)([\(text)])"
    }
  }

  private static func label(
    _ edge: GraphEdge, _ overlay: GraphOverlay?
  ) -> String? {
    switch edge.kind {
    case .next, .body: nil
    case .then: "yes" + runs(0, edge, overlay)
    case .else: "no" + runs(1, edge, overlay)
    case .repeat, .done, .break, .continue: edge.kind.rawValue
    }
  }

  /// How often the way of a branch was taken, if that is known.
  private static func runs(_ block: Int, _ edge: GraphEdge, _ overlay: GraphOverlay?) -> String {
    guard let overlay, case .node(let branch) = edge.from,
      overlay.blocks[branch].indices.contains(block),
      let text = overlay.blocks[branch][block].text
    else { return "" }
    return " \(text)"
  }

  private static func style(_ kind: GraphNode.Kind) -> String? {
    switch kind {
    case .effect: "stroke:#2563eb,stroke-width:2px"
    case .branch: "stroke:#b45309"
    case .each, .loop: "stroke:#7c3aed"
    case .finish: "stroke:#15803d,stroke-width:2px"
    case .fail: "stroke:#dc2626,stroke-width:2px"
    case .step, .break, .continue: nil
    }
  }

  /// Text inside quotes: whatever Mermaid or HTML could take for markup is written by its number.
  private static func escaped(_ text: String, _ width: Int) -> String {
    var result = ""
    for scalar in text.unicodeScalars.prefix(width) {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ", ".", ",", ":", "(", ")", "=", "+", "/", "?":
        result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: result += " "
      case _ where scalar.isASCII: result += "#\(scalar.value);"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
