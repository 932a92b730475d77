import LashLang

/// How large blocks are, and where they stand. Recurses as deep as blocks nest, which the parser
/// bounds.
extension GraphLayout {
  /// How the blocks of a branch stand.
  private enum Form {
    /// The `then` block on the axis, the way around it at its right.
    case around
    /// The `then` block at the right; the axis goes on.
    case beside
    /// Both side by side.
    case split
  }

  private func form(_ node: Int) -> Form {
    let blocks = graph.nodes[node].blocks
    if blocks.count > 1, !blocks[1].isEmpty { return .split }
    return blocks[0].last.map { falls(block: $0) } ?? true ? .around : .beside
  }

  /// Whether control leaves a block whose last statement is `last`.
  private func falls(block last: Int) -> Bool { extents[last].falls }

  // MARK: Sizes

  mutating func measure(_ block: [Int]) -> Extent {
    var result = Extent()
    for (place, node) in block.enumerated() {
      let extent = measure(node)
      result.left = max(result.left, extent.left)
      result.right = max(result.right, extent.right)
      result.height += extent.height + (place > 0 ? Self.gap : 0)
      result.falls = extent.falls
    }
    return result
  }

  private mutating func measure(_ node: Int) -> Extent {
    let text = texts[node]
    var extent = Extent(
      left: text.width / 2, right: text.width / 2, height: text.height, falls: falls[node])
    let inner = graph.nodes[node].blocks.map { measure($0) }
    switch graph.nodes[node].kind {
    case .branch: extent = branch(node, extent, inner)
    case .each, .loop:
      let body = inner.first ?? Extent()
      extent.left = max(extent.left, body.left) + Self.margin + Self.gutter
      extent.right = max(extent.right, body.right) + Self.margin
      extent.height += body.height + 2 * Self.margin + (body.height > 0 ? Self.gap : 0)
      if body.height > 0, body.falls { extent.height += 10 }
    default: break
    }
    extents[node] = extent
    return extent
  }

  private func branch(_ node: Int, _ header: Extent, _ inner: [Extent]) -> Extent {
    var extent = header
    let then = inner[0]
    switch form(node) {
    case .around:
      extent.right = max(header.right, then.right) + Self.gutter
      extent.left = max(header.left, then.left)
      extent.height += (then.height > 0 ? Self.gap + then.height : Self.gap) + Self.gap
    case .beside:
      let axis = besideAxis(header, then)
      extent.right = axis + then.right
      extent.height += Self.gap + then.height
    case .split:
      let (left, right) = splitAxes(then, inner[1])
      extent.left = max(header.left, left + then.left)
      extent.right = max(header.right, right + inner[1].right)
      extent.falls = then.height == 0 || then.falls || inner[1].falls
      extent.height += Self.gap + 8 + max(then.height, inner[1].height)
      if extent.falls { extent.height += Self.gap }
    }
    return extent
  }

  private func besideAxis(_ header: Extent, _ then: Extent) -> Int {
    max(header.right + 24, then.left + Self.column)
  }

  private func splitAxes(_ then: Extent, _ other: Extent) -> (left: Int, right: Int) {
    let half = Self.column / 2
    return (max(then.right + half, 30), max(other.left + half, 30))
  }

  // MARK: Places

  /// Places a block below `top`; where its lower end is.
  mutating func place(_ block: [Int], axis: Int, from top: Int) -> Int {
    var y = top
    for (place, node) in block.enumerated() {
      if place > 0 {
        if extents[block[place - 1]].falls {
          add(
            line(
              [(axis, y), (axis, y + Self.gap)], hasArrow: !isLoop(node),
              runs: overlay?.runs[node]))
        }
        y += Self.gap
      }
      self.place(node, axis: axis, from: y)
      y += extents[node].height
    }
    return y
  }

  private mutating func place(_ node: Int, axis: Int, from top: Int) {
    let text = texts[node]
    let extent = extents[node]
    var frame = Rectangle(
      x: axis - text.width / 2, y: top, width: text.width, height: text.height)
    switch graph.nodes[node].kind {
    case .branch:
      add(Box(node: node, frame: frame))
      placeBranch(node, axis, top)
    case .each, .loop:
      add(
        loop: Box(
          node: node,
          frame: Rectangle(
            x: axis - extent.left, y: top, width: extent.left + extent.right, height: extent.height)
        ))
      frame.y += Self.margin
      // Into the frame.
      add(line([(axis, top), (axis, frame.y)], runs: overlay?.runs[node]))
      add(Box(node: node, frame: frame))
      placeLoop(node, axis, frame)
    default: add(Box(node: node, frame: frame))
    }
  }

