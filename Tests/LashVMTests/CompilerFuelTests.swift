import LashLang
import Testing

@testable import LashVM

/// Rule BND-3: the cost of a block's statements, from the table there.
@Suite struct CompilerFuelTests {
  @Test(arguments: [
    ("x = 1", 1),
    ("x = 1 + 2 * 3", 3),
    ("x = [1, {a: 2}, (3,)]", 4),
    ("x = len([1])", 3),
    ("x = f\"{1} {2 + 3:.1f} a\"", 4),
    ("x = null.a[0]", 3),
    ("x = true ? 1 : -2", 3),
    ("x = 1\nx += 2", 3),
    ("a, b = [1, 2]", 3),
    ("r = {}\nr.a = 1\nr[\"b\"] = 2", 6),
    ("x = [i for i in [1, 2]]", 3),
    ("if 1 < 2 { x = 5 } else { y = 1 }", 2),
    ("while 1 > 2 { x = 5 }", 2),
    ("x = m.a(1)", 2),
    ("x = await m.a(1)?", 4),
  ])
  func blockCost(_ source: String, _ cost: UInt32) throws {
    #expect(try compile(source, host: .testing()).bodies[0].cost == cost)
  }

  /// The example of rule BND-3, which costs 15: 3 for the block, 12 for three turns.
  @Test func example() throws {
    let source = "total = 0\nfor x in [1, 2, 3] {\n  total = total + x * 2\n}"
    #expect(try compile(source).bodies[0].cost == 3)
    #expect(try listing(source).contains { $0.hasPrefix("iterateBegin r1, 4,") })
    #expect(try listing(source).contains { $0.hasPrefix("iterateNext r1, 4,") })
  }

  /// A turn of a clause is 1 and its filters; the next iterable or the element when they hold.
  @Test func clauses() throws {
    let code = try listing("x = [a + b for a in [1] if a > 0 if a < 9 for b in [a]]")
    let charges = code.filter { $0.hasPrefix("charge") || $0.hasPrefix("iterateBegin") }
      .map { $0.split(separator: ",").prefix(2).joined(separator: ",") }
    #expect(charges == ["iterateBegin r2, 3", "charge 1", "iterateBegin r5, 2"])
  }

  /// A cost beyond 16 bits is charged by an instruction of its own.
  @Test func largeTurn() throws {
    let body = String(repeating: "x = 1\n", count: 70_000)
    let code = try listing("for i in range(2) {\n\(body)}")
    #expect(code.contains("charge 70001"))
    #expect(code.contains { $0.hasPrefix("rangeBegin r1, 0,") })
  }
}
