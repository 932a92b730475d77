import LashLang

// Counted and list loops. Their hidden state lies in registers, so a suspended loop is nothing special.
// Counter: R[a] the current number, R[a+1] how many are left after it, R[a+2] the step. While fewer
// than none are "left" (a negative count), the numbers pass 2^53 and the worker steps exactly.

extension HandlerTable {
  func installLoops() {
    set(.rangeNext, handleRangeNext)
    set(.iterateNext, handleIterateNext)
  }
}

@inline(__always)
private func handleRangeNext(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let registers = slot(base, word.a)
  let left = registers[1].double - 1
  if _fastPath(left >= 0) {
    let fuelLeft = fuel &- word.b
    if _slowPath(fuelLeft < 0) { return stopForFuel(pc, word, base, vm, fuel, constants) }
    let current = Value(double: registers[0].double + registers[2].double)
    registers[0] = current
    registers[1] = Value(double: left)
    return finish(pc + word.jump, base, vm, fuelLeft, constants, registers + 3, current)
  }
  if _fastPath(registers[1].double >= 0) { return next(pc, base, vm, fuel, constants) }
  return slow(pc, word, base, vm, fuel, constants)
}

@inline(__always)
private func handleIterateNext(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let registers = slot(base, word.a)
  let object = registers[0].object
  let position = SmallInteger(registers[1])
  if _fastPath(position.isBelow(object.pointee.count)) {
    let fuelLeft = fuel &- word.b
    if _slowPath(fuelLeft < 0) { return stopForFuel(pc, word, base, vm, fuel, constants) }
    registers[1] = Value(double: registers[1].double + 1)
    return finishCopy(
      pc + word.jump, base, vm, fuelLeft, constants, registers + 2,
      object.values[position.integer])
  }
  return slow(pc, word, base, vm, fuel, constants)
}

extension VM {
  /// Turns start, end and step into a counter: true if there is a first item, nil after a fault.
  @inline(never)
  func beginRange(_ registers: UnsafeMutablePointer<Value>) -> Bool? {
    var hasItem = false
    let done = attempt { () throws(Fault) in
      let heap = pointee.heap
      let range = try CountedRange(registers[0], registers[1], registers[2], in: heap)
      hasItem = range.count > 0
      guard hasItem else {
        // The hidden registers must not keep values alive.
        for register in 0..<3 { replace(self, registers + register, .unset) }
        return
      }
      let count = range.count
      replace(self, registers + 3, heap.copy(registers[0]))
      replace(
        self, registers + 1, Value(double: range.isSmall ? Double(count - 1) : -Double(count)))
    }
    return done ? hasItem : nil
  }

  /// Steps a counter of numbers from 2^53 on: true if there is a next item, nil after a fault.
  @inline(never)
  func nextLarge(_ registers: UnsafeMutablePointer<Value>) -> Bool? {
    // −n stands for n − 1 items left.
    guard registers[1].double < -1 else {
      for register in 0..<3 { replace(self, registers + register, .unset) }
      return false
    }
    let done = attempt { () throws(Fault) in
      let heap = pointee.heap
      let current = try heap.arithmetic(
        .add, heap.coerceNumber(registers[0]), heap.coerceNumber(registers[2]))
      replace(self, registers, current)
      replace(self, registers + 3, heap.copy(current))
      registers[1] = Value(double: registers[1].double + 1)
    }
    return done ? true : nil
  }

  /// Checks the sequence and takes its first item: true if there is one, nil after a fault.
  @inline(never)
  func beginIteration(_ registers: UnsafeMutablePointer<Value>) -> Bool? {
    if pointee.heap.isLazy(registers[0]), !beginLazyIteration(registers) { return nil }
    let sequence = registers[0]
    guard sequence.isList || sequence.isKind(.tuple) || sequence.isKind(.cursor) else {
      _ = attempt { () throws(Fault) in
        let found = pointee.heap.typeName(sequence)
        throw pointee.heap.trap(
          .typeError, "`for` expects a list or tuple, got \(found)",
          hint: sequence.isRecord
            ? "iterate over `keys(r)`, `values(r)` or `entries(r)`"
            : sequence.isString ? "use `split` to take a string apart" : nil)
      }
      return nil
    }
    guard sequence.object.pointee.count > 0 else {
      replace(self, registers, .unset)
      return false
    }
    // A temporary may still hold a literal text.
    replace(self, registers + 1, Value(double: 1))
    replace(self, registers + 2, pointee.heap.copy(sequence.object.values[0]))
    return true
  }
}
