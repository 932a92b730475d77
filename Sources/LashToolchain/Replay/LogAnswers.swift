import LashJSON
import LashLang
import LashVM

/// Answers a run from a log, and compares what the run does with it.
final class LogAnswers {
  private let entries: [EffectLog.Entry]
  /// Answers by the key of the effect.
  private let answers: [String: EffectLog.Settled]
  /// Whether the run may use other fuel than the log says: it is of another program.
  private let ignoresFuel: Bool
  /// Entries that took place.
  private(set) var position = 0
  /// The first difference between run and log. From then on nothing is answered.
  private(set) var problem: ReplayProblem?

  init(_ log: EffectLog, ignoresFuel: Bool) {
    entries = log.entries
    self.ignoresFuel = ignoresFuel
    var answers: [String: EffectLog.Settled] = [:]
    for effect in log.dropped { answers[effect.key] = effect }
    for case .effect(let effect) in log.entries { answers[effect.key] = effect }
    self.answers = answers
  }

  /// Notes that the entry at this position, a start from outside, took place.
  func passStart() { position += 1 }

  /// Goes back to where so many entries took place.
  func go(backTo position: Int) {
    self.position = position
    problem = nil
  }

  /// Notes a difference, unless there is one already.
  func note(_ problem: ReplayProblem) {
    if self.problem == nil { self.problem = problem }
  }

  /// The recorded answer to an effect of the host.
  func reply(to effect: Effect) -> HostReply {
    guard problem == nil, let entry = entry(of: effect) else { return .later }
    return entry.delay > 0
      ? .after(milliseconds: entry.delay, entry.answer) : .answer(entry.answer)
  }

  /// The recorded answer to a `wait_signal`, if the host gave one.
  func reply(toSignal effect: Effect) -> HostReply {
    guard problem == nil else { return .later }
    guard let key = effect.key, answers[key.description]?.isFromHost == true else {
      return .scheduler
    }
    return reply(to: effect)
  }

  /// The entry of an effect, if it asks for the same; else the difference is noted.
  private func entry(of effect: Effect) -> EffectLog.Settled? {
    var found: EffectLog.Settled?
    if let key = effect.key {
      found = answers[key.description]
    } else if entries.indices.contains(position), case .effect(let entry) = entries[position] {
      found = entry
    }
    guard let entry = found else {
      note(missing(effect))
      return nil
    }
    let request = effect.exactRequest
    guard request == entry.request.description else {
      note(.differs(effect, entry, what: "asks for", request, entry.request.description))
      return nil
    }
    return entry
  }

  private func missing(_ effect: Effect) -> ReplayProblem {
    let name = effect.key?.description ?? effect.run.text
    let next =
      entries.indices.contains(position)
      ? "; the next entry is on line \(entries[position].line)" : "; the log ends before"
    return ReplayProblem(
      line: entries.indices.contains(position) ? entries[position].line : entries.last?.line,
      effect: effect,
      "the log has no answer for `\(name)`, where the run asks for \(effect.exactRequest)\(next)")
  }

  /// Compares an effect that is settled with the entry that is next.
  func settled(_ effect: Effect, _ outcome: EffectOutcome) {
    guard problem == nil else { return }
    guard entries.indices.contains(position), case .effect(let entry) = entries[position] else {
      note(missing(effect))
      return
    }
    let key = effect.key?.description ?? effect.run.text
    guard key == entry.key else {
      note(
        ReplayProblem(
          line: entry.line, effect: effect,
          "the run settles `\(key)`, where the log has `\(entry.key)`"))
      return
    }
    let request = effect.exactRequest
    let answer = (try? JSONValue(exactly: outcome))?.description ?? ""
    if request != entry.request.description {
      note(.differs(effect, entry, what: "asks for", request, entry.request.description))
    } else if answer != entry.answerJSON.description {
      note(.differs(effect, entry, what: "gets", answer, entry.answerJSON.description))
    } else if !ignoresFuel, effect.fuel != entry.fuel {
      note(.differs(effect, entry, what: "has used", "\(effect.fuel) fuel", "\(entry.fuel)"))
    } else if !ignoresFuel, effect.now != entry.now {
      note(.differs(effect, entry, what: "is at", "\(effect.now) ms", "\(entry.now)"))
    } else {
      position += 1
    }
  }
}

/// Where a run and a log differ.
public struct ReplayProblem: Error, Sendable, CustomStringConvertible {
  /// The line of the log, if one is meant.
  public let line: Int?
  /// What differs.
  public let message: String
  /// The effect of the run at which it shows.
  public let key: EffectKey?

  init(line: Int?, effect: Effect? = nil, _ message: String) {
    self.line = line
    self.message = message
    key = effect?.key
  }

  fileprivate static func differs(
    _ effect: Effect, _ entry: EffectLog.Settled, what: String, _ found: String,
    _ expected: String
  ) -> ReplayProblem {
    ReplayProblem(
      line: entry.line, effect: effect,
      "`\(entry.key)` \(what) \(found.shortened), where the log has \(expected.shortened)")
  }

  /// Place and message.
  public var description: String { line.map { "line \($0): \(message)" } ?? message }
}

extension Effect {
  /// The request in its exact form, as text.
  fileprivate var exactRequest: String {
    (try? JSONValue(exactly: request))?.description ?? request.name
  }
}

extension String {
  /// The text, without its middle if it is long.
  fileprivate var shortened: String {
    count <= 400 ? self : prefix(200) + " … " + suffix(200)
  }
}
