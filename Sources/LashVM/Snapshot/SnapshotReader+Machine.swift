import LashLang

extension SnapshotReader {
  /// What stands before the heap: enough to make an empty machine.
  struct Meters {
    var status: Status
    /// All fuel that was granted, what is left of it, and what is still to be taken from that.
    var granted: Int
    var fuel: Int
    var charged: Int
    var bounds: Bounds
    var used: Int
    var peak: Int
  }

  mutating func readMeters() throws(SnapshotError) -> Meters {
    guard let status = Status(rawValue: try byte()) else { throw damaged("an unknown status") }
    let granted = try signed()
    let fuel = try signed()
    let charged = try number(upTo: Int.max, "the fuel to be charged")
    let (spent, overflows) = granted.subtractingReportingOverflow(fuel)
    guard !overflows, spent >= 0, !spent.addingReportingOverflow(charged).overflow else {
      throw damaged("more fuel is left than was granted")
    }
    let bounds = Bounds(
      fuel: granted, memory: try number(upTo: 4 << 30, "the memory bound"),
      depth: try number(upTo: 100_000, "the depth bound"))
    guard bounds == bounds.clamped else { throw damaged("the depth bound is 0") }
    let used = try number(upTo: 4 << 30, "the memory in use")
    let peak = try number(upTo: 4 << 30, "the most memory in use")
    guard used <= peak else { throw damaged("less memory was in use than is") }
    return Meters(
      status: status, granted: granted, fuel: fuel, charged: charged, bounds: bounds, used: used,
      peak: peak)
  }

  /// Reads the rest into a machine that has only been loaded; gives the body in which it begins.
  mutating func read(into vm: VM, _ meters: Meters) throws(SnapshotError) -> Int {
    let heap = vm.pointee.heap
    vm.pointee.forEachLoadedObject { objects.append($0) }
    try readOccurrences(into: vm.pointee)
    try readShapes(heap)
    var checks = HiddenState(vm)
    try readFrames(into: vm, &checks)
    try read(into: slot(vm.pointee.stack, 0), count: checks.registerCount, registers: true, heap)
    try withUnsafeMutablePointer(to: &vm.pointee.result) { result throws(SnapshotError) in
      try read(into: result, count: 1, heap)
    }
    try withUnsafeMutablePointer(to: &heap.state.pointee.reads) { reads throws(SnapshotError) in
      try read(into: reads, count: 1, heap)
    }
    guard heap.hasWellFormedReads, heap.hasWellFormedTexts else {
      throw damaged("what was asked of lazy values is not as a program asks")
    }
    if meters.status == .trapped { heap.state.pointee.failure = try readFailure() }
    try finish()
    guard heap.state.pointee.allocator.used == meters.used else {
      throw damaged("the values do not take the memory that is said to be in use")
    }
    guard checks.hold(), meters.status != .suspended || vm.isAtEffect else {
      throw damaged("the registers are not as the program would have left them")
    }
    if meters.status == .suspended, !vm.canLeave() {
      heap.state.pointee.failure = nil
      guard heap.state.pointee.allocator.limit < meters.bounds.memory else {
        throw damaged("what is sent to the host cannot leave the program")
      }
      throw .exceedsBounds("what it sends to its host may be too large for the memory bound")
    }
    // The checks charge like any look at a value, which must not show.
    heap.state.pointee.allocator.restore(peak: meters.peak)
    heap.state.pointee.charged = meters.charged
    vm.pointee.fuel = meters.fuel
    vm.pointee.status = meters.status
    return checks.entry
  }

