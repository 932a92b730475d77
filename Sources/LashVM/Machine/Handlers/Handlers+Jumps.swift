// Jumps, alone and fused with comparisons.

extension HandlerTable {
  func installJumps() {
    set(.jump) { pc, word, base, vm, fuel, constants in
      next(pc + word.wideJump, base, vm, fuel, constants)
    }
    set(.jumpIfFalse) { pc, word, base, vm, fuel, constants in
      let value = slot(base, word.a).pointee
      let truth = _fastPath(value.isBool) ? value : machine(vm).truth(value)
      if _slowPath(truth.isUnset) {
        return halt(pc - 1, base, vm, fuel, machine(vm).pointee.status)
      }
      return next(
        truth.bits == Value.true.bits ? pc : pc + word.wideJump, base, vm, fuel, constants)
    }
    set(.jumpIfTrue) { pc, word, base, vm, fuel, constants in
      let value = slot(base, word.a).pointee
      let truth = _fastPath(value.isBool) ? value : machine(vm).truth(value)
      if _slowPath(truth.isUnset) {
        return halt(pc - 1, base, vm, fuel, machine(vm).pointee.status)
      }
      return next(
        truth.bits == Value.true.bits ? pc + word.wideJump : pc, base, vm, fuel, constants)
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
      if _slowPath(fuel <= 0) { return stopForFuel(pc, word, base, vm, fuel, constants) }
      return next(pc, base, vm, fuel &- word.wide, constants)
    }
    installFusedJumps()
    installConstantJumps()
  }

  private func installFusedJumps() {
    set(.jumpIfLess) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(base, word.b), .less, false) { $0 < $1 }
    }
    set(.jumpIfNotLess) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(base, word.b), .less, true) { $0 < $1 }
    }
    set(.jumpIfLessOrEqual) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(base, word.b), .lessOrEqual, false) {
        $0 <= $1
      }
    }
    set(.jumpIfNotLessOrEqual) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(base, word.b), .lessOrEqual, true) {
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
      jump(pc, word, base, vm, fuel, constants, slot(constants, word.b), .less, false) { $0 < $1 }
    }
    set(.jumpIfNotLessConstant) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(constants, word.b), .less, true) { $0 < $1 }
    }
    set(.jumpIfLessOrEqualConstant) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(constants, word.b), .lessOrEqual, false) {
        $0 <= $1
      }
    }
    set(.jumpIfNotLessOrEqualConstant) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(constants, word.b), .lessOrEqual, true) {
        $0 <= $1
      }
    }
    set(.jumpIfGreaterConstant) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(constants, word.b), .greater, false) {
        $0 > $1
      }
    }
    set(.jumpIfNotGreaterConstant) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(constants, word.b), .greater, true) {
        $0 > $1
      }
    }
    set(.jumpIfGreaterOrEqualConstant) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(constants, word.b), .greaterOrEqual, false) {
        $0 >= $1
      }
    }
    set(.jumpIfNotGreaterOrEqualConstant) { pc, word, base, vm, fuel, constants in
      jump(pc, word, base, vm, fuel, constants, slot(constants, word.b), .greaterOrEqual, true) {
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
  _ constants: RawPointer, _ right: UnsafeMutablePointer<Value>, _ order: Order,
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
  let value = machine(vm).compare(x, y, order)
  if value.isUnset { return halt(pc - 1, base, vm, fuel, machine(vm).pointee.status) }
  let taken = (value.bits == Value.true.bits) != negated
  return next(taken ? pc + word.jump : pc, base, vm, fuel, constants)
}

@inline(__always)
private func jumpIfEqual(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer, _ right: UnsafeMutablePointer<Value>, _ negated: Bool
) {
  let x = slot(base, word.a).pointee
  let y = right.pointee
  if _fastPath(x.isDouble && y.isDouble) {
    let taken = (x.double == y.double) != negated
    return next(taken ? pc + word.jump : pc, base, vm, fuel, constants)
  }
  let value = machine(vm).equal(x, y)
  if _slowPath(value.isUnset) {
    return halt(pc - 1, base, vm, fuel, machine(vm).pointee.status)
  }
  let taken = (value.bits == Value.true.bits) != negated
  return next(taken ? pc + word.jump : pc, base, vm, fuel, constants)
}
