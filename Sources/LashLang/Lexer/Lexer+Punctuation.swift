extension Lexer {
  /// Reads an operator or bracket (rule LEX-operator); false if `byte` begins none.
  mutating func scanPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "("): take(.leftParen, 1)
    case UInt8(ascii: ")"): take(.rightParen, 1)
    case UInt8(ascii: "["): take(.leftBracket, 1)
    case UInt8(ascii: "]"): take(.rightBracket, 1)
    case UInt8(ascii: "{"): take(.leftBrace, 1)
    case UInt8(ascii: "}"): if !endSlot() { take(.rightBrace, 1) }
    case UInt8(ascii: ","): take(.comma, 1)
    case UInt8(ascii: ":"): if !scanFormatSpec() { take(.colon, 1) }
    case UInt8(ascii: "@"): take(.at, 1)
    case UInt8(ascii: "."):
      if peek(1) == byte, peek(2) == byte { take(.ellipsis, 3) } else { take(.dot, 1) }
    case UInt8(ascii: "?"): choose(byte, .coalesce, else: .question)
    case UInt8(ascii: "="):
      if peek(1) == UInt8(ascii: ">") {
        take(.fatArrow, 2)
      } else {
        takeEquals(.assign, .equal, .strictEqual)
      }
    case UInt8(ascii: "!"): takeEquals(.bang, .notEqual, .strictNotEqual)
    case UInt8(ascii: "<"): choose(UInt8(ascii: "="), .lessOrEqual, else: .less)
    case UInt8(ascii: ">"): choose(UInt8(ascii: "="), .greaterOrEqual, else: .greater)
    case UInt8(ascii: "+"):
      if peek(1) == byte {
        take(.increment, 2)
      } else {
        choose(UInt8(ascii: "="), .plusAssign, else: .plus)
      }
    case UInt8(ascii: "-"): choose(UInt8(ascii: "="), .minusAssign, else: .minus)
    case UInt8(ascii: "*"):
      if peek(1) == byte {
        take(.power, 2)
      } else {
        choose(UInt8(ascii: "="), .starAssign, else: .star)
      }
    case UInt8(ascii: "/"): choose(UInt8(ascii: "="), .slashAssign, else: .slash)
    case UInt8(ascii: "%"): take(.percent, 1)
    case UInt8(ascii: "|"): choose(byte, .or, else: .bar)
    case UInt8(ascii: "&"):
      guard peek(1) == byte else { return false }
      take(.and, 2)
    default: return false
    }
    return true
  }

  private mutating func take(_ kind: TokenKind, _ length: Int) {
    let start = index
    index += length
    append(kind, from: start)
  }

  /// Takes the two-byte `long` if `second` follows, else the one-byte `short`.
  private mutating func choose(_ second: UInt8, _ long: TokenKind, else short: TokenKind) {
    if peek(1) == second { take(long, 2) } else { take(short, 1) }
  }

  private mutating func takeEquals(_ one: TokenKind, _ two: TokenKind, _ three: TokenKind) {
    guard peek(1) == UInt8(ascii: "=") else { return take(one, 1) }
    if peek(2) == UInt8(ascii: "=") { take(three, 3) } else { take(two, 2) }
  }
}
