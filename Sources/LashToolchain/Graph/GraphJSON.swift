import LashJSON
import LashLang

/// The JSON form of a graph (`spec/graphs.md`): for editors and other tools.
public enum GraphJSON {
  /// The graph, with what ran if an overlay is given. O(n).
  public static func json(of graph: WorkflowGraph, overlay: GraphOverlay? = nil) -> JSONValue {
    let types = graph.types.map {
      JSONValue.object(["name": .string($0.name), "type": .string($0.text)])
    }
    return [
      "version": .integer(Int64(WorkflowGraph.version)),
      "source": .string(graph.source.name),
      "types": .array(types),
      "bodies": .array(graph.bodies.indices.map { body(graph, $0) }),
      "nodes": .array(graph.nodes.indices.map { node(graph, $0, overlay) }),
      "edges": .array(
        graph.edges.map { edge in
          [
            "from": .string(name(of: edge.from, graph)), "to": .string(name(of: edge.to, graph)),
            "kind": .string(edge.kind.rawValue),
          ]
        }),
      "sites": .array(graph.sites.map { site($0, graph) }),
    ]
  }

  private static func body(_ graph: WorkflowGraph, _ index: Int) -> JSONValue {
    let body = graph.bodies[index]
    var object: JSONObject = [
      "kind": .string(body.kind.rawValue), "name": .string(body.name),
    ]
    add(body.label, to: &object)
    if body.kind != .main {
      object["parameters"] = fields(body.parameters)
      if !body.signals.isEmpty { object["signals"] = fields(body.signals) }
      if let result = body.result { object["result"] = .string(result) }
      object["span"] = span(body.span, graph)
    }
    object["start"] = .string(name(of: .start(index), graph))
    object["end"] = .string(name(of: .end(index), graph))
    object["nodes"] = list(body.block, graph)
    return .object(object)
  }

  private static func node(
    _ graph: WorkflowGraph, _ index: Int, _ overlay: GraphOverlay?
  ) -> JSONValue {
    let node = graph.nodes[index]
    var object: JSONObject = ["id": .string(node.id), "kind": .string(node.kind.rawValue)]
    add(node.label, to: &object)
    object["text"] = .string(graph.source.text(node.text))
    object["span"] = span(node.text, graph)
    if let parent = node.parent { object["parent"] = .string(graph.nodes[parent].id) }
    if !node.writes.isEmpty { object["writes"] = .array(node.writes.map { .string($0) }) }
    if !node.reads.isEmpty { object["reads"] = .array(node.reads.map { .string($0) }) }
    if let type = node.type { object["type"] = .string(type) }
    if !node.sites.isEmpty { object["sites"] = .array(node.sites.map { .integer(Int64($0)) }) }
    for (name, block) in zip(blockNames(node.kind), node.blocks) {
      object[name] = list(block, graph)
    }
    if let overlay { object["run"] = run(index, node.kind, overlay) }
    return .object(object)
  }

  private static func blockNames(_ kind: GraphNode.Kind) -> [String] {
    kind == .branch ? ["then", "else"] : ["body"]
  }

  private static func run(
    _ index: Int, _ kind: GraphNode.Kind, _ overlay: GraphOverlay
  ) -> JSONValue {
    var object = runs(overlay.runs[index])
    for (name, runs) in zip(blockNames(kind), overlay.blocks[index]) {
      object[name] = .object(self.runs(runs))
    }
    if let cost = overlay.costs[index] {
      object["fuel"] = .integer(Int64(clamping: cost.fuel))
      object["time"] = .integer(cost.time)
    }
    return .object(object)
  }

  private static func runs(_ runs: GraphOverlay.Runs) -> JSONObject {
    var object: JSONObject = ["least": .integer(Int64(runs.least))]
    if let most = runs.most { object["most"] = .integer(Int64(most)) }
    return object
  }

  private static func site(_ site: EffectSite, _ graph: WorkflowGraph) -> JSONValue {
    var object: JSONObject = [
      "kind": .string(site.kind.rawValue), "node": .string(graph.nodes[site.node].id),
    ]
    if let name = site.name { object["name"] = .string(name) }
    object["span"] = span(site.span, graph)
    return .object(object)
  }

  // MARK: Parts

  private static func add(_ label: GraphLabel?, to object: inout JSONObject) {
    guard let label else { return }
    object["title"] = .string(label.title)
    if let description = label.description { object["description"] = .string(description) }
  }

  private static func fields(_ fields: [(name: String, type: String)]) -> JSONValue {
    .array(fields.map { ["name": .string($0.name), "type": .string($0.type)] })
  }

  private static func list(_ nodes: [Int], _ graph: WorkflowGraph) -> JSONValue {
    .array(nodes.map { .string(graph.nodes[$0].id) })
  }

  /// The name of an end of an edge: the id of a node, or that of the start or end of a body. Mermaid
  /// takes names that begin with `end` for its keyword.
  static func name(of end: GraphEdge.End, _ graph: WorkflowGraph) -> String {
    switch end {
    case .start(let body): "enter-\(body)"
    case .end(let body): "leave-\(body)"
    case .node(let node): graph.nodes[node].id
    }
  }

  private static func span(_ span: SourceSpan, _ graph: WorkflowGraph) -> JSONValue {
    let start = graph.source.position(of: span.start)
    return [
      "start": .integer(Int64(span.start)), "end": .integer(Int64(span.end)),
      "line": .integer(Int64(start.line)), "column": .integer(Int64(start.column)),
    ]
  }
}
