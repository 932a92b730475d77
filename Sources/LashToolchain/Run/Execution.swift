import LashLang
import LashVM

/// The course of one run: a scheduler with the runs that the program starts, against a host that keeps an
/// account of what they do.
struct Execution: ~Copyable {
  let program: Program
  private let setup: RunSetup
  private(set) var scheduler: Scheduler
  var host: RunHost
  /// What could not be done, for people.
  private(set) var notices: [String] = []
  /// The run that the report is about.
  private(set) var foreground = RunKey.main

  /// What `run` gives.
  enum Course {
    /// There is no such entry.
    case refused(Diagnostic)
    /// The foreground ended. Those that then still wait do so for ever; those that would have gone on were
    /// stopped (``RunSetup/linger``).
    case ended(RunEnding, waiting: [BlockedRun], stopped: [RunView] = [])
    /// The foreground waits, and nothing can come.
    case deadlock([BlockedRun])
  }

  init(_ program: Program, _ setup: RunSetup, _ host: RunHost) {
    self.program = program
    self.setup = setup
    self.host = host
    self.host.putsOff = setup.picksAnswer != nil
    var limits = setup.limits
    limits.fuel = min(limits.fuel, setup.bounds.fuel)
    scheduler = Scheduler(limits: limits)
    scheduler.onHalt = setup.onHalt
    if setup.hardMode != nil {
      scheduler.makeStepping = { program, bounds in
        let course = MachineCourse(setup, program, bounds)
        bounds = course.firstBounds
        return course
      }
    }
  }

  /// Runs an entry and all that comes of it to the end.
  mutating func run(_ entry: RunSetup.Entry) -> Course {
    if let write = setup.record {
      host.recorder = LogRecorder(
        program, entry, globals: setup.bindings, bounds: setup.bounds, limits: scheduler.limits,
        to: write)
    }
    if let problem = start(entry) { return .refused(problem) }
    var goal = SchedulerGoal()
    goal.ending = foreground
    var halt = go(until: goal)
    fire()
    if scheduler.ending(of: foreground) != nil { halt = go(until: linger) }
    var waiting: [BlockedRun] = []
    var stopped: [RunView] = []
    switch halt {
    case .deadlock(let blocked): waiting = blocked
    case .paused, .sleeping: stopped = scheduler.livingViews()
    case .done, .ended, .waitingForHost: break
    }
    host.recorder?.writeEnd(scheduler, isStopped: !stopped.isEmpty)
    if let problem = host.recorder?.problem {
      notices.append("the log is not complete: \(problem)")
    }
    guard let ending = scheduler.ending(of: foreground) else { return .deadlock(waiting) }
    return .ended(ending, waiting: waiting, stopped: stopped)
  }

  /// How far the others go when the foreground has ended.
  private var linger: SchedulerGoal {
    var goal = SchedulerGoal()
    let (clock, isBeyond) = scheduler.now.addingReportingOverflow(setup.linger.time)
    goal.clock = isBeyond ? .max : clock
    let (effects, isMore) = scheduler.settledEffects.addingReportingOverflow(setup.linger.effects)
    goal.effects = isMore ? .max : effects
    return goal
  }

  /// Runs on; answers that were put off are given when nothing else can go on.
  private mutating func go(until goal: SchedulerGoal) -> SchedulerHalt {
    while true {
      let halt = scheduler.run(&host, until: goal)
      guard case .waitingForHost = halt, let pick = setup.picksAnswer,
        let first = host.takeAnswer({ pick($0) ?? 0 })
      else { return halt }
      scheduler.answer(first.run, first.outcome)
      while let next = host.takeAnswer(pick) { scheduler.answer(next.run, next.outcome) }
    }
  }

  /// Gives the events of sources, each when nothing is ready any more, and starts what they are for.
  private mutating func fire() {
    for (number, fired) in setup.fires.enumerated() {
      var goal = linger
      goal.clock = scheduler.now
      _ = go(until: goal)
      let deliveries = host.mock.triggers.deliveries(of: fired.source, event: fired.event)
      if deliveries.isEmpty {
        let known = host.mock.triggers.sources.map { "`\($0)`" }.joined(separator: ", ")
        notices.append(
          "nothing is subscribed to `\(fired.source)`"
            + (known.isEmpty ? "" : "; subscriptions are for \(known)"))
      }
      for (place, delivery) in deliveries.enumerated() {
        start(delivery, RunKey(root: "fire-\(number + 1).\(place + 1)"))
      }
    }
  }

  private mutating func start(_ delivery: TriggerRegistry.Delivery, _ key: RunKey?) {
    guard let key,
      scheduler.start(
        program, process: delivery.target, arguments: delivery.arguments, key: key,
        bounds: setup.bounds)
    else {
      notices.append("the process `\(delivery.target)` could not be started")
      return
    }
    host.recorder?.write(
      start: key, process: delivery.target, arguments: delivery.arguments, now: scheduler.now)
  }

  private mutating func start(_ entry: RunSetup.Entry) -> Diagnostic? {
    switch entry {
    case .main: scheduler.start(program, globals: setup.bindings, bounds: setup.bounds)
    case .process(let name, let arguments):
      if let problem = program.problem(of: name, arguments) { return problem }
      foreground = RunKey(root: name) ?? RunKey.main
      scheduler.start(
        program, process: name, arguments: arguments, key: foreground, bounds: setup.bounds)
    }
    return nil
  }
}

extension Program {
  /// What stands against running a process with these arguments.
  fileprivate func problem(of name: String, _ arguments: [HostField]) -> Diagnostic? {
    guard let process = processes.first(where: { $0.name == name }) else {
      let names = processes.map { "`\($0.name)`" }.joined(separator: ", ")
      return Diagnostic(
        .unknownProcess, "unknown process `\(name)`", at: nil,
        hint: names.isEmpty ? "the module declares no process" : "processes here: \(names)")
    }
    let missing = process.parameters.first { name in !arguments.contains { $0.key == name } }
    if let missing {
      return Diagnostic(
        .processArguments, "process `\(name)` is missing argument `\(missing)`", at: nil)
    }
    let extra = arguments.first { !process.parameters.contains($0.key) }
    return extra.map {
      Diagnostic(
        .processArguments, "process `\(name)` does not accept argument `\($0.key)`", at: nil)
    }
  }
}
