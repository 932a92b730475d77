// Making and reading aggregates. A field read compares the record's shape with the inline cache in the
// word after the instruction: shape in the high half, slot offset in the low.

extension HandlerTable {
  func installData() {
    set(.appendItem, handleAppendItem)
    set(.push, handlePush)
    set(.field, handleField)
    set(.index, handleIndex)
    set(.indexConstant, handleIndexConstant)
    set(.length, handleLength)
  }
}

@inline(__always)
private func handleAppendItem(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let source = slot(base, word.b)
  let list = slot(base, word.a).pointee.object
  let count = list.pointee.count
  if _fastPath(count < list.pointee.extra) {
    list.values[Int(count)] = source.pointee
    list.pointee.count = count &+ 1
    source.pointee = .unset
    return next(pc, base, vm, fuel, constants)
  }
  return slow(pc, word, base, vm, fuel, constants)
}

@inline(__always)
private func handlePush(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let target = slot(base, word.a).pointee
  let value = slot(base, word.b).pointee
  guard target.isList else { return slow(pc, word, base, vm, fuel, constants) }
  let list = target.object
  let count = list.pointee.count
  // A list that is pushed onto itself must be copied first: the worker's case.
  guard list.pointee.references == 1, count < list.pointee.extra, value.bits != target.bits else {
    return slow(pc, word, base, vm, fuel, constants)
  }
  if value.isHeap { value.object.pointee.references &+= 1 }
  list.values[Int(count)] = value
  list.pointee.count = count &+ 1
  return next(pc, base, vm, fuel, constants)
}

@inline(__always)
private func handleField(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
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
  return slow(pc, word, base, vm, fuel, constants)
}

@inline(__always)
private func handleIndex(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  index(pc, word, base, vm, fuel, constants, slot(base, word.c).pointee)
}

@inline(__always)
private func handleIndexConstant(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  index(pc, word, base, vm, fuel, constants, slot(constants, word.c).pointee)
}

/// Reads the item of a list at a position that is not negative; anything else is the worker's.
@inline(__always)
private func index(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer, _ index: Value
) {
  let target = slot(base, word.b).pointee
  let position = SmallInteger(index)
  if _fastPath(target.isList && position.isExact) {
    let list = target.object
    if _fastPath(position.isBelow(list.pointee.count)) {
      return finishCopy(
        pc, base, vm, fuel, constants, slot(base, word.a), list.values[position.integer])
    }
  }
  return slow(pc, word, base, vm, fuel, constants)
}

@inline(__always)
private func handleLength(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  let value = slot(base, word.b).pointee
  if _fastPath(value.isList || value.isString) {
    // Lists have no flags; a string that is not ASCII has to be counted.
    let object = value.object
    if _fastPath(value.isList || object.pointee.flags.contains(.ascii)) {
      return finish(
        pc, base, vm, fuel, constants, slot(base, word.a),
        Value(double: Double(object.pointee.count)))
    }
  }
  return slow(pc, word, base, vm, fuel, constants)
}
