import LashJSON
import LashLang
import LashVM

/// Where a replay stands: what is about to happen, and what all runs look like.
public struct ReplayState: Sendable {
  /// Entries of the log that took place, of how many.
  public var position: Int
  /// Entries of the log.
  public var count: Int
  /// The virtual clock in milliseconds.
  public var now: Int64
  /// The entry that is about to take place; `nil` at the end.
  public var next: EffectLog.Entry?
  /// Where the effect stands that is about to be settled.
  public var place: SourceSpan?
  /// The variables of the main block.
  public var variables: [HostField]
  /// All runs in the order of their start.
  public var runs: [RunView]
  /// The text that places point into.
  public var source: SourceFile

  /// The state for machines.
  public var json: JSONValue {
    var object: JSONObject = [
      "position": .integer(Int64(position)), "entries": .integer(Int64(count)),
      "now": .integer(now),
    ]
    switch next {
    case .effect(let effect):
      var entry: JSONObject = [
        "line": .integer(Int64(effect.line)), "key": .string(effect.key),
        "request": effect.request, "answer": effect.answerJSON,
      ]
      if let place { entry["at"] = .string(text(of: place)) }
      object["next"] = .object(entry)
    case .start(let start):
      object["next"] = [
        "line": .integer(Int64(start.line)), "start": .string(start.process),
        "run": .string(start.run.text),
      ]
    case nil: break
    }
    var values = JSONObject()
    for variable in variables { values[variable.key] = (try? JSONValue(variable.value)) ?? .null }
    object["variables"] = .object(values)
    object["runs"] = .array(
      runs.map { run in
        [
          "run": .string(run.run.text), "process": run.process.map { .string($0) } ?? .null,
          "state": .string(run.state.text), "at": .string(text(of: run.position)),
        ]
      })
    return .object(object)
  }

  /// The state for people, several lines.
  public var text: String {
    var lines = ["entry \(position + 1) of \(count), at \(now) ms"]
    switch next {
    case .effect(let effect):
      lines.append("next: \(effect.key) \(effect.request)")
      lines.append("      gets \(effect.answerJSON)")
      if let place { lines.append("      at \(text(of: place))") }
    case .start(let start): lines.append("next: start of `\(start.process)` as \(start.run)")
    case nil: lines.append("next: the end")
    }
    if !variables.isEmpty { lines.append("variables:") }
    for variable in variables {
      lines.append("  \(variable.key) = \((try? JSONValue(variable.value))?.description ?? "?")")
    }
    lines.append("runs:")
    for run in runs {
      let name = run.process.map { "\(run.run) `\($0)`" } ?? "\(run.run)"
      lines.append("  \(name): \(run.state.text), at \(text(of: run.position))")
    }
    return lines.joined(separator: "\n")
  }

  private func text(of span: SourceSpan) -> String {
    guard !source.bytes.isEmpty else { return "an unknown place" }
    let position = source.position(of: span.start)
    return "\(source.name):\(position.line):\(position.column)"
  }
}

extension RunView.State {
  /// The state as a phrase.
  public var text: String {
    switch self {
    case .ready: "goes on"
    case .blocked(.signal(let name)): "waits for the signal `\(name)`"
    case .blocked(.runs(let runs)):
      "waits for " + runs.map { "`\($0)`" }.joined(separator: ", ")
    case .sleeping(let instant): "sleeps until \(instant) ms"
    case .waitingForHost: "waits for the host"
    case .ended(let ending):
      switch ending.result {
      case .success(let value): "ended with \((try? JSONValue(value))?.description ?? "a value")"
      case .failure(let text): "failed: \(text)"
      }
    }
  }
}

extension ReplaySession {
  /// Where the session stands.
  public func state() -> ReplayState {
    let next = position < count ? log.entries[position] : nil
    var place: SourceSpan?
    if case .effect(let effect) = next, let key = EffectKey(effect.key) {
      place = program.place(ofSite: key.point.site)
    }
    return ReplayState(
      position: position, count: count, now: scheduler.now, next: next, place: place,
      variables: scheduler.variables(of: .main), runs: scheduler.views(), source: program.source)
  }
}
