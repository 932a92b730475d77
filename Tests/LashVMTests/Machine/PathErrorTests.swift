import Testing

@testable import LashVM

/// Which error an assignment into a path ends with (rules ASG-3 … ASG-6).
@Suite("Errors of assignment paths")
struct PathErrorTests {
  @Test(
    "The message is that of the rule",
    arguments: [
      ("x = null\nx.k = 1", "can't assign `.k` on null"),
      ("x = null\nx.a.k = 1", "can't assign through `.a` on null"),
      ("x = \"s\"\nx[0] = 1", "can't assign index on string"),
      ("x = {}\nx.a.b = 1", "can't assign through missing field `.a`"),
      ("x = {}\nx[\"a\"].b = 1", "can't assign through missing key `a`"),
      ("x = {a: 1}\nx.a.b.c = 1", "can't assign through `.b` on number"),
      ("x = {a: 1}\nx.a[0].c = 1", "can't assign through index on number"),
      ("x = [1]\nx.a = 1", "can't assign `.a` on list"),
      ("x = [1]\nx.a.b = 1", "can't assign through `.a` on list"),
      ("x = [1]\nx[1] = 2", "list assignment index out of bounds: 1 in a list of 1"),
      ("x = [1]\nx[1].a = 2", "list assignment index out of bounds: 1 in a list of 1"),
      ("x = [1]\nx[\"0\"] = 2", "list assignment index must be an integer, got string"),
      ("x = [1]\nx[0.5] = 2", "list assignment index must be an integer, got number"),
      ("x = (1, 2)\nx[0] = 2", "can't assign tuple indexes; tuples are immutable"),
      ("x = {}\nx[[1]] = 2", "expected text, got list"),
      ("x = await m.a(1)\nx[x] = 2", "expected text, got record"),
      ("x = await m.a([1])\nx[x][0] = 2", "expected text, got record"),
      ("x = {}\nx[x] = 2", "expected text, got record"),
      ("x = [[1]]\nx[x][0] = 2", "list assignment index must be an integer, got list"),
      // Compound assignment: the operand, then the path, then the operator.
      ("x = 5\nx.a += 1", "can't assign `.a` on number"),
      ("x = 5\nx.a = x.a + 1", "can't assign `.a` on number"),
      ("x = 5\nx.a = 1 + x.a", "can't read `.a` from number"),
      ("x = [1]\nx[0.5] = x[0.5] + 1", "index must be an integer"),
      ("x = [1]\ni = 0.5\nx[i] = x[i] + 1", "list assignment index must be an integer, got number"),
      ("x = [1]\nx[7] = x[7] * [1]", "list assignment index out of bounds: 7 in a list of 1"),
      ("x = [1]\nx[7] += 1 * \"q\"", "expected a number, got string"),
      ("x = [1]\nx[0] *= [1]", "expected a number, got list"),
      (
        "x = {a: 1}\nx.a = push(x.a, 2)", "`push` requires a list as the first argument, got number"
      ),
      ("x = {}\nx.a.b = x.a.b + 1", "can't assign through missing field `.a`"),
      ("if json_parse(\"false\") { x = {} }\nx.a += 1", "unknown name `x`"),
      // Plain assignment: the indexes, the right side, then the store.
      ("x = 5\nx.a = 1 * \"q\"", "expected a number, got string"),
      ("x = 5\nx[1 * \"q\"] = [] * 1", "expected a number, got string"),
      ("a, b = [1, 2, 3]", "expected 2 items to take apart, got 3"),
      ("a, b = json_parse(\"[1, 2, 3]\")", "expected 2 items to take apart, got 3"),
      ("a, b = json_parse(\"5\")", "can't take number apart into 2 names"),
    ])
  func message(_ source: String, _ expected: String) throws {
    let text = try outcome(source)
    #expect(text.hasSuffix(" " + expected), "\(text)")
  }

  @Test("What was assigned before the error stays, the target of the error is unchanged")
  func unchanged() throws {
    for (source, expected) in [
      ("x = {a: [1]}\nx.a[3] = 1", "x={a:[1]}"),
      ("x = {a: [1]}\nx.a[0] *= \"q\"", "x={a:[1]}"),
      ("x = {a: [1]}\ny, x.b.c = 1, 2", "x={a:[1]} y=1"),
      ("x = 1\nx *= [1]", "x=1"),
      ("x = {n: 1}\nx.n = push(x.n, 1)", "x={n:1}"),
    ] {
      var drive = try Drive(source)
      #expect(drive.run(echo).text.hasPrefix("R"))
      let variables = drive.machine.variables().map { "\($0.key)=\($0.value.text)" }
      #expect(variables.joined(separator: " ") == expected)
    }
  }
}
