// Arithmetic. On the hot path the operation is done on the raw bits: a tagged operand is a NaN as a
// double, so one comparison of the result checks both operands, and that the result is below 2^53,
// where doubles are exact for integers. Everything else is the worker's.

extension HandlerTable {
  func installArithmetic() {
    set(.add, handleAdd)
    set(.subtract, handleSubtract)
    set(.multiply, handleMultiply)
    set(.divide, handleDivide)
    set(.remainder, handleRemainder)
    set(.addConstant, handleAddConstant)
    set(.subtractConstant, handleSubtractConstant)
    set(.multiplyConstant, handleMultiplyConstant)
    set(.divideConstant, handleDivideConstant)
    set(.remainderConstant, handleRemainderConstant)
    set(.negate, handleNegate)
    set(.not, handleNot)
    set(.truth, handleTruth)
  }
}

@inline(__always)
private func handleAdd(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let result = slot(base, word.b).pointee.double + slot(base, word.c).pointee.double
  if _fastPath(result.magnitude < Heap.exactLimit) {
    return finish(pc, base, vm, fuel, constants, slot(base, word.a), Value(double: result))
  }
  return appendText(pc, word, base, vm, fuel, constants)
}

@inline(__always)
private func handleAddConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let result = slot(base, word.b).pointee.double + slot(constants, word.c).pointee.double
  if _fastPath(result.magnitude < Heap.exactLimit) {
    return finish(pc, base, vm, fuel, constants, slot(base, word.a), Value(double: result))
  }
  return appendText(pc, word, base, vm, fuel, constants)
}

@inline(__always)
private func handleSubtract(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  binary(pc, word, base, vm, fuel, constants, slot(base, word.c)) { $0 - $1 }
}

@inline(__always)
private func handleSubtractConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  binary(pc, word, base, vm, fuel, constants, slot(constants, word.c)) { $0 - $1 }
}

@inline(__always)
private func handleMultiply(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  binary(pc, word, base, vm, fuel, constants, slot(base, word.c)) { $0 * $1 }
}

@inline(__always)
private func handleMultiplyConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  binary(pc, word, base, vm, fuel, constants, slot(constants, word.c)) { $0 * $1 }
}

@inline(__always)
private func handleDivide(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  // Adding 0 turns −0 into 0 (rule VAL-3).
  binary(pc, word, base, vm, fuel, constants, slot(base, word.c)) { $0 / ($1 + 0) }
}

@inline(__always)
private func handleDivideConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  // Adding 0 turns −0 into 0 (rule VAL-3).
  binary(pc, word, base, vm, fuel, constants, slot(constants, word.c)) { $0 / ($1 + 0) }
}

@inline(__always)
private func handleRemainder(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  remainder(pc, word, base, vm, fuel, constants, slot(base, word.c))
}

@inline(__always)
private func handleRemainderConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  remainder(pc, word, base, vm, fuel, constants, slot(constants, word.c))
}

@inline(__always)
private func handleNegate(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let result = -slot(base, word.b).pointee.double
  if _fastPath(result.magnitude < Heap.exactLimit) {
    return finish(pc, base, vm, fuel, constants, slot(base, word.a), Value(double: result))
  }
  return slow(pc, word, base, vm, fuel, constants)
}

@inline(__always)
private func handleNot(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let value = slot(base, word.b).pointee
  if _fastPath(value.isImmediate) {
    return finish(
      pc, base, vm, fuel, constants, slot(base, word.a),
      Value(bool: value.bits != Value.true.bits))
  }
  return slow(pc, word, base, vm, fuel, constants)
}

@inline(__always)
private func handleTruth(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let value = slot(base, word.b).pointee
  if _fastPath(value.isImmediate) {
    return finish(
      pc, base, vm, fuel, constants, slot(base, word.a),
      Value(bool: value.bits == Value.true.bits))
  }
  return slow(pc, word, base, vm, fuel, constants)
}

/// `text = text + more`, for a few bytes that fit into the block of a text that nothing else owns.
/// Everything else that is no sum of numbers is the worker's.
@inline(never)
private func appendText(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let isConstant = UInt8(truncatingIfNeeded: word) == Opcode.addConstant.rawValue
  let left = slot(base, word.b).pointee
  let right = slot(isConstant ? constants : base, word.c).pointee
  guard word.a == word.b, left.isString, right.isString else {
    return slow(pc, word, base, vm, fuel, constants)
  }
  let text = left.object
  let count = Int(text.pointee.count)
  let added = Int(right.object.pointee.count)
  // From 64 bytes on it costs fuel.
  guard text.pointee.references == 1, added < 64, count + added <= Int(text.pointee.extra),
    left.bits != right.bits
  else { return slow(pc, word, base, vm, fuel, constants) }
  (text.bytes + count).update(from: right.object.bytes, count: added)
  text.pointee.count = UInt32(truncatingIfNeeded: count + added)
  if !right.object.pointee.flags.contains(.ascii) { text.pointee.flags.remove(.ascii) }
  return next(pc, base, vm, fuel, constants)
}

@inline(__always)
private func binary(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer, _ right: UnsafeMutablePointer<Value>,
  _ operation: (Double, Double) -> Double
) {
  let result = operation(slot(base, word.b).pointee.double, right.pointee.double)
  if _fastPath(result.magnitude < Heap.exactLimit) {
    return finish(pc, base, vm, fuel, constants, slot(base, word.a), Value(double: result))
  }
  return slow(pc, word, base, vm, fuel, constants)
}

/// The remainder by integer division when both are small integers, which is much faster than `fmod`.
@inline(__always)
private func remainder(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer, _ right: UnsafeMutablePointer<Value>
) {
  let x = SmallInteger(slot(base, word.b).pointee)
  let y = SmallInteger(right.pointee)
  if _fastPath(x.isExact && y.isExact) {
    let left = Int32(truncatingIfNeeded: x.integer)
    let divisor = Int32(truncatingIfNeeded: y.integer)
    // Not of 0 and −1 either, of which the processor can trap.
    if _fastPath(Int(left) == x.integer && Int(divisor) == y.integer && (divisor &+ 1) & ~1 != 0) {
      return finish(
        pc, base, vm, fuel, constants, slot(base, word.a), Value(double: Double(left % divisor)))
    }
  }
  return slow(pc, word, base, vm, fuel, constants)
}
