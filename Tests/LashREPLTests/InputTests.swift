import Testing

@testable import LashREPL

struct InputTests {
  @Test(arguments: [
    "x = [1,", "x = {a: 1", "f(", "if x {\n  y = 1", "process p(a: int) {", "x = \"abc",
    "x = \"\"\"a\nb",
    "x = 1 +", "x = f\"{a", "for x in [1]", "fn f(n: int) -> int { n", "x = await",
    "while true {\n",
    "x = [\n  1,\n", "x =",
  ])
  func asksForMore(_ text: String) {
    #expect(InputText.unfinished(Array(text.utf8)) != nil)
  }

  @Test(arguments: [
    "", "x = 1", "x = [1]", "x = )", "1 + 1", "if x { y = 1 }", "x = \"a\"", "finish", ":type [1",
    "# a [",
    "x = 1 +)", "def f(x):", "x = (1,\ny = 2",
  ])
  func isComplete(_ text: String) {
    #expect(InputText.unfinished(Array(text.utf8)) == nil)
  }
}

struct InputSplitterTests {
  private func inputs(_ text: String, chunk: Int) -> [String] {
    var splitter = InputSplitter()
    var inputs: [[UInt8]] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      inputs += splitter.take(Array(rest.prefix(chunk)))
      rest = rest.dropFirst(chunk)
    }
    if let last = splitter.finish() { inputs.append(last) }
    return inputs.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: [1, 3, 1_000])
  func emptyLinesSeparate(_ chunk: Int) {
    #expect(
      inputs(
        "\n\na = 1\nb = 2\n\n  \n:vars\n:calls\nc = [1,\n\n2]\n\nt = \"\"\"x\n\ny\"\"\"\n\nlast",
        chunk: chunk)
        == [
          "a = 1\nb = 2\n", ":vars", ":calls", "c = [1,\n\n2]\n", "t = \"\"\"x\n\ny\"\"\"\n",
          "last",
        ])
  }
}

struct EditingTests {
  @Test func newLinesAreIndented() {
    #expect(InputText.indentation(after: Array("if x {".utf8)) == "  ")
    #expect(InputText.indentation(after: Array("if x {\n  y = [".utf8)) == "    ")
    #expect(InputText.indentation(after: Array("if x {\n  y = 1".utf8)) == "  ")
    #expect(InputText.indentation(after: Array("".utf8)) == "")
  }

  @Test func upAndDownMoveBetweenLines() {
    let text = Array("abc\nd\nefgh".utf8)
    #expect(InputText.cursor(in: text, from: 9, movedBy: -1) == 5)
    #expect(InputText.cursor(in: text, from: 2, movedBy: 1) == 5)
    #expect(InputText.cursor(in: text, from: 2, movedBy: -1) == nil)
    #expect(InputText.cursor(in: text, from: 7, movedBy: 1) == nil)
    #expect(InputText.cursor(in: [], from: 0, movedBy: 1) == nil)
  }
}
