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
    var execution = Execution(program, setup, onPrint: onPrint)
    switch execution.start(setup.entry) {
    case .refused(let diagnostic): diagnostics.append(diagnostic)
    case .ended(let ending): conclude(ending)
    }
    prints = execution.prints
    calls = execution.calls
    events = execution.events
    statistics.fuel = execution.fuelSpent
    statistics.memoryPeak = execution.memoryPeak
    statistics.effects = execution.effects
    statistics.runTime = setup.now() &- begun
  }

  private mutating func conclude(_ ending: Execution.Ending) {
    switch ending.halt {
    case .finished(let value): conclude(.finish, value, ending)
    case .failed(let value):
      conclude(.fail, value, ending)
      guard outcome == .fail else { return }
      let text = (try? value.text()) ?? value.kind
      diagnostics.append(
        Diagnostic(.programFailed, "the process failed: \(text)", at: ending.position))
    case .fellOff: outcome = .continued
    case .trapped(let trap): diagnostics.append(trap.diagnostic)
    case .outOfFuel, .outOfMemory, .outOfDepth, .suspended:
      outcome = .exhausted
      diagnostics.append(ending.exhaustion)
    }
  }

  private mutating func conclude(
    _ outcome: Outcome, _ value: HostValue, _ ending: Execution.Ending
  ) {
    do throws(JSONError) {
      jsonValue = try JSONValue(value)
      self.value = value
      self.outcome = outcome
    } catch {
      diagnostics.append(Diagnostic(.valueError, error.reason, at: ending.position))
    }
  }
}

extension Execution.Ending {
  /// Which bound ended the run, and how to raise it.
  var exhaustion: Diagnostic {
    let (what, option) =
      switch halt {
      case .outOfMemory: ("memory: the bound of \(bounds.memory) bytes was reached", "--memory")
      case .outOfDepth:
        ("call depth: more than \(bounds.depth) nested calls of functions", "--depth")
      default: ("fuel: all \(bounds.fuel) units were used", "--fuel")
      }
    return Diagnostic(
      .exhausted, "out of \(what)", at: position,
      hint: "if the program is right, raise the bound with `\(option)`")
  }
}
