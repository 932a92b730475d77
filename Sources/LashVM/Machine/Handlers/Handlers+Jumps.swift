// Jumps, alone and fused with comparisons.

extension HandlerTable {
  func installJumps() {
    set(.jump, handleJump)
    set(.jumpIfFalse, handleJumpIfFalse)
    set(.jumpIfTrue, handleJumpIfTrue)
    set(.takeJumpIfFalse, handleJumpIfFalse)
    set(.takeJumpIfTrue, handleJumpIfTrue)
    set(.jumpIfNull, handleJumpIfNull)
    set(.jumpIfNotNull, handleJumpIfNotNull)
    set(.charge, handleCharge)
    installFusedJumps()
  }

  private func installFusedJumps() {
    set(.jumpIfLess, handleJumpIfLess)
    set(.jumpIfNotLess, handleJumpIfNotLess)
    set(.jumpIfLessOrEqual, handleJumpIfLessOrEqual)
    set(.jumpIfNotLessOrEqual, handleJumpIfNotLessOrEqual)
    set(.jumpIfEqual, handleJumpIfEqual)
    set(.jumpIfNotEqual, handleJumpIfNotEqual)
    set(.jumpIfLessConstant, handleJumpIfLessConstant)
    set(.jumpIfNotLessConstant, handleJumpIfNotLessConstant)
    set(.jumpIfLessOrEqualConstant, handleJumpIfLessOrEqualConstant)
    set(.jumpIfNotLessOrEqualConstant, handleJumpIfNotLessOrEqualConstant)
    set(.jumpIfGreaterConstant, handleJumpIfGreaterConstant)
    set(.jumpIfNotGreaterConstant, handleJumpIfNotGreaterConstant)
    set(.jumpIfGreaterOrEqualConstant, handleJumpIfGreaterOrEqualConstant)
    set(.jumpIfNotGreaterOrEqualConstant, handleJumpIfNotGreaterOrEqualConstant)
    set(.jumpIfEqualConstant, handleJumpIfEqualConstant)
    set(.jumpIfNotEqualConstant, handleJumpIfNotEqualConstant)
  }
}

@inline(__always)
private func handleJump(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  next(pc + word.wideJump, base, vm, fuel, constants)
}

@inline(__always)
private func handleJumpIfFalse(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let value = slot(base, word.a).pointee
  if _fastPath(value.isImmediate) {
    if value.bits == Value.true.bits { return next(pc, base, vm, fuel, constants) }
    return next(pc + word.wideJump, base, vm, fuel, constants)
  }
  return slow(pc, word, base, vm, fuel, constants)
}

@inline(__always)
private func handleJumpIfTrue(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let value = slot(base, word.a).pointee
  if _fastPath(value.isImmediate) {
    if value.bits == Value.true.bits {
      return next(pc + word.wideJump, base, vm, fuel, constants)
    }
    return next(pc, base, vm, fuel, constants)
  }
  return slow(pc, word, base, vm, fuel, constants)
}

@inline(__always)
private func handleJumpIfNull(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  if slot(base, word.a).pointee.isNull {
    return next(pc + word.wideJump, base, vm, fuel, constants)
  }
  return next(pc, base, vm, fuel, constants)
}

@inline(__always)
private func handleJumpIfNotNull(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  if slot(base, word.a).pointee.isNull { return next(pc, base, vm, fuel, constants) }
  return next(pc + word.wideJump, base, vm, fuel, constants)
}

@inline(__always)
private func handleCharge(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let left = fuel &- word.wide
  if _slowPath(left < 0) { return stopForFuel(pc, word, base, vm, fuel, constants) }
  return next(pc, base, vm, left, constants)
}

// MARK: Fused with comparisons

@inline(__always)
private func handleJumpIfLess(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  jump(pc, word, base, vm, fuel, constants, slot(base, word.b)) { $0 < $1 }
}

@inline(__always)
private func handleJumpIfNotLess(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  jump(pc, word, base, vm, fuel, constants, slot(base, word.b)) { !($0 < $1) }
}

@inline(__always)
private func handleJumpIfLessOrEqual(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  jump(pc, word, base, vm, fuel, constants, slot(base, word.b)) { $0 <= $1 }
}

@inline(__always)
private func handleJumpIfNotLessOrEqual(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  jump(pc, word, base, vm, fuel, constants, slot(base, word.b)) { !($0 <= $1) }
}

