import LashLang
import LashVM

/// Measures how long a program takes to compile and to run.
///
/// Each is done once to warm up, then `count` times. A run is that of `Run`: a new machine and a new
/// mock host, from bytecode to the outcome. Times come from the clock of the setup.
public enum Bench {
  /// Measures `source`. Throws the report of a program that does not compile, or that does not end
  /// by itself; it says why.
  public static func measure(
    _ source: SourceFile, _ setup: RunSetup, count: Int
  ) throws(BenchRefusal) -> BenchReport {
    precondition(count > 0, "nothing to measure")
    let report = Run.report(source, setup)
    guard report.outcome == .finish || report.outcome == .continued else {
      throw BenchRefusal(report: report)
    }
    var stages: [[UInt64]] = CompileStage.allCases.map { _ in [] }
    var totals: [UInt64] = []
    var compilation: Compilation?
    for _ in 0..<count {
      var last = setup.now()
      let begun = last
      compilation = Compile.program(source, surface: setup.surface) { stage in
        let now = setup.now()
        stages[CompileStage.allCases.firstIndex(of: stage) ?? 0].append(now &- last)
        last = now
      }
      totals.append(last &- begun)
    }
    guard let program = compilation?.program else { throw BenchRefusal(report: report) }
    var runs: [UInt64] = []
    for _ in 0..<count {
      let begun = setup.now()
      var execution = Execution(
        program, setup,
        RunHost(
          MockHost(setup.mock, echoesUnknown: setup.echoesUnknown), keepsAccount: false))
      _ = execution.run(setup.entry)
      runs.append(setup.now() &- begun)
    }
    return BenchReport(
      report: report, compile: TimeSummary(totals), run: TimeSummary(runs),
      stages: zip(CompileStage.allCases, stages).map { ($0, TimeSummary($1)) }, count: count)
  }
}

/// A program that cannot be measured, since it does not compile or does not end well.
public struct BenchRefusal: Error {
  /// What running it came to.
  public let report: RunReport
}
