import LashLang

/// A graph as a picture: one SVG document that needs nothing else, light or dark as its reader's
/// screen.
///
/// Text is set in the reader's fonts and fitted to the widths that the layout assumed, so nothing runs
/// out of its box. There is no script, no link to anything outside, and all text is escaped.
public struct GraphSVG {
  private let layout: GraphLayout
  private var text = ""

  /// The document. Linear in the nodes and their text.
  public static func text(of graph: WorkflowGraph, overlay: GraphOverlay? = nil) -> String {
    var writer = GraphSVG(layout: GraphLayout(graph, overlay: overlay))
    writer.write()
    return writer.text
  }

  private init(layout: GraphLayout) { self.layout = layout }

  private mutating func write() {
    let size = "width=\"\(layout.width)\" height=\"\(layout.height)\""
    text += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<svg xmlns=\"http://www.w3.org/2000/svg\" \(size) "
    text += "viewBox=\"0 0 \(layout.width) \(layout.height)\" role=\"img\">\n"
    text += "<title>\(Self.escaped(layout.graph.source.name))</title>\n"
    text += "<style>\n\(Self.style)</style>\n"
    text +=
      "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"10\" "
    text +=
      "markerHeight=\"10\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"head\" d=\"M0 0.5L8 4L0 7.5Z\"/>"
    text += "</marker></defs>\n"
    text += "<rect class=\"page\" width=\"\(layout.width)\" height=\"\(layout.height)\"/>\n"
    for panel in layout.panels { write(panel) }
    for loop in layout.loops {
      text += "<rect class=\"frame\" \(Self.place(loop.frame)) rx=\"12\"/>\n"
    }
    for line in layout.lines { write(line) }
    for box in layout.boxes { write(box) }
    text += "</svg>\n"
  }

  // MARK: Parts

  private mutating func write(_ panel: GraphLayout.Panel) {
    let body = layout.graph.bodies[panel.body]
    let frame = panel.frame
    text += "<g class=\"panel\"><rect \(Self.place(frame)) rx=\"10\"/>\n"
    var y = frame.y + 22
    let x = frame.x + GraphLayout.margin
    if let label = body.label {
      let title = DisplayText(label.title, width: 80, height: 1)
      text += "<text class=\"title\" x=\"\(x)\" y=\"\(y)\">\(Self.escaped(title.lines[0]))</text>\n"
      y += 18
    }
    for line in layout.titles[panel.body].lines {
      write(line, "signature", x: x, y: y, width: 78)
      y += 18
    }
    let start = panel.start
    text += "<circle class=\"start\" cx=\"\(start.x)\" cy=\"\(start.y)\" r=\"7\"/>\n"
    if let end = panel.end {
      text += "<circle class=\"end\" cx=\"\(end.x)\" cy=\"\(end.y)\" r=\"8\"/>"
      text += "<circle class=\"start\" cx=\"\(end.x)\" cy=\"\(end.y)\" r=\"4\"/>\n"
    }
    text += "</g>\n"
  }

  private mutating func write(_ line: GraphLayout.Line) {
    var path = ""
    for (index, point) in line.points.enumerated() {
      path += "\(index == 0 ? "M" : "L")\(point.x) \(point.y)"
    }
    var names = "edge"
    if let runs = line.runs {
      if runs.least > 0 { names += " ran" } else if runs.most == 0 { names += " idle" }
    }
    text += "<path class=\"\(names)\" d=\"\(path)\""
    text += line.hasArrow ? " marker-end=\"url(#arrow)\"/>" : "/>"
    if let label = line.label {
      text += "<text class=\"way\" x=\"\(label.at.x)\" y=\"\(label.at.y)\">\(label.text)</text>"
    }
    text += "\n"
  }

  private mutating func write(_ box: GraphLayout.Box) {
    let node = layout.graph.nodes[box.node]
    let content = layout.texts[box.node]
    let frame = box.frame
    var names = "node \(node.kind.rawValue)"
    if let runs = layout.overlay?.runs[box.node] {
      if runs.least > 0 { names += " ran" } else if runs.most == 0 { names += " idle" }
    }
    text += "<g class=\"\(names)\" id=\"n\(node.id)\"><title>\(tip(box.node))</title>"
    text += shape(node.kind, frame)
    let ends = node.kind == .branch ? 12 : 0
    let x = frame.x + NodeText.padding + ends
    var y = frame.y + NodeText.padding / 2 - 4
    for line in content.title?.lines ?? [] {
      y += NodeText.lineHeight
      text += "<text class=\"title\" x=\"\(x)\" y=\"\(y)\">\(Self.escaped(line))</text>"
    }
    for line in content.code.lines {
      y += NodeText.lineHeight
      write(line, "code", x: x, y: y, width: 72)
    }
    for line in content.type?.lines ?? [] {
      y += 14
      write(line, "type", x: x, y: y, width: 62)
    }
    if let run = content.run {
      y += 15
      text += "<text class=\"run\" x=\"\(x)\" y=\"\(y)\">\(Self.escaped(run))</text>"
    }
    text += "</g>\n"
  }

  /// All of a node's text, its description and its type, for the pointer that rests on it.
  private func tip(_ index: Int) -> String {
    let node = layout.graph.nodes[index]
    let parts = [
      node.label?.title, node.label?.description, layout.graph.source.text(node.text), node.type,
    ]
    return Self.escaped(parts.compactMap { $0 }.joined(separator: "\n"))
  }

  private func shape(_ kind: GraphNode.Kind, _ frame: GraphLayout.Rectangle) -> String {
    switch kind {
    case .branch:
      let right = frame.x + frame.width
      let bottom = frame.y + frame.height
      let middle = frame.y + frame.height / 2
      let end = 12
      return "<path class=\"box\" d=\"M\(frame.x) \(middle)L\(frame.x + end) \(frame.y)"
        + "L\(right - end) \(frame.y)L\(right) \(middle)L\(right - end) \(bottom)"
        + "L\(frame.x + end) \(bottom)Z\"/>"
    case .finish, .fail, .break, .continue, .each, .loop:
      let radius = min(14, frame.height / 2)
      return "<rect class=\"box\" \(Self.place(frame)) rx=\"\(radius)\"/>"
    case .step, .effect:
      return "<rect class=\"box\" \(Self.place(frame)) rx=\"4\"/>"
    }
  }

  /// A line of a font whose letters are all as wide: `width` tenths of a pixel for each column.
  private mutating func write(_ line: String, _ name: String, x: Int, y: Int, width: Int) {
    let indent = line.prefix { $0 == " " }.count
    let rest = String(line.dropFirst(indent))
    guard !rest.isEmpty else { return }
    let left = x * 10 + indent * width
    let length = DisplayText.columns(rest) * width
    text += "<text class=\"\(name)\" x=\"\(Self.tenths(left))\" y=\"\(y)\" "
    text += "textLength=\"\(Self.tenths(max(length, 1)))\" lengthAdjust=\"spacingAndGlyphs\">"
    text += "\(Self.escaped(rest))</text>"
  }

  private static func tenths(_ value: Int) -> String {
    value % 10 == 0 ? String(value / 10) : "\(value / 10).\(value % 10)"
  }

  private static func place(_ frame: GraphLayout.Rectangle) -> String {
    "x=\"\(frame.x)\" y=\"\(frame.y)\" width=\"\(frame.width)\" height=\"\(frame.height)\""
  }

  /// Text of an element or attribute; what XML has no way to say becomes U+FFFD.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      default:
        let isForbidden = scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF
        result.unicodeScalars.append(isForbidden ? "\u{FFFD}" : scalar)
      }
    }
    return result
  }
}
