import LashJSON
import LashLang

@testable import LashVM

/// Programs written instruction by instruction, as only a hostile file holds them.
struct HandMade {
  /// `r(2)` is the operand that names register 2, `k(2)` constant 2.
  static func r(_ index: Int) -> UInt16 { UInt16(index * 8) }
  static func k(_ index: Int) -> UInt16 { UInt16(index * 8) }

  /// A main block of these words, with 8 registers, and what instructions may name: constants 0 (a
  /// number), 1 (a text), 2 (a schema without holes), keys and shapes, a function that takes two
  /// parameters and returns the first (body 1), and a process without parameters (body 2).
  static func program(
    registers: Int = 8, _ build: (inout CodeBuffer) -> Void
  ) -> Program {
    var program = surroundings()
    var main = Program.Body(registerCount: registers, cost: 1)
    var code = CodeBuffer()
    build(&code)
    (main.code, main.spans) = (code.words, code.spans)
    program.bodies[0] = main
    return program
  }

  /// The same with the words in the function.
  static func function(
    cost: UInt32 = 1, parameters: Int = 2, registers: Int = 8, _ build: (inout CodeBuffer) -> Void
  ) -> Program {
    var program = surroundings()
    var code = CodeBuffer()
    build(&code)
    program.bodies[1] = Program.Body(
      name: "f", parameterCount: parameters, registerCount: registers, cost: cost,
      code: code.words, spans: code.spans)
    return program
  }

  private static func surroundings() -> Program {
    var program = Program(source: SourceFile(name: "hand-made", text: ""))
    program.constants = [.integer(7), .string("t"), .schema(["type": "string"])]
    program.keys = ["a", "b"]
    program.shapes = [[], [0, 1]]
    program.processes = [Program.ProcessEntry(name: "p", parameters: [], body: 2)]
    var end = CodeBuffer()
    end.emit(.end, at: .none)
    var give = CodeBuffer()
    give.emit(.ret, a: r(0), b: 2, at: .none)
    program.bodies = [
      Program.Body(registerCount: 8, cost: 1, code: end.words, spans: end.spans),
      Program.Body(
        name: "f", parameterCount: 2, registerCount: 3, cost: 1, code: give.words,
        spans: give.spans),
      Program.Body(name: "p", registerCount: 1, cost: 1, code: end.words, spans: end.spans),
    ]
    return program
  }
}

extension CodeBuffer {
  mutating func emit(_ opcode: Opcode, _ a: UInt16 = 0, _ b: UInt16 = 0, _ c: UInt16 = 0) {
    emit(opcode, a: a, b: b, c: c, at: .none)
  }

  mutating func word(_ word: UInt64) { append(word, at: .none) }

  /// A distance as a 16-bit operand.
  static func by(_ distance: Int) -> UInt16 { UInt16(truncatingIfNeeded: distance) }

  /// An instruction with a 32-bit distance.
  mutating func leap(_ opcode: Opcode, _ a: UInt16 = 0, by distance: Int) {
    emit(opcode, a: a, wide: UInt32(truncatingIfNeeded: distance), at: .none)
  }
}
