import LashJSON
import LashLang
import LashVM

/// What a run came to, and everything that can be told about it.
public struct RunReport: Sendable {
  /// How the run ended.
  public var outcome: Outcome
  /// The value of `finish` or `fail`.
  public var value: HostValue?
  /// The same as JSON; null if there is none.
  public var jsonValue: JSONValue = .null
  /// Printed values in order.
  public var prints: [JSONValue] = []
  /// Module calls in the order of sending; a batch lists its calls in source order.
  public var calls: [Call] = []
  /// Sleep, yield and wake events in order.
  public var events: [Event] = []
  /// Processes in the order of their end, then those that wait for ever.
  public var runs: [ProcessRun] = []
  /// What could not be done besides, for people.
  public var notices: [String] = []
  /// Problems of all stages.
  public var diagnostics: [Diagnostic]
  /// The text that the problems speak of.
  public var source: SourceFile
  /// What the run cost.
  public var statistics = Statistics()

  /// How a run ended.
  public enum Outcome: String, Sendable {
    /// With `finish`.
    case finish
    /// It fell off its end.
    case continued
    /// With `fail`, in a process.
    case fail
    /// It did not compile, or stopped with a run-time error.
    case error
    /// A bound was exhausted.
    case exhausted
  }

  /// One module call with its answer.
  public struct Call: Sendable {
    /// Path and operation, such as `web.search`.
    public var operation: String
    /// The arguments.
    public var arguments: [JSONValue]
    /// The result wrapper.
    public var result: JSONValue
  }

  /// Something that a program did to its host other than a call.
  public struct Event: Sendable {
    /// `SleepFor`, `SleepUntil`, `Yield` or `Wake`.
    public var name: String
    /// The operand.
    public var value: JSONValue
  }

  /// What became of a process.
  public struct ProcessRun: Sendable {
    /// The run, as in handles.
    public var run: String
    /// The process.
    public var process: String
    /// How it ended; `nil` if it waits.
    public var result: CallResult?
    /// What it waits for.
    public var waiting: String?
    /// What it was about to do when it was stopped (``RunSetup/linger``).
    public var stopped: String?
    /// Whether another run has waited for it, and so seen how it ended.
    public var isAwaited: Bool
  }

  /// What a run cost; fuel and effects count started processes too.
  public struct Statistics: Sendable {
    /// Fuel units.
    public var fuel = 0
    /// The most bytes of machine memory that one machine held.
    public var memoryPeak = 0
    /// Requests to the host.
    public var effects = 0
    /// Nanoseconds from text to bytecode.
    public var compileTime: UInt64 = 0
    /// Nanoseconds of the run.
    public var runTime: UInt64 = 0
  }

  /// A report of something that never ran.
  public init(error diagnostics: [Diagnostic], in source: SourceFile) {
    outcome = .error
    self.diagnostics = diagnostics
    self.source = source
  }

  /// Whether the program never ran, because of its text.
  public var isCompileError: Bool {
    diagnostics.contains { $0.severity == .error && $0.stage != .runtime }
  }

  /// The exit status that tools give: 0 finished or fell off the end, 1 failed, 2 did not compile,
  /// 3 a bound was exhausted.
  public var exitStatus: Int32 {
    switch outcome {
    case .finish, .continued: 0
    case .fail: 1
    case .error: isCompileError ? 2 : 1
    case .exhausted: 3
    }
  }

  /// The report as the object of `lashc run --json`; `id` comes first if given.
  public func json(id: JSONValue? = nil) -> JSONValue {
    var object = JSONObject()
    if let id { object["id"] = id }
    object["outcome"] = .string(outcome.rawValue)
    object["value"] = jsonValue
    object["prints"] = .array(prints)
    object["calls"] = .array(
      calls.map {
        ["op": .string($0.operation), "args": .array($0.arguments), "result": $0.result]
      })
    object["events"] = .array(events.map { ["event": .string($0.name), "value": $0.value] })
    if !runs.isEmpty { object["runs"] = .array(runs.map(\.json)) }
    if !notices.isEmpty { object["notices"] = .array(notices.map { .string($0) }) }
    object["diagnostics"] = .array(
      diagnostics.map { JSONRenderer.json(of: $0, in: source) })
    object["stats"] = statistics.json
    return .object(object)
  }
}

extension RunReport.ProcessRun {
  init(stopped view: RunView) {
    self.init(
      run: view.run.text, process: view.process ?? "", stopped: view.state.text, isAwaited: false)
  }

  /// The entry of the member `runs`.
  fileprivate var json: JSONValue {
    var object: JSONObject = ["run": .string(run), "process": .string(process)]
    if let result { object["result"] = (try? JSONValue(result)) ?? .null }
    if let waiting { object["waiting"] = .string(waiting) }
    if let stopped { object["stopped"] = .string(stopped) }
    return .object(object)
  }

  /// What nobody else tells of the run, for people; `nil` if there is nothing to tell.
  public var notice: String? {
    if let waiting { return "\(waiting), for ever" }
    if let stopped {
      return
        "the process `\(process)` (\(run)) was stopped, since the main block has ended: it \(stopped)"
    }
    guard !isAwaited, case .failure(let text)? = result else { return nil }
    return "the process `\(process)` (\(run)) failed: \(text)"
  }
}

extension RunReport.Statistics {
  /// The member `stats` of the report.
  var json: JSONValue {
    [
      "fuel": .integer(Int64(fuel)), "memory_peak": .integer(Int64(memoryPeak)),
      "effects": .integer(Int64(effects)),
      "compile_ns": .integer(Int64(clamping: compileTime)),
      "run_ns": .integer(Int64(clamping: runTime)),
    ]
  }

  /// One line for people.
  public var text: String {
    "fuel \(fuel) · memory peak \(memoryPeak) bytes · effects \(effects) · compile "
      + "\(Self.milliseconds(compileTime)) · run \(Self.milliseconds(runTime))"
  }

  static func milliseconds(_ nanoseconds: UInt64) -> String {
    let micros = (nanoseconds + 500) / 1_000
    let fraction = String(micros % 1_000)
    return "\(micros / 1_000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
      + " ms"
  }
}

extension RunReport {
  /// A report of a run that could not begin for a reason outside its source, such as a missing file.
  public init(refusal message: String) {
    self.init(
      error: [Diagnostic(.hostFailure, message, at: nil)],
      in: SourceFile(name: "", bytes: []))
  }
}
