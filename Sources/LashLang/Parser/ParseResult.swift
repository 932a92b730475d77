/// What `Parser.parse` gives: a tree in any case, and the problems it met.
public struct ParseResult: Sendable {
  /// The tree, with `error` nodes where the text did not parse.
  public let tree: SyntaxTree
  /// Lexical and syntax problems, in source order.
  public let diagnostics: [Diagnostic]

  /// Whether an error was met.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
