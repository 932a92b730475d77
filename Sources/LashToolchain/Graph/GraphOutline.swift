import LashLang

/// A graph as text: one node a line, nested as the blocks, for reading in a terminal.
public enum GraphOutline {
  private static let width = 72

  /// The text, with what ran if an overlay is given.
  public static func text(of graph: WorkflowGraph, overlay: GraphOverlay? = nil) -> String {
    var lines: [String] = []
    for body in graph.bodies where !body.block.isEmpty || body.kind != .main {
      lines.append(body.signature)
      var pending = body.block.reversed().map { (node: $0, depth: 1, block: "") }
      while let next = pending.popLast() {
        let node = graph.nodes[next.node]
        var line = String(repeating: "  ", count: next.depth) + next.block + node.id + "  "
        line += node.kind.rawValue + "  " + (node.label.map { "“\($0.title)” " } ?? "")
        line += graph.text(next.node, width)
        if let type = node.type { line += "  : " + String(type.prefix(width)) }
        for number in node.sites { line += "  [\(number) \(graph.sites[number].text)]" }
        if let text = overlay?.text(next.node) { line += "  " + text }
        lines.append(line)
        for (place, block) in node.blocks.enumerated().reversed() {
          let name = node.kind == .branch && place == 1 ? "else " : ""
          pending += block.reversed().map { (node: $0, depth: next.depth + 1, block: name) }
        }
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension WorkflowGraph {
  /// The text of a node on one line.
  func text(_ node: Int, _ width: Int) -> String {
    let words = source.text(nodes[node].text).split(whereSeparator: \.isWhitespace)
    let text = words.joined(separator: " ")
    return text.count <= width ? text : text.prefix(width - 1) + "…"
  }
}

extension GraphBody {
  /// The head of the declaration, `main` for the main block.
  var signature: String {
    guard kind != .main else { return "main" }
    let list = { (fields: [(name: String, type: String)]) in
      fields.map { "\($0.name): \($0.type)" }.joined(separator: ", ")
    }
    var text = "\(kind == .process ? "process" : "fn") \(name)(\(list(parameters)))"
    if !signals.isEmpty { text += " signals { \(list(signals)) }" }
    if let result { text += " -> \(result)" }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension EffectSite {
  /// What is asked, in a few words.
  var text: String {
    kind.rawValue + (name.map { " " + $0.split(whereSeparator: \.isWhitespace).joined() } ?? "")
  }
}

extension GraphOverlay {
  /// What is known of the runs of a node, in a few words; nothing if that is nothing.
  func text(_ node: Int) -> String? {
    guard var text = runs[node].text else { return nil }
    if runs[node].most == 0 { return text }
    let names =
      switch graph.nodes[node].kind {
      case .branch: ["yes", "no"]
      case .each, .loop: ["body"]
      default: [String]()
      }
    for (name, block) in zip(names, blocks[node]) {
      if let runs = block.text { text += " · \(name) \(runs)" }
    }
    if let cost = costs[node] {
      text += " · \(cost.fuel) fuel"
      if cost.time > 0 { text += " · \(cost.time) ms" }
    }
    return text
  }
}

extension GraphOverlay.Runs {
  /// How often, as short as can be; nothing if nothing is known.
  var text: String? {
    switch (least, most) {
    case (0, 0): "not run"
    case (0, _): nil
    case (let least, let most) where least == most: "×\(least)"
    case (let least, _): "≥\(least)"
    }
  }
}
