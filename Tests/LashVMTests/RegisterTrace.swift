import LashLang

@testable import LashVM

/// What one instruction does to registers, for the checks of `RegisterDiscipline`.
struct RegisterTrace {
  /// What a register may hold, as a set.
  struct Content: OptionSet {
    let rawValue: UInt8
    static let unset = Content(rawValue: 1)
    /// Null, a boolean, a number, or a constant that lives anyway.
    static let plain = Content(rawValue: 2)
    /// A string or container.
    static let heap = Content(rawValue: 4)
  }

  var reads: [Int] = []
  var takes: [Int] = []
  var writes: [(register: Int, content: Content)] = []
  /// Writes on the path that jumps, if they differ.
  var writesIfJumping: [(register: Int, content: Content)]?

  init(_ instruction: Instruction, in program: Program, _ state: [Content]) {
    let format = InstructionFormat(instruction.opcode)
    let (a, b, c) = (
      Int(instruction.a) / 8, Int(instruction.b) / 8, Int(instruction.c) / 8
    )
    add(a, format.a)
    add(b, format.b)
    add(c, format.c)
    switch instruction.opcode {
    case .makeList, .makeTuple, .interpolate: take(b, Int(instruction.c))
    case .makeRecord: take(b, program.shapes[Int(instruction.c)].count)
    case .makeType: take(b, Int(instruction.extra[instruction.position + 1] & 0xFFFF_FFFF))
    case .call: take(a, program.bodies[Int(instruction.c)].parameterCount)
    case .builtin: take(a, Int(instruction.b))
    case .operation: take(a, Int(instruction.b) + 1)
    case .batchAdd: take(a, Int(instruction.extra[instruction.position + 1] & 0xFFFF) + 1)
    case .batchRun:
      reads.removeAll { $0 == b }
      takes.append(b)
    case .start: take(a, program.shapes[Int(instruction.extra[instruction.position + 1])].count)
    case .signal: take(a, 2)
    case .cancel, .print, .yield, .wake, .sleepFor, .sleepUntil: take(a, 1)
    case .unpack: for index in 0..<Int(instruction.c) { writes.append((a + index, .heap)) }
    case .setPath, .updatePath: addSteps(instruction)
    case .rangeBegin, .rangeNext, .iterateBegin, .iterateNext: addLoop(instruction, a)
    case .jumpIfNull: writesIfJumping = [(a, .plain)]
    case .jumpIfNotNull:
      writes = [(a, .plain)]
      writesIfJumping = []
    case .checkSet:
      reads = []
      writes = [(a, state[a].subtracting(.unset))]
    default: break
    }
    guard let target = writes.indices.first, format.a == .target || format.a == .window else {
      return
    }
    writes[target].content = result(of: instruction, state, b, c)
  }

  private mutating func add(_ register: Int, _ operand: InstructionFormat.Operand) {
    switch operand {
    case .source: reads.append(register)
    case .target, .window: writes.append((register, .heap))
    case .update, .collector, .batch: reads.append(register)
    case .taken: takes.append(register)
    default: break
    }
  }

  private mutating func take(_ first: Int, _ count: Int) {
    takes = Array(first..<(first + count))
  }

  private mutating func addSteps(_ instruction: Instruction) {
    var words = instruction.extra
    while let word = words.popFirst() {
      if word & 0xFFFF == PathStepKind.field {
        words = words.dropFirst()
      } else {
        reads.append(Int(word >> 16) / 8)
      }
    }
  }

  private mutating func addLoop(_ instruction: Instruction, _ a: Int) {
    switch instruction.opcode {
    case .rangeBegin:
      reads = [a, a + 1, a + 2]
      writes = [(a, .plain), (a + 1, .plain), (a + 2, .plain), (a + 3, .plain)]
      writesIfJumping = [(a, .plain), (a + 1, .plain), (a + 2, .plain)]
    case .rangeNext:
      reads = [a, a + 1, a + 2]
      writesIfJumping = [(a + 3, .plain)]
    case .iterateBegin:
      reads = [a]
      writes = [(a + 1, .plain), (a + 2, .heap)]
      writesIfJumping = [(a, .unset)]
    default:
      // The item is released here, so it counts as used.
      reads = [a, a + 1]
      writes = [(a, .unset), (a + 2, .unset)]
      writesIfJumping = [(a + 2, .heap)]
    }
  }

  private func result(
    of instruction: Instruction, _ state: [Content], _ b: Int, _ c: Int
  ) -> Content {
    switch instruction.opcode {
    case .copy, .move: return state[b].subtracting(.unset)
    case .clear: return .unset
    case .add: return state[b].union(state[c]).contains(.heap) ? .heap : .plain
    case .addConstant: return state[b]
    case .builtin:
      return Builtin.allCases[Int(instruction.c)].resultKind.isScalar ? .plain : .heap
    case .loadConstant, .loadNull, .loadBool, .loadInteger, .subtract, .multiply, .divide,
      .remainder, .subtractConstant, .multiplyConstant, .divideConstant, .remainderConstant,
      .negate, .not, .truth, .length, .equal, .notEqual, .less, .lessOrEqual, .equalConstant,
      .notEqualConstant, .lessConstant, .lessOrEqualConstant, .greaterConstant,
      .greaterOrEqualConstant, .contained, .loadTriggerEvent, .cancel, .print, .yield, .wake,
      .sleepFor, .sleepUntil, .signal:
      return .plain
    default: return .heap
    }
  }
}
