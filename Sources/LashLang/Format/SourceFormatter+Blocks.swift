extension SourceFormatter {
  /// Formats the items of a block, each with what stands up to the next. Recurses as deep as blocks
  /// nest, which the parser bounds.
  mutating func format(_ items: [Item], in region: Range<Int>, _ indent: Int) {
    var place = region.lowerBound
    var next = items.startIndex
    while place < region.upperBound {
      if atoms[place].kind == .semicolon {
        layout.writer.atom(place, indent)
        place += 1
        continue
      }
      while next < items.count, items[next].start < place { next += 1 }
      layout.writer.line(indent, isSpaced: atoms[place].leading.isEmpty && atoms[place].isSpaced)
      if next < items.count, items[next].start == place, isSound(next, of: items, in: region) {
        format(items[next], indent)
        place = items[next].atoms.upperBound
        next += 1
      } else {
        repeat { next += 1 } while next < items.count && !isSound(next, of: items, in: region)
        let end = next < items.count ? items[next].start : region.upperBound
        layout.writer.verbatim(place..<max(end, place + 1), indent)
        place = max(end, place + 1)
      }
    }
  }

  // MARK: Faults

  /// Whether an item can be formatted: faults are inside its blocks only, and nothing but `;`
  /// stands behind it.
  private func isSound(_ index: Int, of items: [Item], in region: Range<Int>) -> Bool {
    let item = items[index]
    let end = index + 1 < items.count ? items[index + 1].start : region.upperBound
    guard item.atoms.upperBound <= end,
      (item.atoms.upperBound..<end).allSatisfy({ atoms[$0].kind == .semicolon })
    else { return false }
    var inner = 0
    for block in blocks(of: item) {
      guard let braces = braces(of: block) else { return false }
      inner += faultCount(braces.lowerBound + 1..<braces.upperBound - 1)
    }
    return faultCount(item.start..<end) == inner
  }

  private func blocks(of item: Item) -> [Block] {
    switch item.form {
    case .simple: []
    case .block(let block, _): [block]
    case .branch(let branches, let otherwise):
      branches.map(\.block) + (otherwise.map { [$0] } ?? [])
    }
  }

  // MARK: Items

  private mutating func format(_ item: Item, _ indent: Int) {
    if !item.label.isEmpty {
      layout.statement(item.label, indent)
      layout.writer.line(indent)
    }
    let blocks = blocks(of: item).compactMap { braces(of: $0) }
    if blocks.isEmpty { return layout.statement(item.atoms, indent) }
    if isOnOneLine(item, blocks) { return layout.writer.flat(item.atoms, indent) }
    var place = item.atoms.lowerBound
    for (number, block) in self.blocks(of: item).enumerated() {
      let braces = blocks[number]
      if number > 0, hasComment(before: place) { layout.writer.line(indent) }
      header(place..<braces.lowerBound, item.form, indent)
      layout.writer.atom(braces.lowerBound, indent)
      if braces.count > 2 || layout.writer.hasComments(before: braces.upperBound - 1) {
        let inner = indent + 2
        format(items(of: block), in: braces.lowerBound + 1..<braces.upperBound - 1, inner)
        layout.writer.leading(of: braces.upperBound - 1, inner)
        layout.writer.line(indent)
      }
      layout.writer.atom(braces.upperBound - 1, indent)
      place = braces.upperBound
    }
  }

  private mutating func header(_ run: Range<Int>, _ form: Item.Form, _ indent: Int) {
    let prefix =
      switch form {
      case .simple: run.count
      case .block(_, let count): count ?? run.count
      case .branch: atoms[run.lowerBound].kind == .else ? min(2, run.count) : 1
      }
    layout.header(run, prefix: prefix, indent)
  }

  /// Whether a comment keeps `else` off the line of the `}` before it.
  private func hasComment(before index: Int) -> Bool {
    atoms[index - 1].comment != nil || !atoms[index].leading.isEmpty
  }

  /// Whether a statement with blocks stays on one line: each block was on one line, with one plain
  /// statement at most, and all of it fits.
  private func isOnOneLine(_ item: Item, _ braces: [Range<Int>]) -> Bool {
    for (block, braces) in zip(blocks(of: item), braces) {
      guard block.statements.count <= 1, !atoms[braces.lowerBound + 1].startsLine else {
        return false
      }
      for id in tree[block.statements] {
        guard tree[id].label == nil else { return false }
        switch tree[id].kind {
        case .branch, .iterate, .loop: return false
        default: break
        }
      }
    }
    return layout.fits(item.atoms, 0) && faultCount(item.atoms) == 0
  }
}
