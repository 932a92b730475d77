extension HandlerTable {
  func installPaths() {
    set(.setPath) { pc, word, base, vm, fuel, constants in
      let after = machine(vm).setPath(
        slot(base, word.a), slot(base, word.b).pointee, pc, word.c, base)
      guard let after else { return stopAfterFault(pc, base, vm, fuel) }
      return next(after, base, vm, fuel, constants)
    }
    set(.updatePath) { pc, word, base, vm, fuel, constants in
      let after = machine(vm).updatePath(
        slot(base, word.a), slot(base, word.b), pc, word.c, base)
      guard let after else { return stopAfterFault(pc, base, vm, fuel) }
      return next(after, base, vm, fuel, constants)
    }
  }
}
