/// A coloured part of a text.
public struct Highlight: Hashable, Sendable {
  /// What a part of a text is.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A word of the language.
    case keyword
    /// A variable or binding.
    case variable
    /// A parameter.
    case parameter
    /// A function, builtins included.
    case function
    /// An operation of the host.
    case method
    /// A type.
    case type
    /// A field or key.
    case property
    /// A module.
    case namespace
    /// A process.
    case `class`
    /// Text.
    case string
    /// A number.
    case number
    /// A comment.
    case comment
    /// An operator.
    case `operator`
  }

  /// The part.
  public let span: SourceSpan
  /// What it is.
  public let kind: Kind
  /// Whether it is where its symbol is declared or assigned.
  public let isDefinition: Bool
  /// Whether it belongs to the language itself.
  public let isBuiltin: Bool

  /// The parts of a program, in order and without overlaps. O(text · log text).
  public static func highlights(of index: SymbolIndex) -> [Highlight] {
    let source = index.module.tree.source
    let names = names(of: index)
    var found: [Highlight] = []
    var next = 0
    var last: UInt32 = 0
    for token in Lexer(source).tokens {
      addComments(in: source, last..<token.span.start, &found)
      last = max(last, token.span.end)
      while next < names.count, names[next].span.start < token.span.start { next += 1 }
      if next < names.count, names[next].span.start == token.span.start {
        found.append(names[next])
      } else if let kind = kind(of: token) {
        found.append(Highlight(span: token.span, kind: kind, isDefinition: false, isBuiltin: false))
      }
    }
    return found
  }

  /// The names that are one token each; paths are taken apart.
  private static func names(of index: SymbolIndex) -> [Highlight] {
    let bytes = index.module.tree.source.bytes
    var found: [Highlight] = []
    for occurrence in index.occurrences {
      let symbol = index.symbols[occurrence.symbol]
      let kind = kind(of: symbol)
      let isBuiltin = symbol.kind == .builtin || (symbol.kind == .foreignType && isPlain(symbol))
      var start = occurrence.span.start
      // `gmail . work`: a part for each word.
      while start < occurrence.span.end {
        var end = start
        while end < occurrence.span.end, Lexer.continuesWord(bytes[Int(end)]) { end += 1 }
        if end > start, found.last.map({ $0.span.start < start }) ?? true {
          found.append(
            Highlight(
              span: SourceSpan(start: start, end: end), kind: kind,
              isDefinition: occurrence.role == .definition, isBuiltin: isBuiltin))
        }
        start = end + 1
      }
    }
    return found
  }

  private static func isPlain(_ symbol: ProgramSymbol) -> Bool {
    ScalarType(rawValue: symbol.name) != nil
  }

  private static func kind(of symbol: ProgramSymbol) -> Kind {
    switch symbol.kind {
    case .variable, .binding: .variable
    case .parameter: .parameter
    case .function, .builtin: .function
    case .process: .class
    case .type, .foreignType, .constructor: .type
    case .field: .property
    case .module: .namespace
    case .operation: .method
    }
  }

  private static func kind(of token: Token) -> Kind? {
    switch token.kind {
    case .identifier:
      Word(token.symbol).flatMap { KeywordPage.of($0.rawValue) } == nil
        ? nil : .keyword
    case .number: .number
    case .string, .interpolationStart, .interpolationText, .interpolationEnd, .formatSpec: .string
    case .end, .invalid, .leftParen, .rightParen, .leftBracket, .rightBracket, .leftBrace,
      .rightBrace, .slotStart, .slotEnd, .comma, .colon, .semicolon, .dot:
      nil
    default: token.kind.isKeyword ? .keyword : .operator
    }
  }

  private static func addComments(
    in source: SourceFile, _ gap: Range<UInt32>, _ found: inout [Highlight]
  ) {
    var place = Int(gap.lowerBound)
    let end = Int(gap.upperBound)
    while place < end {
      let byte = source.bytes[place]
      guard byte == UInt8(ascii: "#") || byte == UInt8(ascii: "/") else {
        place += 1
        continue
      }
      var stop = place
      while stop < end, source.bytes[stop] != 0x0A, source.bytes[stop] != 0x0D { stop += 1 }
      found.append(
        Highlight(
          span: SourceSpan(start: UInt32(place), end: UInt32(stop)), kind: .comment,
          isDefinition: false, isBuiltin: false))
      place = max(stop, place + 1)
    }
  }
}