  private mutating func placeLoop(_ node: Int, _ axis: Int, _ header: Rectangle) {
    guard let block = graph.nodes[node].blocks.first, let last = block.last else { return }
    let runs = overlay?.blocks[node].first
    let bottom = header.y + header.height
    add(
      line(
        [(axis, bottom), (axis, bottom + Self.gap)], hasArrow: !isLoop(block[0]), runs: runs))
    let end = place(block, axis: axis, from: bottom + Self.gap)
    guard extents[last].falls else { return }
    // Back to the header at the left of everything.
    let left = axis - extents[node].left + Self.margin / 2 + 3
    let middle = header.y + header.height / 2
    add(
      line(
        [
          (axis, end), (axis, end + 12), (left, end + 12), (left, middle), (header.x, middle),
        ], runs: runs))
  }

  private mutating func placeBranch(_ node: Int, _ axis: Int, _ top: Int) {
    let text = texts[node]
    let extent = extents[node]
    let blocks = graph.nodes[node].blocks
    let bottom = top + text.height
    let right = axis + text.width / 2
    let middle = top + text.height / 2
    let end = top + extent.height
    let runs = overlay?.blocks[node] ?? []
    let yes = runs.first
    let no = runs.last
    switch form(node) {
    case .around:
      let side = axis + extent.right - 2
      if blocks[0].isEmpty {
        add(line([(axis, bottom), (axis, end)], hasArrow: false, "yes", runs: yes))
      } else {
        add(
          line(
            [(axis, bottom), (axis, bottom + Self.gap)], hasArrow: !isLoop(blocks[0][0]), "yes",
            runs: yes))
        let last = place(blocks[0], axis: axis, from: bottom + Self.gap)
        add(line([(axis, last), (axis, end)], hasArrow: false, runs: yes))
      }
      add(
        line(
          [(right, middle), (side, middle), (side, end - 12), (axis, end - 12)], hasArrow: false,
          "no", at: (min(right + 4, side - 14), middle - 5), runs: no))
    case .beside:
      let then = blockExtent(blocks[0])
      let column = axis + besideAxis(Extent(right: text.width / 2), then)
      add(
        line(
          [(right, middle), (column, middle), (column, bottom + Self.gap)],
          hasArrow: !isLoop(blocks[0][0]), "yes", at: (right + 3, middle - 5), runs: yes))
      _ = place(blocks[0], axis: column, from: bottom + Self.gap)
      add(line([(axis, bottom), (axis, end)], hasArrow: false, "no", runs: no))
    case .split:
      let first = blockExtent(blocks[0])
      let (left, next) = splitAxes(first, blockExtent(blocks[1]))
      let bar = bottom + 12
      let start = bottom + Self.gap + 8
      for (place, column) in [axis - left, axis + next].enumerated() {
        let block = blocks[place]
        let last = self.place(block, axis: column, from: start)
        let target = block.isEmpty ? end - 12 : start
        let label = place == 0 ? "yes" : "no"
        let taken = place == 0 ? yes : no
        add(
          line(
            [(axis, bottom), (axis, bar), (column, bar), (column, target)],
            hasArrow: block.first.map { !isLoop($0) } ?? false, label,
            at: (place == 0 ? column - 26 : column + 5, bar + 13), runs: taken))
        let blockFalls = block.last.map { extents[$0].falls } ?? true
        guard blockFalls else { continue }
        add(
          line(
            [(column, block.isEmpty ? target : last), (column, end - 12), (axis, end - 12)],
            hasArrow: false, runs: taken))
      }
      if extent.falls {
        add(
          line([(axis, end - 12), (axis, end)], hasArrow: false, runs: overlay?.runs[node]))
      }
    }
  }

  /// The line into a loop ends at its header, not at its frame.
  func isLoop(_ node: Int) -> Bool {
    graph.nodes[node].kind == .each || graph.nodes[node].kind == .loop
  }

  /// The space of a block that is measured.
  private func blockExtent(_ block: [Int]) -> Extent {
    var result = Extent()
    for node in block {
      result.left = max(result.left, extents[node].left)
      result.right = max(result.right, extents[node].right)
      result.height += extents[node].height
      result.falls = extents[node].falls
    }
    return result
  }

  private func line(
    _ points: [(Int, Int)], hasArrow: Bool = true, _ label: String? = nil,
    at place: (Int, Int)? = nil, runs: GraphOverlay.Runs?
  ) -> Line {
    let points = points.map { Point(x: $0.0, y: $0.1) }
    let beside =
      place.map { Point(x: $0.0, y: $0.1) }
      ?? Point(x: points[0].x + 5, y: points[0].y + 14)
    return Line(
      points: points, hasArrow: hasArrow, label: label.map { ($0, beside) }, runs: runs)
  }
}
