// Making and reading aggregates. A field read compares the record's shape with the inline cache in the
// word after the instruction: shape in the high half, slot offset in the low.

extension HandlerTable {
  func installData() {
    set(.appendItem) { pc, word, base, vm, fuel, constants in
      let source = slot(base, word.b)
      let list = slot(base, word.a).pointee.object
      if _fastPath(list.pointee.count < list.pointee.extra) {
        list.values[Int(list.pointee.count)] = source.pointee
        list.pointee.count &+= 1
        source.pointee = .unset
        return next(pc, base, vm, fuel, constants)
      }
      return slow(pc, word, base, vm, fuel, constants)
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
      return slow(pc, word, base, vm, fuel, constants)
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
      return slow(pc, word, base, vm, fuel, constants)
    }
    set(.index) { pc, word, base, vm, fuel, constants in
      let target = slot(base, word.b).pointee
      let index = slot(base, word.c).pointee
      if _fastPath(target.isList && index.isDouble) {
        let list = target.object
        let number = index.double
        if _fastPath(number >= 0 && number < 2_147_483_648) {
          let position = Int32(number)
          if _fastPath(
            Double(position) == number && UInt32(bitPattern: position) < list.pointee.count)
          {
            return finishCopy(
              pc, base, vm, fuel, constants, slot(base, word.a), list.values[Int(position)])
          }
        }
      }
      return slow(pc, word, base, vm, fuel, constants)
    }
  }
}
