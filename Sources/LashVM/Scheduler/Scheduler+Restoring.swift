import LashJSON
import LashLang

extension Scheduler {
  /// The scheduler that a snapshot was taken of. `programs` supplies each program by its 32 bytes of
  /// identity, `documents` lazy texts as for `Machine`. `bounds` replaces those of all living machines.
  ///
  /// Damaged and hostile bytes throw, or make a scheduler that runs within its limits.
  public init(
    restoring snapshot: [UInt8], limits: SchedulerLimits = SchedulerLimits(),
    bounds: Bounds? = nil, documents: @escaping (_ hash: String) -> [UInt8]? = { _ in nil },
    programs: (_ identity: [UInt8]) -> Program?
  ) throws(SchedulerSnapshotError) {
    self.init(limits: limits)
    do {
      var reader = SchedulerReader(bounds: bounds, documents: documents)
      try reader.readHeader(snapshot)
      try restore(&reader, programs)
    } catch let error as SchedulerSnapshotError {
      throw error
    } catch let error as DamagedBytes {
      throw .damaged(error.reason, offset: error.offset)
    } catch {
      throw .damaged("\(error)", offset: 0)
    }
  }

  private mutating func restore(
    _ reader: inout SchedulerReader, _ supplied: ([UInt8]) -> Program?
  ) throws {
    clock = VirtualClock(now: try reader.bytes.signed())
    settledEffects = try reader.number("the settled effects")
    fuelUsed = try reader.number("the fuel")
    startedFuelUsed = try reader.bytes.number(upTo: fuelUsed, "the fuel of started processes")
    starts = try reader.number("the started processes")
    lastTimer = UInt64(try reader.number("the number of the last timer"))
    for _ in 0..<(try reader.bytes.count(ofSize: 32, "programs")) {
      let identity = Array(try reader.bytes.raw(32))
      guard !programs.contains(where: { $0.identity == identity }) else {
        throw reader.bytes.damaged("a program stands twice")
      }
      guard let program = supplied(identity), program.identity == identity else {
        throw SchedulerSnapshotError.missingProgram(identity: SHA256.hexText(identity))
      }
      programs.append(program)
    }
    let count = try reader.bytes.count(ofSize: 16, "runs")
    for place in 0..<count {
      let run = try reader.run(programs, runs: count)
      guard places[run.key.text] == nil else { throw reader.bytes.damaged("a run stands twice") }
      places[run.key.text] = place
      runs.append(run)
      countMemory(of: run)
      // Within the limit there is an excess by what came last; others have another limit.
      guard memory / 2 <= limits.memory else {
        throw SchedulerSnapshotError.memory(limit: limits.memory)
      }
      if run.ending == nil { living += 1 }
      if case .waitingForHost = run.standing { waitingForHost += 1 }
    }
    try restoreOrder(&reader)
    try reader.bytes.finish("the scheduler")
    try checkWaiting(reader)
  }

  /// Counts what a run holds.
  private mutating func countMemory(of run: ScheduledRun) {
    run.memory = run.machine?.memoryUsed ?? 0
    memory += run.memory
    for signal in run.signals.signals { hold(signal.payload.estimatedSize, run) }
    if let ending = run.ending { hold(ending.outcome.estimatedSize, run) }
  }

  private mutating func restoreOrder(_ reader: inout SchedulerReader) throws {
    var queued = Array(repeating: false, count: runs.count)
    for _ in 0..<(try reader.bytes.count("runs in the queue")) {
      let run = try reader.bytes.number(upTo: runs.count - 1, "a run")
      guard runs[run].isInQueue, !queued[run] else {
        throw reader.bytes.damaged("a run is in the queue that must not be")
      }
      queued[run] = true
      queue.append(run)
    }
    for _ in 0..<(try reader.bytes.count(ofSize: 3, "timers")) {
      let timer = TimerQueue.Timer(
        instant: try reader.bytes.signed(), number: try reader.bytes.number(),
        run: try reader.bytes.number(upTo: runs.count - 1, "a run"))
      guard case .waitingForTimer(timer.number, _) = runs[timer.run].standing, !queued[timer.run],
        timer.number <= lastTimer
      else { throw reader.bytes.damaged("a timer wakes a run that does not wait for it") }
      queued[timer.run] = true
      timers.insert(timer)
    }
    for _ in 0..<(try reader.bytes.count(ofSize: 2, "answers")) {
      let run = try reader.bytes.number(upTo: runs.count - 1, "a run")
      guard case .waitingForHost = runs[run].standing, !queued[run] else {
        throw reader.bytes.damaged("an answer is for a run that does not wait for it")
      }
      queued[run] = true
      runs[run].arrived = try reader.outcome()
      inbox.append(run)
    }
    for (place, run) in runs.enumerated() where !queued[place] {
      switch run.standing {
      case .ready, .answered, .waitingForTimer:
        throw reader.bytes.damaged("a run would never get its turn")
      default: break
      }
    }
  }

