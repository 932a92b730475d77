import LashLang
import LashVM

/// The runs of a session on one virtual clock: the main blocks of its programs, one after another, and
/// the processes that they started, which live on.
final class SessionRuns {
  /// Turns of runs between two looks at whether the person interrupts, some milliseconds.
  private static let turns = 50

  private(set) var scheduler: Scheduler
  /// The program of the latest cell, in which all processes are declared.
  private(set) var program: Program?
  private var fired = 0

  init() { scheduler = Scheduler() }

  private init(_ scheduler: consuming Scheduler, programs: [Program]) {
    self.scheduler = scheduler
    self.programs = programs
    program = programs.last
  }

  /// The programs of all runs, as they are stored.
  private var programs: [Program] = []

  /// Runs of a session that was stored, with its programs.
  convenience init(restoring bytes: [UInt8], programs: [Program]) throws(ConsoleError) {
    do throws(SchedulerSnapshotError) {
      let scheduler = try Scheduler(
        restoring: bytes,
        programs: { identity in programs.first { $0.identity == identity } })
      self.init(scheduler, programs: programs)
    } catch {
      throw ConsoleError("its runs cannot go on: \(error)")
    }
  }

  /// The programs that runs still need, and the runs, as bytes.
  func stored() throws(ConsoleError) -> (programs: [[UInt8]], scheduler: [UInt8]) {
    do throws(SchedulerSnapshotError) {
      return (programs.map { $0.encoded() }, try scheduler.snapshot())
    } catch {
      throw ConsoleError("the runs cannot be stored: \(error)")
    }
  }

  /// How a main block ended.
  enum Course {
    case ended(RunEnding)
    /// The person interrupted it there.
    case interrupted(SourceSpan)
    /// It waits, and nothing can come.
    case deadlock([BlockedRun], SourceSpan)
  }

  /// Runs a main block to its end, and then what is ready of the processes; the clock moves only as far
  /// as the main block needs.
  func run(
    _ program: Program, cell: Int, globals: [HostField], bounds: Bounds,
    _ host: inout PromptHost, isInterrupted: () -> Bool
  ) -> (course: Course, variables: [HostField]) {
    guard let key = RunKey(root: "cell-\(cell)") else {
      preconditionFailure("a cell's number is no key")
    }
    self.program = program
    if !programs.contains(where: { $0.identity == program.identity }) { programs.append(program) }
    scheduler.start(program, key: key, globals: globals, bounds: bounds, keepsMachine: true)
    var goal = SchedulerGoal()
    goal.ending = key
    goal.turns = Self.turns
    var stopped: Course?
    run: while stopped == nil {
      switch scheduler.run(&host, until: goal) {
      case .ended, .done: break run
      case .paused, .sleeping: if isInterrupted() { stopped = .interrupted(position(of: key)) }
      case .waitingForHost: stopped = .interrupted(position(of: key))
      case .deadlock(let blocked): stopped = .deadlock(blocked, position(of: key))
      }
    }
    let variables = scheduler.variables(of: key)
    host.isRefused = false
    if stopped != nil { scheduler.cancel(key, &host) }
    let ending = scheduler.ending(of: key)
    scheduler.forget(key)
    settle(&host, isInterrupted: isInterrupted)
    if let stopped { return (stopped, variables) }
    guard let ending else { preconditionFailure("a run that ended has no ending") }
    return (.ended(ending), variables)
  }

  /// Lets everything go on that can without the clock.
  func settle(_ host: inout PromptHost, isInterrupted: () -> Bool) {
    advance(to: scheduler.now, &host, isInterrupted: isInterrupted)
  }

  /// Lets time pass up to an instant, and everything go on that is due by then.
  func advance(to instant: Int64, _ host: inout PromptHost, isInterrupted: () -> Bool) {
    var goal = SchedulerGoal()
    goal.clock = instant
    goal.turns = Self.turns
    while case .paused = scheduler.run(&host, until: goal) {
      if isInterrupted() { return }
    }
    scheduler.advanceClock(to: instant)
  }

  private func position(of key: RunKey) -> SourceSpan {
    scheduler.views().first { $0.run == key }?.position ?? .none
  }

  /// The runs of processes, oldest first.
  var processes: [RunView] { scheduler.views().filter { $0.process != nil } }

  /// The run of a number in the list of processes, or of a key.
  func key(_ name: String) -> RunKey? {
    if let number = Int(name), processes.indices.contains(number - 1) {
      return processes[number - 1].run
    }
    return processes.first { $0.run.text == name }?.run
  }

  func signal(_ run: RunKey, _ name: String, _ payload: HostValue) -> Bool {
    scheduler.signal(run, name, payload)
  }

  func cancel(_ run: RunKey, _ host: inout PromptHost) -> Bool { scheduler.cancel(run, &host) }

  /// Starts what is subscribed to an event of a source.
  func start(_ delivery: TriggerRegistry.Delivery, bounds: Bounds) -> RunKey? {
    // A restored session has such runs already.
    repeat { fired += 1 } while RunKey(root: "fire-\(fired)").map { scheduler.contains($0) } ?? false
    guard let program, let key = RunKey(root: "fire-\(fired)"),
      scheduler.start(
        program, process: delivery.target, arguments: delivery.arguments, key: key,
        bounds: bounds)
    else { return nil }
    return key
  }
}
