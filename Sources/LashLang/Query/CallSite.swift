/// The call around a place of a text, read from the tokens before it alone, so that it is found in
/// text that does not parse: `await web.search({query: "a", |`.
public struct CallSite: Sendable {
  /// What is called: a dotted path, by its segments.
  public var callee: [String]
  /// The place of the callee.
  public var calleeSpan: SourceSpan
  /// Whether it is the process of a `start`.
  public var isStart: Bool
  /// How many arguments stand before the place.
  public var argument: Int
  /// The keys that lead from the argument to the record around the place.
  public var keys: [String] = []
  /// Whether a key of a record, or an argument name of a `start`, belongs at the place.
  public var expectsKey = false
  /// The keys that the record around the place has so far.
  public var written: [String] = []

  private struct Bracket {
    var token: Int
    var commas = 0
    var key: String?
    var keys: [String] = []
  }

  /// The innermost call around a byte offset; nothing inside a string, or in the block of one.
  /// O(text before it).
  public static func around(_ offset: UInt32, in source: SourceFile) -> CallSite? {
    let lexer = Lexer(source)
    let symbols = lexer.symbols.texts
    let tokens = lexer.tokens.prefix { $0.kind != .end && $0.span.start < offset }
    var open: [Bracket] = []
    for (index, token) in tokens.enumerated() {
      if index == tokens.count - 1, token.span.end >= offset, isWord(token) { break }
      switch token.kind {
      case .leftParen, .leftBracket, .leftBrace, .slotStart: open.append(Bracket(token: index))
      case .rightParen, .rightBracket, .rightBrace, .slotEnd: _ = open.popLast()
      case .comma:
        guard !open.isEmpty else { break }
        open[open.count - 1].commas += 1
        open[open.count - 1].key = nil
      case .colon:
        guard !open.isEmpty, index > 0, open[open.count - 1].key == nil else { break }
        let word = tokens[index - 1]
        guard isWord(word) || word.kind == .string else { break }
        open[open.count - 1].key = symbols[Int(word.payload)]
        open[open.count - 1].keys.append(symbols[Int(word.payload)])
      default: break
      }
    }
    return site(open, Array(tokens), symbols, offset)
  }

  private static func isWord(_ token: Token) -> Bool {
    token.kind == .identifier || token.kind.isKeyword
  }

  private static func site(
    _ brackets: [Bracket], _ tokens: [Token], _ symbols: [String], _ offset: UInt32
  ) -> CallSite? {
    var open = brackets
    var keys: [String] = []
    guard let top = open.last else { return nil }
    while let bracket = open.popLast() {
      switch tokens[bracket.token].kind {
      case .leftBrace:
        let isTop = bracket.token == top.token
        if let key = bracket.key { keys.insert(key, at: 0) } else if !isTop { return nil }
      case .leftParen:
        guard var site = callee(before: bracket.token, tokens, symbols) else { continue }
        site.argument = bracket.commas
        site.keys = keys
        let kind = tokens[top.token].kind
        let takesKeys = kind == .leftBrace || (site.isStart && top.token == bracket.token)
        site.expectsKey = takesKeys && top.key == nil
        site.written = top.keys
        return site
      case .leftBracket: break
      default: return nil
      }
    }
    return nil
  }

  private static func callee(
    before paren: Int, _ tokens: [Token], _ symbols: [String]
  ) -> CallSite? {
    guard paren > 0, isWord(tokens[paren - 1]), tokens[paren].separation == .none else {
      return nil
    }
    var first = paren - 1
    while first >= 2, tokens[first - 1].kind == .dot, isWord(tokens[first - 2]) { first -= 2 }
    guard tokens[first].kind == .identifier else { return nil }
    let names = stride(from: first, to: paren, by: 2).map { symbols[Int(tokens[$0].payload)] }
    let isStart =
      first > 0 && tokens[first - 1].kind == .identifier && Word(tokens[first - 1].symbol) == .start
    return CallSite(
      callee: names, calleeSpan: tokens[first].span.union(tokens[paren - 1].span),
      isStart: isStart, argument: 0)
  }
}
