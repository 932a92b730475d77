@testable import LashLang

/// The shape of a parsed text on one line, without spans: `(binary + (name a) (number 1))`.
/// Names and numbers stand alone: `(binary + a 1)`; statements are separated by ` ; `.
struct TreeShape {
  let text: String
  let problems: [Diagnostic]

  init(_ source: String) {
    let result = Parser.parse(SourceFile(name: "test.lash", text: source))
    problems = result.diagnostics
    let nodes = SyntaxDump(result.tree).nodes
    var text = ""
    for (index, node) in nodes.enumerated() {
      let following = index + 1 < nodes.count ? nodes[index + 1].depth : 0
      if index > 0 { text += node.depth == 0 ? " ; " : " " }
      let isLeaf = following <= node.depth
      let isPlain = ["name", "number", "string", "binding", "type-name", "bool"].contains(node.kind)
      if isLeaf, isPlain, let detail = node.detail {
        text += detail
      } else {
        text += "(" + node.kind + (node.detail.map { " " + $0 } ?? "")
        if isLeaf { text += ")" }
      }
      if following < node.depth {
        text += String(repeating: ")", count: node.depth - following)
      }
    }
    self.text = text
  }
}
