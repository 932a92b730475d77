import LashLang

/// How far a scheduler is to go; it stops at whatever comes first.
public struct SchedulerGoal: Sendable {
  /// Stop before more than so many effects are settled, counted from the beginning of the scheduler.
  public var effects = Int.max
  /// The clock does not move beyond this instant.
  public var clock = Int64.max
  /// Stop when this run has ended.
  public var ending: RunKey?
  /// Stop after so many turns of runs, to look whether something else is wanted.
  public var turns = Int.max

  /// Go on till nothing is left to do.
  public init() {}
}

/// Why a scheduler stopped.
public enum SchedulerHalt: Sendable {
  /// All runs have ended.
  case done
  /// The run that was waited for has ended; others may live.
  case ended
  /// The number of effects or turns is reached; `run` goes on from here.
  case paused
  /// All that live wait, and nothing can come but from outside: who waits, and for what.
  case deadlock([BlockedRun])
  /// Answers of the host are outstanding.
  case waitingForHost
  /// The next timer lies beyond the goal's clock, at this instant.
  case sleeping(until: Int64)
}

extension Scheduler {
  /// What an effect that is answered at once counts for in a slice, besides its own fuel: about what
  /// it costs the host.
  static let effectCost = 50

  private enum Turn {
    case over
    case paused
  }

  /// Runs until the goal is reached or nothing is left to do. Deterministic.
  public mutating func run(
    _ host: inout some SchedulerHost, until goal: SchedulerGoal = SchedulerGoal()
  ) -> SchedulerHalt {
    var turns = 0
    let awaited = goal.ending.flatMap { places[$0.text] }
    while true {
      if let awaited, runs[awaited].ending != nil { return .ended }
      if let next = queue.next() {
        guard runs[next].isInQueue else { continue }
        guard turns < goal.turns, turn(of: next, goal, &host) == .over else {
          queue.putBack(next)
          return .paused
        }
        turns += 1
      } else if let run = inbox.next() {
        guard case .waitingForHost = runs[run].standing, let outcome = runs[run].arrived.take()
        else { continue }
        waitingForHost -= 1
        ready(run, with: outcome)
      } else if waitingForHost > 0 {
        return .waitingForHost
      } else if let timer = timers.first {
        guard case .waitingForTimer(timer.number, let outcome) = runs[timer.run].standing else {
          _ = timers.removeFirst()
          continue
        }
        guard timer.instant <= goal.clock else { return .sleeping(until: timer.instant) }
        _ = timers.removeFirst()
        clock.advance(to: timer.instant)
        ready(timer.run, with: outcome)
      } else {
        return living == 0 ? .done : .deadlock(blocked())
      }
    }
  }

  /// Moves the clock on, never back and never past a timer that is due: first use `run` up to that instant.
  public mutating func advanceClock(to instant: Int64) {
    while let timer = timers.first, !isLive(timer) { _ = timers.removeFirst() }
    clock.advance(to: min(instant, timers.first?.instant ?? .max))
  }

  /// Whether a run still waits for a timer.
  func isLive(_ timer: TimerQueue.Timer) -> Bool {
    if case .waitingForTimer(timer.number, _) = runs[timer.run].standing { true } else { false }
  }

