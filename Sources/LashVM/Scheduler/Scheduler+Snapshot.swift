import LashJSON
import LashLang

extension Scheduler {
  /// The whole scheduler as bytes, from which `init(restoring:…)` makes it again: between two calls of
  /// `run`. The same state gives the same bytes. O(size of the live values).
  public func snapshot() throws(SchedulerSnapshotError) -> [UInt8] {
    var body = ByteWriter()
    body.signed(clock.now)
    for count in [settledEffects, fuelUsed, startedFuelUsed, starts] { body.number(count) }
    body.number(lastTimer)
    body.number(programs.count)
    for program in programs { body.raw(program.identity) }
    body.number(runs.count)
    for run in runs { try body.run(run) }
    let queued = queue.items.filter { runs[$0].isInQueue }
    body.number(queued.count)
    for run in queued { body.number(run) }
    let live = timers.timers.filter { isLive($0) }.sorted {
      ($0.instant, $0.number) < ($1.instant, $1.number)
    }
    body.number(live.count)
    for timer in live {
      body.signed(timer.instant)
      body.number(timer.number)
      body.number(timer.run)
    }
    let arrived = inbox.items.compactMap { place in runs[place].arrived.map { (place, $0) } }
    body.number(arrived.count)
    for (run, outcome) in arrived {
      body.number(run)
      try body.outcome(outcome, of: runs[run])
    }
    var writer = ByteWriter()
    writer.raw(SchedulerFormat.magic)
    writer.fixed(SchedulerFormat.version)
    writer.fixed(body.bytes.withUnsafeBytes { SnapshotChecksum.of($0) })
    writer.raw(body.bytes)
    return writer.bytes
  }
}

extension ByteWriter {
  fileprivate mutating func run(_ run: ScheduledRun) throws(SchedulerSnapshotError) {
    text(run.key.text)
    number(run.program)
    byte(run.process == nil ? 0 : 1)
    if let process = run.process { text(process) }
    for bound in [run.bounds.fuel, run.bounds.memory, run.bounds.depth] { number(bound) }
    byte(run.isStarted ? 1 : 0)
    byte(run.keepsMachine ? 1 : 0)
    number(run.fuel)
    number(max(run.left, 0))
    number(run.unmet)
    number(run.memory)
    number(run.signals.count)
    for signal in run.signals.signals {
      text(signal.name)
      try value(signal.payload, of: run)
    }
    number(run.waiters.count)
    for waiter in run.waiters { number(waiter) }
    try standing(run)
    do throws(SnapshotError) {
      guard let bytes = try run.machine?.snapshot() else {
        byte(SchedulerFormat.MachineForm.none.rawValue)
        return
      }
      byte(SchedulerFormat.MachineForm.snapshot.rawValue)
      block(bytes)
    } catch .notLoaded {
      byte(SchedulerFormat.MachineForm.notLoaded.rawValue)
    } catch {
      throw .machine(run: run.key.text, error)
    }
  }

  private mutating func standing(_ run: ScheduledRun) throws(SchedulerSnapshotError) {
    typealias Tag = SchedulerFormat.Standing
    switch run.standing {
    case .ready: byte(Tag.ready.rawValue)
    case .answered(let outcome):
      byte(Tag.answered.rawValue)
      try self.outcome(outcome, of: run)
    case .waitingForRuns(let count):
      byte(Tag.waitingForRuns.rawValue)
      number(count)
    case .waitingForSignal(let name):
      byte(Tag.waitingForSignal.rawValue)
      text(name)
    case .waitingForTimer(let timer, let outcome):
      byte(Tag.waitingForTimer.rawValue)
      number(timer)
      try self.outcome(outcome, of: run)
    case .waitingForHost: byte(Tag.waitingForHost.rawValue)
    case .ended(let ending):
      byte(Tag.ended.rawValue)
      try self.ending(ending, of: run)
    }
  }

  private mutating func ending(
    _ ending: RunEnding, of run: ScheduledRun
  ) throws(SchedulerSnapshotError) {
    typealias Tag = SchedulerFormat.Ending
    switch ending.outcome {
    case .finished(let result):
      byte(Tag.finished.rawValue)
      try value(result, of: run)
    case .failed(let result):
      byte(Tag.failed.rawValue)
      try value(result, of: run)
    case .fellOff: byte(Tag.fellOff.rawValue)
    case .trapped(let trap):
      byte(Tag.trapped.rawValue)
      text(trap.code.rawValue)
      text(trap.message)
      byte(trap.hint == nil ? 0 : 1)
      if let hint = trap.hint { text(hint) }
      place(trap.span)
      number(trap.backtrace.count)
      for frame in trap.backtrace {
        byte(frame.name == nil ? 0 : 1)
        if let name = frame.name { text(name) }
        place(frame.span)
      }
    case .exhausted(.fuel(let units)):
      byte(Tag.outOfFuel.rawValue)
      number(units)
    case .exhausted(.memory(let bytes)):
      byte(Tag.outOfMemory.rawValue)
      number(bytes)
    case .exhausted(.depth(let frames)):
      byte(Tag.outOfDepth.rawValue)
      number(frames)
    case .cancelled: byte(Tag.cancelled.rawValue)
    }
    place(ending.position)
    number(ending.fuelUsed)
    number(ending.memoryPeak)
  }

  private mutating func place(_ span: SourceSpan) {
    number(UInt64(span.start))
    number(UInt64(span.end))
  }

  private mutating func value(
    _ value: HostValue, of run: ScheduledRun
  ) throws(SchedulerSnapshotError) {
    do throws(JSONError) {
      text(try JSONValue(exactly: value).description)
    } catch {
      throw .value(run: run.key.text, error)
    }
  }

  fileprivate mutating func outcome(
    _ outcome: EffectOutcome, of run: ScheduledRun
  ) throws(SchedulerSnapshotError) {
    do throws(JSONError) {
      text(try JSONValue(exactly: outcome).description)
    } catch {
      throw .value(run: run.key.text, error)
    }
  }
}
