// How instructions follow one another. In release builds each handler ends in a tail call of the next,
// which `swiftc -O` turns into an indirect jump (checked by `make check`); the native stack never grows.
// Without optimisation tail calls are not made, so debug builds go through a trampoline: handlers park
// the state and return to the loop in `run`.
//
// The rule for handlers: the hot path holds nothing that needs cleaning up and no ordinary call; all
// else is left to `slow`, which calls the worker `execute`. Handlers of the same shape with different
// callees must not exist: the optimiser merges such functions into one with a seventh argument, which
// cannot be tail-called.

/// Goes on with the instruction at `pc`.
@inline(__always)
func next(
  _ pc: Code, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int, _ constants: RawPointer
) {
  #if DEBUG
    let state = machine(vm)
    state.pointee.pc = pc
    state.pointee.base = base
    state.pointee.fuel = fuel
  #else
    let word = pc.pointee
    let table = (vm - MachineState.tableSize).assumingMemoryBound(to: Handler.self)
    return table[Int(UInt8(truncatingIfNeeded: word))](pc + 1, word, base, vm, fuel, constants)
  #endif
}

/// Stops with `status`; `pc` is the instruction to execute next when the machine goes on.
@inline(never)
func halt(_ pc: Code, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int, _ status: Status) {
  let state = machine(vm)
  state.pointee.pc = pc
  state.pointee.base = base
  state.pointee.fuel = fuel
  state.pointee.status = status
}

/// The handler of instructions that are seldom or never simple, and of the rare cases of the others.
@inline(never)
func slow(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let state = machine(vm)
  state.pointee.fuel = fuel
  state.pointee.heap.state.pointee.allowance = fuel &+ HeapState.overdraft
  state.pointee.heap.state.pointee.kept = 0
  guard let after = state.execute(word, pc, base) else {
    state.pointee.base = base
    return
  }
  return settle(after, base, vm, state.pointee.fuel, constants)
}

/// Takes what bulk work has charged from the fuel and goes on if that covers it (rule BND-5).
@inline(__always)
func settle(
  _ pc: Code, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int, _ constants: RawPointer
) {
  let heap = machine(vm).pointee.heap.state
  let left = fuel &- heap.pointee.charged
  heap.pointee.charged = 0
  if _slowPath(left < 0) { return halt(pc, base, vm, left, .outOfFuel) }
  return next(pc, base, vm, left, constants)
}

/// Stops before the instruction that ends at `pc`, to go on with it: for single steps.
@inline(never)
func pause(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  halt(pc - 1, base, vm, fuel, .running)
}

/// Stops for want of fuel before the instruction that ends at `pc`.
@inline(never)
func stopForFuel(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  halt(pc - 1, base, vm, fuel, .outOfFuel)
}

/// Stores `value`, which the register takes over, and goes on.
@inline(__always)
func finish(
  _ pc: Code, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int, _ constants: RawPointer,
  _ destination: UnsafeMutablePointer<Value>, _ value: Value
) {
  if _slowPath(destination.pointee.isHeap) {
    return finishReleasing(pc, base, vm, fuel, destination, value)
  }
  destination.pointee = value
  return next(pc, base, vm, fuel, constants)
}

/// Stores a copy of `value` and goes on.
@inline(__always)
func finishCopy(
  _ pc: Code, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int, _ constants: RawPointer,
  _ destination: UnsafeMutablePointer<Value>, _ value: Value
) {
  if value.isHeap { value.object.pointee.references &+= 1 }
  return finish(pc, base, vm, fuel, constants, destination, value)
}

/// Without the constants, since a seventh argument would travel on the stack and end the tail calls.
@inline(never)
private func finishReleasing(
  _ pc: Code, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ destination: UnsafeMutablePointer<Value>, _ value: Value
) {
  replace(machine(vm), destination, value)
  return next(pc, base, vm, fuel, RawPointer(machine(vm).pointee.constants))
}

/// Puts `value` into a slot and releases what it held.
@inline(__always)
func replace(_ vm: VM, _ destination: UnsafeMutablePointer<Value>, _ value: Value) {
  let old = destination.pointee
  destination.pointee = value
  vm.pointee.heap.release(old)
}

extension VM {
  /// Runs until the handlers return with a status. A machine whose fuel is overdrawn stays where it is.
  @inline(never)
  func dispatch() {
    guard begin() else { return }
    #if DEBUG
      let table = (RawPointer(self) - MachineState.tableSize)
        .assumingMemoryBound(to: Handler.self)
      while pointee.status == .running {
        let pc = pointee.pc
        let word = pc.pointee
        table[Int(UInt8(truncatingIfNeeded: word))](
          pc + 1, word, pointee.base, RawPointer(self), pointee.fuel,
          RawPointer(pointee.constants))
      }
    #else
      next(
        pointee.pc, pointee.base, RawPointer(self), pointee.fuel, RawPointer(pointee.constants))
    #endif
  }

  /// Sets the status before instructions are executed; false if the fuel does not cover what was charged.
  private func begin() -> Bool {
    pointee.fuel &-= pointee.heap.state.pointee.charged
    pointee.heap.state.pointee.charged = 0
    pointee.status = pointee.fuel < 0 ? .outOfFuel : .running
    return pointee.status == .running
  }

  /// Executes one instruction: its handler is called while all others of the table stop the machine.
  func step() {
    guard begin() else { return }
    let table = HandlerTable(of: self)
    let word = pointee.pc.pointee
    let handler = table[word]
    table.pauseEverywhere()
    handler(
      pointee.pc + 1, word, pointee.base, RawPointer(self), pointee.fuel,
      RawPointer(pointee.constants))
    HandlerTable.install(at: RawPointer(self) - MachineState.tableSize)
  }

  /// Runs a worker's body; a fault becomes the machine's status and gives false.
  @inline(__always)
  func attempt(_ body: () throws(Fault) -> Void) -> Bool {
    do throws(Fault) {
      try body()
      return true
    } catch {
      switch error {
      case .trap: pointee.status = .trapped
      case .memory: pointee.status = .outOfMemory
      case .waiting: pointee.status = .suspended
      case .fuel:
        pointee.status = .outOfFuel
        pointee.heap.state.pointee.charged = pointee.heap.state.pointee.kept
      }
      return false
    }
  }
}