  /// One run goes on until it waits, has ended, or its slice is used.
  private mutating func turn(
    of place: Int, _ goal: SchedulerGoal, _ host: inout some SchedulerHost
  ) -> Turn {
    let run = runs[place]
    if run.left <= 0 { run.left = limits.slice << min(run.unmet, 40) }
    while true {
      var answer: EffectOutcome?
      if case .answered(let outcome) = run.standing {
        guard settledEffects < goal.effects else { return .paused }
        settledEffects += 1
        if host.observesEffects, let effect = run.effect(now: clock.now) {
          host.settled(effect, outcome)
        }
        answer = outcome
      }
      run.standing = .ready
      let pool = run.isStarted ? limits.fuel - startedFuelUsed : Int.max
      let units = min(run.left, pool)
      let (halt, used) = advance(run, with: answer, fuel: units)
      run.left -= used
      guard isWithinMemory(run) else {
        end(place, .exhausted(.memory(limits.memory)), &host)
        return .over
      }
      guard let halt else {
        if units == pool {
          end(place, .exhausted(.fuel(limits.fuel)), &host)
        } else {
          // What one slice does not cover is given two.
          run.unmet = used > 0 ? 0 : run.unmet + 1
          run.left = 0
          queue.append(place)
        }
        return .over
      }
      run.unmet = 0
      guard case .suspended = halt else {
        end(place, outcome(of: halt, run), &host)
        return .over
      }
      guard let effect = run.effect(now: clock.now) else {
        preconditionFailure("a suspended machine has no request")
      }
      perform(effect, of: place, &host)
      guard case .answered = run.standing else {
        run.left = 0
        return .over
      }
      if case .start = effect.request {
        // What was started has its turn first.
        run.left = 0
        queue.append(place)
        return .over
      }
      run.left -= Self.effectCost
      if run.left <= 0 {
        queue.append(place)
        return .over
      }
    }
  }

  private mutating func advance(
    _ run: ScheduledRun, with answer: EffectOutcome?, fuel units: Int
  ) -> (Halt?, used: Int) {
    guard var machine = run.machine.take() else {
      preconditionFailure("a run that is ready has no machine")
    }
    let halt: Halt?
    if run.stepping != nil {
      halt = run.stepping?.advance(&machine, with: answer, fuel: units)
    } else {
      halt = machine.advance(with: answer, fuel: units)
    }
    let used = machine.fuelUsed - run.fuel
    run.fuel += used
    // A restored count may be anywhere below its bound.
    fuelUsed += min(used, Bounds.greatestFuel - fuelUsed)
    if run.isStarted { startedFuelUsed += min(used, Bounds.greatestFuel - startedFuelUsed) }
    if halt != nil { onHalt?(machine) }
    run.machine = consume machine
    return (halt, used)
  }

  /// Counts the memory of a run anew; whether all together are within their bound.
  private mutating func isWithinMemory(_ run: ScheduledRun) -> Bool {
    let used = run.machine?.memoryUsed ?? 0
    memory += used - run.memory
    run.memory = used
    return memory <= limits.memory
  }

  private func outcome(of halt: Halt, _ run: ScheduledRun) -> RunEnding.Outcome {
    switch halt {
    case .finished(let value): .finished(value)
    case .failed(let value): .failed(value)
    case .fellOff: .fellOff
    case .trapped(let trap): .trapped(trap)
    case .outOfFuel, .suspended: .exhausted(.fuel(run.bounds.fuel))
    case .outOfMemory: .exhausted(.memory(run.bounds.memory))
    case .outOfDepth: .exhausted(.depth(run.bounds.depth))
    }
  }

  /// Puts a run into the queue, with an answer.
  mutating func ready(_ place: Int, with outcome: EffectOutcome) {
    runs[place].standing = .answered(outcome)
    queue.append(place)
  }

  /// Lets go of a machine.
  mutating func dropMachine(of run: ScheduledRun) {
    run.machine = nil
    memory -= run.memory
    run.memory = 0
  }

  /// Ends a run and tells those that wait for it.
  mutating func end(
    _ place: Int, _ outcome: RunEnding.Outcome, _ host: inout some SchedulerHost
  ) {
    let run = runs[place]
    if case .waitingForHost = run.standing { waitingForHost -= 1 }
    run.arrived = nil
    let ending = RunEnding(
      outcome: outcome.withoutLazyParts, position: run.machine?.position ?? .none,
      fuelUsed: run.machine?.fuelUsed ?? 0, memoryPeak: run.machine?.memoryPeak ?? 0)
    run.standing = .ended(ending)
    living -= 1
    run.signals = SignalQueue()
    hold(ending.outcome.estimatedSize - run.heldValues, run)
    if !run.keepsMachine { dropMachine(of: run) }
    host.ended(run.key, process: run.process, ending)
    for waiter in run.waiters { runEnded(awaitedBy: waiter) }
    run.waiters = []
  }
}
