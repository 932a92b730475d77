import LashLang

/// Checks that the operands of a body's instructions name what is there and of the kind that handlers
/// rely on.
struct OperandCheck {
  let program: Program
  let kinds: [BodyKind]
  let body: DecodedBody
  let kind: BodyKind

  /// Checks all instructions, also those that control never reaches. O(n).
  func check() throws(VerificationError) {
    let size = body.body
    guard size.registerCount <= Register.limit, size.parameterCount <= size.registerCount else {
      throw body.refuse(nil, "it has more parameters than registers, or too many registers")
    }
    guard kind != .main || size.parameterCount == 0 else {
      throw body.refuse(nil, "the main block has parameters")
    }
    for number in body.instructions.indices {
      if let reason = problem(of: body.instructions[number]) { throw body.refuse(number, reason) }
    }
  }

  /// What is wrong with an instruction.
  private func problem(of instruction: Instruction) -> String? {
    let format = InstructionFormat(instruction.opcode)
    if body.body.code[instruction.position] & 0xFF00 != 0 { return "an unused bit is set" }
    if let problem = problem(of: instruction.a, format.a, instruction, format)
      ?? wide(instruction, format)
      ?? special(instruction)
    {
      return problem
    }
    if format.flow == .next, instruction.end == body.body.code.count {
      return "control falls off the end of the code"
    }
    return nil
  }

  private func wide(_ instruction: Instruction, _ format: InstructionFormat) -> String? {
    let value = Int(instruction.wide)
    switch format.wide {
    case .constant: return value < program.constants.count ? nil : "there is no such constant"
    case .key: return value < program.keys.count ? nil : "there is no such key"
    case .jump: return jump(instruction)
    case .integer, .number: return nil
    case nil:
      return problem(of: instruction.b, format.b, instruction, format)
        ?? problem(of: instruction.c, format.c, instruction, format)
    }
  }

  private func problem(
    of operand: UInt16, _ kind: InstructionFormat.Operand, _ instruction: Instruction,
    _ format: InstructionFormat
  ) -> String? {
    switch kind {
    case .none: return operand == 0 ? nil : "an unused operand is set"
    case .source, .target, .update, .collector, .batch: return registers(operand, 1)
    case .taken, .window, .targets:
      guard let count = instruction.count(in: program) else {
        return "there is no such shape or function"
      }
      return registers(operand, max(count, 1))
    case .counter: return registers(operand, 4)
    case .iterator: return registers(operand, 3)
    case .constant:
      return operand % 8 == 0 && Int(operand) / 8 < program.constants.count
        ? nil : "there is no such constant"
    case .key: return Int(operand) < program.keys.count ? nil : "there is no such key"
    case .shape: return Int(operand) < program.shapes.count ? nil : "there is no such shape"
    case .body:
      return kinds.indices.contains(Int(operand)) && kinds[Int(operand)] == .function
        ? nil : "there is no such function"
    case .process:
      return Int(operand) < program.processes.count ? nil : "there is no such process"
    case .builtin:
      return Int(operand) < BuiltinTable.functions.count ? nil : "there is no such builtin"
    case .number: return nil
    case .jump: return jump(instruction)
    }
  }

  private func registers(_ operand: UInt16, _ count: Int) -> String? {
    guard operand % 8 == 0 else { return "a register is not at a multiple of 8" }
    return Int(operand) / 8 + count <= body.body.registerCount ? nil : "there is no such register"
  }

  private func jump(_ instruction: Instruction) -> String? {
    instruction.target.flatMap(body.number(at:)) == nil
      ? "it jumps to where no instruction begins" : nil
  }

  // MARK: Particular instructions

  private func special(_ instruction: Instruction) -> String? {
    switch instruction.opcode {
    case .loadBool, .unwrap: return flag(instruction)
    case .formatValue:
      if case .string = program.constants[Int(instruction.c) / 8] { return nil }
      return "a format spec must be a text"
    case .makeType: return type(instruction)
    case .setPath, .updatePath: return path(instruction)
    case .builtin: return arity(instruction)
    case .batchAdd: return instruction.word(1) >> 17 == 0 ? nil : "an unused bit is set"
    case .start: return instruction.word(1) >> 32 == 0 ? nil : "an unused bit is set"
    case .call:
      // A function that charges nothing could be called without end, as a tree of calls.
      return kind == .function && body.body.cost == 0
        ? "a function that costs nothing calls another" : nil
    case .ret:
      if kind != .function { return "only a function returns" }
      if Int(instruction.b) > body.body.registerCount { return "there is no such register" }
      // Register 0 gets the result without being released.
      return instruction.b == 0 && instruction.a != 0 ? "the first register is not released" : nil
    case .end: return kind == .function ? "a function does not end without returning" : nil
    default: return nil
    }
  }

  private func flag(_ instruction: Instruction) -> String? {
    let value = instruction.opcode == .loadBool ? instruction.b : instruction.c
    return value <= 1 ? nil : "a truth value is neither 0 nor 1"
  }

  private func type(_ instruction: Instruction) -> String? {
    guard case .schema = program.constants[Int(instruction.c) / 8] else {
      return "the constant is no schema"
    }
    let names = Int(instruction.word(1) >> 32)
    guard names < program.shapes.count else { return "there is no such shape" }
    return program.shapes[names].count == Int(UInt32(truncatingIfNeeded: instruction.word(1)))
      ? nil : "the number of names is not that of the holes"
  }

  private func path(_ instruction: Instruction) -> String? {
    let isUpdate = instruction.opcode == .updatePath
    guard (isUpdate ? instruction.c & 0xFF : instruction.c) > 0 else { return "the path is empty" }
    if isUpdate, PathUpdate.Operation(rawValue: instruction.c >> 8) == nil {
      return "there is no such operator"
    }
    var words = instruction.extra
    while let word = words.popFirst() {
      switch word & 0xFFFF {
      case PathStepKind.field:
        guard word >> 16 < UInt64(program.keys.count) else { return "there is no such key" }
        words = words.dropFirst()
      case PathStepKind.index:
        guard word >> 32 == 0 else { return "an unused bit is set" }
        if let problem = registers(UInt16(truncatingIfNeeded: word >> 16), 1) { return problem }
      default: return "there is no such step"
      }
    }
    return nil
  }

  private func arity(_ instruction: Instruction) -> String? {
    let builtin = Builtin.allCases[Int(instruction.c)]
    let count = Int(instruction.b)
    return count >= builtin.minimumArguments && count <= builtin.maximumArguments ?? .max
      ? nil : "`\(builtin.rawValue)` does not take \(count) arguments"
  }
}
