import LashLang

// Lazy values where instructions meet them (rule VAL-19).

/// What a builtin does with lazy arguments.
enum LazyUse {
  /// It reads them as they are.
  case itself
  /// It reads the first as it is and needs the others plain.
  case first
  /// It looks at the values, not into what they contain.
  case level
  /// It looks into them to any depth.
  case whole

  /// By position in `Builtin.allCases`.
  static let table: [LazyUse] = Builtin.allCases.map(use)

  private static func use(_ builtin: Builtin) -> LazyUse {
    switch builtin {
    case .contains, .typeOf: .itself
    case .len, .empty, .keys, .find, .slice: .first
    case .toString, .toJSON, .format, .join, .sort, .sortBy, .sum, .min, .max, .unique, .any, .all,
      .flatten, .fromEntries, .groupBy, .indexOf, .count, .validate, .without:
      .whole
    default: .level
    }
  }
}

extension VM {
  /// Makes the arguments of a builtin as plain as it needs them.
  func settleArguments(
    of builtin: Int, _ arguments: UnsafeMutablePointer<Value>, _ count: Int
  ) throws(Fault) {
    let heap = pointee.heap
    switch LazyUse.table[builtin] {
    case .itself: return
    case .first:
      for position in 1..<max(count, 1) { try heap.settle(arguments + position) }
    case .level:
      for position in 0..<count { try heap.settle(arguments + position) }
    case .whole: try heap.settleWholly(arguments, count)
    }
  }

  /// Asks ahead for the fields that the instructions from `pc` on read of references, so that reads that
  /// stand side by side are one request. They run up to the first instruction that is no such read.
  @inline(never)
  func askAhead(_ pc: Code, _ base: RawPointer, written: Int) {
    let heap = pointee.heap
    var pc = pc
    var written = [written]
    while written.count < 32, Opcode(rawValue: UInt8(truncatingIfNeeded: pc.pointee)) == .field,
      !written.contains(pc.pointee.b)
    {
      let word = pc.pointee
      let target = slot(base, word.b).pointee
      guard target.isKind(.reference), heap.knownPlain(target.object) == nil,
        heap.lazyKind(target.object) == .record,
        (try? heap.ask(target.object, .field, heap.state.pointee.shapes.keys[word.c])) != nil
      else { return }
      written.append(word.a)
      pc += 2
    }
  }

  /// Begins a loop over a lazy list: the first stretch of a reference, else the plain list.
  func beginLazyIteration(_ registers: UnsafeMutablePointer<Value>) -> Bool {
    attempt { () throws(Fault) in
      let heap = pointee.heap
      let lazy = registers[0].object
      guard registers[0].isKind(.reference), heap.lazyKind(lazy) == .list,
        heap.knownPlain(lazy) == nil
      else { return try heap.settle(registers) }
      replace(self, registers, try heap.stretch(of: lazy, from: 0))
    }
  }

  /// Goes to the next stretch of a lazy list: true if there is an item, nil after a fault.
  func nextStretch(_ registers: UnsafeMutablePointer<Value>) -> Bool? {
    let cursor = ListCursor(registers[0].object)
    let done = attempt { () throws(Fault) in
      replace(
        self, registers, try pointee.heap.stretch(of: cursor.reference, from: cursor.next))
    }
    guard done else { return nil }
    guard let first = registers[0].object.items.first else {
      replace(self, registers, .unset)
      replace(self, registers + 2, .unset)
      return false
    }
    registers[1] = Value(double: 1)
    replace(self, registers + 2, pointee.heap.copy(first))
    return true
  }
}
