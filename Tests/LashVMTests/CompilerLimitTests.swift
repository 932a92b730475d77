import LashLang
import Testing

@testable import LashVM

@Suite struct CompilerLimitTests {
  @Test func tooManyVariables() throws {
    let lines = (0..<8_200).map { "v\($0) = 1" }.joined(separator: "\n")
    #expect {
      _ = try compile(lines)
    } throws: { error in
      (error as? Diagnostic)?.code == .bodyTooLarge
    }
    #expect(try compile((0..<8_000).map { "v\($0) = 1" }.joined(separator: "\n")).bodies.count == 1)
  }

  /// A long list literal is built in pieces, so it needs few registers.
  @Test func longList() throws {
    let items = (0..<20_000).map(String.init).joined(separator: ", ")
    let program = try compile("x = [\(items)]")
    #expect(program.bodies[0].registerCount < 16)
  }

  /// Constants beyond the reach of 16-bit offsets are loaded first.
  @Test func manyConstants() throws {
    let lines = (0..<10_000).map { "x = x + \($0).5" }.joined(separator: "\n")
    let code = try listing("x = 1\n" + lines)
    #expect(code.contains("addConstant r0, r0, 0.5"))
    #expect(code.contains("loadConstant r1, 9999.5"))
    #expect(!code.contains("addConstant r0, r0, 9999.5"))
  }

  /// Jumps over more than 32,767 words take the long form; each still goes where it should.
  @Test(arguments: [16_000, 16_379, 16_380, 16_381, 16_382, 16_383, 16_384, 16_400, 20_000])
  func farJumps(_ count: Int) throws {
    let block = String(repeating: "y = x * y + x\n", count: count)
    let source = "y = 1\nfor x in range(3) {\nif y < x {\n\(block)}\nif x < 1 { break }\n}\nz = 2"
    let program = try compile(source)
    let lines = Disassembler.lines(of: program.bodies[0], in: program)
    let begin = try #require(lines.firstIndex { $0.name == "rangeBegin" })
    let next = try #require(lines.firstIndex { $0.name == "rangeNext" })
    let test = try #require(lines.firstIndex { $0.name == "jumpIfNotLess" })
    #expect(target(of: next, lines) == begin + (isFar(begin, lines) ? 3 : 1))
    #expect(lines[target(of: begin, lines)].operands == ["r1", "2"])
    #expect(lines[target(of: test, lines)].name == "jumpIfNotLessConstant")
  }

  /// Where the jump `number` goes in the end.
  private func target(of number: Int, _ lines: [Disassembler.Line]) -> Int {
    let direct = Int(lines[number].operands.last?.dropFirst(2) ?? "") ?? -1
    guard isFar(number, lines) else { return direct }
    return Int(lines[number + 2].operands[0].dropFirst(2)) ?? -1
  }

  private func isFar(_ number: Int, _ lines: [Disassembler.Line]) -> Bool {
    lines[number].operands.last == "→ \(number + 2)" && lines[number + 1].name == "jump"
      && lines[number + 1].operands == ["→ \(number + 3)"] && lines[number + 2].name == "jump"
  }

  /// A declared type is one constant however often it is used.
  @Test func typesAreInterned() throws {
    let uses = Array(repeating: "x = T", count: 100).joined(separator: "\n")
    #expect(try compile("type T = {a: int}\n" + uses).constants.count == 1)
  }

  /// Every word has a place to blame.
  @Test func everyWordHasASpan() throws {
    let program = try compile(
      "r = {a: 1}\nr.a += 2\nfor i in range(3) { r.b = i }\nprint r", host: .testing())
    for body in program.bodies { #expect(body.spans.count == body.code.count) }
  }

  @Test func deepestTrees() throws {
    let sum = Array(repeating: "x", count: 200).joined(separator: " + ")
    let nested = String(repeating: "[", count: 90) + String(repeating: "]", count: 90)
    #expect(try compile("x = 1\ny = \(sum)\nz = \(nested)").bodies.count == 1)
  }
}
