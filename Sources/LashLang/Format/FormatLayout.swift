/// Lays runs of atoms out in lines: on one line where they fit, else broken where they bind least.
///
/// It keeps a list of what is still to be done instead of calling itself, so its stack does not
/// depend on the text. O(text · precedence levels).
struct FormatLayout {
  /// A piece of work.
  private enum Step {
    /// A run that may be broken at its operators, which are then indented by `hang`.
    case run(Range<Int>, indent: Int, hang: Int, reserve: Int)
    /// A run that is broken at its operators though it may fit.
    case broken(Range<Int>, indent: Int, reserve: Int)
    /// A run that is broken inside its brackets only.
    case greedy(Range<Int>, indent: Int, reserve: Int)
    case flat(Range<Int>, indent: Int)
    case atom(Int, indent: Int)
    case addedComma
    case line(indent: Int, before: Int?)
    /// The own-line comments before a closing bracket.
    case comments(before: Int, indent: Int)
  }

  var writer: FormatWriter
  private let atoms: FormatAtoms
  private let measure: FormatMeasure
  private var steps: [Step] = []

  init(_ atoms: FormatAtoms) {
    writer = FormatWriter(atoms)
    self.atoms = atoms
    measure = writer.measure
  }

  /// Lays a statement out; an assignment is broken on its right side only.
  mutating func statement(_ run: Range<Int>, _ indent: Int) {
    lay(run, after: assignment(in: run), indent, hang: 2, reserve: 0)
  }

  /// Lays the header of a block out, of which the first `prefix` atoms stay together; `{` follows.
  mutating func header(_ run: Range<Int>, prefix: Int, _ indent: Int) {
    lay(run, after: run.lowerBound + prefix, indent, hang: 4, reserve: 2)
  }

  private mutating func lay(
    _ run: Range<Int>, after start: Int, _ indent: Int, hang: Int, reserve: Int
  ) {
    if fits(run, reserve) { return writer.flat(run, indent) }
    steps = [
      .run(start..<run.upperBound, indent: indent, hang: hang, reserve: reserve),
      .greedy(
        run.lowerBound..<start, indent: indent, reserve: start < run.upperBound ? 0 : reserve),
    ]
    while let step = steps.popLast() { take(step) }
  }

  private mutating func take(_ step: Step) {
    switch step {
    case .run(let run, let indent, let hang, let reserve):
      if fits(run, reserve) { return writer.flat(run, indent) }
      breakRun(run, indent, hang, reserve)
    case .broken(let run, let indent, let reserve): breakRun(run, indent, 2, reserve)
    case .greedy(let run, let indent, let reserve): layGreedy(run, indent, reserve)
    case .flat(let run, let indent): writer.flat(run, indent)
    case .atom(let index, let indent): writer.atom(index, indent)
    case .addedComma: writer.comma()
    case .line(let indent, let index):
      let isSpaced = index.map { atoms[$0].leading.isEmpty && atoms[$0].isSpaced } ?? false
      writer.line(indent, isSpaced: isSpaced)
    case .comments(let index, let indent):
      writer.leading(of: index, indent)
    }
  }

  /// Whether a run fits on what is left of the line, with `reserve` columns more behind it.
  func fits(_ run: Range<Int>, _ reserve: Int) -> Bool {
    guard !measure.mustBreak(run) else { return false }
    return column(after: run) + reserve <= FormatMeasure.lineWidth
  }

  private func column(after run: Range<Int>) -> Int {
    guard let first = run.first else { return writer.column }
    let gap = writer.isAtLineStart ? 0 : measure.gap(before: first)
    return writer.column + gap + measure.width(of: run)
  }

  /// The place after the `=` of an assignment, or the start if there is none.
  private func assignment(in run: Range<Int>) -> Int {
    var index = run.lowerBound
    while index < run.upperBound {
      if atoms[index].kind.isAssignment { return index + 1 }
      index = next(index)
    }
    return run.lowerBound
  }

  /// The atom behind one, or behind the bracket that opens there.
  private func next(_ index: Int) -> Int {
    guard let partner = atoms[index].partner, partner > index else { return index + 1 }
    return partner + 1
  }