  /// Checks that whoever waits for runs is known to them, and waits at all.
  private func checkWaiting(_ reader: SchedulerReader) throws {
    var unfinished = Array(repeating: 0, count: runs.count)
    for run in runs {
      guard run.ending == nil || run.waiters.isEmpty else {
        throw reader.bytes.damaged("a run that has ended is waited for")
      }
      for waiter in run.waiters { unfinished[waiter] += 1 }
    }
    for (place, run) in runs.enumerated() {
      if run.ending != nil {
        guard run.machine == nil || run.keepsMachine else {
          throw reader.bytes.damaged("a run that has ended keeps its machine")
        }
        continue
      }
      guard run.machine != nil else { throw reader.bytes.damaged("a run has no machine") }
      switch run.standing {
      case .ready, .ended: break
      case .waitingForRuns(let count):
        guard count > 0, count == unfinished[place], run.machine?.request() != nil else {
          throw reader.bytes.damaged("a run waits for others that do not know of it")
        }
      default:
        guard run.machine?.request() != nil else {
          throw reader.bytes.damaged("a run waits, but its machine does not")
        }
      }
    }
  }
}

/// Reads the parts of a scheduler from bytes that may be damaged or hostile.
struct SchedulerReader {
  var bytes = ByteReader([])
  let bounds: Bounds?
  let documents: (String) -> [UInt8]?

  init(bounds: Bounds?, documents: @escaping (String) -> [UInt8]?) {
    self.bounds = bounds
    self.documents = documents
  }

  mutating func readHeader(_ snapshot: [UInt8]) throws {
    guard snapshot.starts(with: SchedulerFormat.magic) else {
      throw SchedulerSnapshotError.notAScheduler
    }
    bytes = ByteReader(snapshot[SchedulerFormat.magic.count...])
    let version = try bytes.fixed(UInt32.self)
    guard version == SchedulerFormat.version else {
      throw SchedulerSnapshotError.version(found: version, supported: SchedulerFormat.version)
    }
    let checksum = try bytes.fixed(UInt64.self)
    let found = snapshot.withUnsafeBytes { all in
      SnapshotChecksum.of(UnsafeRawBufferPointer(rebasing: all[SchedulerFormat.bodyOffset...]))
    }
    guard checksum == found else { throw bytes.damaged("the checksum of what follows is wrong") }
  }

  mutating func number(_ what: String) throws -> Int {
    try bytes.number(upTo: 1 << 62, what)
  }

  mutating func run(_ programs: [Program], runs: Int) throws -> ScheduledRun {
    guard let key = RunKey(try bytes.text("a run's name")) else {
      throw bytes.damaged("a run has a name that no run has")
    }
    let program = try bytes.number(upTo: programs.count - 1, "a program")
    let process = try bytes.flag("the mark of a process") ? try bytes.text("a name") : nil
    guard process == nil || programs[program].processes.contains(where: { $0.name == process })
    else { throw bytes.damaged("a run is of a process that its program does not have") }
    let stored = Bounds(
      fuel: try number("a bound"), memory: try number("a bound"), depth: try number("a bound"))
    let run = ScheduledRun(
      key, program: program, process: process, bounds: bounds ?? stored,
      isStarted: try bytes.flag("the mark of a started run"),
      keepsMachine: try bytes.flag("the mark of a kept machine"))
    run.fuel = try number("the fuel of a run")
    run.left = try bytes.number(upTo: 1 << 60, "what is left of a turn")
    run.unmet = try number("a count of turns")
    _ = try number("the memory of a run")
    for _ in 0..<(try bytes.count(ofSize: 2, "signals")) {
      run.signals.append(try bytes.text("a signal"), try value())
    }
    for _ in 0..<(try bytes.count("waiting runs")) {
      run.waiters.append(try bytes.number(upTo: runs - 1, "a run"))
    }
    run.standing = try standing()
    try machine(of: run, programs[program])
    return run
  }

