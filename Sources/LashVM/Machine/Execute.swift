import LashLang

// The worker behind all handlers: executes any instruction that does not suspend, in full generality.
// Handlers do the common case of the frequent instructions themselves and leave the rest to it, so each
// instruction's whole meaning stands here once.

extension VM {
  /// Executes the instruction `word`, which ends at `pc`, in the window `base`. The fuel is in the state.
  /// Gives the next instruction, or nil if the machine stops: then `pc` and `status` are set.
  @inline(never)
  func execute(_ word: UInt64, _ pc: Code, _ base: RawPointer) -> Code? {
    guard let opcode = Opcode(rawValue: UInt8(truncatingIfNeeded: word)) else {
      pointee.status = .trapped
      pointee.pc = pc - 1
      return nil
    }
    let a = slot(base, word.a)
    let b = slot(base, word.b)
    let constants = RawPointer(pointee.constants)
    let done: Bool
    switch opcode {
    case .add, .subtract, .multiply, .divide, .remainder:
      done = arithmetic(opcode.rawValue - Opcode.add.rawValue, a, b, slot(base, word.c))
    case .addConstant, .subtractConstant, .multiplyConstant, .divideConstant, .remainderConstant:
      done = arithmetic(
        opcode.rawValue - Opcode.addConstant.rawValue, a, b, slot(constants, word.c))
    case .negate: done = negate(a, b)
    case .not:
      let truth = truth(b.pointee)
      done = put(truth.isUnset ? truth : Value(bool: truth.bits != Value.true.bits), into: a)
    case .truth: done = put(truth(b.pointee), into: a)
    case .length: done = length(a, b)
    case .jumpIfFalse, .jumpIfTrue, .takeJumpIfFalse, .takeJumpIfTrue:
      return jump(opcode, word, pc, a)
    case .contained: done = put(contains(b.pointee, slot(base, word.c).pointee), into: a)
    case .checkSet: done = noteUnset(key: word.wide)
    case .rangeBegin, .rangeNext, .iterateBegin, .iterateNext:
      return executeLoop(opcode, word, pc, a)
    case .setPath: return stepped(setPath(a, b.pointee, pc, word.c, base), from: pc)
    case .updatePath: return stepped(updatePath(a, b, pc, word.c, base), from: pc)
    case .field:
      done = field(a, b.pointee, UInt32(word.c), cache: pc)
      if !done, pointee.status == .suspended { askAhead(pc + 1, base, written: word.a) }
    case .index: done = index(a, b.pointee, slot(base, word.c).pointee)
    case .indexConstant: done = index(a, b.pointee, slot(constants, word.c).pointee)
    case .makeType:
      done = makeType(a, b, slot(constants, word.c).pointee, names: pc.pointee)
    case .formatValue: done = format(a, b.pointee, slot(constants, word.c).pointee)
    case .batchAdd: done = addToBatch(a, b, word.c, pc)
    case .builtin: done = callBuiltin(word.c, a, word.b)
    default:
      if let comparison = Comparison(opcode) {
        return stepped(executeComparison(comparison, word, pc, base), from: pc)
      }
      done = construct(opcode, word, a, b)
    }
    return stepped(done ? pc + opcode.extraWords : nil, from: pc)
  }

  /// Instructions that make or take apart values.
  private func construct(
    _ opcode: Opcode, _ word: UInt64, _ a: UnsafeMutablePointer<Value>,
    _ b: UnsafeMutablePointer<Value>
  ) -> Bool {
    switch opcode {
    case .makeList: makeList(a, b, word.c)
    case .makeTuple: makeTuple(a, b, word.c)
    case .makeRecord: makeRecord(a, b, word.c)
    case .appendItem: append(a, b)
    case .push: push(a, b.pointee)
    case .unwrap: unwrap(a, b.pointee, isCall: word.c != 0)
    case .unwrapEach: unwrapEach(a, b)
    case .unpack: unpack(a, b.pointee, word.c)
    case .interpolate: interpolate(a, b, word.c)
    case .makeDescriptor: makeDescriptor(a, b, key: word.c)
    case .loadProcess: loadProcess(a, word.b)
    case .loadTriggerEvent: loadTriggerEvent(a)
    case .batchBegin: beginBatch(a)
    default: attempt { () throws(Fault) in throw .trap }
    }
  }

  /// Counted and list loops; they charge for each item.
  private func executeLoop(
    _ opcode: Opcode, _ word: UInt64, _ pc: Code, _ registers: UnsafeMutablePointer<Value>
  ) -> Code? {
    let hasItem: Bool?
    switch opcode {
    case .rangeBegin: hasItem = beginRange(registers)
    case .rangeNext: hasItem = nextLarge(registers)
    case .iterateBegin: hasItem = beginIteration(registers)
    case .iterateNext where registers[0].isKind(.cursor): hasItem = nextStretch(registers)
    default:
      replace(self, registers, .unset)
      replace(self, registers + 2, .unset)
      hasItem = false
    }
    guard let hasItem else { return stepped(nil, from: pc) }
    if hasItem { pointee.fuel &-= word.b }
    let jumps = hasItem == (opcode == .rangeNext || opcode == .iterateNext)
    return jumps ? pc + word.jump : pc
  }

  /// Jumps on the truth of a value.
  private func jump(
    _ opcode: Opcode, _ word: UInt64, _ pc: Code, _ value: UnsafeMutablePointer<Value>
  ) -> Code? {
    let truth = truth(value.pointee)
    guard !truth.isUnset else { return stepped(nil, from: pc) }
    if opcode == .takeJumpIfFalse || opcode == .takeJumpIfTrue { replace(self, value, .unset) }
    let isWanted = opcode == .jumpIfTrue || opcode == .takeJumpIfTrue
    let jumps = (truth.bits == Value.true.bits) == isWanted
    return jumps ? pc + word.wideJump : pc
  }

  /// `next`, or after a fault nil with the state at the failed instruction, which ends at `pc`.
  private func stepped(_ next: Code?, from pc: Code) -> Code? {
    if next == nil { pointee.pc = pc - 1 }
    return next
  }

  /// Stores a result unless it is the unset value of a fault.
  private func put(_ value: Value, into destination: UnsafeMutablePointer<Value>) -> Bool {
    guard !value.isUnset else { return false }
    replace(self, destination, value)
    return true
  }

  private func noteUnset(key: Int) -> Bool {
    attempt { () throws(Fault) in
      throw pointee.heap.trap(.unsetName, "unknown name `\(pointee.program.keys[key])`")
    }
  }
}

extension Opcode {
  /// Words that follow the instruction's own, not counting path steps.
  fileprivate var extraWords: Int {
    switch self {
    case .field, .makeType, .batchAdd: 1
    default: 0
    }
  }
}
