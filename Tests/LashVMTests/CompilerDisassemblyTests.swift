import LashJSON
import LashLang
import Testing

@testable import LashVM

@Suite struct CompilerDisassemblyTests {
  @Test func textShowsSourceLines() throws {
    let program = try compile("fn f(a: int) -> int { a }\nx = 1\nfinish f(x + 1)")
    let lines = Disassembler.text(of: program).split(separator: "\n")
      .map { $0.split(separator: " ").joined(separator: " ") }
    #expect(
      lines == [
        "main: 0 parameters, 2 registers, cost 4", "; 2: x = 1", "0 loadInteger r0, 1",
        "; 3: finish f(x + 1)", "1 addConstant r1, r0, 1", "2 call r1, f", "3 finish r1",
        "4 end", "f: 1 parameters, 1 registers, cost 1", "; 1: fn f(a: int) -> int { a }",
        "0 ret r0, 1",
      ])
  }

  @Test func jsonHoldsOperandsAndPlaces() throws {
    let json = Disassembler.json(of: try compile("x = 1"))
    #expect(
      json == [
        "bodies": [
          [
            "name": nil, "parameters": 0, "registers": 1, "cost": 1,
            "code": [
              ["op": "loadInteger", "operands": ["r0", "1"], "start": 4, "end": 5],
              ["op": "end", "operands": [], "start": 5, "end": 5],
            ],
          ]
        ]
      ])
  }

  /// Bytes that are no instruction end the listing; indexes that lead nowhere show as `?`.
  @Test func foreignCodeIsShownAsFarAsItGoes() throws {
    var program = try compile("x = 1")
    var code = CodeBuffer()
    code.emit(.call, a: 0, c: 77, at: .none)
    code.emit(.jump, wide: 1_000, at: .none)
    code.emit(.field, a: 0, b: 0, c: 9, at: .none)
    program.bodies[0].code = code.finish().words
    let lines = Disassembler.lines(of: program.bodies[0], in: program)
    #expect(lines.map(\.operands) == [["r0", "?"], ["→ ?"]])
  }
}