  private mutating func machine(of run: ScheduledRun, _ program: Program) throws {
    switch SchedulerFormat.MachineForm(rawValue: try bytes.byte()) {
    case .some(.none): break
    case .snapshot:
      let block = Array(try bytes.block("a machine"))
      do throws(SnapshotError) {
        run.machine = try Machine(
          restoring: block, program: program, bounds: bounds, documents: documents)
      } catch {
        throw SchedulerSnapshotError.machine(run: run.key.text, error)
      }
      let used = run.machine?.fuelUsed ?? 0
      guard run.fuel <= used, used <= Bounds.greatestFuel else {
        throw bytes.damaged("a run counts more fuel than its machine has used")
      }
    case .notLoaded:
      run.machine = Machine(program, bounds: run.bounds)
      guard run.machine?.isLoaded == false else {
        throw bytes.damaged("a machine is missing that fits its memory bound")
      }
    case nil: throw bytes.damaged("an unknown form of a machine")
    }
  }

  private mutating func standing() throws -> ScheduledRun.Standing {
    switch SchedulerFormat.Standing(rawValue: try bytes.byte()) {
    case .ready: return .ready
    case .answered: return .answered(try outcome())
    case .waitingForRuns: return .waitingForRuns(try number("a count of runs"))
    case .waitingForSignal: return .waitingForSignal(try bytes.text("a signal"))
    case .waitingForTimer: return .waitingForTimer(try bytes.number(), try outcome())
    case .waitingForHost: return .waitingForHost
    case .ended: return .ended(try ending())
    case nil: throw bytes.damaged("an unknown standing of a run")
    }
  }

  private mutating func ending() throws -> RunEnding {
    let outcome: RunEnding.Outcome
    switch SchedulerFormat.Ending(rawValue: try bytes.byte()) {
    case .finished: outcome = .finished(try value())
    case .failed: outcome = .failed(try value())
    case .fellOff: outcome = .fellOff
    case .trapped: outcome = .trapped(try trap())
    case .outOfFuel: outcome = .exhausted(.fuel(try number("a bound")))
    case .outOfMemory: outcome = .exhausted(.memory(try number("a bound")))
    case .outOfDepth: outcome = .exhausted(.depth(try number("a bound")))
    case .cancelled: outcome = .cancelled
    case nil: throw bytes.damaged("an unknown ending of a run")
    }
    return RunEnding(
      outcome: outcome, position: try place(), fuelUsed: try number("the fuel of a run"),
      memoryPeak: try number("the memory of a run"))
  }

  private mutating func trap() throws -> Trap {
    guard let code = DiagnosticCode(rawValue: try bytes.text("a code")) else {
      throw bytes.damaged("an unknown code of an error")
    }
    let message = try bytes.text("a message")
    let hint = try bytes.flag("the mark of a hint") ? try bytes.text("a hint") : nil
    let span = try place()
    var backtrace: [Trap.Frame] = []
    for _ in 0..<(try bytes.count(ofSize: 3, "calls")) {
      let name = try bytes.flag("the mark of a name") ? try bytes.text("a name") : nil
      backtrace.append(Trap.Frame(name: name, span: try place()))
    }
    return Trap(code: code, message: message, hint: hint, span: span, backtrace: backtrace)
  }

  private mutating func place() throws -> SourceSpan {
    let start = try bytes.number(upTo: Int(UInt32.max), "a place")
    let end = try bytes.number(upTo: Int(UInt32.max), "a place")
    guard start <= end else { throw bytes.damaged("a place ends before it begins") }
    return SourceSpan(start: UInt32(start), end: UInt32(end))
  }

  private mutating func value() throws -> HostValue {
    try HostValue(exactly: try json())
  }

  mutating func outcome() throws -> EffectOutcome {
    try EffectOutcome(exactly: try json())
  }

  private mutating func json() throws -> JSONValue {
    let text = try bytes.block("a value")
    do throws(JSONError) {
      return try JSONReader(maximumDepth: 2 * JSONValue.exactDepth, maximumBytes: .max)
        .read(Array(text))
    } catch {
      throw bytes.damaged("a value is no JSON: \(error.reason)")
    }
  }
}
