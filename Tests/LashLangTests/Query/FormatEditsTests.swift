import Testing

@testable import LashLang

/// The small edits lead to what the formatter writes, and rewrite no token.
@Suite struct FormatEditsTests {
  @Test(arguments: [
    "", "x=1", "x = 1\n", "x = 1;y=2", "\n\n\nx = [1,2 , 3,]\n", "if x{print  1;}\n# c  \n",
    "x = {a:1,\n\n\n b:2}", "f(1,\n2)\n", "x = \"a,  b\"  # c;  d\n", "x = (1,)",
    "broken ( \n y=1\n",
  ])
  func editsLeadToTheFormattedText(_ text: String) {
    let source = SourceFile(name: "t", text: text)
    let edits = SourceFormatter.edits(of: source)
    #expect(SourceFormatter.apply(edits, to: source.bytes) == SourceFormatter.format(source).bytes)
    for edit in edits {
      #expect(edit.text.utf8.allSatisfy { " \n\t\r,;".utf8.contains($0) })
      #expect(edit.span.start < edit.span.end || !edit.text.isEmpty)
    }
  }

  @Test func aFormattedTextHasNone() {
    #expect(SourceFormatter.edits(of: SourceFile(name: "t", text: "x = 1\nprint x\n")).isEmpty)
  }
}
