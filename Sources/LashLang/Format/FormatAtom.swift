/// One indivisible piece of a text as the formatter sees it: a token, or a whole f-string.
struct FormatAtom {
  /// What the tree, or the tokens around it, say about a token that has several uses.
  enum Role {
    case plain
    /// A reserved word that stands as a key, field or operation name.
    case name
    /// A `-` with one operand.
    case prefix
    /// The `-` or `>` of an arrow.
    case arrow
    /// A `(` of a call or `[` of a type, which touches what is before it.
    case tight
    /// A `[` of an index, which is never broken either.
    case index
    /// The `<` and `>` of a type.
    case angle
    /// The `{` of an object type or of signals.
    case typeBrace
    /// The `{` of a block.
    case blockBrace
    /// The `:` of a ternary.
    case ternary
    /// A `,` or `in` that belongs to the names of a `for`.
    case binding
    /// The `for` or `if` of a comprehension.
    case clause
    /// A `,` before a closing bracket that may as well be absent.
    case trailing
  }

  var kind: TokenKind
  var role = Role.plain
  var span: SourceSpan
  /// Whether a line end stands before it.
  var startsLine: Bool
  /// Whether an empty line stands before it and after its comments.
  var isSpaced = false
  /// The comments on lines of their own before it.
  var leading = 0..<0
  /// The comment behind it on its line.
  var comment: Int?
  /// The bracket that belongs to this one.
  var partner: Int?
  /// Columns of its first line, and whether it has others.
  var width = 0
  var isMultiline = false
}

/// A comment, without the white space around it.
struct FormatComment {
  var span: SourceSpan
  /// Whether an empty line stands before it.
  var isSpaced: Bool
}

/// The atoms of a text with the comments that the lexer skips. The last atom is the end.
struct FormatAtoms {
  let source: SourceFile
  private(set) var atoms: [FormatAtom] = []
  private(set) var comments: [FormatComment] = []

  /// Takes the tokens of `source` apart into atoms and finds the comments between them. O(text).
  init(_ source: SourceFile) {
    self.source = source
    var tokens = Lexer(source).tokens
    TokenStructure.resolve(&tokens)
    atoms.reserveCapacity(tokens.count)
    var index = 0
    while index < tokens.count {
      let first = tokens[index]
      var atom = FormatAtom(kind: first.kind, span: first.span, startsLine: first.startsLine)
      if first.kind == .interpolationStart {
        index = Self.endOfInterpolation(tokens, from: index)
        atom.kind = .string
        atom.span.end = tokens[index].span.end
      }
      append(atom)
      index += 1
    }
    pairBrackets()
  }

  private static func endOfInterpolation(_ tokens: [Token], from start: Int) -> Int {
    var open = 0
    var index = start
    while index < tokens.count - 1 {
      if tokens[index].kind == .interpolationStart { open += 1 }
      if tokens[index].kind == .interpolationEnd { open -= 1 }
      if open == 0 { return index }
      index += 1
    }
    return tokens.count - 2
  }

  subscript(index: Int) -> FormatAtom {
    get { atoms[index] }
    set { atoms[index] = newValue }
  }

  var count: Int { atoms.count }

  /// The index of the atom that starts at an offset.
  func index(startingAt offset: UInt32) -> Int? {
    let place = lowerBound { $0.span.start < offset }
    return place < atoms.count && atoms[place].span.start == offset ? place : nil
  }

  /// The index of the atom that ends at an offset.
  func index(endingAt offset: UInt32) -> Int? {
    let place = lowerBound { $0.span.end < offset }
    return place < atoms.count && atoms[place].span.end == offset ? place : nil
  }

  /// The first atom that ends behind an offset; the end if there is none.
  func index(at offset: UInt32) -> Int {
    min(lowerBound { $0.span.end <= offset }, atoms.count - 1)
  }

  private func lowerBound(_ isBefore: (FormatAtom) -> Bool) -> Int {
    var low = 0
    var high = atoms.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(atoms[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // MARK: Building

  private mutating func append(_ new: FormatAtom) {
    var atom = new
    let start = Int(atoms.last?.span.end ?? 0)
    var first = comments.count
    let lineEnds = scanComments(start..<Int(atom.span.start))
    if let own = atoms.last?.comment, own >= first { first = own + 1 }
    atom.leading = first..<comments.count
    atom.isSpaced = lineEnds > 1
    let bytes = source.bytes[Int(atom.span.start)..<Int(atom.span.end)]
    let line = bytes.prefix { $0 != 0x0A }
    atom.isMultiline = line.count < bytes.count
    atom.width = Self.width(of: line)
    atoms.append(atom)
  }

  /// Columns of a text on one line: its Unicode scalars.
  static func width(of bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
  }

  /// Takes the comments of a gap between two tokens, and the fences around a program, which are errors
  /// but no tokens; a comment behind the last atom becomes its own.
  /// Returns the number of line ends after the last comment.
  private mutating func scanComments(_ gap: Range<Int>) -> Int {
    let bytes = source.bytes
    var place = gap.lowerBound
    var lineEnds = 0
    while place < gap.upperBound {
      let byte = bytes[place]
      if byte == 0x0A {
        lineEnds += 1
      } else if byte == UInt8(ascii: "#") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "`")
      {
        let start = place
        place = endOfComment(from: place, to: gap.upperBound)
        var end = place
        while bytes[end - 1] <= 0x20 { end -= 1 }
        let comment = FormatComment(
          span: SourceSpan(start: UInt32(start), end: UInt32(end)), isSpaced: lineEnds > 1)
        comments.append(comment)
        if lineEnds == 0, let last = atoms.indices.last, atoms[last].comment == nil {
          atoms[last].comment = comments.count - 1
        }
        lineEnds = 0
        continue
      }
      place += 1
    }
    return lineEnds
  }

  /// Where a comment ends; one between `/*` and `*/`, which is an error, goes over lines.
  private func endOfComment(from start: Int, to end: Int) -> Int {
    let bytes = source.bytes
    var place = start
    let isBlock =
      bytes[start] == UInt8(ascii: "/") && start + 1 < end && bytes[start + 1] == UInt8(ascii: "*")
    while place < end, isBlock || bytes[place] != 0x0A {
      place += 1
      if isBlock, place > start + 3, bytes[place - 1] == UInt8(ascii: "/"),
        bytes[place - 2] == UInt8(ascii: "*")
      {
        break
      }
    }
    return place
  }

  /// Pairs brackets as `TokenStructure` does: one that is not closed does not keep a block open.
  private mutating func pairBrackets() {
    var open: [Int] = []
    var braces = 0
    for index in atoms.indices {
      let kind = atoms[index].kind
      switch kind {
      case .leftParen, .leftBracket, .leftBrace:
        open.append(index)
        if kind == .leftBrace { braces += 1 }
      case .rightBrace where braces > 0:
        while let last = open.last, atoms[last].kind != .leftBrace { open.removeLast() }
        braces -= 1
      case .rightParen, .rightBracket:
        let isNext = open.last.map { atoms[$0].kind.closing == kind } ?? false
        if !isNext, let outer = open.dropLast().last, atoms[outer].kind.closing == kind {
          open.removeLast()
        }
      default: continue
      }
      guard kind.isClosing, let last = open.last, atoms[last].kind.closing == kind else { continue }
      open.removeLast()
      atoms[last].partner = index
      atoms[index].partner = last
    }
  }
}