  /// Reads the keys and shapes that came to be while the machine ran, in the order in which they did.
  private mutating func readShapes(_ heap: Heap) throws(SnapshotError) {
    for _ in 0..<(try count("keys")) {
      let text = try text(count("bytes of a key"))
      let known = heap.state.pointee.shapes.keys.count
      guard try intern(text, heap) == known else {
        throw damaged("a key is there twice, or there are too many")
      }
      objects.append(heap.state.pointee.shapes.keys[known].object)
    }
    for _ in 0..<(try count(of: 2, "shapes")) {
      // The table is not held while it grows: each shape would be a copy of it.
      let known = heap.state.pointee.shapes.entries.count
      let parent = try number(upTo: known - 1, "a shape")
      let key = try number(upTo: heap.state.pointee.shapes.keys.count - 1, "a key")
      guard parent != Shape.none,
        heap.state.pointee.shapes.slot(of: KeyID(key), in: UInt32(parent)) == nil,
        let shape = heap.state.pointee.shapes.successor(of: UInt32(parent), adding: KeyID(key)),
        Int(shape) == known
      else { throw damaged("a shape is there twice, or there are too many") }
    }
  }

  private func intern(
    _ text: UnsafeBufferPointer<UInt8>, _ heap: Heap
  ) throws(SnapshotError) -> Int? {
    do throws(Fault) {
      return try heap.internedKey(text, hash: hashBytes(text)).map { Int($0) }
    } catch {
      throw .exceedsBounds("its keys need more than the memory bound")
    }
  }

  private mutating func readFrames(
    into vm: VM, _ checks: inout HiddenState
  ) throws(SnapshotError) {
    let program = vm.pointee.program
    var body = try number(upTo: program.bodies.count - 1, "a body")
    guard body == 0 || program.processes.contains(where: { $0.body == body }) else {
      throw damaged("the machine begins in a function")
    }
    checks.entry = body
    let depth = try count("calls")
    guard depth <= vm.pointee.depth else {
      throw .exceedsBounds("\(depth) calls are active, the bound is \(vm.pointee.depth)")
    }
    if depth > vm.pointee.frameCapacity { vm.growFrames(to: depth) }
    var window = 0
    for _ in 0..<depth {
      let position = try number(upTo: Int(Int32.max), "the position of a call")
      guard let call = checks.call(at: position, in: body) else {
        throw damaged("a call goes on where the program has none")
      }
      checks.add(resuming: position + 1, in: body, window: window)
      vm.pointee.frame.pointee = CallFrame(
        pc: vm.pointee.bodies[body].code + position + 1, base: window * 8)
      vm.pointee.frame += 1
      body = call.body
      window += call.window
    }
    let position = try number(upTo: Int(Int32.max), "the position")
    guard checks.isInstruction(at: position, in: body) else {
      throw damaged("the machine stands where the program has no instruction")
    }
    checks.add(resuming: position, in: body, window: window)
    let size = checks.registerCount * 8
    guard size <= MachineState.maximumStack else {
      throw .exceedsBounds("its registers need \(size) bytes")
    }
    if size > vm.pointee.stackEnd - vm.pointee.stack { vm.growRegisters(to: size) }
    vm.pointee.base = vm.pointee.stack + window * 8
    vm.pointee.pc = vm.pointee.bodies[body].code + position
  }

  private mutating func readFailure() throws(SnapshotError) -> Failure? {
    guard try flag() else { return nil }
    guard let code = DiagnosticCode(rawValue: try string("bytes of a code")) else {
      throw damaged("an unknown code of an error")
    }
    let message = try string("bytes of a message")
    return Failure(
      code: code, message: message, hint: try flag() ? try string("bytes of a hint") : nil)
  }
}

extension VM {
  /// Whether a machine that is said to wait for its host stands at an instruction that does.
  fileprivate var isAtEffect: Bool {
    if pointee.heap.isReading { return true }
    let word = pointee.pc.pointee
    return switch Opcode(rawValue: UInt8(truncatingIfNeeded: word)) {
    case .batchRun: slot(pointee.base, word.b).pointee.object.pointee.count > 0
    case .operation, .awaitValue, .start, .cancel, .print, .yield, .wake, .sleepFor, .sleepUntil,
      .waitSignal, .signal:
      true
    default: false
    }
  }
}
