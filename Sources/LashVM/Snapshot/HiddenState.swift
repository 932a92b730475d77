/// Checks that the registers of a restored machine hold what its program relies on without looking.
struct HiddenState {
  private let vm: VM
  /// By body, once asked for.
  private var bodies: [HiddenRegisters?]
  private var points: [Point] = []
  /// The body in which the machine begins.
  var entry = 0
  /// Registers of all live windows.
  private(set) var registerCount = 0

  /// Where a live window goes on.
  private struct Point {
    var body: Int
    var position: Int
    /// The window's first register.
    var window: Int
  }

  init(_ vm: VM) {
    self.vm = vm
    bodies = Array(repeating: nil, count: vm.pointee.program.bodies.count)
  }

  /// The body that the call at a position calls, and where in the caller's window the other begins;
  /// `nil` if there is no call.
  mutating func call(at position: Int, in body: Int) -> (body: Int, window: Int)? {
    guard isInstruction(at: position, in: body) else { return nil }
    let word = vm.pointee.program.bodies[body].code[position]
    guard UInt8(truncatingIfNeeded: word) == Opcode.call.rawValue, bodies.indices.contains(word.c),
      isInstruction(at: position + 1, in: body)
    else { return nil }
    return (word.c, word.a / 8)
  }

  mutating func isInstruction(at position: Int, in body: Int) -> Bool {
    hidden(in: body).isInstruction(at: position)
  }

  /// Adds a live window.
  mutating func add(resuming position: Int, in body: Int, window: Int) {
    registerCount = max(registerCount, window + vm.pointee.program.bodies[body].registerCount)
    points.append(Point(body: body, position: position, window: window))
  }

  /// Whether all hidden state is as it must be.
  mutating func hold() -> Bool {
    for point in points {
      for use in hidden(in: point.body).uses(at: point.position) {
        let registers = slot(vm.pointee.stack, (point.window + use.register) * 8)
        guard holds(use.role, UnsafePointer(registers)) else { return false }
      }
    }
    return true
  }

  private mutating func hidden(in body: Int) -> HiddenRegisters {
    if let known = bodies[body] { return known }
    let hidden = HiddenRegisters(vm.pointee.program.bodies[body].code)
    bodies[body] = hidden
    return hidden
  }

  private func holds(_ role: HiddenRegisters.Role, _ registers: UnsafePointer<Value>) -> Bool {
    switch role {
    case .counter: return isCounter(registers)
    case .iterator:
      let source = registers[0]
      guard source.isList || source.isKind(.tuple) || source.isKind(.cursor), registers[1].isIndex
      else {
        return false
      }
      return registers[1].double <= Double(registers[0].object.pointee.count)
    case .collector:
      return registers[0].isList && registers[0].object.pointee.references == 1
    case .batch:
      return registers[0].isList && registers[0].object.pointee.references == 1
        && registers[0].object.items.allSatisfy(isCall)
    }
  }

  /// Numbers below 2^53 with some left, or any numbers with less than none left.
  private func isCounter(_ registers: UnsafePointer<Value>) -> Bool {
    guard registers[1].isDouble, registers[1].double.magnitude <= 1_000_000,
      registers[1].double.rounded(.down) == registers[1].double
    else { return false }
    let left = registers[1].double
    guard left >= 0 else { return registers[0].isNumber && registers[2].isNumber }
    guard registers[0].isDouble, registers[2].isDouble else { return false }
    let last = registers[0].double + left * registers[2].double
    return registers[0].double.magnitude < Heap.exactLimit && last.magnitude < Heap.exactLimit
  }

  /// A call of a batch (`BatchedCall`).
  private func isCall(_ value: Value) -> Bool {
    guard value.isKind(.tuple), value.object.pointee.count >= 3 else { return false }
    let parts = value.object.values
    guard parts[1].isWhole, parts[2].isBool || parts[2].isWhole else { return false }
    let call = BatchedCall(value.object)
    let program = vm.pointee.program
    return call.key < program.keys.count && call.site < max(program.sites.numbers.count, 1)
  }
}
