import LashJSON

/// The tokens of a text, for looking at the lexer's work.
public struct TokenDump {
  private let source: SourceFile
  private let tokens: [Token]
  private let numbers: [NumberLiteral]
  private let symbols: [String]

  /// Reads the tokens of `source`; lexical problems are left to `Parser.parse`.
  public init(_ source: SourceFile) {
    let lexer = Lexer(source)
    self.source = source
    tokens = lexer.tokens
    numbers = lexer.numbers
    symbols = lexer.symbols.texts
  }

  /// One token a line: `start..end kind value`, with `↵` after the offsets if it starts a line.
  public var text: String {
    tokens.map { token in
      let parts = [
        "\(token.span.start)..\(token.span.end)", token.startsLine ? "↵" : nil, name(of: token),
        value(of: token)?.description,
      ]
      return parts.compactMap(\.self).joined(separator: " ") + "\n"
    }.joined()
  }

  /// An array of objects with `kind`, `start`, `end`, `starts_line` and, where it has one, `value`.
  public var json: JSONValue {
    .array(
      tokens.map { token in
        var object: JSONObject = [
          "kind": .string(name(of: token)),
          "start": .integer(Int64(token.span.start)),
          "end": .integer(Int64(token.span.end)),
          "starts_line": .bool(token.startsLine),
        ]
        if let value = value(of: token) { object["value"] = value }
        return .object(object)
      })
  }

  private func name(of token: Token) -> String {
    switch token.kind {
    case .interpolationStart: "f-string-start"
    case .interpolationText: "f-string-text"
    case .interpolationEnd: "f-string-end"
    case .slotStart: "slot-start"
    case .slotEnd: "slot-end"
    case .formatSpec: "format-spec"
    case .end: "end"
    case .invalid: "invalid"
    default: token.kind.text
    }
  }

  private func value(of token: Token) -> JSONValue? {
    switch token.kind {
    case .identifier, .string, .interpolationText, .formatSpec:
      return .string(symbols[Int(token.payload)])
    case .number:
      switch numbers[Int(token.payload)] {
      case .integer(let value): return .integer(value)
      case .double(let value): return .double(value)
      }
    case .invalid: return .string(source.text(token.span))
    default: return nil
    }
  }
}
