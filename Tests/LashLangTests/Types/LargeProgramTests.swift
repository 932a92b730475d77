import Testing

@testable import LashLang

/// Texts that are large or crooked: the checker ends, in time linear enough to be run here, and says
/// what is wrong (rule TYP-24).
@Suite struct LargeProgramTests {
  private func codes(_ text: String) -> [DiagnosticCode] { CheckedText(text).codes }

  private func joined(_ count: Int, _ part: (Int) -> String) -> String {
    (0..<count).map(part).joined()
  }

  @Test func nestedUnions() {
    let types = joined(5_000) { "type U\($0 + 1) = U\($0) | { a\($0): int }\n" }
    #expect(codes("type U0 = int\n\(types)fn f(u: U5000) -> any { u }\nfinish f({a5: 1})") == [])
  }

  @Test func longChainsOfAliases() {
    let types = joined(3_000) {
      "type A\($0) = { n: A\($0 + 1)? }\ntype B\($0) = { n: B\($0 + 1)? }\n"
    }
    let text = types + "type A3000 = int\ntype B3000 = str\nfn f(a: A0) -> B0 { a }\nfinish 1"
    #expect(codes(text) == [])
  }

  @Test func growingRecords() {
    let lines = joined(1_000) { "r.f\($0) = {g: [\($0), r]}\n" }
    #expect(codes("r = {}\n\(lines)finish 1") == [])
  }

  @Test func nestedLoops() {
    let heads = joined(90) { "for i\($0) in [1] {\nv\($0) = [x]\n" }
    #expect(codes("x = 0\n\(heads)x = v0\n\(joined(90) { _ in "}" })\nfinish x") == [])
  }

  @Test func manyBreaks() {
    let lines = joined(4_000) { "x\($0) = \($0)\nif x\($0) > 5 { break }\n" }
    #expect(codes("while true {\n\(lines)}\nfinish x0 + 1") == [])
  }

  @Test func longConditions() {
    let all = (0..<5_000).map { "a == \($0)" }.joined(separator: " or ")
    #expect(codes("a = json_parse(\"1\")\nif \(all) { finish 1 }\nfinish a") == [])
  }

  @Test func manyShapes() {
    let items = (0..<3_000).map { "{k\($0 % 200): \"v\($0)\"}" }.joined(separator: ", ")
    #expect(codes("xs = [\(items)]\nfinish xs[0].k1") == [])
  }

  /// The errors beyond the bound cost nothing.
  @Test func manyErrors() {
    let found = codes(joined(5_000) { "x\($0) = [1] - \($0)\n" })
    #expect(found.count { $0 == .operandTypes } == DiagnosticBag.limit)
    #expect(found.contains(.tooManyErrors))
  }

  /// A program of some shape and size, whose checking must cost no more than in proportion.
  private func program(_ shape: String, _ n: Int) -> String {
    switch shape {
    case "unions":
      return "type U0 = int\n" + joined(n) { "type U\($0 + 1) = U\($0) | { a\($0): int }\n" }
    case "statements": return joined(n) { "x\($0 % 100) = \($0) + len(\"a\")\n" }
    case "growing": return "r = {}\n" + joined(n) { "r.f\($0) = {g: [\($0), r]}\n" }
    case "branches":
      let variables = joined(n) { "v\($0) = \($0)\n" }
      let body = joined(n) { "if c > 1 { v\($0) = \"a\" } else { v\($0 * 7 % n) = [v\($0)] }\n" }
      return "c = json_parse(\"1\")\n\(variables)\(body)"
    case "loop":
      let variables = joined(n) { "a\($0) = \($0 == 0 ? "[]" : "1")\n" }
      let body = joined(n) { "a\($0) = a\(($0 + 1) % n)\n" }
      return "\(variables)for i in [1] {\n\(body)}"
    case "breaks":
      let body = joined(n) { "x\($0) = \($0)\nif x\($0) > 5 { break }\n" }
      return "while true {\n\(body)}"
    case "shapes": return "xs = [" + joined(n) { "{k\($0 % 200): \"v\($0)\"}, " } + "]"
    case "functions":
      return joined(n) { "fn f\($0)(n: int) -> int { n > 0 ? f\(($0 + 1) % n)(n - 1) : n }\n" }
    default:
      let loops = joined(8) { "for i\($0) in [1] { x = [x]\n" } + joined(8) { _ in "}" }
      return "x = 0\n" + joined(n / 8) { _ in loops + "\n" }
    }
  }

  @Test(arguments: [
    "unions", "statements", "growing", "branches", "loop", "breaks", "shapes", "functions",
    "loops in loops",
  ])
  func workIsInProportion(shape: String) {
    let few = CheckedText(program(shape, 800)).module.work
    let many = CheckedText(program(shape, 1_600)).module.work
    // Breaks carry along what the loop has assigned so far: bounded by a budget of its own.
    let bound = shape == "breaks" ? few * 4 : few * 2 + few / 4
    #expect(few > 8 && many <= bound, "\(shape): \(few), \(many)")
  }
}
