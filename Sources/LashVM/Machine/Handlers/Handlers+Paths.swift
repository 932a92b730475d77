import LashLang

// Assignment paths through containers that nothing else owns: the walk goes from slot to slot and
// changes nothing before the target is known to be there, so the worker can begin anew at any step.

extension HandlerTable {
  func installPaths() {
    set(.setPath, handleSetPath)
    set(.updatePath, handleUpdatePath)
  }
}

@inline(__always)
private func handleSetPath(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  // One step into a list is by far the most frequent, and needs no loop.
  if _fastPath(word.c == 1), let target = item(at: pc, of: slot(base, word.a).pointee, base) {
    let value = slot(base, word.b).pointee
    if _fastPath(value.bits != slot(base, word.a).pointee.bits) {
      return finishCopy(pc + 1, base, vm, fuel, constants, target, value)
    }
  }
  return setLongPath(pc, word, base, vm, fuel, constants)
}

@inline(never)
private func setLongPath(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let root = slot(base, word.a)
  let value = slot(base, word.b).pointee
  // A value that is put into itself must be copied first: the worker's case. A container on the way
  // cannot be the value unless it is the root, since the value's register owns the value too.
  if _fastPath(value.bits != root.pointee.bits) {
    var step = pc
    if let target = walk(root, &step, word.c, base) {
      return finishCopy(step, base, vm, fuel, constants, target, value)
    }
  }
  return slow(pc, word, base, vm, fuel, constants)
}

@inline(__always)
private func handleUpdatePath(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  // Addition is operator 0; the operands of anything but numbers make it a NaN.
  if _fastPath(word.c == 1), let target = item(at: pc, of: slot(base, word.a).pointee, base) {
    let sum = target.pointee.double + slot(base, word.b).pointee.double
    if _fastPath(sum.magnitude < Heap.exactLimit) {
      target.pointee = Value(double: sum)
      return next(pc + 1, base, vm, fuel, constants)
    }
  }
  return updateLongPath(pc, word, base, vm, fuel, constants)
}

@inline(never)
private func updateLongPath(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  if _fastPath(word.c >> 8 == 0) {
    var step = pc
    if let target = walk(slot(base, word.a), &step, word.c, base) {
      let sum = target.pointee.double + slot(base, word.b).pointee.double
      if _fastPath(sum.magnitude < Heap.exactLimit) {
        target.pointee = Value(double: sum)
        return next(step, base, vm, fuel, constants)
      }
    }
  }
  return slow(pc, word, base, vm, fuel, constants)
}

/// The item that the step at `step` names in a list that nothing else owns; nil if it is not so simple.
@inline(__always)
private func item(
  at step: Code, of list: Value, _ base: RawPointer
) -> UnsafeMutablePointer<Value>? {
  let word = step.pointee
  let index = SmallInteger(slot(base, Int(UInt32(truncatingIfNeeded: word >> 16))).pointee)
  guard list.isList, index.isExact, word & 0xFFFF == PathStepKind.index,
    list.object.pointee.references == 1, index.isBelow(list.object.pointee.count)
  else { return nil }
  return list.object.values + index.integer
}

/// Goes `count` steps, at `step`, from the slot `root`; the slot reached, which `step` stands behind
/// then, or nil if a step is not simple.
@inline(__always)
private func walk(
  _ root: UnsafeMutablePointer<Value>, _ step: inout Code, _ count: Int, _ base: RawPointer
) -> UnsafeMutablePointer<Value>? {
  var slot = root
  var left = count
  while left > 0 {
    let word = step.pointee
    let container = slot.pointee
    if word & 0xFFFF == PathStepKind.field {
      guard container.isRecord, container.object.pointee.references == 1 else { return nil }
      let cache = (step + 1).pointee
      guard UInt32(truncatingIfNeeded: cache >> 32) == container.object.pointee.extra else {
        return nil
      }
      slot = container.object.values + Int(UInt32(truncatingIfNeeded: cache))
      step += 2
    } else {
      guard container.isList, container.object.pointee.references == 1 else { return nil }
      let index = SmallInteger(
        LashVM.slot(base, Int(UInt32(truncatingIfNeeded: word >> 16))).pointee)
      guard index.isExact, index.isBelow(container.object.pointee.count) else { return nil }
      slot = container.object.values + index.integer
      step += 1
    }
    left -= 1
  }
  return slot
}
