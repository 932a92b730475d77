import LashJSON
import LashLang
import LashToolchain
import LashVM

/// How the program of a cell ended.
struct CellEnding {
  /// Why it stopped; `.suspended` if the person interrupted it.
  var halt: Halt
  /// The variables that have a value now.
  var variables: [HostField]
  /// What was being run.
  var position: SourceSpan
  var fuel: Int
  var memoryPeak: Int
}

/// Runs programs in short slices, so that the person can interrupt them between two.
struct CellEngine {
  /// Fuel of one slice, some milliseconds.
  private static let slice = 1 << 20

  let program: Program
  let bounds: Bounds
  let isInterrupted: () -> Bool
  /// Answers a request; `nil` interrupts the program.
  let answer: (EffectRequest) -> EffectOutcome?

  /// Runs the main block with these variables.
  func run(_ variables: [HostField]) -> CellEnding {
    var granted = min(Self.slice, bounds.fuel)
    var first = bounds
    first.fuel = granted
    var machine = Machine(program, bounds: first, globals: variables)
    var halt = machine.run()
    run: while true {
      switch halt {
      case .outOfFuel:
        let more = min(Self.slice, bounds.fuel - granted)
        guard more > 0 else { break run }
        guard !isInterrupted() else {
          halt = .suspended
          break run
        }
        machine.addFuel(more)
        granted += more
        halt = machine.run()
      case .suspended:
        guard !isInterrupted(), let request = machine.request(), let outcome = answer(request)
        else { break run }
        halt = machine.resume(with: outcome)
      default: break run
      }
    }
    return CellEnding(
      halt: halt, variables: machine.variables(), position: machine.position,
      fuel: machine.fuelUsed, memoryPeak: machine.memoryPeak)
  }
}
