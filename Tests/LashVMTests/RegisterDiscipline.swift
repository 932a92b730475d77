import LashLang

@testable import LashVM

/// Interprets a body abstractly and finds: reads of registers that may be unset, and temporaries
/// that hold a string or container which nothing uses any more.
struct RegisterDiscipline {
  private typealias Content = RegisterTrace.Content

  private let program: Program
  private let body: Program.Body
  private let variables: Int
  private var instructions: [Instruction] = []
  private var numbers: [Int: Int] = [:]
  /// Before each instruction; empty where control never comes.
  private var states: [[Content]]

  /// What is wrong with the body at `index`, whose first `variables` registers are variables and
  /// whose first `inputs` have values on entry.
  static func problems(
    in program: Program, body index: Int, variables: Int, inputs: [Int]
  ) -> [String] {
    var check = RegisterDiscipline(program, program.bodies[index], variables)
    check.flow(inputs)
    return check.unsetReads() + check.deadValues()
  }

  private init(_ program: Program, _ body: Program.Body, _ variables: Int) {
    self.program = program
    self.body = body
    self.variables = variables
    var position = 0
    while let instruction = Instruction(at: position, in: body.code) {
      numbers[position] = instructions.count
      instructions.append(instruction)
      position = instruction.end
    }
    states = Array(repeating: [], count: instructions.count)
  }

  // MARK: Forward

  private mutating func flow(_ inputs: [Int]) {
    var entry = Array(repeating: Content.unset, count: body.registerCount + 4)
    for input in inputs { entry[input] = [.heap, .plain] }
    var work: [Int] = []
    merge(entry, into: 0, &work)
    while let number = work.popLast() {
      let instruction = instructions[number]
      let state = states[number]
      let trace = RegisterTrace(instruction, in: program, state)
      var next = state
      for register in trace.takes { next[register] = .unset }
      var jumped = next
      for (register, content) in trace.writes { next[register] = content }
      for (register, content) in trace.writesIfJumping ?? trace.writes {
        jumped[register] = content
      }
      if instruction.fallsThrough { merge(next, into: number + 1, &work) }
      if let target = instruction.target.flatMap({ numbers[$0] }) {
        merge(jumped, into: target, &work)
      }
    }
  }

  private mutating func merge(_ state: [Content], into number: Int, _ work: inout [Int]) {
    guard states.indices.contains(number) else { return }
    if states[number].isEmpty {
      states[number] = state
      work.append(number)
      return
    }
    let joined = zip(states[number], state).map { $0.union($1) }
    if joined != states[number] {
      states[number] = joined
      work.append(number)
    }
  }

  private func unsetReads() -> [String] {
    instructions.indices.flatMap { number -> [String] in
      guard !states[number].isEmpty else { return [] }
      let trace = RegisterTrace(instructions[number], in: program, states[number])
      return (trace.reads + trace.takes).compactMap { register in
        states[number][register].contains(.unset)
          ? "\(number) \(instructions[number].opcode) reads r\(register), which may be unset" : nil
      }
    }
  }

  // MARK: Backward

  private func deadValues() -> [String] {
    var live = Array(repeating: Set<Int>(), count: instructions.count + 1)
    var changed = true
    while changed {
      changed = false
      for number in instructions.indices.reversed() where !states[number].isEmpty {
        let before = liveBefore(number, live)
        if before != live[number] {
          live[number] = before
          changed = true
        }
      }
    }
    return instructions.indices.flatMap { number -> [String] in
      guard !states[number].isEmpty else { return [] }
      return (variables..<body.registerCount).compactMap { register in
        states[number][register].contains(.heap) && !live[number].contains(register)
          ? "before \(number) \(instructions[number].opcode) r\(register) holds a dead value" : nil
      }
    }
  }

  /// Releasing a value counts as a use of it.
  private func liveBefore(_ number: Int, _ live: [Set<Int>]) -> Set<Int> {
    let instruction = instructions[number]
    let trace = RegisterTrace(instruction, in: program, states[number])
    var result: Set<Int> = []
    if instruction.fallsThrough { result.formUnion(live[number + 1]) }
    if let target = instruction.target.flatMap({ numbers[$0] }) {
      result.formUnion(live[target])
    }
    for (register, _) in trace.writes { result.remove(register) }
    result.formUnion(trace.reads)
    result.formUnion(trace.takes)
    result.formUnion(trace.writes.map(\.register))
    return result
  }
}

extension Instruction {
  /// Whether control may go on behind it.
  fileprivate var fallsThrough: Bool {
    switch opcode {
    case .jump, .ret, .finish, .fail, .end: false
    default: true
    }
  }
}
