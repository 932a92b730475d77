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
struct MachineCourse {
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

  /// Runs to the next halt that concerns the host.
  mutating func run(_ machine: inout Machine) -> Halt {
    switch mode {
    case nil, .realloc, .poison: return machine.run()
    case .fuel: return runByUnits(&machine, machine.run())
    case .snapshot: return runBySteps(&machine, nil)
    }
  }

  /// Answers the pending request and runs on.
  mutating func resume(_ machine: inout Machine, with outcome: EffectOutcome) -> Halt {
    switch mode {
    case nil, .realloc, .poison: return machine.resume(with: outcome)
    case .fuel: return runByUnits(&machine, machine.resume(with: outcome))
    case .snapshot: return runBySteps(&machine, machine.answer(outcome))
    }
  }

  private mutating func runByUnits(_ machine: inout Machine, _ first: Halt) -> Halt {
    var halt = first
    while case .outOfFuel = halt, granted < bounds.fuel {
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