  // MARK: Operators

  private mutating func breakRun(_ run: Range<Int>, _ indent: Int, _ hang: Int, _ reserve: Int) {
    let (level, starts) = breaks(in: run)
    guard let level, let last = starts.last else {
      steps.append(.greedy(run, indent: indent, reserve: reserve))
      return
    }
    if level.mayHug, let open = literal(from: last + 1, to: run.upperBound),
      fits(run.lowerBound..<open, 2)
    {
      steps.append(.greedy(open..<run.upperBound, indent: indent, reserve: reserve))
      steps.append(.flat(run.lowerBound..<open, indent: indent))
      return
    }
    let inner = level == .clause ? indent : indent + hang
    var end = run.upperBound
    for start in starts.reversed() {
      let isLast = end == run.upperBound
      steps.append(
        .run(start..<end, indent: inner, hang: 2, reserve: isLast ? reserve : 0))
      steps.append(.line(indent: inner, before: nil))
      end = start
    }
    steps.append(.run(run.lowerBound..<end, indent: indent, hang: hang, reserve: 0))
  }

  /// Where the parts of a run begin if it is broken at its loosest operators.
  private func breaks(in run: Range<Int>) -> (level: BreakLevel?, starts: [Int]) {
    var level: BreakLevel?
    var starts: [Int] = []
    var index = run.isEmpty ? run.upperBound : next(run.lowerBound)
    while index < run.upperBound {
      if let found = BreakLevel(atoms, index) {
        let start = found.isBefore ? index : index + 1
        if start < run.upperBound, found.rawValue <= level?.rawValue ?? .max {
          if found != level { starts = [] }
          level = found
          starts.append(start)
        }
      }
      index = next(index)
    }
    if level == .ternary { starts = chained(starts) }
    return (level, starts)
  }

  /// A chain `a ? b : c ? d : e` has a line for each case.
  private func chained(_ starts: [Int]) -> [Int] {
    guard starts.count > 2 else { return starts }
    let alternates = starts.enumerated().allSatisfy {
      (atoms[$0.element].kind == .ternary) == ($0.offset % 2 == 0)
    }
    return alternates ? starts.filter { atoms[$0].kind == .colon } : starts
  }

  /// The opening bracket of a list or record literal that is all there is between two places.
  private func literal(from start: Int, to end: Int) -> Int? {
    guard start < end, atoms[start].kind == .leftBracket || atoms[start].kind == .leftBrace,
      atoms[start].partner == end - 1, end - 1 > start + 1
    else { return nil }
    return start
  }

  // MARK: Brackets

  /// Writes atoms in order; a bracket is broken if it does not fit on its line.
  private mutating func layGreedy(_ run: Range<Int>, _ indent: Int, _ reserve: Int) {
    var index = run.lowerBound
    while index < run.upperBound {
      guard let close = atoms[index].partner, close > index, close < run.upperBound else {
        if !FormatMeasure.isDropped(atoms[index]) { writer.atom(index, indent) }
        index += 1
        continue
      }
      let bracket = index..<close + 1
      if isWhole(bracket, run.upperBound, reserve) {
        writer.flat(bracket, indent)
        index = close + 1
      } else {
        steps.append(.greedy(close + 1..<run.upperBound, indent: indent, reserve: reserve))
        breakBracket(bracket, indent, reserve: close + 1 == run.upperBound ? reserve : 0)
        return
      }
    }
  }

  private func isWhole(_ bracket: Range<Int>, _ end: Int, _ reserve: Int) -> Bool {
    if measure.mustBreak(bracket) { return false }
    if atoms[bracket.lowerBound].role == .index || bracket.count == 2 { return true }
    var tail = bracket.upperBound
    while tail < end, atoms[tail].partner ?? 0 <= tail { tail += 1 }
    let reaches = tail < end ? tail + 1 : end
    return column(after: bracket.lowerBound..<reaches) + (tail < end ? 0 : reserve)
      <= FormatMeasure.lineWidth
  }

