import LashLang

// Comparisons that give booleans. Doubles are compared on the hot path; everything else is a worker's.

extension HandlerTable {
  func installComparisons() {
    set(.equal) { pc, word, base, vm, fuel, constants in
      equality(pc, word, base, vm, fuel, constants, slot(base, word.c), negated: false)
    }
    set(.notEqual) { pc, word, base, vm, fuel, constants in
      equality(pc, word, base, vm, fuel, constants, slot(base, word.c), negated: true)
    }
    set(.equalConstant) { pc, word, base, vm, fuel, constants in
      equality(pc, word, base, vm, fuel, constants, slot(constants, word.c), negated: false)
    }
    set(.notEqualConstant) { pc, word, base, vm, fuel, constants in
      equality(pc, word, base, vm, fuel, constants, slot(constants, word.c), negated: true)
    }
    set(.less) { pc, word, base, vm, fuel, constants in
      ordering(pc, word, base, vm, fuel, constants, slot(base, word.c)) { $0 < $1 }
    }
    set(.lessOrEqual) { pc, word, base, vm, fuel, constants in
      ordering(pc, word, base, vm, fuel, constants, slot(base, word.c)) {
        $0 <= $1
      }
    }
    set(.lessConstant) { pc, word, base, vm, fuel, constants in
      ordering(pc, word, base, vm, fuel, constants, slot(constants, word.c)) { $0 < $1 }
    }
    set(.lessOrEqualConstant) { pc, word, base, vm, fuel, constants in
      ordering(pc, word, base, vm, fuel, constants, slot(constants, word.c)) {
        $0 <= $1
      }
    }
    set(.greaterConstant) { pc, word, base, vm, fuel, constants in
      ordering(pc, word, base, vm, fuel, constants, slot(constants, word.c)) {
        $0 > $1
      }
    }
    set(.greaterOrEqualConstant) { pc, word, base, vm, fuel, constants in
      ordering(pc, word, base, vm, fuel, constants, slot(constants, word.c)) {
        $0 >= $1
      }
    }
  }
}

@inline(__always)
private func equality(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer, _ right: UnsafeMutablePointer<Value>, negated: Bool
) {
  let x = slot(base, word.b).pointee
  let y = right.pointee
  if _fastPath(x.isDouble && y.isDouble) {
    return finish(
      pc, base, vm, fuel, constants, slot(base, word.a),
      Value(bool: (x.double == y.double) != negated))
  }
  if !(x.isHeap && y.isHeap) {
    return finish(
      pc, base, vm, fuel, constants, slot(base, word.a), Value(bool: (x.bits == y.bits) != negated))
  }
  return slow(pc, word, base, vm, fuel, constants)
}

@inline(__always)
private func ordering(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer, _ right: UnsafeMutablePointer<Value>,
  _ compare: (Double, Double) -> Bool
) {
  let x = slot(base, word.b).pointee
  let y = right.pointee
  if _fastPath(x.isDouble && y.isDouble) {
    return finish(
      pc, base, vm, fuel, constants, slot(base, word.a), Value(bool: compare(x.double, y.double)))
  }
  return slow(pc, word, base, vm, fuel, constants)
}
