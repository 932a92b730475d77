// Moves and loads.

extension HandlerTable {
  func installMoves() {
    set(.copy, handleCopy)
    set(.move, handleMove)
    set(.loadConstant, handleLoadConstant)
    set(.loadNull, handleLoadNull)
    set(.loadBool, handleLoadBool)
    set(.loadInteger, handleLoadInteger)
    set(.clear, handleClear)
    set(.checkSet, handleCheckSet)
  }
}

@inline(__always)
private func handleCopy(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  finishCopy(pc, base, vm, fuel, constants, slot(base, word.a), slot(base, word.b).pointee)
}

@inline(__always)
private func handleMove(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let source = slot(base, word.b)
  let value = source.pointee
  source.pointee = .unset
  return finish(pc, base, vm, fuel, constants, slot(base, word.a), value)
}

@inline(__always)
private func handleLoadConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  finishCopy(
    pc, base, vm, fuel, constants, slot(base, word.a), slot(constants, word.wide * 8).pointee)
}

@inline(__always)
private func handleLoadNull(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  // Operand b is 0. Reading it keeps this from being merged with `clear` (see Dispatch.swift).
  finish(
    pc, base, vm, fuel, constants, slot(base, word.a),
    Value(bits: Value.null.bits | UInt64(word.b)))
}

@inline(__always)
private func handleLoadBool(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  finish(pc, base, vm, fuel, constants, slot(base, word.a), Value(bool: word.b != 0))
}

@inline(__always)
private func handleLoadInteger(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  finish(
    pc, base, vm, fuel, constants, slot(base, word.a),
    Value(double: Double(Int32(truncatingIfNeeded: word.wide))))
}

@inline(__always)
private func handleClear(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  finish(pc, base, vm, fuel, constants, slot(base, word.a), .unset)
}

@inline(__always)
private func handleCheckSet(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  if _slowPath(slot(base, word.a).pointee.isUnset) {
    return slow(pc, word, base, vm, fuel, constants)
  }
  return next(pc, base, vm, fuel, constants)
}
