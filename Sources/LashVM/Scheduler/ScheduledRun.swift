import LashLang

/// One run of a scheduler: its machine while it lives, and how it stands.
final class ScheduledRun {
  let key: RunKey
  /// Index into the scheduler's programs.
  let program: Int
  /// The process that it runs; `nil` for a main block.
  let process: String?
  let bounds: Bounds
  /// Whether a program started it, and not the scheduler's owner.
  let isStarted: Bool
  /// Whether the machine is kept when the run has ended, for a look at its variables.
  var keepsMachine: Bool
  var machine: Machine?
  var standing = Standing.ready
  /// Fuel that was counted towards that of all runs.
  var fuel = 0
  /// Fuel that is left of a turn that was broken off; else not above 0.
  var left = 0
  /// How many turns on end did not cover a single step; each doubles the next.
  var unmet = 0
  /// Signals that it has not waited for yet, oldest first.
  var signals = SignalQueue()
  /// The answer that the host had put off, until nothing else can go on.
  var arrived: EffectOutcome?
  /// Runs that wait for this one to end, in the order in which they began to.
  var waiters: [Int] = []
  /// Bytes of its machine, as far as they count towards the memory of all runs.
  var memory = 0
  /// Bytes of its queued signals and of its result, which count too.
  var heldValues = 0
  /// How its machine is put to the test, if at all.
  var stepping: (any MachineStepping)?

  /// How a run stands. The first two are in the queue.
  enum Standing {
    /// It goes on, or asks for the effect that it stands at.
    case ready
    /// It gets this answer.
    case answered(EffectOutcome)
    /// It waits for so many other runs to end.
    case waitingForRuns(Int)
    case waitingForSignal(String)
    /// It waits for the timer of this number, and then gets the answer.
    case waitingForTimer(UInt64, EffectOutcome)
    case waitingForHost
    case ended(RunEnding)
  }

  init(
    _ key: RunKey, program: Int, process: String?, bounds: Bounds, isStarted: Bool = false,
    keepsMachine: Bool = false
  ) {
    self.key = key
    self.program = program
    self.process = process
    self.bounds = bounds.clamped
    self.isStarted = isStarted
    self.keepsMachine = keepsMachine
  }

  var isInQueue: Bool {
    switch standing {
    case .ready, .answered: true
    default: false
    }
  }

  var ending: RunEnding? {
    guard case .ended(let ending) = standing else { return nil }
    return ending
  }

  /// The effect that the machine stands at, its request made anew; `nil` if it stands at none.
  func effect(now: Int64) -> Effect? {
    guard let request = machine?.request() else { return nil }
    return Effect(
      run: key, process: process, point: machine?.point ?? nil, request: request, now: now,
      fuel: machine?.fuelUsed ?? 0)
  }
}

/// How tests drive machines in place of the scheduler; what they do must change nothing.
package protocol MachineStepping {
  /// Answers the pending request, if there is an answer, and goes on for `units` of fuel; `nil` if they
  /// are used up and the machine's bound is not.
  mutating func advance(
    _ machine: inout Machine, with outcome: EffectOutcome?, fuel units: Int
  ) -> Halt?
}

extension Machine {
  /// Answers the pending request, if there is an answer, and goes on for `units` of fuel; `nil` if they
  /// are used up and the machine's bound is not.
  mutating func advance(with outcome: EffectOutcome?, fuel units: Int) -> Halt? {
    let held = holdFuel(above: units)
    let halt = outcome.map { resume(with: $0) } ?? run()
    giveBack(held)
    if held > 0, case .outOfFuel = halt { return nil }
    return halt
  }
}
