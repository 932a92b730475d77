import LashLang

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
      finish(pc, base, vm, fuel, constants, slot(base, word.a), .null)
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
      if _fastPath(!slot(base, word.a).pointee.isUnset) {
        return next(pc, base, vm, fuel, constants)
      }
      return trapUnset(pc, word, base, vm, fuel, constants)
    }
  }
}

@inline(never)
private func trapUnset(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  machine(vm).noteUnset(key: word.wide)
  return stopAfterFault(pc, base, vm, fuel)
}

extension VM {
  @inline(never)
  fileprivate func noteUnset(key: Int) {
    _ = attempt { () throws(Fault) in
      throw pointee.heap.trap(.unsetName, "unknown name `\(pointee.program.keys[key])`")
    }
  }
}
