import LashLang

// The suspended instruction as a request to the host, and the host's answer back into registers.

extension VM {
  private var word: UInt64 { pointee.pc.pointee }
  private var opcode: Opcode { Opcode(rawValue: UInt8(truncatingIfNeeded: word)) ?? .end }
  private func register(_ offset: Int) -> UnsafeMutablePointer<Value> {
    slot(pointee.base, offset)
  }

  /// Whether the values of the suspended effect may leave the machine; if not, it has trapped. Charges
  /// for them, once for each effect.
  func canLeave() -> Bool {
    let heap = pointee.heap
    if heap.isReading { return attempt { () throws(Fault) in try heap.checkReadsLeave() } }
    let word = word
    let opcode = opcode
    let first: Int
    let count: Int
    switch opcode {
    case .operation: (first, count) = (word.a, word.b + 1)
    case .batchRun: (first, count) = (word.b, 1)
    case .start:
      (first, count) = (word.a, pointee.program.shapes[Int((pointee.pc + 1).pointee)].count)
    case .signal: (first, count) = (word.a, 2)
    case .waitSignal: return true
    default: (first, count) = (word.a, 1)
    }
    // The calls of a batch lie two levels below its list.
    let extra = opcode == .batchRun ? 2 : 0
    return attempt { () throws(Fault) in
      var size = Heap.LeavingSize()
      for position in 0..<count {
        let before = size
        try heap.checkLeaving(register(first)[position], extra: extra, addingTo: &size)
        heap.charge(elements: size.parts - before.parts)
        heap.charge(bytes: size.bytes - before.bytes)
      }
    }
  }

  /// What the instruction at `pc` asks for; `canLeave` must hold.
  func request() -> EffectRequest {
    if pointee.heap.isReading { return .lazyRead(pointee.heap.lazyReads()) }
    let operand = register(word.a)
    switch opcode {
    case .operation:
      return .call(
        call(
          UnsafeBufferPointer(start: operand, count: word.b + 1), key: word.c,
          nextPoint(ofSite: site(at: pointee.pc))))
    case .batchRun:
      return .batch(
        register(word.b).pointee.object.items.map { entry in
          let kept = BatchedCall(entry.object)
          var window = [entry.object.values[0]]
          window.append(contentsOf: entry.object.items.dropFirst(3))
          return window.withUnsafeBufferPointer { call($0, key: kept.key, kept.point(in: self)) }
        })
    case .awaitValue:
      var runs: [RunHandle] = []
      _ = try? pointee.heap.forEachLeaf(of: operand.pointee) { leaf throws(Fault) in
        if leaf.isKind(.run), case .run(let run) = try pointee.heap.hostValue(leaf) {
          runs.append(run)
        }
      }
      return .awaitRuns(runs)
    case .start:
      let names = pointee.program.shapes[Int((pointee.pc + 1).pointee)]
      let arguments = names.enumerated().map { position, key in
        HostField(pointee.program.keys[Int(key)], host(operand[position]))
      }
      return .start(process: pointee.program.processes[word.c].name, arguments: arguments)
    case .cancel: return .cancel(host(operand.pointee))
    case .print: return .print(host(operand.pointee))
    case .yield: return .yield(host(operand.pointee))
    case .wake: return .wake(host(operand.pointee))
    case .sleepFor: return .sleepFor(host(operand.pointee))
    case .sleepUntil: return .sleepUntil(host(operand.pointee))
    case .waitSignal: return .waitSignal(pointee.program.keys[word.c])
    default:
      return .signal(
        run: host(operand[0]), name: pointee.program.keys[word.c], payload: host(operand[1]))
    }
  }

  private func call(
    _ window: UnsafeBufferPointer<Value>, key: Int, _ point: EffectPoint
  ) -> ModuleCall {
    let heap = pointee.heap
    let receiver = window[0].isKind(.module) ? window[0].object.values : nil
    var arguments: [HostValue] = []
    arguments.reserveCapacity(window.count - 1)
    for position in 1..<window.count { arguments.append(host(window[position])) }
    return ModuleCall(
      path: receiver.map { heap.string($0[0]) } ?? "",
      authority: receiver.map { heap.string($0[1]) } ?? "",
      operation: pointee.program.keys[key], arguments: arguments, point: point)
  }

  private func host(_ value: Value) -> HostValue {
    (try? pointee.heap.hostValue(value)) ?? .null
  }

  // MARK: Answers

