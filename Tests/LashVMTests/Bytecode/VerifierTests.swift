import LashJSON
import LashLang
import Testing

@testable import LashVM

/// What is refused, each for its own reason, and what must not be.
@Suite("Verifier")
struct VerifierTests {
  typealias Code = (inout CodeBuffer) -> Void

  struct Refused: CustomTestStringConvertible, Sendable {
    let name: String
    let reason: String
    let code: @Sendable (inout CodeBuffer) -> Void

    init(_ name: String, _ reason: String, _ code: @escaping @Sendable (inout CodeBuffer) -> Void) {
      (self.name, self.reason, self.code) = (name, reason, code)
    }

    var testDescription: String { name }
  }

  private static func r(_ index: Int) -> UInt16 { HandMade.r(index) }

  private static let operands: [Refused] = [
    Refused("no such opcode", "no such opcode") { $0.word(250) },
    Refused("opcode bits", "unused bit") { $0.word(UInt64(Opcode.end.rawValue) | 1 << 8) },
    Refused("unused operand", "unused operand") { $0.emit(.loadNull, 0, 2) },
    Refused("register beyond", "no such register") { $0.emit(.loadNull, r(8)) },
    Refused("register askew", "multiple of 8") { $0.emit(.loadNull, 4) },
    Refused("source beyond", "no such register") { $0.emit(.copy, 0, r(8)) },
    Refused("window beyond", "no such register") { $0.emit(.makeList, 0, r(6), 3) },
    Refused("window of a shape", "no such register") { $0.emit(.makeRecord, 0, r(7), 1) },
    Refused("window of a call", "no such register") { $0.emit(.call, r(7), 0, 1) },
    Refused("window of an operation", "no such register") { $0.emit(.operation, r(7), 1) },
    Refused("window of a signal", "no such register") { $0.emit(.signal, r(7)) },
    Refused("targets beyond", "no such register") { $0.emit(.unpack, r(7), 0, 2) },
    Refused("counter beyond", "no such register") { $0.emit(.rangeBegin, r(5), 1, 0) },
    Refused("iterator beyond", "no such register") { $0.emit(.iterateBegin, r(6), 1, 0) },
    Refused("constant", "no such constant") { $0.emit(.addConstant, 0, 0, HandMade.k(3)) },
    Refused("constant askew", "no such constant") { $0.emit(.addConstant, 0, 0, 4) },
    Refused("wide constant", "no such constant") {
      $0.emit(.loadConstant, a: 0, wide: 3, at: .none)
    },
    Refused("key", "no such key") { $0.emit(.waitSignal, 0, 0, 2) },
    Refused("wide key", "no such key") { $0.emit(.checkSet, a: 0, wide: 2, at: .none) },
    Refused("shape", "no such shape") { $0.emit(.makeRecord, 0, 0, 2) },
    Refused("process", "no such process") { $0.emit(.loadProcess, 0, 1) },
    Refused("function", "no such") { $0.emit(.call, 0, 0, 3) },
    Refused("call of main", "no such function") { $0.emit(.call, 0, 0, 0) },
    Refused("call of a process", "no such function") { $0.emit(.call, 0, 0, 2) },
    Refused("builtin", "no such builtin") { $0.emit(.builtin, 0, 1, 999) },
    Refused("too few arguments", "does not take 0 arguments") { $0.emit(.builtin, 0, 0, 0) },
    Refused("too many arguments", "does not take 2 arguments") { $0.emit(.builtin, 0, 2, 0) },
    Refused("boolean", "neither 0 nor 1") { $0.emit(.loadBool, 0, 2) },
    Refused("format spec", "must be a text") { $0.emit(.formatValue, 0, 0, HandMade.k(0)) },
    Refused("schema", "no schema") {
      $0.emit(.makeType, 0, 0, HandMade.k(1))
      $0.word(0)
    },
    Refused("names of holes", "number of names") {
      $0.emit(.makeType, 0, 0, HandMade.k(2))
      $0.word(1)
    },
    Refused("shape of names", "no such shape") {
      $0.emit(.makeType, 0, 0, HandMade.k(2))
      $0.word(2 << 32)
    },
    Refused("start", "no such shape") {
      $0.emit(.start)
      $0.word(2)
    },
    Refused("batch bits", "unused bit") {
      $0.emit(.batchBegin, r(1))
      $0.emit(.batchAdd, 0, r(1))
      $0.word(1 << 17)
    },
    Refused("cut off", "cut off") { $0.emit(.field) },
    Refused("path cut off", "cut off") {
      $0.emit(.setPath, 0, 0, 2)
      $0.word(PathStepKind.index)
    },
    Refused("empty path", "path is empty") { $0.emit(.setPath) },
    Refused("empty update", "path is empty") { $0.emit(.updatePath, 0, 0, 1 << 8) },
    Refused("operator", "no such operator") {
      $0.emit(.updatePath, 0, 0, 1 | 5 << 8)
      $0.word(PathStepKind.index)
    },
    Refused("step", "no such step") {
      $0.emit(.setPath, 0, 0, 1)
      $0.word(2)
    },
    Refused("step's key", "no such key") {
      $0.emit(.setPath, 0, 0, 1)
      $0.word(PathStepKind.field | 2 << 16)
      $0.word(0)
    },
    Refused("step's register", "no such register") {
      $0.emit(.setPath, 0, 0, 1)
      $0.word(PathStepKind.index | UInt64(r(8)) << 16)
    },
  ]

