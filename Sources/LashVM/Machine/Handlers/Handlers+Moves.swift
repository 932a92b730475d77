extension HandlerTable {
  func installMoves() {
    set(.copy) { pc, word, base, vm, fuel, constants in
      finishCopy(pc, base, vm, fuel, constants, slot(base, word.a), slot(base, word.b).pointee)
    }
    set(.move) { pc, word, base, vm, fuel, constants in
      let source = slot(base, word.b)
      let value = source.pointee
      source.pointee = .unset
      return finish(pc, base, vm, fuel, constants, slot(base, word.a), value)
    }
    set(.loadConstant) { pc, word, base, vm, fuel, constants in
      finishCopy(
        pc, base, vm, fuel, constants, slot(base, word.a), slot(constants, word.wide * 8).pointee)
    }
    set(.loadNull) { pc, word, base, vm, fuel, constants in
      // Operand b is 0. Reading it keeps this from being merged with `clear` (see Dispatch.swift).
      finish(
        pc, base, vm, fuel, constants, slot(base, word.a),
        Value(bits: Value.null.bits | UInt64(word.b)))
    }
    set(.loadBool) { pc, word, base, vm, fuel, constants in
      finish(pc, base, vm, fuel, constants, slot(base, word.a), Value(bool: word.b != 0))
    }
    set(.loadInteger) { pc, word, base, vm, fuel, constants in
      finish(
        pc, base, vm, fuel, constants, slot(base, word.a),
        Value(double: Double(Int32(truncatingIfNeeded: word.wide))))
    }
    set(.clear) { pc, word, base, vm, fuel, constants in
      finish(pc, base, vm, fuel, constants, slot(base, word.a), .unset)
    }
    set(.checkSet) { pc, word, base, vm, fuel, constants in
      if _slowPath(slot(base, word.a).pointee.isUnset) {
        return slow(pc, word, base, vm, fuel, constants)
      }
      return next(pc, base, vm, fuel, constants)
    }
  }
}
