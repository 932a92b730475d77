// Calls of functions and builtins.

extension HandlerTable {
  func installCalls() {
    set(.call, handleCall)
    set(.ret, handleReturn)
  }
}

@inline(__always)
private func handleCall(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let state = machine(vm)
  let body = state.pointee.bodies[word.c]
  let window = base + word.a
  let frame = state.pointee.frame
  if _slowPath(
    fuel < body.cost || window + body.windowSize > state.pointee.stackEnd
      || frame == state.pointee.frames + state.pointee.frameCapacity)
  {
    return slowCall(pc, word, base, vm, fuel, constants)
  }
  frame.pointee = CallFrame(pc: pc, base: base - state.pointee.stack)
  state.pointee.frame = frame + 1
  return next(body.code, window, vm, fuel &- body.cost, constants)
}

@inline(__always)
private func handleReturn(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let value = slot(base, word.a).pointee
  slot(base, word.a).pointee = .unset
  var register = slot(base, 0)
  let end = register + word.b
  while register < end {
    if _slowPath(register.pointee.isHeap) {
      return releaseVariables(pc, word, base, vm, fuel, value)
    }
    register.pointee = .unset
    register += 1
  }
  slot(base, 0).pointee = value
  let state = machine(vm)
  let frame = state.pointee.frame - 1
  state.pointee.frame = frame
  return next(frame.pointee.pc, state.pointee.stack + frame.pointee.base, vm, fuel, constants)
}

/// Returns `value` from a function with variables to release; those before the first are unset already.
@inline(never)
private func releaseVariables(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int, _ value: Value
) {
  let state = machine(vm)
  var register = slot(base, 0)
  let end = register + word.b
  while register < end {
    replace(state, register, .unset)
    register += 1
  }
  slot(base, 0).pointee = value
  let frame = state.pointee.frame - 1
  state.pointee.frame = frame
  return next(
    frame.pointee.pc, state.pointee.stack + frame.pointee.base, vm, fuel,
    RawPointer(state.pointee.constants))
}

/// Calls after making room. The call belongs to the same step: a machine that stopped between the two and
/// was restored with no more room than it needs would never get past it.
@inline(never)
private func slowCall(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let state = machine(vm)
  let body = state.pointee.bodies[word.c]
  if fuel < body.cost { return stopForFuel(pc, word, base, vm, fuel, constants) }
  let offset = base - state.pointee.stack
  guard state.growStacks(for: offset + word.a + body.windowSize) else {
    return halt(pc - 1, base, vm, fuel, .outOfDepth)
  }
  state.pointee.frame.pointee = CallFrame(pc: pc, base: offset)
  state.pointee.frame += 1
  return next(
    body.code, state.pointee.stack + offset + word.a, vm, fuel &- body.cost, constants)
}

extension VM {
  /// Makes room for one more frame and for `size` bytes of registers; false if the depth bound forbids it.
  @inline(never)
  func growStacks(for size: Int) -> Bool {
    let used = pointee.frame - pointee.frames
    guard used < pointee.depth, size <= MachineState.maximumStack else { return false }
    let isTight = pointee.heap.moves
    if used == pointee.frameCapacity {
      growFrames(to: isTight ? used + 1 : min(used * 2, pointee.depth))
    }
    let current = pointee.stackEnd - pointee.stack
    if size > current { growRegisters(to: isTight ? size : max(size, current * 2)) }
    return true
  }

  /// Moves the frames to where there is room for `capacity` of them.
  func growFrames(to capacity: Int) {
    let used = pointee.frame - pointee.frames
    let frames = UnsafeMutablePointer<CallFrame>.allocate(capacity: capacity)
    frames.update(from: pointee.frames, count: used)
    pointee.frames.deallocate()
    pointee.frames = frames
    pointee.frame = frames + used
    pointee.frameCapacity = capacity
  }

  /// Moves the registers to a stack of `size` bytes, the new ones unset. `base` is left to the caller.
  func growRegisters(to size: Int) {
    let current = pointee.stackEnd - pointee.stack
    let stack = RawPointer.allocate(byteCount: size, alignment: 16)
    stack.copyMemory(from: pointee.stack, byteCount: current)
    slot(stack, current).update(repeating: .unset, count: (size - current) / 8)
    pointee.stack.deallocate()
    pointee.stack = stack
    pointee.stackEnd = stack + size
  }

  /// Calls a builtin on the `count` values at `arguments`, which it consumes; the result goes first.
  @inline(never)
  func callBuiltin(
    _ index: Int, _ arguments: UnsafeMutablePointer<Value>, _ count: Int
  ) -> Bool {
    attempt { () throws(Fault) in
      let heap = pointee.heap
      if heap.holdsLazies { try settleArguments(of: index, arguments, count) }
      let result = try BuiltinTable.functions[index](heap, arguments, count)
      for position in 0..<count { replace(self, arguments + position, .unset) }
      replace(self, arguments, result)
    }
  }
}
