import LashLang

/// Where everything of a picture stands, in pixels.
///
/// Programs are nested blocks, and so is the layout: a block is a column on an axis; the blocks of a
/// branch stand side by side or beside the axis; a loop is a frame. Boxes never overlap and lines
/// run between them by construction. Linear in the nodes and their text.
struct GraphLayout {
  /// The space that something takes around its axis.
  struct Extent {
    var left = 0
    var right = 0
    var height = 0
    /// Whether control leaves it at its lower end.
    var falls = true
  }

  struct Point: Equatable {
    var x: Int
    var y: Int
  }

  struct Rectangle {
    var x: Int
    var y: Int
    var width: Int
    var height: Int
  }

  /// The box of a node.
  struct Box {
    var node: Int
    var frame: Rectangle
  }

  /// A line from box to box.
  struct Line {
    var points: [Point]
    var hasArrow = true
    /// The text beside a point, if any.
    var label: (text: String, at: Point)?
    /// How often it was taken, if there is an overlay.
    var runs: GraphOverlay.Runs?
  }

  /// A body with its title.
  struct Panel {
    var body: Int
    var frame: Rectangle
    var start: Point
    /// Where the end stands if control reaches it without `finish`.
    var end: Point?
  }

  static let gap = 24
  static let column = 28
  static let margin = 18
  static let gutter = 16

  let graph: WorkflowGraph
  let overlay: GraphOverlay?
  var texts: [NodeText]
  var extents: [Extent]
  var falls: [Bool]
  private(set) var boxes: [Box] = []
  /// The frames of loops, the outer ones first.
  private(set) var loops: [Box] = []
  private(set) var lines: [Line] = []
  private(set) var panels: [Panel] = []
  private(set) var titles: [DisplayText] = []
  private(set) var width = 0
  private(set) var height = 0

  init(_ graph: WorkflowGraph, overlay: GraphOverlay? = nil) {
    self.graph = graph
    self.overlay = overlay
    texts = graph.nodes.indices.map { NodeText(graph, $0, overlay) }
    extents = Array(repeating: Extent(), count: graph.nodes.count)
    falls = Self.findFalls(graph)
    placePanels()
  }

  /// Whether control can leave each node at its lower end.
  private static func findFalls(_ graph: WorkflowGraph) -> [Bool] {
    var falls = graph.nodes.map { node in
      switch node.kind {
      case .break, .continue, .finish, .fail, .loop, .each: false
      case .step, .effect, .branch: true
      }
    }
    for edge in graph.edges {
      guard case .node(let from) = edge.from else { continue }
      if graph.nodes[from].kind == .each || graph.nodes[from].kind == .loop {
        falls[from] = falls[from] || edge.kind != .body
      }
      if edge.kind == .break, let loop = graph.loop(around: from) { falls[loop] = true }
    }
    return falls
  }

  // MARK: Panels

  /// Panels stand side by side while they fit about the width of a screen, the main block first.
  private mutating func placePanels() {
    let space = 20
    var x = space
    var y = space
    var row = 0
    for (index, body) in graph.bodies.enumerated() {
      let title = DisplayText(body.signature, width: 72, height: 3)
      titles.append(title)
      guard !body.block.isEmpty || body.kind != .main || graph.bodies.count == 1 else { continue }
      let extent = measure(body.block)
      let heading = (title.lines.count + (body.label == nil ? 0 : 1)) * 18
      let content = max(extent.left + extent.right, title.columns * 8)
      let size = (
        width: content + 2 * Self.margin,
        height: heading + 32 + Self.gap + extent.height + (extent.falls ? Self.gap + 18 : 0)
          + Self.margin
      )
      if x > space, x + size.width > 1500 {
        x = space
        y += row + space
        row = 0
      }
      let axis = x + Self.margin + extent.left + (content - extent.left - extent.right) / 2
      let start = Point(x: axis, y: y + heading + 24)
      let end = place(body.block, axis: axis, from: start.y + 8 + Self.gap)
      var panel = Panel(
        body: index, frame: Rectangle(x: x, y: y, width: size.width, height: size.height),
        start: start)
      let bottom = end + Self.gap + 8
      if extent.falls {
        panel.end = Point(x: axis, y: bottom)
        lines.append(Line(points: [Point(x: axis, y: end), Point(x: axis, y: bottom - 8)]))
      }
      if let first = body.block.first {
        let top = Point(x: axis, y: start.y + 8 + Self.gap)
        lines.append(
          Line(points: [Point(x: axis, y: start.y + 7), top], hasArrow: !isLoop(first)))
      }
      panels.append(panel)
      x += size.width + space
      row = max(row, size.height)
      width = max(width, x)
      height = max(height, y + row + space)
    }
  }

  mutating func add(_ box: Box) { boxes.append(box) }
  mutating func add(loop: Box) { loops.append(loop) }
  mutating func add(_ line: Line) { lines.append(line) }
}

extension WorkflowGraph {
  /// The innermost loop around a node.
  func loop(around node: Int) -> Int? {
    var parent = nodes[node].parent
    while let place = parent, nodes[place].kind == .branch { parent = nodes[place].parent }
    return parent
  }
}
