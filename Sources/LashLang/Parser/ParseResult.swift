/// What `Parser.parse` gives: a tree in any case, and the problems it met.
public struct ParseResult: Sendable {
  /// The tree, with `error` nodes where the text did not parse.
  public private(set) var tree: SyntaxTree
  /// Lexical and syntax problems, in source order.
  public let diagnostics: [Diagnostic]

  /// Whether an error was met.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Makes a last statement of the main block that is an expression a `finish` with its value.
  package mutating func finishWithLastExpression() { tree.finishWithLastExpression() }

  /// What is still open where the text ends, if the first thing wrong with it is that. A prompt then
  /// asks for more.
  public var unfinished: Unfinished? {
    guard let first = diagnostics.first(where: { $0.severity == .error }), let span = first.span
    else { return nil }
    switch first.code {
    case .unterminatedString: return .text
    case .invalidInterpolation:
      // Only the slot that is not closed is blamed at its brace alone.
      let isBrace = tree.source.bytes[Int(span.start)] == UInt8(ascii: "{")
      return isBrace && span.end == span.start + 1 ? .text : nil
    case .expected, .unclosedBracket:
      return Int(span.start) >= tree.source.bytes.count ? .code : nil
    default: return nil
    }
  }

  /// What a text left open at its end.
  public enum Unfinished: Hashable, Sendable {
    /// A string or a slot of an f-string: white space counts.
    case text
    /// A bracket, a block or an expression.
    case code
  }
}