  private static let control: [Refused] = [
    Refused("falls off", "falls off") { $0.emit(.loadNull) },
    Refused("branch at the end", "falls off") { $0.leap(.jumpIfTrue, by: -1) },
    Refused("jump out", "no instruction begins") { $0.leap(.jump, by: 5) },
    Refused("jump before", "no instruction begins") { $0.leap(.jump, by: -2) },
    Refused("jump to the end", "no instruction begins") { $0.leap(.jump, by: 0) },
    Refused("jump into a cache", "no instruction begins") {
      $0.leap(.jump, by: 1)
      $0.emit(.field)
      $0.word(0)
      $0.emit(.end)
    },
    Refused("short jump into a cache", "no instruction begins") {
      $0.emit(.jumpIfLess, 0, 0, 1)
      $0.emit(.field)
      $0.word(0)
      $0.emit(.end)
    },
    Refused("return of main", "only a function returns") { $0.emit(.ret) },
    Refused("free loop", "charges no fuel") { $0.leap(.jump, by: -1) },
    Refused("loop charged nothing", "charges no fuel") {
      $0.leap(.charge, by: 0)
      $0.leap(.jump, by: -2)
    },
    Refused("charged in one branch", "charges no fuel") {
      $0.leap(.jumpIfTrue, by: 1)
      $0.leap(.charge, by: 1)
      $0.leap(.jump, by: -3)
    },
    Refused("free loop of calls", "charges no fuel") {
      $0.emit(.loadNull, r(1))
      $0.emit(.call, 0, 0, 1)
      $0.leap(.jump, by: -3)
    },
    Refused("free range", "charges no fuel") {
      $0.emit(.rangeBegin, 0, 1, 1)
      $0.emit(.rangeNext, 0, 0, CodeBuffer.by(-1))
      $0.emit(.end)
    },
    Refused("endless charge at the exit only", "charges no fuel") {
      $0.emit(.rangeBegin, 0, 1, 2)
      $0.emit(.rangeNext, 0, 0, CodeBuffer.by(-1))
      $0.leap(.charge, by: 1)
      $0.emit(.end)
    },
  ]

