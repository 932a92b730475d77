// Jumps, alone and fused with comparisons.

extension HandlerTable {
  func installJumps() {
    set(.jump) { pc, word, base, vm, fuel, constants in
      next(pc + word.wideJump, base, vm, fuel, constants)
    }
    set(.jumpIfFalse) { pc, word, base, vm, fuel, constants in
      let value = slot(base, word.a).pointee
      let truth =
        _fastPath(value.isBool) ? value.bits == Value.true.bits : machine(vm).isTruthy(value)
      return next(truth ? pc : pc + word.wideJump, base, vm, fuel, constants)
    }
    set(.jumpIfTrue) { pc, word, base, vm, fuel, constants in
      let value = slot(base, word.a).pointee
      let truth =
        _fastPath(value.isBool) ? value.bits == Value.true.bits : machine(vm).isTruthy(value)
      return next(truth ? pc + word.wideJump : pc, base, vm, fuel, constants)
    }
    set(.jumpIfNull) { pc, word, base, vm, fuel, constants in
      let isNull = slot(base, word.a).pointee.isNull
      return next(isNull ? pc + word.wideJump : pc, base, vm, fuel, constants)
    }
    set(.jumpIfNotNull) { pc, word, base, vm, fuel, constants in
      let isNull = slot(base, word.a).pointee.isNull
      return next(isNull ? pc : pc + word.wideJump, base, vm, fuel, constants)
    }
    set(.charge) { pc, word, base, vm, fuel, constants in
      let left = fuel &- word.wide
      if _slowPath(left < 0) { return stopForFuel(pc, word, base, vm, fuel, constants) }
      return next(pc, base, vm, left, constants)
    }
    installFusedJumps()
    installConstantJumps()
  }

  private func installFusedJumps() {
    set(.jumpIfLess) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(base, word.b), false) { $0 < $1 }
    }
    set(.jumpIfNotLess) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(base, word.b), true) { $0 < $1 }
    }
    set(.jumpIfLessOrEqual) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(base, word.b), false) {
        $0 <= $1
      }
    }
    set(.jumpIfNotLessOrEqual) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(base, word.b), true) {
        $0 <= $1
      }
    }
    set(.jumpIfEqual) { pc, word, base, vm, fuel, constants in
      jumpIfEqual(pc, word, base, vm, fuel, constants, slot(base, word.b), false)
    }
    set(.jumpIfNotEqual) { pc, word, base, vm, fuel, constants in
      jumpIfEqual(pc, word, base, vm, fuel, constants, slot(base, word.b), true)
    }
  }

  private func installConstantJumps() {
    set(.jumpIfLessConstant) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(constants, word.b), false) { $0 < $1 }
    }
    set(.jumpIfNotLessConstant) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(constants, word.b), true) { $0 < $1 }
    }
    set(.jumpIfLessOrEqualConstant) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(constants, word.b), false) {
        $0 <= $1
      }
    }
    set(.jumpIfNotLessOrEqualConstant) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(constants, word.b), true) {
        $0 <= $1
      }
    }
    set(.jumpIfGreaterConstant) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(constants, word.b), false) {
        $0 > $1
      }
    }
    set(.jumpIfNotGreaterConstant) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(constants, word.b), true) {
        $0 > $1
      }
    }
    set(.jumpIfGreaterOrEqualConstant) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(constants, word.b), false) {
        $0 >= $1
      }
    }
    set(.jumpIfNotGreaterOrEqualConstant) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(constants, word.b), true) {
        $0 >= $1
      }
    }
    set(.jumpIfEqualConstant) { pc, word, base, vm, fuel, constants in
      jumpIfEqual(pc, word, base, vm, fuel, constants, slot(constants, word.b), false)
    }
    set(.jumpIfNotEqualConstant) { pc, word, base, vm, fuel, constants in
      jumpIfEqual(pc, word, base, vm, fuel, constants, slot(constants, word.b), true)
    }
  }
}

/// Jumps if the relation holds (`negated`: if it does not, which differs from its opposite for nan).
@inline(__always)
private func jump(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer, _ right: UnsafeMutablePointer<Value>,
  _ negated: Bool, _ compare: (Double, Double) -> Bool
) {
  let x = slot(base, word.a).pointee
  let y = right.pointee
  if _fastPath(x.isDouble && y.isDouble) {
    if compare(x.double, y.double) != negated {
      return next(pc + word.jump, base, vm, fuel, constants)
    }
    return next(pc, base, vm, fuel, constants)
  }
  return slow(pc, word, base, vm, fuel, constants)
}

@inline(__always)
private func jumpIfEqual(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer, _ right: UnsafeMutablePointer<Value>, _ negated: Bool
) {
  let x = slot(base, word.a).pointee
  let y = right.pointee
  if _fastPath(x.isDouble && y.isDouble) {
    let isTaken = (x.double == y.double) != negated
    return next(isTaken ? pc + word.jump : pc, base, vm, fuel, constants)
  }
  if !(x.isHeap && y.isHeap) {
    let isTaken = (x.bits == y.bits) != negated
    return next(isTaken ? pc + word.jump : pc, base, vm, fuel, constants)
  }
  return slow(pc, word, base, vm, fuel, constants)
}
