/// Decides whether bytecode can be run: whatever passes makes no machine touch memory that is not
/// its own, lose or free memory twice, or go on without being charged.
///
/// Three passes over each body: the operands of every instruction (`OperandCheck`), the contents of
/// registers along all paths (`RegisterFlow`), and loops without charge (`ChargeCheck`). What each
/// opcode demands is said by `InstructionFormat`; what handlers check at run time is not looked at.
struct Verifier {
  /// Checks all bodies of `program`. Linear in its code, but for loops nested deeply and bodies of
  /// very many registers, where the work is bounded and more of it refused.
  static func verify(
    _ program: Program, budget: WorkBudget = WorkBudget()
  ) throws(VerificationError) {
    let kinds = BodyKind.all(of: program)
    var budget = budget
    for index in program.bodies.indices {
      let body = try DecodedBody(program.bodies[index])
      try OperandCheck(program: program, kinds: kinds, body: body, kind: kinds[index]).check()
      _ = try RegisterFlow(program: program, body: body, kind: kinds[index], &budget)
      try ChargeCheck(body: body).check()
    }
  }

  /// The states of the registers of a verified or compiled body.
  static func registers(
    of program: Program, body index: Int
  ) throws(VerificationError) -> RegisterFlow {
    var budget = WorkBudget()
    return try RegisterFlow(
      program: program, body: DecodedBody(program.bodies[index]),
      kind: BodyKind.all(of: program)[index], &budget)
  }
}

/// How a body is entered.
enum BodyKind {
  case main
  /// By `call`, in a window that may hold what earlier calls left there.
  case function
  case process

  /// By body.
  static func all(of program: Program) -> [BodyKind] {
    var kinds = Array(repeating: BodyKind.function, count: program.bodies.count)
    for process in program.processes { kinds[process.body] = .process }
    kinds[0] = .main
    return kinds
  }
}

/// A body taken apart into instructions.
struct DecodedBody {
  let body: Program.Body
  private(set) var instructions: [Instruction] = []
  /// By word: the number of the instruction that begins there, or -1.
  private var numbers: [Int32]

  /// Takes the code apart. O(n).
  init(_ body: Program.Body) throws(VerificationError) {
    self.body = body
    numbers = Array(repeating: -1, count: body.code.count)
    var position = 0
    while position < body.code.count {
      guard let instruction = Instruction(at: position, in: body.code) else {
        throw VerificationError(
          body: body.name, instruction: instructions.count,
          reason: Opcode(rawValue: UInt8(truncatingIfNeeded: body.code[position])) == nil
            ? "there is no such opcode" : "the instruction is cut off")
      }
      numbers[position] = Int32(instructions.count)
      instructions.append(instruction)
      position = instruction.end
    }
    guard !instructions.isEmpty else {
      throw VerificationError(body: body.name, instruction: nil, reason: "there is no code")
    }
  }

  /// The number of the instruction that begins at a word.
  func number(at position: Int) -> Int? {
    numbers.indices.contains(position) && numbers[position] >= 0 ? Int(numbers[position]) : nil
  }

  /// The number of the instruction that one may jump to.
  func target(of number: Int) -> Int? {
    instructions[number].target.flatMap(self.number(at:))
  }

  /// The error that an instruction may not be run.
  func refuse(_ number: Int?, _ reason: String) -> VerificationError {
    VerificationError(body: body.name, instruction: number, reason: reason)
  }
}

/// Bounds the work on hostile code; compiled programs need a small part of it.
struct WorkBudget {
  /// Register states that may still be looked at.
  var left = 1 << 28

  /// Takes `count` register states; false if none are left.
  mutating func spend(_ count: Int) -> Bool {
    left -= count
    return left >= 0
  }
}