  /// Puts the answer into place and steps behind the instruction; false if that trapped.
  func answer(_ outcome: EffectOutcome) -> Bool {
    // What comes from the host is not charged for: memory bounds it.
    let charged = pointee.heap.state.pointee.charged
    defer { pointee.heap.state.pointee.charged = charged }
    if pointee.heap.isReading { return answerReads(outcome) }
    let word = word
    let isUnwrapped = unwraps(outcome)
    let done = attempt { () throws(Fault) in
      if case .refused(let reason) = outcome {
        throw pointee.heap.trap(.hostFailure, reason)
      }
      switch (opcode, outcome) {
      case (.operation, .call(.success(let value))) where isUnwrapped:
        let value = try pointee.heap.value(value)
        store(value, into: register(word.a), clearing: word.b + 1)
      case (.operation, .call(let result)): try answerCall(word, result)
      case (.batchRun, .calls(let results)): try answerBatch(word, results)
      case (.awaitValue, .calls(let results)): try answerAwait(word, results)
      case (.start, .value(.run(let run))):
        let value = try pointee.heap.value(.run(run))
        let count = pointee.program.shapes[Int((pointee.pc + 1).pointee)].count
        store(value, into: register(word.a), clearing: count)
      case (.waitSignal, .value(let payload)):
        store(try pointee.heap.value(payload), into: register(word.a), clearing: 1)
      case (.signal, .done): store(.null, into: register(word.a), clearing: 2)
      case (.cancel, .done), (.print, .done), (.yield, .done), (.wake, .done),
        (.sleepFor, .done), (.sleepUntil, .done):
        store(.null, into: register(word.a), clearing: 1)
      default:
        throw pointee.heap.trap(
          .hostFailure, "the host's answer does not fit the request",
          hint: "this is a mistake of the host, not of the program")
      }
    }
    if done {
      // Calls of a batch were counted as they were collected.
      if UInt8(truncatingIfNeeded: word) != Opcode.batchRun.rawValue {
        pointee.occurrences[site(at: pointee.pc)] &+= 1
      }
      pointee.pc += UInt8(truncatingIfNeeded: word) == Opcode.start.rawValue ? 2 : 1
      if isUnwrapped { pointee.pc += 1 }
      pointee.status = .running
    }
    return done
  }

  /// Whether the outcome is the success of a call whose wrapper the next instruction would take apart at
  /// once, so that none need be made.
  private func unwraps(_ outcome: EffectOutcome) -> Bool {
    guard isOperation, case .call(.success) = outcome else { return false }
    return isUnwrappedAtOnce
  }

  /// Answers reads of references; the instruction that asked is executed again.
  private func answerReads(_ outcome: EffectOutcome) -> Bool {
    let done = attempt { () throws(Fault) in
      switch outcome {
      case .values(let values): try pointee.heap.answerReads(values)
      case .refused(let reason): throw pointee.heap.trap(.hostFailure, reason)
      default:
        throw pointee.heap.trap(
          .hostFailure, "the host's answer does not fit the request",
          hint: "this is a mistake of the host, not of the program")
      }
    }
    if done { pointee.status = .running }
    return done
  }

  /// Clears `count` registers and stores `value` in the first.
  private func store(
    _ value: Value, into first: UnsafeMutablePointer<Value>, clearing count: Int
  ) {
    for position in 0..<count { replace(self, first + position, .unset) }
    replace(self, first, value)
  }

  private func answerCall(_ word: UInt64, _ result: CallResult) throws(Fault) {
    store(try wrapper(result, isCall: true), into: register(word.a), clearing: word.b + 1)
  }

  private func wrapper(_ result: CallResult, isCall: Bool) throws(Fault) -> Value {
    let heap = pointee.heap
    switch result {
    case .success(let value):
      return try heap.makeResult(heap.value(value), success: true, isCall: isCall)
    case .failure(let text):
      return try heap.makeResult(
        Value(heap.makeString(text)), success: false, isCall: isCall)
    }
  }

  /// Replaces the placeholders of a batch by wrappers or values; the first failed leaf with `?` traps.
  private func answerBatch(_ word: UInt64, _ results: [CallResult]) throws(Fault) {
    let heap = pointee.heap
    let batch = register(word.b)
    let calls = batch.pointee.object.items
    try expect(results.count, of: calls.count)
    for (call, result) in zip(calls, results)
    where BatchedCall(call.object).isUnwrapped {
      if case .failure = result {
        let failed = try wrapper(result, isCall: true)
        defer { heap.release(failed) }
        heap.release(try heap.unwrapped(failed, isCall: true))
      }
    }
    try heap.replaceLeaves(
      register(word.a), skipsShared: true, isLeaf: { $0.isKind(.placeholder) }
    ) { leaf throws(Fault) in
      let position = Int(leaf.object.values[0].double)
      guard position < calls.count else {
        throw heap.trap(.typeError, "a call of another batch stands in this one")
      }
      let value = try wrapper(results[position], isCall: true)
      guard BatchedCall(calls[position].object).isUnwrapped else { return value }
      defer { heap.release(value) }
      return try heap.unwrapped(value, isCall: true)
    }
    replace(self, batch, .unset)
  }

  /// Replaces the runs of an awaited value by wrappers of their results.
  private func answerAwait(_ word: UInt64, _ results: [CallResult]) throws(Fault) {
    var runs = 0
    try pointee.heap.forEachLeaf(of: register(word.a).pointee) { leaf throws(Fault) in
      if leaf.isKind(.run) { runs += 1 }
    }
    try expect(results.count, of: runs)
    var position = 0
    try pointee.heap.replaceLeaves(
      register(word.a), skipsShared: false, isLeaf: { $0.isKind(.run) }
    ) { _ throws(Fault) in
      defer { position += 1 }
      return try wrapper(results[position], isCall: false)
    }
  }

  private func expect(_ found: Int, of expected: Int) throws(Fault) {
    guard found == expected else {
      throw pointee.heap.trap(
        .hostFailure, "the host answered \(found) of \(expected) requests",
        hint: "this is a mistake of the host, not of the program")
    }
  }
}
