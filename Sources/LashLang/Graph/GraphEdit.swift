/// Why a node's text cannot be replaced.
public enum GraphEditError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The graph has no node of this id.
  case unknownNode(String)
  /// With the new text the program does not parse.
  case doesNotParse(String)
  /// The new text is no single statement, or no header of the same kind of branch or loop.
  case notOneStatement

  /// What is wrong, and what to do about it.
  public var description: String {
    switch self {
    case .unknownNode(let id):
      "there is no node `\(id)`: ids change with the text of their nodes, so take them from the "
        + "graph of the current program"
    case .doesNotParse(let problem): "with this text the program does not parse: \(problem)"
    case .notOneStatement:
      "the text must be exactly one statement, or one header of the same kind, without a comment "
        + "at its end"
    }
  }
}

extension WorkflowGraph {
  /// The program with another text for one node; all other bytes stay (rule MOD-9). White space at
  /// the ends of `text` is dropped. Throws unless the result parses and differs in that statement
  /// only. O(size of the program).
  public func replacing(
    _ id: String, with text: String
  ) throws(GraphEditError) -> SourceFile {
    guard let place = node(id) else { throw .unknownNode(id) }
    let node = nodes[place]
    let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    let trimmed = text.utf8.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
    let new = Array(trimmed)
    guard !new.isEmpty else { throw .notOneStatement }
    var bytes = source.bytes
    bytes.replaceSubrange(Int(node.text.start)..<Int(node.text.end), with: new)
    let edited = SourceFile(name: source.name, bytes: bytes)
    let result = Parser.parse(edited)
    if let problem = result.diagnostics.first(where: { $0.severity == .error }) {
      throw .doesNotParse(problem.message)
    }
    let after = SourceSpan(start: node.text.start, end: node.text.start + UInt32(new.count))
    let isStatement = result.tree.statements.contains { $0.span == after }
    guard isStatement == (node.text == node.span),
      Outline(Parser.parse(source).tree, without: node.text, end: node.text.end)
        == Outline(result.tree, without: after, end: node.text.end)
    else { throw .notOneStatement }
    return edited
  }
}

/// The nodes of a tree that are not inside a span, with their places as if the span ended at `end`.
private struct Outline: Equatable {
  private var nodes: [SyntaxDump.Node] = []

  init(_ tree: SyntaxTree, without span: SourceSpan, end: UInt32) {
    let shifted = { (place: UInt32) in place >= span.end ? place - span.end + end : place }
    // The texts of f-strings have no place; the bytes of those outside are the same anyway.
    for node in SyntaxDump(tree).nodes where node.span != .none {
      guard node.span.start < span.start || node.span.end > span.end else { continue }
      var node = node
      node.span = SourceSpan(start: shifted(node.span.start), end: shifted(node.span.end))
      nodes.append(node)
    }
  }
}
