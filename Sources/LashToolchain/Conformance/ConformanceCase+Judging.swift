import LashJSON

extension ConformanceCase {
  /// What is wrong with an answer of the batch protocol; `nil` if it is as expected.
  ///
  /// Values compare as JSON, texts without regard to case; `conformance/README.md` has the rules.
  public func judge(_ answer: JSONValue) -> String? {
    let outcome = answer["outcome"]?.stringValue ?? ""
    let isAllowed =
      outcome == expectation.outcome
      || expectation.outcome == "error" && expectation.error.stage == nil
        && outcome == "exhausted"
    guard isAllowed else { return "another outcome" }
    if let value = expectation.value, value != answer["value"] { return "another value" }
    let diagnostics = answer["diagnostics"]?.arrayValue ?? []
    if let bound = expectation.bound, !Self.text(diagnostics).contains(bound) {
      return "another bound"
    }
    if let problem = judge(diagnostics, isError: outcome == "error") { return problem }
    if let prints = expectation.prints, prints != answer["prints"] ?? [] { return "other prints" }
    if let calls = expectation.calls,
      Self.shape(calls, ["op", "args"]) != Self.shape(answer["calls"], ["op", "args"])
    {
      return "other calls"
    }
    if let events = expectation.events,
      Self.shape(events, ["event", "value"]) != Self.shape(answer["events"], ["event", "value"])
    {
      return "other events"
    }
    return nil
  }

  private func judge(_ diagnostics: [JSONValue], isError: Bool) -> String? {
    let errors = diagnostics.filter { $0["severity"] == "error" }
    let pattern = expectation.error
    if isError, !errors.contains(where: { pattern.isPlace(of: $0) }) {
      return "no error at the stage and line"
    }
    let everything = Self.text(diagnostics)
    if let missing = pattern.contains.first(where: { !everything.contains($0.lowercased()) }) {
      return "no diagnostic contains \(JSONValue.string(missing))"
    }
    if let unmet = expectation.reports.first(where: { !$0.isMet(in: errors) }) {
      return "nothing reports \(unmet)"
    }
    let warnings = diagnostics.filter { $0["severity"] == "warning" }
    if let unmet = expectation.warnings.first(where: { !$0.isMet(in: warnings) }) {
      return "nothing warns of \(unmet)"
    }
    return nil
  }

  /// All that a reader of the diagnostics sees, in lower case.
  fileprivate static func text(_ diagnostics: [JSONValue]) -> String {
    var texts: [String] = []
    for diagnostic in diagnostics {
      texts += ["code", "message", "hint"].compactMap { diagnostic[$0]?.stringValue }
      for note in diagnostic["notes"]?.arrayValue ?? [] {
        texts += [note.stringValue, note["message"]?.stringValue].compactMap { $0 }
      }
      texts += (diagnostic["fixes"]?.arrayValue ?? []).compactMap { $0["title"]?.stringValue }
    }
    return texts.joined(separator: "\n").lowercased()
  }

  /// The items of an array with some of their members only.
  private static func shape(_ items: JSONValue?, _ keys: [String]) -> [[JSONValue]] {
    (items?.arrayValue ?? []).map { item in keys.map { item[$0] ?? .null } }
  }
}

extension ConformanceCase.Pattern: CustomStringConvertible {
  fileprivate func isMet(in diagnostics: [JSONValue]) -> Bool {
    diagnostics.contains { one in
      let text = ConformanceCase.text([one])
      return isPlace(of: one) && contains.allSatisfy { text.contains($0.lowercased()) }
    }
  }

  fileprivate func isPlace(of diagnostic: JSONValue) -> Bool {
    (stage == nil || diagnostic["stage"]?.stringValue == stage)
      && (line == nil || diagnostic["span"]?["start"]?["line"]?.integerValue == line)
  }

  /// The pattern in a few words.
  public var description: String {
    var parts: [String] = []
    if let stage { parts.append(stage) }
    if let line { parts.append("line \(line)") }
    parts += contains.map { JSONValue.string($0).description }
    return parts.joined(separator: " ")
  }
}
