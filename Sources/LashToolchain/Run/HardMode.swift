import LashLang
import LashVM

/// Ways of running that must change nothing that a program or its host can see. They are for tests: what
/// goes wrong in one of them ends the run as a trap.
public enum HardMode: String, CaseIterable, Sendable {
  /// After every instruction the machine becomes bytes and goes on as a new machine made of them.
  case snapshot
  /// The machine gets one unit of fuel at a time.
  case fuel
  /// Lists, strings, records, registers and frames move whenever they grow.
  case realloc
  /// Freed memory is filled with a pattern and checked.
  case poison
}

/// One machine's course through its instructions in a hard mode, or without one.
struct MachineCourse: MachineStepping {
  let mode: HardMode?
  let program: Program
  let bounds: Bounds
  /// After so many bytes of snapshots they are taken ever more seldom.
  let sampleAfter: Int
  private var instructions = 0
  private var next = 0
  private var bytesTaken = 0
  private var granted: Int

  init(_ setup: RunSetup, _ program: Program, _ bounds: Bounds) {
    mode = setup.hardMode
    sampleAfter = setup.hardSampleAfter
    self.program = program
    self.bounds = bounds
    granted = mode == .fuel ? min(1, bounds.fuel) : bounds.fuel
  }

  /// The bounds that the machine begins with.
  var firstBounds: Bounds {
    var first = bounds
    first.fuel = granted
    switch mode {
    case .realloc: first.trial = .moving
    case .poison: first.trial = .poison
    default: break
    }
    return first
  }

  /// Answers the pending request, if there is an answer, and runs on to the next halt that concerns the
  /// host; `nil` when `units` of fuel are used up.
  mutating func advance(
    _ machine: inout Machine, with outcome: EffectOutcome?, fuel units: Int
  ) -> Halt? {
    if mode == .fuel { return runByUnits(&machine, outcome, units) }
    let held = machine.holdFuel(above: units)
    let halt: Halt
    if mode == .snapshot {
      halt = runBySteps(&machine, outcome.flatMap { machine.answer($0) })
    } else {
      halt = outcome.map { machine.resume(with: $0) } ?? machine.run()
    }
    machine.giveBack(held)
    if held > 0, case .outOfFuel = halt { return nil }
    return halt
  }

  private mutating func runByUnits(
    _ machine: inout Machine, _ outcome: EffectOutcome?, _ units: Int
  ) -> Halt? {
    let most = min(bounds.fuel, machine.fuelUsed + max(units, 0))
    var halt = outcome.map { machine.resume(with: $0) } ?? machine.run()
    while case .outOfFuel = halt {
      guard granted < most else { return granted < bounds.fuel ? nil : halt }
      machine.addFuel(1)
      granted += 1
      halt = machine.run()
    }
    return halt
  }

  private mutating func runBySteps(_ machine: inout Machine, _ answered: Halt?) -> Halt {
    var halt = answered
    while true {
      if let problem = exchange(&machine, isHalt: halt != nil) { return problem }
      if halt != nil { return machine.run() }
      halt = machine.step()
    }
  }

  /// Puts a machine made of the bytes of this one in its place; the trap if they differ.
  private mutating func exchange(_ machine: inout Machine, isHalt: Bool) -> Halt? {
    instructions += 1
    guard isHalt || instructions >= next else { return nil }
    do throws(SnapshotError) {
      let bytes = try machine.snapshot()
      bytesTaken += bytes.count
      next = instructions + 1 + (bytesTaken < sampleAfter ? 0 : instructions / 16)
      let restored = try Machine(restoring: bytes, program: program)
      guard restored.fuelUsed == machine.fuelUsed else {
        return problem("fuel used \(restored.fuelUsed), not \(machine.fuelUsed)", machine)
      }
      guard restored.memoryUsed == machine.memoryUsed, restored.memoryPeak == machine.memoryPeak
      else {
        return problem("memory used \(restored.memoryUsed), not \(machine.memoryUsed)", machine)
      }
      machine = restored
      return nil
    } catch .notLoaded {
      return nil
    } catch {
      return problem("\(error)", machine)
    }
  }

  private func problem(_ text: String, _ machine: borrowing Machine) -> Halt {
    .trapped(
      Trap(
        code: .hostFailure, message: "after a snapshot: \(text)", hint: nil, span: machine.position,
        backtrace: []))
  }
}
