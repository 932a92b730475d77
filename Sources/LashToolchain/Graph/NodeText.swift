import LashLang

/// What stands in the box of a node, and how large the box is.
struct NodeText {
  static let lineHeight = 16
  static let padding = 12

  /// The lines of its label.
  let title: DisplayText?
  /// The lines of its text.
  let code: DisplayText
  /// A line on its type.
  let type: DisplayText?
  /// A line on what ran.
  let run: String?
  let width: Int
  let height: Int

  init(_ graph: WorkflowGraph, _ index: Int, _ overlay: GraphOverlay?) {
    let node = graph.nodes[index]
    title = node.label.map { DisplayText($0.title, width: 48, height: 3) }
    code = DisplayText(graph.source.text(node.text), width: 60, height: 9)
    type = Self.typeText(node).map { DisplayText($0, width: 56, height: 2) }
    run = overlay?.text(index)
    // Branches have pointed ends.
    let ends = node.kind == .branch ? 12 : 0
    let columns = [
      (title?.columns ?? 0) * 80, code.columns * 72, (type?.columns ?? 0) * 62,
      DisplayText.columns(run ?? "") * 66,
    ]
    let text = ((columns.max() ?? 0) + 9) / 10
    width = max(44, (text + 2 * (Self.padding + ends) + 1) / 2 * 2)
    let lines = (title?.lines.count ?? 0) + code.lines.count
    height =
      lines * Self.lineHeight + (type?.lines.count ?? 0) * 14 + (run == nil ? 0 : 15)
      + Self.padding
  }

  /// The types of variables are shown, but for those that their names and values mostly tell.
  private static func typeText(_ node: GraphNode) -> String? {
    guard let type = node.type, node.writes.count == 1, node.kind != .each,
      !["int", "float", "str", "bool", "null"].contains(type)
    else { return nil }
    return "\(node.writes[0]): \(type)"
  }
}
