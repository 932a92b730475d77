/// What the registers of a body hold before each instruction, on all paths that lead there: an
/// abstract interpretation with a work list (see `RegisterState`).
struct RegisterFlow {
  let program: Program
  let body: DecodedBody
  /// By instruction: where its state stands in `states`, or -1. Only those of the first instruction
  /// and of those that are jumped to are kept; others follow from them.
  private var places: [Int32]
  /// `nil` where control has not come yet.
  private var states: [[RegisterState]?] = []
  /// By place: whether the state has changed since its instruction was looked at.
  private var isChanged: [Bool] = []
  /// The first instruction that may have such a state.
  private var next = 0

  init(program: Program, body: DecodedBody, kind: BodyKind, _ budget: inout WorkBudget)
    throws(VerificationError)
  {
    self.program = program
    self.body = body
    places = Array(repeating: -1, count: body.instructions.count)
    keepState(of: 0)
    for number in body.instructions.indices {
      if let target = body.target(of: number) { keepState(of: target) }
    }
    let size = body.body
    var entry = Array(
      repeating: kind == .function ? RegisterState.stale : .value, count: size.registerCount)
    for parameter in 0..<size.parameterCount { entry[parameter] = .value }
    try join(entry, into: 0, &budget)
    try run(&budget)
  }

  private mutating func keepState(of number: Int) {
    guard places[number] < 0 else { return }
    places[number] = Int32(states.count)
    states.append(nil)
    isChanged.append(false)
  }

  /// The states before the instruction that begins at a word; `nil` if none does or control never
  /// comes there. O(registers + instructions since the last target of a jump).
  func states(at position: Int) throws(VerificationError) -> [RegisterState]? {
    guard let number = body.number(at: position) else { return nil }
    var current = number
    while places[current] < 0 { current -= 1 }
    guard var registers = states[Int(places[current])] else { return nil }
    var budget = WorkBudget()
    while current < number {
      try apply(current, to: &registers, &budget)
      guard InstructionFormat(body.instructions[current].opcode).flow == .next else { return nil }
      goOn(from: current, &registers)
      current += 1
    }
    return registers
  }

  // MARK: Paths

  /// Follows all paths until nothing new is learnt; refuses the first instruction whose handler could
  /// be deceived. States come to tell less only, so what is refused on the way would be at the end.
  private mutating func run(_ budget: inout WorkBudget) throws(VerificationError) {
    while next < body.instructions.count {
      let number = next
      next += 1
      let place = Int(places[number])
      guard place >= 0, isChanged[place], let state = states[place] else { continue }
      isChanged[place] = false
      try follow(from: number, state, &budget)
    }
  }

  /// Follows one path up to an instruction whose state is kept.
  private mutating func follow(
    from first: Int, _ state: [RegisterState], _ budget: inout WorkBudget
  ) throws(VerificationError) {
    try spend(state.count, &budget)
    var registers = state
    var number = first
    repeat {
      try apply(number, to: &registers, &budget)
      if let target = body.target(of: number) {
        try join(jumping(from: number, registers), into: target, &budget)
      }
      guard InstructionFormat(body.instructions[number].opcode).flow == .next else { return }
      goOn(from: number, &registers)
      number += 1
    } while places[number] < 0
    try join(registers, into: number, &budget)
  }

  /// Notes that control comes to an instruction with these registers.
  private mutating func join(
    _ registers: [RegisterState], into number: Int, _ budget: inout WorkBudget
  ) throws(VerificationError) {
    try spend(registers.count, &budget)
    let place = Int(places[number])
    if let known = states[place] {
      var joined = known
      for index in joined.indices where joined[index] != registers[index] {
        joined[index] = joined[index].joined(with: registers[index])
      }
      guard joined != known else { return }
      states[place] = joined
    } else {
      states[place] = registers
    }
    isChanged[place] = true
    next = min(next, number)
  }

  func spend(_ count: Int, _ budget: inout WorkBudget) throws(VerificationError) {
    guard budget.spend(count) else {
      throw body.refuse(nil, "it has more branches and registers than can be verified")
    }
  }
}