  private static let hidden: [Refused] = [
    Refused("append to anything", "no list of its own") { $0.emit(.appendItem, 0, r(1)) },
    Refused("append to a copied list", "no list of its own") {
      $0.emit(.makeList, 0, r(1), 0)
      $0.emit(.copy, r(2), 0)
      $0.emit(.appendItem, 0, r(1))
    },
    Refused("append to a list that another has", "no list of its own") {
      $0.emit(.makeList, 0, r(1), 0)
      $0.emit(.push, r(2), 0)
      $0.emit(.appendItem, 0, r(1))
    },
    Refused("append to itself", "no list of its own") {
      $0.emit(.makeList, 0, r(1), 0)
      $0.emit(.appendItem, 0, 0)
    },
    Refused("append on one way only", "no list of its own") {
      $0.leap(.jumpIfTrue, r(1), by: 1)
      $0.emit(.makeList, 0, r(1), 0)
      $0.emit(.appendItem, 0, r(1))
    },
    Refused("append after a call", "no list of its own") {
      $0.emit(.makeList, r(3), r(1), 0)
      $0.emit(.call, r(1), 0, 1)
      $0.emit(.appendItem, r(3), r(1))
    },
    Refused("no batch", "no batch") {
      $0.emit(.makeList, r(1), 0, 0)
      $0.emit(.batchRun, 0, r(1))
    },
    Refused("batch in its own window", "no batch") {
      $0.emit(.batchBegin, r(1))
      $0.emit(.batchAdd, 0, r(1))
      $0.word(1)
    },
    Refused("batch that is its result", "no batch") {
      $0.emit(.batchBegin, r(1))
      $0.emit(.batchRun, r(1), r(1))
    },
    Refused("batch sent twice", "no batch") {
      $0.emit(.batchBegin, r(1))
      $0.emit(.batchRun, 0, r(1))
      $0.emit(.batchRun, 0, r(1))
    },
    Refused("counter from nothing", "no counter") {
      $0.emit(.rangeNext, 0, 1, CodeBuffer.by(-1))
      $0.emit(.end)
    },
    Refused("counter written to", "no counter") {
      $0.emit(.rangeBegin, 0, 1, 2)
      $0.emit(.loadConstant, a: r(2), wide: 1, at: .none)
      $0.emit(.rangeNext, 0, 1, CodeBuffer.by(-2))
      $0.emit(.end)
    },
    Refused("counter of another loop", "no counter") {
      $0.emit(.rangeBegin, 0, 1, 2)
      $0.emit(.rangeBegin, r(1), 1, 1)
      $0.emit(.rangeNext, 0, 1, CodeBuffer.by(-2))
      $0.emit(.end)
    },
    Refused("counter after an empty range", "no counter") {
      $0.emit(.rangeBegin, 0, 1, 0)
      $0.emit(.rangeNext, 0, 1, CodeBuffer.by(-1))
      $0.emit(.end)
    },
    Refused("iterator from nothing", "no iterator") {
      $0.emit(.iterateNext, 0, 1, CodeBuffer.by(-1))
      $0.emit(.end)
    },
    Refused("sequence written to", "no iterator") {
      $0.emit(.iterateBegin, 0, 1, 2)
      $0.emit(.loadNull, 0)
      $0.emit(.iterateNext, 0, 1, CodeBuffer.by(-2))
      $0.emit(.end)
    },
    Refused("position written to", "no iterator") {
      $0.emit(.iterateBegin, 0, 1, 2)
      $0.emit(.loadNull, r(1))
      $0.emit(.iterateNext, 0, 1, CodeBuffer.by(-2))
      $0.emit(.end)
    },
    Refused("read after a call", "earlier call") {
      $0.emit(.call, 0, 0, 1)
      $0.emit(.copy, 0, r(1))
    },
    Refused("argument after a call", "earlier call") {
      $0.emit(.call, 0, 0, 1)
      $0.emit(.makeList, r(2), r(0), 2)
    },
  ]

  @Test("Refused", arguments: operands + control + hidden)
  func refuses(_ one: Refused) throws {
    let program = HandMade.program { code in
      one.code(&code)
      if one.reason != "falls off", !one.name.contains("cut off"), one.name != "jump to the end" {
        code.emit(.end)
      }
    }
    let error = #expect(throws: VerificationError.self) { try Verifier.verify(program) }
    #expect(error?.reason.contains(one.reason) == true, "\(String(describing: error))")
    #expect(error?.body == nil)
  }

