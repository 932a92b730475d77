import LashJSON
import LashLang
import LashToolchain
import Testing

extension ConformanceTests {
  /// Formatting every program of the repository leaves its meaning, and rests after one pass.
  @Test("Formatted", arguments: cases(known: false))
  func formatted(_ one: Named) {
    let source = SourceFile(name: one.content.id, text: one.content.source)
    let once = SourceFormatter.format(source)
    let styled = SourceFile(name: one.content.id, bytes: once.bytes)
    #expect(SourceFormatter.format(styled).bytes == once.bytes)
    guard once.diagnostics.isEmpty else { return }
    #expect(shape(of: styled) == shape(of: source))
    var moved = one.content
    moved.source = String(decoding: once.bytes, as: UTF8.self)
    moved.expectation.error.line = nil
    for index in moved.expectation.reports.indices { moved.expectation.reports[index].line = nil }
    for index in moved.expectation.warnings.indices { moved.expectation.warnings[index].line = nil }
    if let failure = ConformanceRunner().failure(of: moved) { Issue.record("\(failure)") }
  }

  /// The dump of the tree without its positions.
  private func shape(of source: SourceFile) -> [[String]] {
    (SyntaxDump(Parser.parse(source).tree).json.arrayValue ?? []).map { node in
      ["depth", "kind", "detail"].map { node[$0]?.description ?? "" }
    }
  }
}
