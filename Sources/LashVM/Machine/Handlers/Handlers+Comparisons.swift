// Comparisons that give booleans. Numbers below 2^53 are compared on the hot path: as doubles, of which
// anything else is a NaN, so that being ordered at all checks both operands. The rest is the worker's.

extension HandlerTable {
  func installComparisons() {
    set(.equal, handleEqual)
    set(.notEqual, handleNotEqual)
    set(.equalConstant, handleEqualConstant)
    set(.notEqualConstant, handleNotEqualConstant)
    set(.less, handleLess)
    set(.lessOrEqual, handleLessOrEqual)
    set(.lessConstant, handleLessConstant)
    set(.lessOrEqualConstant, handleLessOrEqualConstant)
    set(.greaterConstant, handleGreaterConstant)
    set(.greaterOrEqualConstant, handleGreaterOrEqualConstant)
  }
}

@inline(__always)
private func handleEqual(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  compare(pc, word, base, vm, fuel, constants, slot(base, word.c)) { $0 == $1 }
}

@inline(__always)
private func handleNotEqual(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  compare(pc, word, base, vm, fuel, constants, slot(base, word.c)) { $0 != $1 }
}

@inline(__always)
private func handleEqualConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  compare(pc, word, base, vm, fuel, constants, slot(constants, word.c)) { $0 == $1 }
}

@inline(__always)
private func handleNotEqualConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  compare(pc, word, base, vm, fuel, constants, slot(constants, word.c)) { $0 != $1 }
}

@inline(__always)
private func handleLess(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  compare(pc, word, base, vm, fuel, constants, slot(base, word.c)) { $0 < $1 }
}

@inline(__always)
private func handleLessOrEqual(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  compare(pc, word, base, vm, fuel, constants, slot(base, word.c)) { $0 <= $1 }
}

@inline(__always)
private func handleLessConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  compare(pc, word, base, vm, fuel, constants, slot(constants, word.c)) { $0 < $1 }
}

@inline(__always)
private func handleLessOrEqualConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  compare(pc, word, base, vm, fuel, constants, slot(constants, word.c)) { $0 <= $1 }
}

@inline(__always)
private func handleGreaterConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  compare(pc, word, base, vm, fuel, constants, slot(constants, word.c)) { $0 > $1 }
}

@inline(__always)
private func handleGreaterOrEqualConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  compare(pc, word, base, vm, fuel, constants, slot(constants, word.c)) { $0 >= $1 }
}

@inline(__always)
private func compare(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer, _ right: UnsafeMutablePointer<Value>,
  _ holds: (Double, Double) -> Bool
) {
  let x = slot(base, word.b).pointee.double
  let y = right.pointee.double
  if _slowPath(areUnordered(x, y)) { return slow(pc, word, base, vm, fuel, constants) }
  return finish(
    pc, base, vm, fuel, constants, slot(base, word.a), Value(bool: holds(x, y)))
}

/// Whether one of them is a NaN: not a number, or a value of another kind.
@inline(__always)
func areUnordered(_ x: Double, _ y: Double) -> Bool { x != x || y != y }
