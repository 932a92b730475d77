/// The parts of a text that an editor can fold away.
public enum FoldingRegions {
  /// From each opening bracket to its closing one, outermost first for the same start. O(tokens).
  public static func brackets(in source: SourceFile) -> [SourceSpan] {
    var open: [Token] = []
    var found: [SourceSpan] = []
    for token in Lexer(source).tokens {
      switch token.kind {
      case .leftParen, .leftBracket, .leftBrace: open.append(token)
      case .rightParen, .rightBracket, .rightBrace:
        guard let start = open.popLast() else { break }
        found.append(SourceSpan(start: start.span.start, end: token.span.end))
      default: break
      }
    }
    return found.sorted { ($0.start, $1.end) < ($1.start, $0.end) }
  }

  /// Comments on two or more lines that follow one another.
  public static func comments(in index: SymbolIndex) -> [SourceSpan] {
    let lines = index.module.tree.source.lines
    var found: [SourceSpan] = []
    var run: SourceSpan?
    func close(_ found: inout [SourceSpan]) {
      if let run, lines.line(of: run.start) < lines.line(of: run.end) { found.append(run) }
    }
    for part in Highlight.highlights(of: index) {
      guard part.kind == .comment else {
        close(&found)
        run = nil
        continue
      }
      if let last = run, lines.line(of: part.span.start) == lines.line(of: last.end) + 1 {
        run = last.union(part.span)
      } else {
        close(&found)
        run = part.span
      }
    }
    close(&found)
    return found
  }
}
