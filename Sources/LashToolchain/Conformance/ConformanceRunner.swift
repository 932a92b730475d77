import LashJSON

/// Runs conformance cases with this toolchain and sums up what came of them.
public struct ConformanceRunner: Sendable {
  private let batch: BatchRun

  /// A runner whose runs start from `setup`.
  public init(_ setup: RunSetup = RunSetup()) {
    batch = BatchRun(setup)
  }

  /// Runs one case; what is wrong, or `nil`.
  public func failure(of one: ConformanceCase) -> ConformanceFailure? {
    failure(of: one, batch.answer(one.request))
  }

  private func failure(of one: ConformanceCase, _ answer: JSONValue) -> ConformanceFailure? {
    one.judge(answer).map { ConformanceFailure(of: one, problem: $0, answer: answer) }
  }

  /// Runs the cases of a suite in order.
  public func run(_ suite: ConformanceSuite) -> ConformanceSummary {
    var summary = ConformanceSummary()
    for one in suite.cases {
      let answer = batch.answer(one.request)
      let failure = failure(of: one, answer)
      summary.cases += 1
      summary.fuel.append((one.id, answer["stats"]?["fuel"]?.integerValue ?? 0))
      switch (failure, suite.known[one.id]) {
      case (nil, nil): summary.passed += 1
      case (.some, .some): summary.known += 1
      case (.some(let failure), nil): summary.failures.append(failure)
      case (nil, .some):
        summary.failures.append(
          ConformanceFailure(
            of: one, problem: "passes, although KNOWN.md says that it disagrees", answer: .null))
      }
    }
    return summary
  }
}

/// A case that went wrong.
public struct ConformanceFailure: Sendable, CustomStringConvertible {
  /// The case.
  public let id: String
  /// Where it stands.
  public let place: String
  /// What is wrong.
  public let problem: String
  /// What was expected.
  public let expected: JSONValue
  /// What came.
  public let actual: JSONValue

  init(of one: ConformanceCase, problem: String, answer: JSONValue) {
    id = one.id
    place = one.place
    self.problem = problem
    expected = one.expectation.json
    actual = Self.brief(answer)
  }

  /// The failure in four lines.
  public var description: String {
    """
    FAIL \(id): \(problem)
      at       \(place)
      expected \(Self.short(expected))
      actual   \(Self.short(actual))
    """
  }

  /// The failure as an object of the JSON summary.
  public var json: JSONValue {
    [
      "id": .string(id), "at": .string(place), "problem": .string(problem),
      "expected": expected, "actual": actual,
    ]
  }

  /// The parts of an answer that a case speaks of, empty ones left out.
  private static func brief(_ answer: JSONValue) -> JSONValue {
    var object = JSONObject()
    for key in ["outcome", "value", "prints", "calls", "events"] {
      if let part = answer[key], !part.isNull, part.arrayValue?.isEmpty != true {
        object[key] = part
      }
    }
    let diagnostics = (answer["diagnostics"]?.arrayValue ?? []).map { one in
      let line = one["span"]?["start"]?["line"]?.integerValue.map { " line \($0)" } ?? ""
      let texts = ["code", "message"].compactMap { one[$0]?.stringValue }
      return JSONValue.string(
        "\(one["stage"]?.stringValue ?? "")\(line): \(texts.joined(separator: " "))")
    }
    if !diagnostics.isEmpty { object["diagnostics"] = .array(diagnostics) }
    return .object(object)
  }

  private static func short(_ json: JSONValue) -> String {
    let text = json.description
    return text.count <= 600 ? text : text.prefix(600) + "…"
  }
}

/// What came of a suite.
public struct ConformanceSummary: Sendable {
  /// Cases that were run.
  public internal(set) var cases = 0
  /// Cases that were as expected.
  public internal(set) var passed = 0
  /// Cases that disagree and are known to.
  public internal(set) var known = 0
  /// Cases that went wrong.
  public internal(set) var failures: [ConformanceFailure] = []

  /// The fuel that each case used, in order; 0 if it did not run.
  public internal(set) var fuel: [(id: String, units: Int64)] = []

  /// Whether nothing went wrong, and there was something to run.
  public var isSuccess: Bool { failures.isEmpty && cases > 0 }

  /// The failures and a last line with the counts.
  public var text: String {
    let known = known > 0 ? ", \(known) known to disagree" : ""
    let last = "\(cases) cases: \(passed) passed, \(failures.count) failed\(known)"
    return (failures.map(\.description) + [last]).joined(separator: "\n")
  }

  /// The summary that a machine reads.
  public var json: JSONValue {
    [
      "cases": .integer(Int64(cases)), "passed": .integer(Int64(passed)),
      "failed": .integer(Int64(failures.count)), "known": .integer(Int64(known)),
      "failures": .array(failures.map(\.json)),
    ]
  }
}

extension ConformanceCase.Expectation {
  /// The expectation for a reader of a failure.
  var json: JSONValue {
    var object: JSONObject = ["outcome": .string(outcome)]
    if let value { object["value"] = value }
    if let bound { object["bound"] = .string(bound) }
    if outcome == "error" { object["error"] = .string(error.description) }
    if !reports.isEmpty { object["reports"] = .array(reports.map { .string($0.description) }) }
    if !warnings.isEmpty { object["warns"] = .array(warnings.map { .string($0.description) }) }
    if let prints { object["prints"] = prints }
    if let calls { object["calls"] = calls }
    if let events { object["events"] = events }
    return .object(object)
  }
}
