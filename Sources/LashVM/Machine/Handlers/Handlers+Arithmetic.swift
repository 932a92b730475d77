// Arithmetic. On the hot path the operation is done on the raw bits: a tagged operand is a NaN as a
// double, so one comparison of the result checks both operands, and that the result is below 2^53,
// where doubles are exact for integers. Everything else is the worker's.

extension HandlerTable {
  func installArithmetic() {
    set(.add) { pc, word, base, vm, fuel, constants in
      binary(pc, word, base, vm, fuel, constants, slot(base, word.c)) { $0 + $1 }
    }
    set(.subtract) { pc, word, base, vm, fuel, constants in
      binary(pc, word, base, vm, fuel, constants, slot(base, word.c)) { $0 - $1 }
    }
    set(.multiply) { pc, word, base, vm, fuel, constants in
      binary(pc, word, base, vm, fuel, constants, slot(base, word.c)) { $0 * $1 }
    }
    set(.divide) { pc, word, base, vm, fuel, constants in
      // Adding 0 turns −0 into 0 (rule VAL-3).
      binary(pc, word, base, vm, fuel, constants, slot(base, word.c)) { $0 / ($1 + 0) }
    }
    set(.remainder) { pc, word, base, vm, fuel, constants in
      remainder(pc, word, base, vm, fuel, constants, slot(base, word.c))
    }
    set(.addConstant) { pc, word, base, vm, fuel, constants in
      binary(pc, word, base, vm, fuel, constants, slot(constants, word.c)) {
        $0 + $1
      }
    }
    set(.subtractConstant) { pc, word, base, vm, fuel, constants in
      binary(pc, word, base, vm, fuel, constants, slot(constants, word.c)) {
        $0 - $1
      }
    }
    set(.multiplyConstant) { pc, word, base, vm, fuel, constants in
      binary(pc, word, base, vm, fuel, constants, slot(constants, word.c)) {
        $0 * $1
      }
    }
    set(.divideConstant) { pc, word, base, vm, fuel, constants in
      binary(pc, word, base, vm, fuel, constants, slot(constants, word.c)) {
        $0 / ($1 + 0)
      }
    }
    set(.remainderConstant) { pc, word, base, vm, fuel, constants in
      remainder(pc, word, base, vm, fuel, constants, slot(constants, word.c))
    }
    set(.negate) { pc, word, base, vm, fuel, constants in
      let result = -slot(base, word.b).pointee.double
      if _fastPath(result.magnitude < Heap.exactLimit) {
        return finish(
          pc, base, vm, fuel, constants, slot(base, word.a), Value(double: result))
      }
      return slow(pc, word, base, vm, fuel, constants)
    }
    set(.not) { pc, word, base, vm, fuel, constants in
      let value = slot(base, word.b).pointee
      if _fastPath(value.isBool) {
        return finish(
          pc, base, vm, fuel, constants, slot(base, word.a),
          Value(bool: value.bits == Value.false.bits))
      }
      return slow(pc, word, base, vm, fuel, constants)
    }
    set(.truth) { pc, word, base, vm, fuel, constants in
      let value = slot(base, word.b).pointee
      if _fastPath(value.isBool) {
        return finish(pc, base, vm, fuel, constants, slot(base, word.a), value)
      }
      return slow(pc, word, base, vm, fuel, constants)
    }
  }
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
  let x = slot(base, word.b).pointee.double
  let y = right.pointee.double
  if _fastPath(x.magnitude < 2_147_483_648 && y.magnitude < 2_147_483_648) {
    let left = Int32(x)
    let divisor = Int32(y)
    if _fastPath(Double(left) == x && Double(divisor) == y && divisor != 0 && divisor != -1) {
      return finish(
        pc, base, vm, fuel, constants, slot(base, word.a), Value(double: Double(left % divisor)))
    }
  }
  return slow(pc, word, base, vm, fuel, constants)
}