@inline(__always)
private func handleJumpIfEqual(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let x = slot(base, word.a).pointee.double
  let y = slot(base, word.b).pointee.double
  if _slowPath(areUnordered(x, y)) { return jumpOnTexts(pc, word, base, vm, fuel, constants) }
  if x == y { return next(pc + word.jump, base, vm, fuel, constants) }
  return next(pc, base, vm, fuel, constants)
}

@inline(__always)
private func handleJumpIfNotEqual(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let x = slot(base, word.a).pointee.double
  let y = slot(base, word.b).pointee.double
  if _slowPath(areUnordered(x, y)) { return jumpOnTexts(pc, word, base, vm, fuel, constants) }
  if x != y { return next(pc + word.jump, base, vm, fuel, constants) }
  return next(pc, base, vm, fuel, constants)
}

@inline(__always)
private func handleJumpIfLessConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  jump(pc, word, base, vm, fuel, constants, slot(constants, word.b)) { $0 < $1 }
}

@inline(__always)
private func handleJumpIfNotLessConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  jump(pc, word, base, vm, fuel, constants, slot(constants, word.b)) { !($0 < $1) }
}

@inline(__always)
private func handleJumpIfLessOrEqualConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  jump(pc, word, base, vm, fuel, constants, slot(constants, word.b)) { $0 <= $1 }
}

@inline(__always)
private func handleJumpIfNotLessOrEqualConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  jump(pc, word, base, vm, fuel, constants, slot(constants, word.b)) { !($0 <= $1) }
}

@inline(__always)
private func handleJumpIfGreaterConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  jump(pc, word, base, vm, fuel, constants, slot(constants, word.b)) { $0 > $1 }
}

@inline(__always)
private func handleJumpIfNotGreaterConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  jump(pc, word, base, vm, fuel, constants, slot(constants, word.b)) { !($0 > $1) }
}

@inline(__always)
private func handleJumpIfGreaterOrEqualConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  jump(pc, word, base, vm, fuel, constants, slot(constants, word.b)) { $0 >= $1 }
}

@inline(__always)
private func handleJumpIfNotGreaterOrEqualConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  jump(pc, word, base, vm, fuel, constants, slot(constants, word.b)) { !($0 >= $1) }
}

@inline(__always)
private func handleJumpIfEqualConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let x = slot(base, word.a).pointee.double
  let y = slot(constants, word.b).pointee.double
  if _slowPath(areUnordered(x, y)) { return jumpOnTexts(pc, word, base, vm, fuel, constants) }
  if x == y { return next(pc + word.jump, base, vm, fuel, constants) }
  return next(pc, base, vm, fuel, constants)
}

@inline(__always)
private func handleJumpIfNotEqualConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let x = slot(base, word.a).pointee.double
  let y = slot(constants, word.b).pointee.double
  if _slowPath(areUnordered(x, y)) { return jumpOnTexts(pc, word, base, vm, fuel, constants) }
  if x != y { return next(pc + word.jump, base, vm, fuel, constants) }
  return next(pc, base, vm, fuel, constants)
}

/// Jumps if the relation holds of two numbers; anything else, also nan, is the worker's.
@inline(__always)
private func jump(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer, _ right: UnsafeMutablePointer<Value>,
  _ holds: (Double, Double) -> Bool
) {
  let x = slot(base, word.a).pointee.double
  let y = right.pointee.double
  if _slowPath(areUnordered(x, y)) { return slow(pc, word, base, vm, fuel, constants) }
  if holds(x, y) { return next(pc + word.jump, base, vm, fuel, constants) }
  return next(pc, base, vm, fuel, constants)
}

/// Jumps on the equality of two texts that are too short to cost fuel; anything else is the worker's.
@inline(never)
private func jumpOnTexts(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let opcode = UInt8(truncatingIfNeeded: word)
  let isConstant = opcode >= Opcode.jumpIfEqualConstant.rawValue
  let isNegated =
    opcode == Opcode.jumpIfNotEqual.rawValue || opcode == Opcode.jumpIfNotEqualConstant.rawValue
  let left = slot(base, word.a).pointee
  let right = slot(isConstant ? constants : base, word.b).pointee
  guard left.isString, right.isString,
    min(left.object.pointee.count, right.object.pointee.count) < 64
  else { return slow(pc, word, base, vm, fuel, constants) }
  let isEqual = equalBytes(left.object.text, right.object.text)
  return next(isEqual != isNegated ? pc + word.jump : pc, base, vm, fuel, constants)
}
