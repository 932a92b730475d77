import Testing

@testable import LashREPL

struct InputTests {
  @Test(arguments: [
    "x = [1,", "x = {a: 1", "f(", "if x {\n  y = 1", "process p(a: int) {", "x = \"abc", "x = \"\"\"a\nb",
    "x = 1 +", "x = f\"{a", "for x in [1]", "fn f(n: int) -> int { n", "x = await", "while true {\n",
    "x = [\n  1,\n", "x =",
  ])
  func asksForMore(_ text: String) {
    #expect(InputText.unfinished(Array(text.utf8)) != nil)
  }

  @Test(arguments: [
    "", "x = 1", "x = [1]", "x = )", "1 + 1", "if x { y = 1 }", "x = \"a\"", "finish", ":type [1", "# a [",
    "x = 1 +)", "def f(x):", "x = (1,\ny = 2",
  ])
  func isComplete(_ text: String) {
    #expect(InputText.unfinished(Array(text.utf8)) == nil)
  }
}
