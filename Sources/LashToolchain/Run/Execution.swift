import LashLang
import LashVM

/// The course of one run: a scheduler with the runs that the program starts, against a host that keeps an
/// account of what they do.
struct Execution: ~Copyable {
  let program: Program
  private let setup: RunSetup
  private(set) var scheduler: Scheduler
  var host: RunHost
  /// The run that the report is about.
  private(set) var foreground = RunKey.main

  /// What `run` gives.
  enum Course {
    /// There is no such entry.
    case refused(Diagnostic)
    /// The foreground ended; those that then still wait do so for ever.
    case ended(RunEnding, waiting: [BlockedRun])
    /// The foreground waits, and nothing can come.
    case deadlock([BlockedRun])
  }

  init(_ program: Program, _ setup: RunSetup, _ host: RunHost) {
    self.program = program
    self.setup = setup
    self.host = host
    var limits = setup.limits
    limits.fuel = min(limits.fuel, setup.bounds.fuel)
    scheduler = Scheduler(limits: limits)
    let onHalt = setup.onHalt
    scheduler.onHalt = { onHalt($0) }
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
    if let problem = start(entry) { return .refused(problem) }
    var waiting: [BlockedRun] = []
    if case .deadlock(let blocked) = scheduler.run(&host) { waiting = blocked }
    guard let ending = scheduler.ending(of: foreground) else { return .deadlock(waiting) }
    return .ended(ending, waiting: waiting)
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
