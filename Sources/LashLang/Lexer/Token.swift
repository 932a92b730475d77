/// What stands between a token and the one before it.
enum Separation: UInt8, Sendable, BitwiseCopyable {
  /// Nothing, blanks or a comment inside a line.
  case none
  /// At least one line end.
  case newline
  /// A `;`, which always ends a statement.
  case semicolon
  /// A line end inside brackets before something that can only begin a statement: the brackets
  /// were never closed. Set by `TokenStructure`.
  case cut
}

/// One token of the flat token array (rule LEX-1).
struct Token: Sendable, BitwiseCopyable {
  /// What it is.
  var kind: TokenKind
  /// What stands before it.
  var separation: Separation
  /// Its bytes.
  var span: SourceSpan
  /// By kind: the symbol of a word, string, text or format spec; the index of a number; for an
  /// opening bracket the index of the token that ends its region, filled in by `TokenStructure`.
  var payload: UInt32

  /// The symbol of a word, string, text or format spec.
  var symbol: Symbol { Symbol(payload) }
  /// Whether a line end or `;` stands before it.
  var startsLine: Bool { separation != .none }
}

/// The value of a number token (rule LEX-number).
enum NumberLiteral: Hashable, Sendable, BitwiseCopyable {
  /// An integral literal that fits 64 bits.
  case integer(Int64)
  /// Any other.
  case double(Double)
}
