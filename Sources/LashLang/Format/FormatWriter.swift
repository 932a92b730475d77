/// The text that the formatter writes: lines with their indentation, and the comments of atoms.
struct FormatWriter {
  let atoms: FormatAtoms
  let measure: FormatMeasure
  private(set) var output: [UInt8] = []
  /// Columns of the current line.
  private(set) var column = 0
  /// Whether nothing but indentation stands on the current line.
  private(set) var isAtLineStart = true
  private var indent = 0
  /// Whether an empty line would stand at the edge of a block, bracket or text.
  private var isAtEdge = true
  /// Comments behind what was written last; they follow once the line ends.
  private var behind: [Int] = []
  /// Comments that stood before a token which moves back onto the line before it.
  private var carried: [Int] = []
  /// The atom whose own-line comments were written last.
  private var led = -1

  init(_ atoms: FormatAtoms) {
    self.atoms = atoms
    measure = FormatMeasure(atoms)
    output.reserveCapacity(atoms.source.bytes.count + 256)
  }

  /// Ends the line, if it has anything; the next one begins at `indent`.
  mutating func line(_ indent: Int, isSpaced: Bool = false) {
    let comments = behind
    behind = []
    for (number, comment) in comments.enumerated() {
      if number > 0 { breakLine() }
      if number == 0, !isAtLineStart { write("  ") }
      write(comment: comment)
    }
    breakLine()
    self.indent = indent
    column = indent
    if isSpaced, !isAtEdge, output.count > 1, output[output.count - 2] != 0x0A {
      output.append(0x0A)
    }
  }

  private mutating func breakLine() {
    guard !isAtLineStart else { return }
    output.append(0x0A)
    isAtLineStart = true
    column = indent
  }

  /// Writes an atom behind its gap, its own comments around it.
  mutating func atom(_ index: Int, _ indent: Int) {
    let atom = atoms[index]
    if atom.kind == .comma || atom.kind == .semicolon || atom.role == .blockBrace {
      carried += atom.leading
    } else {
      if !behind.isEmpty { line(indent) }
      leading(of: index, indent)
    }
    if atom.kind != .semicolon {
      if !isAtLineStart, measure.gap(before: index) > 0 { write(" ") }
      write(atom.span, width: atom.width)
      isAtEdge = atom.kind.isOpening
    }
    if let comment = atom.comment { behind.append(comment) }
  }

  /// Writes the comments on lines of their own before an atom.
  mutating func leading(of index: Int, _ indent: Int) {
    let comments = carried + (led == index ? [] : Array(atoms[index].leading))
    carried = []
    led = index
    guard !comments.isEmpty else { return }
    line(indent)
    for comment in comments {
      if atoms.comments[comment].isSpaced { line(indent, isSpaced: true) }
      write(comment: comment)
      isAtEdge = false
      line(indent)
    }
    if atoms[index].isSpaced, !atoms[index].kind.isClosing, atoms[index].kind != .end {
      line(indent, isSpaced: true)
    }
  }

  /// Whether own-line comments wait to be written before an atom.
  func hasComments(before index: Int) -> Bool {
    !carried.isEmpty || !atoms[index].leading.isEmpty
  }

  /// Writes a run on one line; what may be left out is left out.
  mutating func flat(_ run: Range<Int>, _ indent: Int) {
    for index in run where !FormatMeasure.isDropped(atoms[index]) { atom(index, indent) }
  }

  /// Writes a comma that the text lacks.
  mutating func comma() { write(",") }

  /// Writes a run as it stands in the text, inner white space and comments included.
  mutating func verbatim(_ run: Range<Int>, _ indent: Int) {
    guard let first = run.first, let last = run.last else { return }
    if !behind.isEmpty { line(indent) }
    leading(of: first, indent)
    if !isAtLineStart { write(" ") }
    write(SourceSpan(start: atoms[first].span.start, end: atoms[last].span.end), width: 0)
    isAtEdge = false
    if let comment = atoms[last].comment { behind.append(comment) }
  }

  /// Ends the text after its last comments.
  mutating func finish(at end: Int) -> [UInt8] {
    line(0)
    leading(of: end, 0)
    return output
  }

  // MARK: Bytes

  private mutating func write(_ text: StaticString) {
    startLine()
    text.withUTF8Buffer { output.append(contentsOf: $0) }
    column += text.utf8CodeUnitCount
  }

  private mutating func write(comment: Int) {
    write(atoms.comments[comment].span, width: 0)
  }

  private mutating func write(_ span: SourceSpan, width: Int) {
    guard span.start < span.end else { return }
    startLine()
    let bytes = atoms.source.bytes[Int(span.start)..<Int(span.end)]
    output.append(contentsOf: bytes)
    // Only an unterminated string at the end of the text ends with a line end.
    isAtLineStart = bytes.last == 0x0A
    if let end = bytes.lastIndex(of: 0x0A) {
      column = FormatAtoms.width(of: bytes[(end + 1)...])
    } else {
      column += width
    }
  }

  private mutating func startLine() {
    guard isAtLineStart else { return }
    output.append(contentsOf: repeatElement(0x20, count: indent))
    column = indent
    isAtLineStart = false
  }
}