  @Test(
    "Refused in functions",
    arguments: [
      Refused("end", "does not end") { $0.emit(.end) },
      Refused("first register kept", "first register") { $0.emit(.ret, r(1), 0) },
      Refused("released beyond", "no such register") { $0.emit(.ret, 0, 9) },
      Refused("read of what was there", "earlier call") { $0.emit(.ret, r(2), 2) },
      Refused("checked read of what was there", "earlier call") {
        $0.emit(.checkSet, a: r(2), wide: 0, at: .none)
        $0.emit(.ret, 0, 2)
      },
      Refused("set on one way only", "earlier call") {
        $0.leap(.jumpIfTrue, r(1), by: 1)
        $0.emit(.loadNull, r(2))
        $0.emit(.ret, r(2), 2)
      },
    ])
  func refusesFunctions(_ one: Refused) throws {
    let error = #expect(throws: VerificationError.self) {
      try Verifier.verify(HandMade.function(one.code))
    }
    #expect(error?.reason.contains(one.reason) == true, "\(String(describing: error))")
    #expect(error?.body == "f")
  }

  @Test("Functions that cost nothing may not call")
  func freeCalls() throws {
    let code: Code = {
      $0.emit(.call, 0, 0, 1)
      $0.emit(.ret, 0, 2)
    }
    #expect(throws: VerificationError.self) {
      try Verifier.verify(HandMade.function(cost: 0, code))
    }
    try Verifier.verify(HandMade.function(cost: 1, code))
  }

  @Test("Bodies as a whole")
  func bodies() throws {
    #expect(throws: VerificationError.self) { try Verifier.verify(HandMade.program { _ in }) }
    #expect(throws: VerificationError.self) {
      try Verifier.verify(HandMade.function(parameters: 9, registers: 8) { $0.emit(.ret, 0, 2) })
    }
    #expect(throws: VerificationError.self) {
      try Verifier.verify(HandMade.program(registers: 8192) { $0.emit(.end) })
    }
  }

  @Test("Loops, batches and lists as the compiler writes them pass, and tell their states")
  func passes() throws {
    let program = HandMade.program {
      $0.emit(.makeList, Self.r(4), Self.r(4), 0)
      $0.emit(.rangeBegin, 0, 1, 3)
      $0.emit(.loadNull, Self.r(5))
      $0.emit(.appendItem, Self.r(4), Self.r(5))
      $0.emit(.rangeNext, 0, 1, CodeBuffer.by(-3))
      $0.emit(.batchBegin, Self.r(1))
      $0.emit(.batchAdd, 0, Self.r(1))
      $0.word(0)
      $0.emit(.batchRun, 0, Self.r(1))
      $0.emit(.end)
    }
    try Verifier.verify(program)
    let flow = try Verifier.registers(of: program, body: 0)
    let inside = try #require(try flow.states(at: 3))
    #expect(inside[0...2] == [.counterNumber, .counterLeft, .counterStep])
    #expect(inside[4] == .collector && inside[5] == .value)
    #expect(try flow.states(at: 5)?[0] == .value)
    #expect(try flow.states(at: 8)?[1] == .batch)
    #expect(try flow.states(at: 7) == nil, "the middle of an instruction")
  }

  @Test("Code made to be slow to verify is refused or done with soon")
  func slow() throws {
    // Many registers and many ways that meet.
    let program = HandMade.program(registers: 1_000) { code in
      for _ in 0..<1_000 { code.leap(.jumpIfTrue, by: 0) }
      code.emit(.end)
    }
    try Verifier.verify(program, budget: WorkBudget(left: 4_000_000))
    let error = #expect(throws: VerificationError.self) {
      try Verifier.verify(program, budget: WorkBudget(left: 1_000_000))
    }
    #expect(error?.reason.contains("more branches and registers") == true)
  }
}
