import LashLang
import LashToolchain
import LashVM

/// The runs of a session on one virtual clock: the main blocks of its programs, one after another, and
/// the processes that they started, which live on.
final class SessionRuns {
  /// Turns of runs between two looks at whether the person interrupts, some milliseconds.
  private static let turns = 50

  private(set) var scheduler: Scheduler
  /// The programs of all runs, as they are stored; the last one declares all processes.
  private var programs: [Program] = []
  private var fired = 0
  /// Whether the person interrupted processes the last time that they went on.
  private(set) var wasInterrupted = false

  init() { scheduler = Scheduler() }

  /// Runs of a session that was stored, with its programs.
  init(restoring bytes: [UInt8], programs: [Program]) throws(ConsoleError) {
    do throws(SchedulerSnapshotError) {
      scheduler = try Scheduler(
        restoring: bytes,
        programs: { identity in programs.first { $0.identity == identity } })
    } catch {
      throw ConsoleError("its runs cannot go on: \(error)")
    }
    self.programs = programs
  }

  /// The programs that runs still need, and the runs, as bytes.
  func stored() throws(ConsoleError) -> (programs: [[UInt8]], scheduler: [UInt8]) {
    do throws(SchedulerSnapshotError) {
      return (programs.map { $0.encoded() }, try scheduler.snapshot())
    } catch {
      throw ConsoleError("the runs cannot be stored: \(error)")
    }
  }

  // MARK: Main blocks

  /// What a main block came to.
  struct Course {
    /// How it stopped.
    enum Stop {
      case ended(RunEnding)
      /// The person interrupted it there.
      case interrupted(SourceSpan)
      /// It waits, and nothing can come.
      case deadlock([BlockedRun], SourceSpan)
    }

    var stop: Stop
    /// The variables that have a value now.
    var variables: [HostField]
    /// Fuel of the main block and what ran beside it.
    var fuel = 0
    var memoryPeak = 0
    /// Why its log, if there is one, is not complete.
    var logProblem: String?
  }

  /// Runs a main block to its end, and then what is ready of the processes; the clock moves only as far
  /// as the main block needs.
  func run(
    _ program: Program, cell: Int, globals: [HostField], bounds: Bounds,
    _ host: inout PromptHost, isInterrupted: () -> Bool
  ) -> Course {
    var number = cell
    let key = freeKey("cell", from: &number)
    programs.removeAll { $0.identity == program.identity }
    programs.append(program)
    let fuelBefore = scheduler.fuelUsed
    scheduler.start(program, key: key, globals: globals, bounds: bounds, keepsMachine: true)
    let stop = Self.follow(
      key, isAlone: false, &scheduler, &host, isInterrupted: isInterrupted)
    let variables = scheduler.variables(of: key)
    if scheduler.ending(of: key) == nil { scheduler.cancel(key, &host) }
    let peak = scheduler.ending(of: key)?.memoryPeak ?? 0
    scheduler.forget(key, result: true)
    advance(to: scheduler.now, &host, isInterrupted: isInterrupted)
    return Course(
      stop: stop, variables: variables, fuel: scheduler.fuelUsed - fuelBefore, memoryPeak: peak)
  }

  /// Runs a main block in a world of its own, where all that it starts goes on to its end too, and
  /// writes the log of that.
  static func record(
    _ program: Program, globals: [HostField], bounds: Bounds, _ host: inout PromptHost,
    isInterrupted: () -> Bool, to write: @escaping (String) -> Void
  ) -> Course {
    var scheduler = Scheduler()
    host.recorder = LogRecorder(
      program, .main, globals: globals, bounds: bounds, limits: scheduler.limits, to: write)
    scheduler.start(program, globals: globals, bounds: bounds, keepsMachine: true)
    let stop = follow(.main, isAlone: true, &scheduler, &host, isInterrupted: isInterrupted)
    var course = Course(
      stop: stop, variables: scheduler.variables(of: .main), fuel: scheduler.fuelUsed,
      memoryPeak: scheduler.memoryPeak)
    scheduler.forget(.main)
    if case .interrupted = stop {} else { host.recorder?.writeEnd(scheduler) }
    course.logProblem = host.recorder?.problem
    host.recorder = nil
    return course
  }

  /// Lets runs go on until a main block has ended or, if it is alone, until nothing is left to do.
  private static func follow(
    _ key: RunKey, isAlone: Bool, _ scheduler: inout Scheduler, _ host: inout PromptHost,
    isInterrupted: () -> Bool
  ) -> Course.Stop {
    var goal = SchedulerGoal()
    goal.ending = isAlone ? nil : key
    goal.turns = turns
    while true {
      var waiting: [BlockedRun] = []
      switch scheduler.run(&host, until: goal) {
      case .ended, .done, .sleeping: break
      case .deadlock(let blocked): waiting = blocked
      case .paused:
        guard isInterrupted() else { continue }
        return .interrupted(position(of: key, scheduler))
      case .waitingForHost:
        if let refusing = host.takeRefusing(), refusing != key {
          scheduler.cancel(refusing, &host)
          continue
        }
        return .interrupted(position(of: key, scheduler))
      }
      return scheduler.ending(of: key).map { .ended($0) }
        ?? .deadlock(waiting, position(of: key, scheduler))
    }
  }

  private static func position(of key: RunKey, _ scheduler: borrowing Scheduler) -> SourceSpan {
    scheduler.views().first { $0.run == key }?.position ?? .none
  }

  /// The next key that no run has.
  private func freeKey(_ name: String, from number: inout Int) -> RunKey {
    while true {
      guard let key = RunKey(root: "\(name)-\(number)") else {
        preconditionFailure("a name with a number is no key")
      }
      if !scheduler.contains(key) { return key }
      number += 1
    }
  }

  // MARK: Processes

  /// Lets time pass up to an instant, and everything go on that is due by then.
  func advance(to instant: Int64, _ host: inout PromptHost, isInterrupted: () -> Bool) {
    var goal = SchedulerGoal()
    goal.clock = instant
    goal.turns = Self.turns
    wasInterrupted = false
    while true {
      switch scheduler.run(&host, until: goal) {
      case .paused:
        wasInterrupted = isInterrupted()
        if wasInterrupted { return }
      case .waitingForHost:
        guard let refusing = host.takeRefusing() else { return }
        scheduler.cancel(refusing, &host)
      case .ended, .done, .deadlock, .sleeping: return scheduler.advanceClock(to: instant)
      }
    }
  }

  /// The runs of processes, oldest first.
  var processes: [RunView] { scheduler.views().filter { $0.process != nil } }

  /// The run of a number in the list of processes, or of a key.
  func key(_ name: String) -> RunKey? {
    let processes = processes
    if let number = Int(name), processes.indices.contains(number - 1) {
      return processes[number - 1].run
    }
    return processes.first { $0.run.text == name }?.run
  }

  func signal(_ run: RunKey, _ name: String, _ payload: HostValue) -> Bool {
    scheduler.signal(run, name, payload)
  }

  func cancel(_ run: RunKey, _ host: inout PromptHost) -> Bool { scheduler.cancel(run, &host) }

  /// Starts what is subscribed to an event of a source; `false` if the process is gone.
  func start(_ delivery: TriggerRegistry.Delivery, bounds: Bounds) -> Bool {
    guard let program = programs.last else { return false }
    fired += 1
    return scheduler.start(
      program, process: delivery.target, arguments: delivery.arguments,
      key: freeKey("fire", from: &fired), bounds: bounds)
  }
}
