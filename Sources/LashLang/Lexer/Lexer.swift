/// Turns a text into tokens in one pass (rules LEX-…). It never fails: each problem is recorded and
/// gives a best-effort token, so that parsing goes on. Linear in the text.
struct Lexer {
  /// One f-string whose slot is being read.
  struct Interpolation {
    var quote: UInt8
    var isTriple: Bool
    /// Offset of the prefix and number of tokens before it, to read it again.
    var start: Int
    var tokenCount: Int
    var problemCount: Int
    /// Offset of the `{` of the open slot.
    var slotStart = 0
    /// Brackets open inside the slot.
    var braces = 0
    var brackets = 0
    /// Ternaries of the slot that still want their `:`.
    var ternaries = 0
    var previousIsQuestion = false
  }

  let bytes: [UInt8]
  var index = 0
  var tokens: [Token] = []
  var numbers: [NumberLiteral] = []
  var symbols = SymbolTable()
  var problems: [Diagnostic] = []
  var separation = Separation.none
  var interpolations: [Interpolation] = []
  /// Set once a quoted string ran to the end of the text: from then on a line end closes them.
  var stringsEndWithLine = false
  /// The last quoted string that holds a line end, to explain a missing quote.
  var lastMultilineString: SourceSpan?
  var scratch: [UInt8] = []

  /// Reads all of `source`.
  init(_ source: SourceFile) {
    bytes = source.bytes
    tokens.reserveCapacity(bytes.count / 4 + 16)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    checkUTF8()
    while true {
      skipTrivia()
      if index < bytes.count {
        scanToken()
      } else if interpolations.isEmpty || !recoverFromEnd(of: nil) {
        break
      }
    }
    append(.end, from: bytes.count)
  }

  /// The byte `offset` after the current one; 0 past the end.
  @inline(__always)
  func peek(_ offset: Int = 0) -> UInt8 {
    let place = index + offset
    return place < bytes.count ? bytes[place] : 0
  }

  func span(from start: Int) -> SourceSpan {
    SourceSpan(start: UInt32(start), end: UInt32(index))
  }

  /// Ends the token that began at `start` at the current place.
  mutating func append(_ kind: TokenKind, from start: Int, payload: UInt32 = 0) {
    if !interpolations.isEmpty { trackSlot(kind) }
    tokens.append(
      Token(kind: kind, separation: separation, span: span(from: start), payload: payload))
    separation = .none
  }

  /// Keeps one problem more than are shown, so that the last can stand for the rest.
  mutating func report(_ diagnostic: Diagnostic) {
    if !isFull { problems.append(diagnostic) }
  }

  var isFull: Bool { problems.count > DiagnosticBag.limit }

  /// Skips white space and comments, and remembers line ends.
  private mutating func skipTrivia() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0B, 0x0C, 0x0D:
        index += 1
      case 0x0A:
        if stringsEndWithLine { closeUnfinishedSlots { !$0.isTriple } }
        index += 1
        separation = .newline
      case UInt8(ascii: "#"):
        skipLine()
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
        warnOfDivision()
        skipLine()
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
        skipBlockComment()
      case 0x80...:
        let (scalar, length) = decodeScalar(at: index)
        guard let scalar, scalar.properties.isWhitespace else { return }
        index += length
      default:
        return
      }
    }
  }

  private mutating func skipLine() {
    while index < bytes.count, bytes[index] != 0x0A { index += 1 }
  }

  private mutating func scanToken() {
    let start = index
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      scanWord()
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      scanNumber()
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      scanQuoted(from: start)
    default:
      if !scanPunctuation(byte) { scanUnexpected() }
    }
  }

  private mutating func scanWord() {
    let start = index
    index += 1
    while Self.continuesWord(peek()) { index += 1 }
    let next = peek()
    if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'"), index - start <= 2,
      scanPrefixed(from: start)
    {
      return
    }
    let symbol = symbols.intern(bytes, start..<index)
    append(Word.kind(of: symbol), from: start, payload: symbol.index)
  }

  static func continuesWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
