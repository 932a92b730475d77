/// Finds what may be written at a place of a text, broken or not.
///
/// A stand-in name is put at the place and the text is parsed and checked like any other: what the
/// checker makes of the stand-in tells what belongs there.
public struct CompletionQuery {
  private static let standIn = "lash_stand_in__"

  let host: HostSurface
  let index: SymbolIndex
  let offset: UInt32
  private let symbol: Symbol?

  /// What may be written at a byte offset of `source`; nothing in comments and strings. As dear as
  /// a check of the text. `cell` says that the text is a cell of a session.
  public static func completions(
    in source: SourceFile, at offset: UInt32, host: HostSurface, cell: CellContext? = nil
  ) -> Completions {
    let offset = min(offset, UInt32(source.bytes.count))
    let word = word(in: source.bytes, at: offset)
    var result = Completions(replaced: word)
    guard acceptsCode(at: word.start, in: source) else { return result }
    let query = CompletionQuery(source, word, host, cell)
    if let site = CallSite.around(offset, in: source), site.expectsKey,
      let keys = query.keys(of: site)
    {
      result.items = keys
      return result
    }
    result.items = query.items(after: source.bytes[..<Int(word.start)])
    return result
  }

  private init(
    _ source: SourceFile, _ word: SourceSpan, _ host: HostSurface, _ cell: CellContext?
  ) {
    let bytes =
      source.bytes[..<Int(word.start)] + Array(Self.standIn.utf8) + source.bytes[Int(word.end)...]
    let parsed = Parser.parse(SourceFile(name: source.name, bytes: Array(bytes)))
    let module = CheckModule.check(
      parsed.tree, host: host, earlier: parsed.diagnostics, cell: cell)
    self.host = host
    index = SymbolIndex(module)
    offset = word.start
    symbol = parsed.tree.symbols.firstIndex(of: Self.standIn).map { Symbol(UInt32($0)) }
  }

  // MARK: Places

  /// The word that holds an offset or ends there.
  private static func word(in bytes: [UInt8], at offset: UInt32) -> SourceSpan {
    var start = Int(offset)
    var end = start
    while start > 0, Lexer.continuesWord(bytes[start - 1]) { start -= 1 }
    while end < bytes.count, Lexer.continuesWord(bytes[end]) { end += 1 }
    if start < end, (0x30...0x39).contains(bytes[start]) { start = Int(offset) }
    return SourceSpan(start: UInt32(start), end: UInt32(max(start, end)))
  }

  /// Whether an offset lies outside strings, numbers and comments.
  public static func acceptsCode(at offset: UInt32, in source: SourceFile) -> Bool {
    var last: UInt32 = 0
    for token in Lexer(source).tokens {
      if token.span.start >= offset { break }
      if token.span.end > offset
        || (token.span.end == offset && (token.kind == .number || token.kind == .string))
      {
        return token.kind != .string && token.kind != .number && token.kind != .interpolationText
          && token.kind != .interpolationStart
      }
      last = token.span.end
    }
    let between = source.bytes[Int(last)..<Int(offset)]
    let line = between.lastIndex(of: 0x0A).map { between[($0 + 1)...] } ?? between
    if line.contains(UInt8(ascii: "#")) { return false }
    return !zip(line, line.dropFirst()).contains { $0 == UInt8(ascii: "/") && $1 == $0 }
  }

  private func items(after text: ArraySlice<UInt8>) -> [Completion] {
    let tree = index.module.tree
    if Self.endsWithStart(text), !processes.isEmpty { return processes }
    if let symbol {
      for (place, expression) in tree.expressions.enumerated() {
        switch expression.kind {
        case .field(let target, let name) where name.symbol == symbol: return members(of: target)
        case .operation(let target, let name, _) where name.symbol == symbol:
          return members(of: target)
        case .name(symbol): return names(canBeStatement: isStatement(ExpressionID(UInt32(place))))
        case .call(let name, _) where name.symbol == symbol: return names(canBeStatement: true)
        case .start(let name, _) where name.symbol == symbol: return processes
        default: break
        }
      }
      for type in tree.types {
        guard case .name(let names) = type.kind,
          tree[names].contains(where: { $0.symbol == symbol })
        else { continue }
        return types(under: tree[names].dropLast().map { tree[$0.symbol] })
      }
    }
    // The parser left the place out: go by the text before it.
    guard let path = Self.path(before: text) else { return names(canBeStatement: true) }
    return moduleMembers(path)
  }

  /// Whether the last word of a text is `start`, which only a process can follow.
  private static func endsWithStart(_ text: ArraySlice<UInt8>) -> Bool {
    let trimmed = text.reversed().drop { $0 == 0x20 || $0 == 0x09 }
    return trimmed.count < text.count
      && trimmed.prefix { Lexer.continuesWord($0) }.reversed().elementsEqual("start".utf8)
  }

  private func isStatement(_ id: ExpressionID) -> Bool {
    index.module.tree.statements.contains {
      if case .expression(id) = $0.kind { true } else { false }
    }
  }

  /// The dotted path before a dot at the end of a text, if it ends with a dot.
  private static func path(before text: ArraySlice<UInt8>) -> [String]? {
    guard text.last == UInt8(ascii: ".") else { return nil }
    let path = text.reversed().prefix { continuesWord($0) }.reversed()
    return String(decoding: path, as: UTF8.self).split(separator: ".").map(String.init)
  }

  private static func continuesWord(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || Lexer.continuesWord(byte)
  }
}
