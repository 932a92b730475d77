import LashLang

extension SnapshotWriter {
  /// Writes the whole machine; `fuel` is all that it was granted.
  mutating func write(_ vm: VM, fuel: Int) {
    writeHeader(of: vm.pointee.program)
    writeMeters(vm.pointee, fuel: fuel)
    writeOccurrences(vm.pointee)
    writeShapes(of: vm.pointee)
    write(registers: writeFrames(vm))
    withUnsafePointer(to: vm.pointee.result) { write(UnsafeBufferPointer(start: $0, count: 1)) }
    withUnsafePointer(to: vm.pointee.heap.state.pointee.reads) {
      write(UnsafeBufferPointer(start: $0, count: 1))
    }
    if vm.pointee.status == .trapped { writeFailure(vm.pointee.heap.state.pointee.failure) }
  }

  private mutating func writeHeader(of program: Program) {
    write(raw: SnapshotFormat.magic)
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      write(byte: UInt8(truncatingIfNeeded: SnapshotFormat.version >> shift))
    }
    // Room for the checksum.
    write(fixed: 0)
    write(raw: program.identity)
  }

  private mutating func writeMeters(_ state: MachineState, fuel: Int) {
    let heap = state.heap.state
    write(byte: state.status.rawValue)
    write(signed: fuel)
    write(signed: state.fuel)
    write(number: heap.pointee.charged)
    write(number: heap.pointee.allocator.limit)
    write(number: state.depth)
    write(number: heap.pointee.allocator.used)
    write(number: heap.pointee.allocator.peak)
  }

  /// Writes how often each site was executed.
  private mutating func writeOccurrences(_ state: MachineState) {
    let count = state.program.sites.numbers.count
    write(number: count)
    for site in 0..<count { write(number: state.occurrences[site]) }
  }

  /// Writes the keys and shapes that the program did not bring along.
  private mutating func writeShapes(of state: MachineState) {
    let shapes = state.heap.state.pointee.shapes
    let keys = shapes.keys[state.loadedKeys...]
    write(number: keys.count)
    for key in keys { write(block: key.object.text) }
    let entries = shapes.entries[state.loadedShapes...]
    write(number: entries.count)
    for entry in entries {
      write(number: UInt64(entry.parent))
      write(number: UInt64(entry.keys[entry.count - 1]))
    }
  }

  /// Writes where each call goes on; gives the registers of all live windows.
  private mutating func writeFrames(_ vm: VM) -> UnsafeBufferPointer<Value> {
    let state = vm.pointee
    let calls = UnsafeBufferPointer(start: state.frames, count: state.frame - state.frames)
    var end = 0
    let entry = calls.first.map { vm.body(at: $0.pc - 1) } ?? vm.body(at: state.pc)
    write(number: entry)
    write(number: calls.count)
    for call in calls {
      let body = state.bodies[vm.body(at: call.pc - 1)]
      write(number: call.pc - 1 - body.code)
      end = max(end, call.base + body.windowSize)
    }
    let body = state.bodies[vm.body(at: state.pc)]
    write(number: state.pc - body.code)
    end = max(end, state.base - state.stack + body.windowSize)
    return UnsafeBufferPointer(start: slot(state.stack, 0), count: end / 8)
  }

  private mutating func writeFailure(_ failure: Failure?) {
    write(byte: failure == nil ? 0 : 1)
    guard let failure else { return }
    write(text: failure.code.rawValue)
    write(text: failure.message)
    write(byte: failure.hint == nil ? 0 : 1)
    if let hint = failure.hint { write(text: hint) }
  }
}
