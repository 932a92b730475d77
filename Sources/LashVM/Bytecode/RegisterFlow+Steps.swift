/// What single instructions do to the registers, and what they rely on.
extension RegisterFlow {
  /// Reads and writes of an instruction wherever control goes on; refuses it if it reads what may be
  /// stale, or relies on hidden state that may not be there.
  func apply(
    _ number: Int, to registers: inout [RegisterState], _ budget: inout WorkBudget
  ) throws(VerificationError) {
    let instruction = body.instructions[number]
    let format = InstructionFormat(instruction.opcode)
    let (a, b, c) = (instruction.a, instruction.b, instruction.c)
    try read(a, format.a, number, &registers)
    try read(b, format.b, number, &registers)
    try read(c, format.c, number, &registers)
    try readSteps(number, &registers)
    try require(a, format.a, number, registers)
    try require(b, format.b, number, registers)
    write(a, format.a, instruction, &registers)
    write(b, format.b, instruction, &registers)
    if instruction.opcode == .call {
      let window = Int(instruction.a) / 8
      try spend(registers.count - window, &budget)
      for register in (window + 1)..<max(window + 1, registers.count) {
        registers[register] = .stale
      }
    }
  }

  private func read(
    _ operand: UInt16, _ kind: InstructionFormat.Operand, _ number: Int,
    _ registers: inout [RegisterState]
  ) throws(VerificationError) {
    let first = Int(operand) / 8
    let instruction = body.instructions[number]
    switch kind {
    case .source, .update:
      try read(first..<(first + 1), number, registers)
      registers[first] = registers[first].shared
    case .taken, .window:
      let window = first..<(first + (instruction.count(in: program) ?? 0))
      try read(window, number, registers)
      for register in window { registers[register] = .value }
    case .counter:
      if instruction.opcode == .rangeBegin {
        try read(first..<(first + 3), number, registers)
      } else if !holdsCounter(registers, first) {
        throw body.refuse(number, "register \(first) may begin no counter")
      }
    case .iterator:
      if instruction.opcode == .iterateBegin {
        try read(first..<(first + 1), number, registers)
      } else if !holdsIterator(registers, first) {
        throw body.refuse(number, "register \(first) may begin no iterator")
      }
    default: break
    }
  }

  private func readSteps(
    _ number: Int, _ registers: inout [RegisterState]
  ) throws(VerificationError) {
    let instruction = body.instructions[number]
    guard instruction.opcode == .setPath || instruction.opcode == .updatePath else { return }
    var words = instruction.extra
    while let word = words.popFirst() {
      if word & 0xFFFF == PathStepKind.field {
        words = words.dropFirst()
      } else {
        try read(UInt16(truncatingIfNeeded: word >> 16), .source, number, &registers)
      }
    }
  }

  private func read(
    _ window: Range<Int>, _ number: Int, _ registers: [RegisterState]
  ) throws(VerificationError) {
    for register in window where registers[register] == .stale {
      throw body.refuse(
        number, "register \(register) may hold what an earlier call left there")
    }
  }

  private func require(
    _ operand: UInt16, _ kind: InstructionFormat.Operand, _ number: Int,
    _ registers: [RegisterState]
  ) throws(VerificationError) {
    let register = Int(operand) / 8
    if kind == .collector, registers[register] != .collector {
      throw body.refuse(number, "register \(register) may hold no list of its own")
    }
    if kind == .batch, registers[register] != .batch {
      throw body.refuse(number, "register \(register) may hold no batch")
    }
  }

  private func write(
    _ operand: UInt16, _ kind: InstructionFormat.Operand, _ instruction: Instruction,
    _ registers: inout [RegisterState]
  ) {
    let first = Int(operand) / 8
    switch kind {
    case .target, .update, .window:
      registers[first] =
        instruction.opcode == .makeList
        ? .collector : instruction.opcode == .batchBegin ? .batch : .value
    case .targets:
      for register in first..<(first + Int(instruction.c)) { registers[register] = .value }
    case .batch where instruction.opcode == .batchRun: registers[first] = .value
    default: break
    }
  }

  // MARK: Hidden state

  private func holdsCounter(_ registers: [RegisterState], _ first: Int) -> Bool {
    registers[first] == .counterNumber && registers[first + 1] == .counterLeft
      && registers[first + 2] == .counterStep
  }

  private func holdsIterator(_ registers: [RegisterState], _ first: Int) -> Bool {
    registers[first] == .iteratorSequence && registers[first + 1] == .iteratorPosition
  }

  /// The registers if the instruction jumps.
  func jumping(from number: Int, _ registers: [RegisterState]) -> [RegisterState] {
    let instruction = body.instructions[number]
    let first = Int(instruction.a) / 8
    var jumped = registers
    switch instruction.opcode {
    case .rangeBegin: for register in first..<(first + 3) { jumped[register] = .value }
    case .rangeNext: jumped[first + 3] = .value
    case .iterateBegin: jumped[first] = .value
    case .iterateNext: jumped[first + 2] = .value
    default: break
    }
    return jumped
  }

  /// The registers if control goes on with the next instruction.
  func goOn(from number: Int, _ registers: inout [RegisterState]) {
    let instruction = body.instructions[number]
    let first = Int(instruction.a) / 8
    switch instruction.opcode {
    case .rangeBegin:
      registers.replaceSubrange(
        first..<(first + 4), with: [.counterNumber, .counterLeft, .counterStep, .value])
    case .rangeNext: for register in first..<(first + 3) { registers[register] = .value }
    case .iterateBegin:
      registers.replaceSubrange(
        first..<(first + 3), with: [.iteratorSequence, .iteratorPosition, .value])
    case .iterateNext: for register in first..<(first + 3) { registers[register] = .value }
    default: break
    }
  }
}
