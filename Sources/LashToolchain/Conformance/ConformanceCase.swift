import LashJSON

/// One conformance case: a program, its host, and what must come of it.
public struct ConformanceCase: Sendable {
  /// Its name, unique in a suite.
  public var id: String
  /// Where it stands, as `path:line`.
  public var place: String
  /// The program.
  public var source = ""
  /// The mock host, if it has one.
  public var mock: JSONValue?
  /// Whether operations that the mock lacks echo.
  public var echoesUnknown = false
  /// The bounds of the run: `fuel`, `memory`, `depth`.
  public var bounds = JSONObject()
  /// What must come of it.
  public var expectation = Expectation()

  /// What must come of a case.
  public struct Expectation: Sendable {
    /// The outcome: `finish`, `continued`, `fail`, `error` or `exhausted`.
    public var outcome = ""
    /// The value of `finish` or `fail`.
    public var value: JSONValue?
    /// The bound that is exhausted.
    public var bound: String?
    /// What the errors say.
    public var error = Pattern()
    /// Errors that must be reported besides.
    public var reports: [Pattern] = []
    /// Warnings that must be given; others do not count.
    public var warnings: [Pattern] = []
    /// Printed values; `nil` is not compared.
    public var prints: JSONValue?
    /// Module calls; `nil` is not compared.
    public var calls: JSONValue?
    /// Events; `nil` is not compared.
    public var events: JSONValue?
  }

  /// What a problem must be like; absent parts are not compared.
  public struct Pattern: Sendable {
    /// The stage that reports it.
    public var stage: String?
    /// The line that it blames.
    public var line: Int64?
    /// Texts that it contains, in any case of letters.
    public var contains: [String] = []
  }

  init(id: String, place: String) {
    self.id = id
    self.place = place
  }

  /// The case as a request of the batch protocol.
  public var request: JSONValue {
    var object: JSONObject = ["id": .string(id), "source": .string(source)]
    if let mock { object["mock"] = mock }
    if echoesUnknown { object["auto"] = true }
    for (key, value) in bounds { object[key] = value }
    return .object(object)
  }
}

/// Why a file of cases cannot be used.
public struct ConformanceError: Error, Sendable, CustomStringConvertible {
  /// Where and why.
  public let description: String

  init(_ place: String, _ message: String) {
    description = "\(place): \(message)"
  }
}

extension ConformanceCase.Expectation {
  static let outcomes = ["finish", "continued", "fail", "error", "exhausted"]

  /// Reads the `expect` object of the JSON Lines form and of examples.
  init(_ json: JSONValue, at place: String) throws(ConformanceError) {
    guard let outcome = json["outcome"]?.stringValue, Self.outcomes.contains(outcome) else {
      throw ConformanceError(
        place, "`outcome` is one of \(Self.outcomes.joined(separator: ", "))")
    }
    self.outcome = outcome
    value = json["value"]
    bound = json["bound"]?.stringValue
    error = ConformanceCase.Pattern(json)
    reports = (json["errors"]?.arrayValue ?? []).map(ConformanceCase.Pattern.init)
    prints = json["prints"]
    calls = json["calls"]
    events = json["events"]
  }
}

extension ConformanceCase.Pattern {
  /// Reads `{"stage"?, "line"?, "contains"?}`.
  init(_ json: JSONValue) {
    stage = json["stage"]?.stringValue
    line = json["line"]?.integerValue
    contains = (json["contains"]?.arrayValue ?? []).compactMap(\.stringValue)
  }
}
