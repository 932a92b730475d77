// Making and reading aggregates. A field read compares the record's shape with the inline cache in the
// word after the instruction: shape in the high half, slot offset in the low.

extension HandlerTable {
  func installData() {
    set(.makeList) { pc, word, base, vm, fuel, constants in
      guard machine(vm).makeList(slot(base, word.a), slot(base, word.b), word.c) else {
        return stopAfterFault(pc, base, vm, fuel)
      }
      return next(pc, base, vm, fuel, constants)
    }
    set(.makeTuple) { pc, word, base, vm, fuel, constants in
      guard machine(vm).makeTuple(slot(base, word.a), slot(base, word.b), word.c) else {
        return stopAfterFault(pc, base, vm, fuel)
      }
      return next(pc, base, vm, fuel, constants)
    }
    set(.makeRecord) { pc, word, base, vm, fuel, constants in
      guard machine(vm).makeRecord(slot(base, word.a), slot(base, word.b), word.c) else {
        return stopAfterFault(pc, base, vm, fuel)
      }
      return next(pc, base, vm, fuel, constants)
    }
    set(.appendItem) { pc, word, base, vm, fuel, constants in
      let source = slot(base, word.b)
      let list = slot(base, word.a).pointee.object
      if _fastPath(list.pointee.count < list.pointee.extra) {
        list.values[Int(list.pointee.count)] = source.pointee
        list.pointee.count &+= 1
        source.pointee = .unset
        return next(pc, base, vm, fuel, constants)
      }
      return slowAppend(pc, word, base, vm, fuel, constants)
    }
    set(.push) { pc, word, base, vm, fuel, constants in
      let target = slot(base, word.a).pointee
      if _fastPath(target.isList) {
        let list = target.object
        let value = slot(base, word.b).pointee
        // A list that is pushed onto itself must be copied first: the worker's case.
        if _fastPath(
          list.pointee.references == 1 && list.pointee.count < list.pointee.extra
            && value.bits != target.bits)
        {
          if value.isHeap { value.object.pointee.references &+= 1 }
          list.values[Int(list.pointee.count)] = value
          list.pointee.count &+= 1
          return next(pc, base, vm, fuel, constants)
        }
      }
      return slowPush(pc, word, base, vm, fuel, constants)
    }
    set(.field) { pc, word, base, vm, fuel, constants in
      let target = slot(base, word.b).pointee
      if _fastPath(target.isRecord) {
        let record = target.object
        let cache = pc.pointee
        if _fastPath(UInt32(truncatingIfNeeded: cache >> 32) == record.pointee.extra) {
          return finishCopy(
            pc + 1, base, vm, fuel, constants, slot(base, word.a),
            record.values[Int(UInt32(truncatingIfNeeded: cache))])
        }
      }
      return slowField(pc, word, base, vm, fuel, constants)
    }
    set(.index) { pc, word, base, vm, fuel, constants in
      let target = slot(base, word.b).pointee
      let index = slot(base, word.c).pointee
      if _fastPath(target.isList && index.isDouble) {
        let list = target.object
        let position = Int32(exactly: index.double) ?? -1
        if _fastPath(position >= 0 && UInt32(position) < list.pointee.count) {
          return finishCopy(
            pc, base, vm, fuel, constants, slot(base, word.a), list.values[Int(position)])
        }
      }
      return slowIndex(pc, word, base, vm, fuel, constants)
    }
    set(.indexConstant) { pc, word, base, vm, fuel, constants in
      guard
        machine(vm).index(
          slot(base, word.a), slot(base, word.b).pointee, slot(constants, word.c).pointee)
      else { return stopAfterFault(pc, base, vm, fuel) }
      return next(pc, base, vm, fuel, constants)
    }
    set(.unpack) { pc, word, base, vm, fuel, constants in
      guard machine(vm).unpack(slot(base, word.a), slot(base, word.b).pointee, word.c) else {
        return stopAfterFault(pc, base, vm, fuel)
      }
      return next(pc, base, vm, fuel, constants)
    }
    set(.interpolate) { pc, word, base, vm, fuel, constants in
      guard machine(vm).interpolate(slot(base, word.a), slot(base, word.b), word.c) else {
        return stopAfterFault(pc, base, vm, fuel)
      }
      return next(pc, base, vm, fuel, constants)
    }
    set(.formatValue) { pc, word, base, vm, fuel, constants in
      guard
        machine(vm).format(
          slot(base, word.a), slot(base, word.b).pointee, slot(constants, word.c).pointee)
      else { return stopAfterFault(pc, base, vm, fuel) }
      return next(pc, base, vm, fuel, constants)
    }
    installSealed()
  }

  private func installSealed() {
    set(.makeType) { pc, word, base, vm, fuel, constants in
      guard
        machine(vm).makeType(
          slot(base, word.a), slot(base, word.b), slot(constants, word.c).pointee,
          names: pc.pointee)
      else { return stopAfterFault(pc, base, vm, fuel) }
      return next(pc + 1, base, vm, fuel, constants)
    }
    set(.makeDescriptor) { pc, word, base, vm, fuel, constants in
      guard machine(vm).makeDescriptor(slot(base, word.a), slot(base, word.b), key: word.c) else {
        return stopAfterFault(pc, base, vm, fuel)
      }
      return next(pc, base, vm, fuel, constants)
    }
    set(.loadProcess) { pc, word, base, vm, fuel, constants in
      guard machine(vm).loadProcess(slot(base, word.a), word.b) else {
        return stopAfterFault(pc, base, vm, fuel)
      }
      return next(pc, base, vm, fuel, constants)
    }
    set(.loadTriggerEvent) { pc, word, base, vm, fuel, constants in
      guard machine(vm).loadTriggerEvent(slot(base, word.a)) else {
        return stopAfterFault(pc, base, vm, fuel)
      }
      return next(pc, base, vm, fuel, constants)
    }
    set(.unwrap) { pc, word, base, vm, fuel, constants in
      guard
        machine(vm).unwrap(slot(base, word.a), slot(base, word.b).pointee, isCall: word.c != 0)
      else { return stopAfterFault(pc, base, vm, fuel) }
      return next(pc, base, vm, fuel, constants)
    }
    set(.unwrapEach) { pc, word, base, vm, fuel, constants in
      guard machine(vm).unwrapEach(slot(base, word.a), slot(base, word.b)) else {
        return stopAfterFault(pc, base, vm, fuel)
      }
      return next(pc, base, vm, fuel, constants)
    }
  }
}

@inline(never)
private func slowAppend(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  guard machine(vm).append(slot(base, word.a), slot(base, word.b)) else {
    return stopAfterFault(pc, base, vm, fuel)
  }
  return next(pc, base, vm, fuel, constants)
}

@inline(never)
private func slowPush(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  guard machine(vm).push(slot(base, word.a), slot(base, word.b).pointee) else {
    return stopAfterFault(pc, base, vm, fuel)
  }
  return next(pc, base, vm, fuel, constants)
}

@inline(never)
private func slowField(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  guard
    machine(vm).field(slot(base, word.a), slot(base, word.b).pointee, UInt32(word.c), cache: pc)
  else { return stopAfterFault(pc, base, vm, fuel) }
  return next(pc + 1, base, vm, fuel, constants)
}

@inline(never)
private func slowIndex(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  guard
    machine(vm).index(
      slot(base, word.a), slot(base, word.b).pointee, slot(base, word.c).pointee)
  else { return stopAfterFault(pc, base, vm, fuel) }
  return next(pc, base, vm, fuel, constants)
}
