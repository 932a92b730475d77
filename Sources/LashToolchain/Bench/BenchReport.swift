import LashJSON

/// How long a program took.
public struct BenchReport: Sendable {
  /// What the program came to; its times are those of the first, cold run.
  public let report: RunReport
  /// From text to bytecode.
  public let compile: TimeSummary
  /// From bytecode to the outcome.
  public let run: TimeSummary
  /// The parts of `compile`, in their order.
  public let stages: [(stage: CompileStage, time: TimeSummary)]
  /// How often each was measured.
  public let count: Int

  /// The object of `lashc bench --json`; times are nanoseconds.
  public var json: JSONValue {
    var compile = JSONObject()
    for (stage, time) in stages { compile[stage.rawValue] = time.json }
    compile["total"] = self.compile.json
    return [
      "runs": .integer(Int64(count)), "outcome": .string(report.outcome.rawValue),
      "value": report.jsonValue, "compile_ns": .object(compile), "run_ns": run.json,
      "stats": report.statistics.json,
    ]
  }

  /// Two lines for people.
  public var text: String {
    let parts = stages.map { stage, time in
      "\(stage.rawValue) \(RunReport.Statistics.milliseconds(time.median))"
    }
    return """
      compile  \(compile.text): \(parts.joined(separator: " · "))
      run      \(run.text), fuel \(report.statistics.fuel)
      """
  }
}
