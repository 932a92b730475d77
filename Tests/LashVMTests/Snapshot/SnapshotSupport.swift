import LashLang
import Testing

@testable import LashVM

/// The record of one run: what it asked for, how it ended, what it cost.
struct RunRecord: Equatable {
  var requests: [String] = []
  var ending = ""
  var position = 0
  var fuel = 0
  var memory = 0
  var peak = 0
  var variables: [String] = []

  private mutating func conclude(_ machine: borrowing Machine, _ halt: Halt) {
    ending = halt.text
    position = Int(machine.position.start)
    fuel = machine.fuelUsed
    memory = machine.memoryUsed
    peak = machine.memoryPeak
    variables = machine.variables().map { "\($0.key) = \($0.value.text)" }
  }

  /// The record of an ordinary run.
  static func plain(_ program: Program, bounds: Bounds, globals: [HostField]) -> RunRecord {
    var record = RunRecord()
    var machine = Machine(program, bounds: bounds, globals: globals)
    var halt = machine.run()
    while case .suspended = halt, let request = machine.request() {
      record.requests.append(Drive.text(request))
      halt = machine.resume(with: echo(request))
    }
    record.conclude(machine, halt)
    return record
  }

  /// The record of a run with a new machine, made of the bytes of the old, after each instruction.
  static func restored(
    _ program: Program, bounds: Bounds, globals: [HostField]
  ) throws(SnapshotError) -> RunRecord {
    var record = RunRecord()
    var machine = Machine(program, bounds: bounds, globals: globals)
    var halt: Halt?
    while true {
      machine = try Machine(restoring: machine.snapshot(), program: program)
      switch halt {
      case nil: halt = machine.step()
      case .suspended:
        guard let request = machine.request() else { return record }
        record.requests.append(Drive.text(request))
        halt = machine.answer(echo(request))
      case .some:
        record.conclude(machine, machine.run())
        return record
      }
    }
  }
}

/// Checks that a program does the same when its machine becomes bytes after each instruction.
func expectSameRestored(
  _ source: String, bounds: Bounds = Bounds(memory: 4 << 20), globals: [HostField] = [],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let program = try compile(source, host: .testing(globals: globals.map(\.key)))
  let plain = RunRecord.plain(program, bounds: bounds, globals: globals)
  let restored = try RunRecord.restored(program, bounds: bounds, globals: globals)
  #expect(plain == restored, sourceLocation: sourceLocation)
}

/// A program suspended at its first request, as bytes.
func suspended(_ source: String) throws -> (program: Program, bytes: [UInt8]) {
  let program = try compile(source, host: .testing())
  var machine = Machine(program, bounds: Bounds(memory: 16 << 20))
  let halt = machine.run()
  guard case .suspended = halt else {
    Issue.record("the program is not suspended but \(halt.text)")
    return (program, [])
  }
  return (program, try machine.snapshot())
}

/// A program stopped before the `count`-th instruction of a kind, with so many calls active, as bytes.
func stopped(
  _ source: String, at opcode: Opcode, count: Int = 1, calls: Int = 0
) throws -> (program: Program, bytes: [UInt8]) {
  let program = try compile(source, host: .testing())
  var machine = Machine(program, bounds: Bounds(memory: 16 << 20))
  var left = count
  while true {
    let state = machine.vm.pointee
    if UInt8(truncatingIfNeeded: state.pc.pointee) == opcode.rawValue,
      state.frame - state.frames == calls
    {
      left -= 1
      if left == 0 { return (program, try machine.snapshot()) }
    }
    guard let halt = machine.step() else { continue }
    guard case .suspended = halt, let request = machine.request() else {
      Issue.record("the program does not come there but to \(halt.text)")
      return (program, [])
    }
    _ = machine.answer(echo(request))
  }
}

extension [UInt8] {
  /// The bytes with the checksum that they should have, for changes that are to get past it.
  var withChecksum: [UInt8] {
    var bytes = self
    let sum = bytes.withUnsafeBytes {
      SnapshotChecksum.of(UnsafeRawBufferPointer(rebasing: $0[SnapshotFormat.bodyOffset...]))
    }
    for index in 0..<8 {
      bytes[SnapshotFormat.checksumOffset + index] = UInt8(
        truncatingIfNeeded: sum >> (8 * UInt64(index)))
    }
    return bytes
  }
}
