import LashLang

// Effects suspend: the handler parks the machine at its own instruction, and `resume` puts the answer
// into the destination and goes on behind it. What needs no host (an empty batch, a wrapper that is
// awaited) goes on at once.

extension HandlerTable {
  func installEffects() {
    for opcode in [
      Opcode.operation, .start, .cancel, .print, .yield, .wake, .sleepFor, .sleepUntil,
      .waitSignal, .signal,
    ] {
      set(opcode, handleEffect)
    }
    set(.batchRun, handleBatchRun)
    set(.awaitValue, handleAwaitValue)
    set(.finish, handleFinish)
    set(.fail, handleFinish)
    set(.end, handleEnd)
  }
}

@inline(__always)
private func handleEffect(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  halt(pc - 1, base, vm, fuel, .suspended)
}

@inline(__always)
private func handleBatchRun(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  if slot(base, word.b).pointee.object.pointee.count > 0 {
    return halt(pc - 1, base, vm, fuel, .suspended)
  }
  return finish(pc, base, vm, fuel, constants, slot(base, word.b), .unset)
}

@inline(__always)
private func handleAwaitValue(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  switch machine(vm).awaitsRuns(slot(base, word.a)) {
  case .some(true): return halt(pc - 1, base, vm, fuel, .suspended)
  case .some(false): return settle(pc, base, vm, fuel, constants)
  case .none: return halt(pc - 1, base, vm, fuel, machine(vm).pointee.status)
  }
}

@inline(__always)
private func handleFinish(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  machine(vm).end(slot(base, word.a))
  let isFinish = UInt8(truncatingIfNeeded: word) == Opcode.finish.rawValue
  return halt(pc - 1, base, vm, fuel, isFinish ? .finished : .failed)
}

@inline(__always)
private func handleEnd(
  _ pc: Code, _ word: UInt64, _ base: RawPointer, _ vm: RawPointer, _ fuel: Int,
  _ constants: RawPointer
) {
  halt(pc - 1, base, vm, fuel, .fellOff)
}

extension VM {
  /// Keeps the value of `finish` or `fail`, moved.
  @inline(never)
  func end(_ value: UnsafeMutablePointer<Value>) {
    replace(self, &pointee.result, value.pointee)
    value.pointee = .unset
  }

  /// Makes an empty batch: a list of `BatchedCall`s.
  @inline(never)
  func beginBatch(_ destination: UnsafeMutablePointer<Value>) -> Bool {
    attempt { () throws(Fault) in
      replace(self, destination, Value(try pointee.heap.makeList(capacity: 4)))
    }
  }

  /// Adds a call to a batch, its window moved, and leaves a placeholder in its first register; `pc` is
  /// the word after the instruction's own.
  @inline(never)
  func addToBatch(
    _ window: UnsafeMutablePointer<Value>, _ batch: UnsafeMutablePointer<Value>, _ key: Int,
    _ pc: Code
  ) -> Bool {
    attempt { () throws(Fault) in
      let heap = pointee.heap
      let extra = pc.pointee
      let count = Int(extra & 0xFFFF)
      let position = batch.pointee.object.pointee.count
      let call = try heap.makeBlock(.tuple, count: count + 3)
      call.values[0] = window[0]
      let site = site(at: pc - 1)
      BatchedCall(
        key: key, site: site, occurrence: pointee.occurrences[site],
        isUnwrapped: extra & 0x1_0000 != 0
      ).store(in: call)
      for argument in 1..<(count + 1) { call.values[argument + 2] = window[argument] }
      for register in 0..<(count + 1) { window[register] = .unset }
      do throws(Fault) { try heap.append(Value(call), to: batch) } catch {
        heap.release(call)
        throw error
      }
      pointee.occurrences[site] &+= 1
      let placeholder = try heap.makeBlock(.placeholder, count: 1)
      placeholder.values[0] = Value(double: Double(position))
      window[0] = Value(placeholder)
    }
  }

  /// Whether awaiting a value needs the host: it holds runs; nil if it cannot be awaited (V5, E2).
  @inline(never)
  func awaitsRuns(_ value: UnsafeMutablePointer<Value>) -> Bool? {
    var found = false
    let done = attempt { () throws(Fault) in
      let heap = pointee.heap
      try heap.settleWholly(value, 1)
      let visited = try heap.forEachLeaf(of: value.pointee) { leaf throws(Fault) in
        if leaf.isKind(.run) {
          found = true
        } else if !leaf.isKind(.result) {
          throw heap.trap(
            .typeError, "can't await \(heap.typeName(leaf))",
            hint: "`await` takes a module call, a handle of `start`, or a list or record of these")
        }
      }
      heap.charge(elements: visited)
    }
    return done ? found : nil
  }
}
