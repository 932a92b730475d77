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
      ordering(pc, word, base, vm, fuel, constants, slot(base, word.c), .less) { $0 < $1 }
    }
    set(.lessOrEqual) { pc, word, base, vm, fuel, constants in
      ordering(pc, word, base, vm, fuel, constants, slot(base, word.c), .lessOrEqual) {
        $0 <= $1
      }
    }
    set(.lessConstant) { pc, word, base, vm, fuel, constants in
      ordering(pc, word, base, vm, fuel, constants, slot(constants, word.c), .less) { $0 < $1 }
    }
    set(.lessOrEqualConstant) { pc, word, base, vm, fuel, constants in
      ordering(pc, word, base, vm, fuel, constants, slot(constants, word.c), .lessOrEqual) {
        $0 <= $1
      }
    }
    set(.greaterConstant) { pc, word, base, vm, fuel, constants in
      ordering(pc, word, base, vm, fuel, constants, slot(constants, word.c), .greater) {
        $0 > $1
      }
    }
    set(.greaterOrEqualConstant) { pc, word, base, vm, fuel, constants in
      ordering(pc, word, base, vm, fuel, constants, slot(constants, word.c), .greaterOrEqual) {
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
  let value = machine(vm).equal(x, y)
  if _slowPath(value.isUnset) {
    return halt(pc - 1, base, vm, fuel, machine(vm).pointee.status)
  }
  return finish(
    pc, base, vm, fuel, constants, slot(base, word.a),
    Value(bool: (value.bits == Value.true.bits) != negated))
}

@inline(__always)
private func ordering(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer, _ right: UnsafeMutablePointer<Value>, _ order: Order,
  _ compare: (Double, Double) -> Bool
) {
  let x = slot(base, word.b).pointee
  let y = right.pointee
  if _fastPath(x.isDouble && y.isDouble) {
    return finish(
      pc, base, vm, fuel, constants, slot(base, word.a), Value(bool: compare(x.double, y.double)))
  }
  let value = machine(vm).compare(x, y, order)
  if value.isUnset { return halt(pc - 1, base, vm, fuel, machine(vm).pointee.status) }
  return finish(pc, base, vm, fuel, constants, slot(base, word.a), value)
}

/// The order relations.
enum Order {
  case less, lessOrEqual, greater, greaterOrEqual
}

extension VM {
  /// Deep equality as a boolean; unset after a fault (rule VAL-9).
  @inline(never)
  func equal(_ a: Value, _ b: Value) -> Value {
    let heap = pointee.heap
    guard heap.holdsLazies, a.isHeap, b.isHeap else { return Value(bool: heap.equal(a, b)) }
    var result = Value.unset
    _ = attempt { () throws(Fault) in
      guard heap.typeName(a) == heap.typeName(b) else {
        result = .false
        return
      }
      try heap.settleWholly([a, b])
      result = Value(bool: heap.equal(try heap.settled(a), try heap.settled(b)))
    }
    return result
  }

  /// An order relation of any two values as a boolean; unset after a fault (rule VAL-10).
  @inline(never)
  func compare(_ a: Value, _ b: Value, _ order: Order) -> Value {
    var result = Value.unset
    _ = attempt { () throws(Fault) in
      let heap = pointee.heap
      let a = try heap.settled(a)
      let b = try heap.settled(b)
      switch order {
      case .less: result = Value(bool: try heap.less(a, b))
      case .lessOrEqual: result = Value(bool: try heap.lessOrEqual(a, b))
      case .greater: result = Value(bool: try heap.less(b, a))
      case .greaterOrEqual: result = Value(bool: try heap.lessOrEqual(b, a))
      }
    }
    return result
  }

  /// Membership as a boolean; unset after a fault (rule EXP-8).
  @inline(never)
  func contains(_ needle: Value, _ haystack: Value) -> Value {
    var result = Value.unset
    _ = attempt { () throws(Fault) in
      let heap = pointee.heap
      guard let found = try heap.contains(haystack, needle) else {
        throw heap.trap(
          .typeError,
          "`in` requires a string, list, tuple, record or null on its right, got "
            + heap.typeName(haystack))
      }
      result = Value(bool: found)
    }
    return result
  }
}
