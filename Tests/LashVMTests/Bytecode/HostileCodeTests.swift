import LashJSON
import LashLang
import Testing

@testable import LashVM

/// Code that passes the verifier, though no compiler writes it: what handlers must bear.
@Suite("Hostile code that is let pass")
struct HostileCodeTests {
  private static func r(_ index: Int) -> UInt16 { HandMade.r(index) }

  private func run(_ program: Program) throws -> Halt {
    try Verifier.verify(program)
    var machine = Machine(program)
    var halt = machine.run()
    while case .suspended = halt, let request = machine.request() {
      halt = machine.resume(with: echo(request))
    }
    return halt
  }

  @Test("A path's root may be its own index")
  func rootAsIndex() throws {
    let halt = try run(
      HandMade.program {
        $0.emit(.operation, 0, 0, 0)
        $0.emit(.setPath, 0, Self.r(1), 1)
        $0.word(PathStepKind.index)
        $0.emit(.end)
      })
    #expect(halt.text == "R0002 expected text, got record")
  }

  @Test("A call of one batch is none of another")
  func strayPlaceholder() throws {
    let halt = try run(
      HandMade.program { code in
        code.emit(.batchBegin, Self.r(6))
        for register in 0..<2 {
          code.emit(.batchAdd, Self.r(register), Self.r(6))
          code.word(0)
        }
        code.emit(.batchBegin, Self.r(7))
        code.emit(.batchAdd, Self.r(3), Self.r(7))
        code.word(0)
        code.emit(.batchRun, Self.r(1), Self.r(7))
        code.emit(.finish, Self.r(1))
      })
    #expect(halt.text == "R0002 a call of another batch stands in this one")
  }

  @Test("The position of an iteration may take the place of a text")
  func positionOverText() throws {
    let program = HandMade.program { code in
      code.emit(.loadConstant, a: Self.r(2), wide: 1, at: .none)
      code.emit(.loadConstant, a: Self.r(1), wide: 1, at: .none)
      code.emit(.makeTuple, 0, Self.r(2), 1)
      code.emit(.iterateBegin, 0, 1, 1)
      code.emit(.iterateNext, 0, 1, CodeBuffer.by(-1))
      code.emit(.end)
    }
    try Verifier.verify(program)
    var machine = Machine(program)
    #expect(machine.run().text == "fell off")
    #expect(machine.vm.pointee.constants[1].object.pointee.references == 1)
  }

  @Test("A hole of a schema that no type fills stays")
  func emptyHole() throws {
    var program = HandMade.program { code in
      code.emit(.makeType, 0, 0, HandMade.k(2))
      code.word(0)
      code.emit(.makeType, 0, 0, HandMade.k(3))
      code.word(1 | 2 << 32)
      code.emit(.finish, 0)
    }
    program.constants.append(.schema(["items": ["$variable": 7], "not": ["$variable": 0]]))
    program.shapes.append([0])
    try Verifier.verify(program)
    var machine = Machine(program)
    guard case .finished(.type(let schema)) = machine.run() else {
      Issue.record("no type came")
      return
    }
    #expect(schema == ["items": ["$variable": 7], "not": ["type": "string"]])
  }

  @Test("Registers that nothing was put into are read as unset everywhere")
  func unset() throws {
    for opcode in Opcode.allCases where InstructionFormat(opcode).flow == .next {
      let program = HandMade.program { code in
        code.emit(opcode, 0, 0, 0)
        for _ in 0..<InstructionFormat(opcode).extraWords { code.word(0) }
        code.emit(.finish, 0)
      }
      // What is refused cannot be run, and what runs must come to some end.
      guard (try? Verifier.verify(program)) != nil else { continue }
      _ = try run(program)
    }
  }
}
