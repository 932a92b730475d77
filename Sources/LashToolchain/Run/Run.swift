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
    guard let program = compilation.program else { return report }
    var execution = Execution(program, setup, onPrint: onPrint)
    switch execution.start(setup.entry) {
    case .refused(let diagnostic): report.diagnostics.append(diagnostic)
    case .ended(let ending): report.conclude(ending)
    }
    report.prints = execution.prints
    report.calls = execution.calls
    report.events = execution.events
    report.statistics.fuel = execution.fuelSpent
    report.statistics.memoryPeak = execution.memoryPeak
    report.statistics.effects = execution.effects
    report.statistics.runTime = setup.now() &- compiled
    return report
  }
}

extension RunReport {
  fileprivate mutating func conclude(_ ending: Execution.Ending) {
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