  private mutating func breakBracket(_ bracket: Range<Int>, _ indent: Int, reserve: Int) {
    let open = bracket.lowerBound
    let close = bracket.upperBound - 1
    let elements = elements(of: bracket)
    writer.atom(open, indent)
    steps.append(.atom(close, indent: indent))
    if let last = elements.last, hugs(bracket, elements) {
      steps.append(.run(last, indent: indent, hang: 2, reserve: reserve + 1))
      if elements.count > 1 {
        steps.append(.flat(open + 1..<last.lowerBound, indent: indent))
      }
      return
    }
    let inner = indent + 2
    steps.append(.line(indent: indent, before: nil))
    steps.append(.comments(before: close, indent: inner))
    let takesComma = takesComma(open, elements)
    let isFilled = isFilled(elements)
    for (place, element) in elements.enumerated().reversed() {
      if element.upperBound < close {
        steps.append(.atom(element.upperBound, indent: inner))
      } else if takesComma {
        steps.append(.addedComma)
      }
      // A comprehension that does not stay on the line of its bracket has a line for each clause.
      let isComprehension = elements.count == 1 && breaks(in: element).level == .clause
      steps.append(
        isComprehension
          ? .broken(element, indent: inner, reserve: 0)
          : .run(element, indent: inner, hang: 2, reserve: 1))
      if !isFilled || place % Self.filledCount == 0 {
        steps.append(.line(indent: inner, before: place == 0 ? nil : element.lowerBound))
      }
    }
  }

  /// The parts of a bracket between its commas.
  private func elements(of bracket: Range<Int>) -> [Range<Int>] {
    let end = bracket.upperBound - 1
    var result: [Range<Int>] = []
    var start = bracket.lowerBound + 1
    var index = start
    while index < end {
      if atoms[index].role == .clause { return [bracket.lowerBound + 1..<end] }
      if atoms[index].kind == .comma {
        result.append(start..<index)
        start = index + 1
      }
      index = next(index)
    }
    if start < end { result.append(start..<end) }
    return result
  }

  /// Whether a bracket that is broken needs no lines of its own, since its last element has them.
  private func hugs(_ bracket: Range<Int>, _ elements: [Range<Int>]) -> Bool {
    let open = bracket.lowerBound
    let close = bracket.upperBound - 1
    guard let last = elements.last, atoms[open].kind != .leftBrace, atoms[open].comment == nil,
      atoms[close].leading.isEmpty, !measure.hasComment(last.upperBound..<close),
      atoms[last.lowerBound].leading.isEmpty, atoms[last.upperBound - 1].comment == nil
    else { return false }
    let isLiteral = literal(from: last.lowerBound, to: last.upperBound) != nil
    if elements.count == 1 {
      let isText = last.count == 1 && atoms[last.lowerBound].isMultiline
      let isGroup = atoms[open].kind == .leftParen && atoms[open].role != .tight
      return isLiteral || isText || (isGroup && breaks(in: last).level == nil)
    }
    guard atoms[open].kind == .leftParen, atoms[open].role == .tight, isLiteral else {
      return false
    }
    let rest = open + 1..<last.lowerBound
    return fits(rest, 2) && !measure.hasComment(rest)
  }

  /// Whether a comma may be added after the last of the elements of a broken bracket.
  private func takesComma(_ open: Int, _ elements: [Range<Int>]) -> Bool {
    let atom = atoms[open]
    switch atom.kind {
    case .leftBrace: return true
    case .leftParen: return atom.role == .tight || elements.count > 1
    default:
      // An enumeration takes none, and in an index or a comprehension it would make a tuple.
      return atom.role == .plain
        && !(elements.first.map { breaks(in: $0).level == .clause } ?? true)
    }
  }

  /// Numbers on a line of a long list of them.
  private static let filledCount = 10

  /// Whether all elements of a long list are numbers, which share lines.
  private func isFilled(_ elements: [Range<Int>]) -> Bool {
    elements.count > Self.filledCount
      && elements.allSatisfy { element in
        element.count <= 2 && element.last.map { atoms[$0].kind == .number } ?? false
          && !measure.hasComment(element)
      }
  }
}
