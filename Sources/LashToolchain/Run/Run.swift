import LashJSON
import LashLang
import LashVM

/// Compiles a text and runs it against a mock host to its end.
public enum Run {
  /// Runs `source`. Printed values go to `onPrint` as they come, besides the report.
  public static func report(
    _ source: SourceFile, _ setup: RunSetup, onPrint: @escaping (HostValue) -> Void = { _ in }
  ) -> RunReport {
    let begun = setup.now()
    let compilation = Compile.program(source, surface: setup.surface)
    let compiled = setup.now()
    var report = RunReport(error: compilation.diagnostics, in: source)
    report.statistics.compileTime = compiled &- begun
    if let program = compilation.program { report.run(setup.prepare(program), setup, onPrint) }
    return report
  }

  /// Runs a program that is compiled already. One stored without its source has no places to blame.
  public static func report(
    _ program: Program, _ setup: RunSetup, onPrint: @escaping (HostValue) -> Void = { _ in }
  ) -> RunReport {
    var report = RunReport(error: [], in: program.source)
    report.run(setup.prepare(program), setup, onPrint)
    if program.source.bytes.isEmpty {
      for index in report.diagnostics.indices { report.diagnostics[index].removePlaces() }
    }
    return report
  }
}

extension Diagnostic {
  /// Leaves out where it happened, for programs without a text.
  fileprivate mutating func removePlaces() {
    span = nil
    for index in notes.indices { notes[index].span = nil }
  }
}

extension RunReport {
  fileprivate mutating func run(
    _ program: Program, _ setup: RunSetup, _ onPrint: @escaping (HostValue) -> Void
  ) {
    let begun = setup.now()
    var execution = Execution(
      program, setup,
      RunHost(
        MockHost(setup.mock, echoesUnknown: setup.echoesUnknown),
        keepsAccount: setup.keepsAccount, onPrint: onPrint))
    let course = execution.run(setup.entry)
    conclude(course, execution.scheduler, execution.host, execution.foreground)
    notices = execution.notices
    statistics.runTime = setup.now() &- begun
  }

  mutating func conclude(
    _ course: Execution.Course, _ scheduler: borrowing Scheduler, _ host: RunHost,
    _ foreground: RunKey
  ) {
    switch course {
    case .refused(let diagnostic): diagnostics.append(diagnostic)
    case .ended(let ending, let waiting, let stopped):
      conclude(ending)
      runs = Self.runs(of: host, waiting, foreground) + stopped.map(ProcessRun.init(stopped:))
    case .deadlock(let blocked):
      diagnostics.append(Self.deadlock(blocked, foreground))
      runs = Self.runs(of: host, blocked, foreground)
    }
    prints = host.prints
    calls = host.calls
    events = host.events
    statistics.fuel = scheduler.fuelUsed
    statistics.memoryPeak = scheduler.memoryPeak
    statistics.effects = scheduler.settledEffects
  }

  private mutating func conclude(_ ending: RunEnding) {
    switch ending.outcome {
    case .finished(let value): conclude(.finish, value, ending)
    case .failed(let value):
      conclude(.fail, value, ending)
      guard outcome == .fail else { return }
      let text = (try? value.text()) ?? value.kind
      diagnostics.append(
        Diagnostic(.programFailed, "the process failed: \(text)", at: ending.position))
    case .fellOff: outcome = .continued
    case .trapped(let trap): diagnostics.append(trap.diagnostic)
    case .exhausted(let bound):
      outcome = .exhausted
      diagnostics.append(
        Diagnostic(
          .exhausted, "out of \(bound)", at: ending.position,
          hint: "if the program is right, raise the bound with `\(bound.option)`"))
    case .cancelled:
      diagnostics.append(Diagnostic(.hostFailure, "the run was cancelled", at: ending.position))
    }
  }

  private mutating func conclude(
    _ outcome: Outcome, _ value: HostValue, _ ending: RunEnding
  ) {
    do throws(JSONError) {
      jsonValue = try JSONValue(value)
      self.value = value
      self.outcome = outcome
    } catch {
      diagnostics.append(Diagnostic(.valueError, error.reason, at: ending.position))
    }
  }

  private static func deadlock(_ blocked: [BlockedRun], _ foreground: RunKey) -> Diagnostic {
    let shown = blocked.prefix(5).map(\.description).joined(separator: "; ")
    let more = blocked.count > 5 ? "; and \(blocked.count - 5) more" : ""
    return Diagnostic(
      .deadlock, "nothing can go on: \(shown)\(more)",
      at: blocked.first { $0.run == foreground }?.position,
      notes: blocked.prefix(5).filter { $0.run != foreground }.map {
        DiagnosticNote("`\($0.process ?? "main")` waits here", at: $0.position)
      },
      hint: "send the signal before the run is awaited, or let the mock list it under `signals`")
  }

  /// All runs but the foreground: those that ended, in that order, then those that wait.
  private static func runs(
    of host: RunHost, _ waiting: [BlockedRun], _ foreground: RunKey
  ) -> [ProcessRun] {
    let awaited = host.awaited
    let ended = host.endings.filter { $0.run != foreground }.map {
      ProcessRun(
        run: $0.run.text, process: $0.process ?? "", result: $0.ending.result,
        isAwaited: awaited.contains($0.run.text))
    }
    return ended
      + waiting.filter { $0.run != foreground }.map {
        ProcessRun(
          run: $0.run.text, process: $0.process ?? "", waiting: $0.description,
          isAwaited: awaited.contains($0.run.text))
      }
  }
}

extension RunEnding.Exhaustion {
  /// The option that raises the bound.
  fileprivate var option: String {
    switch self {
    case .fuel: "--fuel"
    case .memory: "--memory"
    case .depth: "--depth"
    }
  }
}
