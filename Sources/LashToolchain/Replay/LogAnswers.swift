import LashJSON
import LashLang
import LashVM

/// Answers a run from a log, and compares what the run does with it.
final class LogAnswers {
  private let entries: [EffectLog.Entry]
  /// Answers by the key of the effect.
  private let answers: [String: EffectLog.Settled]
  /// Places of the entries that are reads of lazy values, by the run that reads.
  private let reads: [String: [Int]]
  /// The requests that the host never answered, by key.
  private let unanswered: [String: EffectLog.Unanswered]
  /// Whether the log ends before the run does.
  private let isBrokenOff: Bool
  /// Whether the run may use other fuel than the log says: it is of another program.
  private let ignoresFuel: Bool
  /// Entries that took place.
  private(set) var position = 0
  /// The first difference between run and log. From then on nothing is answered.
  private(set) var problem: ReplayProblem?
  /// The first effect for which a log that was broken off has no answer. It is no difference: the answer
  /// would have come later.
  private(set) var beyondEnd: ReplayProblem?
  /// The position at which it was asked for.
  private var beyondEndPosition = 0

  init(_ log: EffectLog, ignoresFuel: Bool) {
    entries = log.entries
    isBrokenOff = log.end == nil
    self.ignoresFuel = ignoresFuel
    var answers: [String: EffectLog.Settled] = [:]
    var reads: [String: [Int]] = [:]
    for effect in log.dropped { answers[effect.key] = effect }
    for (place, entry) in log.entries.enumerated() {
      guard case .effect(let effect) = entry else { continue }
      if effect.isRead { reads[effect.key, default: []].append(place) }
      answers[effect.key] = effect
    }
    self.answers = answers
    self.reads = reads
    unanswered = Dictionary(log.unanswered.map { ($0.key, $0) }) { first, _ in first }
  }

  /// Notes that the entry at this position, a start from outside, took place.
  func passStart() { position += 1 }

  /// Goes back to where so many entries took place.
  func go(backTo position: Int) {
    self.position = position
    problem = nil
    if beyondEndPosition > position { beyondEnd = nil }
  }

  /// Notes a difference, unless there is one already.
  func note(_ problem: ReplayProblem) {
    if self.problem == nil { self.problem = problem }
  }

  /// The recorded answer to an effect of the host.
  func reply(to effect: Effect) -> HostReply {
    guard problem == nil else { return .later }
    let name = effect.key?.description ?? effect.run.text
    if let entry = entry(of: effect, name) {
      guard isSame(effect, entry.key, entry.line, entry.request), !entry.isLater else {
        return .later
      }
      return entry.delay > 0
        ? .after(milliseconds: entry.delay, entry.answer) : .answer(entry.answer)
    }
    if let asked = unanswered[name] {
      _ = isSame(effect, asked.key, asked.line, asked.request)
      return .later
    }
    guard isBrokenOff else {
      note(missing(effect))
      return .later
    }
    if beyondEnd == nil {
      beyondEnd = missing(effect)
      beyondEndPosition = position
    }
    // Its answer came after what there is of the log: the others go on.
    return .after(milliseconds: .max, .refused("the log ends before"))
  }

  /// The recorded answer to a `wait_signal`, if the host gave one.
  func reply(toSignal effect: Effect) -> HostReply {
    guard problem == nil else { return .later }
    guard let key = effect.key?.description,
      answers[key]?.isFromHost == true || unanswered[key] != nil
    else { return .scheduler }
    return reply(to: effect)
  }

  /// The answer that the host had put off and that comes next, if one does.
  var nextLaterAnswer: (run: RunKey, outcome: EffectOutcome, now: Int64)? {
    guard problem == nil, entries.indices.contains(position),
      case .effect(let entry) = entries[position], entry.isLater,
      let run = EffectKey(entry.key)?.run ?? RunKey(entry.key)
    else { return nil }
    return (run, entry.answer, entry.now)
  }

  /// The entry in which an effect is settled.
  private func entry(of effect: Effect, _ name: String) -> EffectLog.Settled? {
    guard effect.key == nil else { return answers[name] }
    // A run reads one value after another: it is the first read that did not take place yet.
    guard let places = reads[name] else { return nil }
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle] < position { low = middle + 1 } else { high = middle }
    }
    guard low < places.count, case .effect(let entry) = entries[places[low]] else { return nil }
    return entry
  }

  /// Whether an effect asks for what the log has; else the difference is noted.
  private func isSame(_ effect: Effect, _ key: String, _ line: Int, _ recorded: JSONValue) -> Bool {
    let request = effect.exactRequest
    let expected = recorded.description
    guard request != expected else { return true }
    note(.differs(effect, key, line, what: "asks for", request, expected))
    return false
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
      note(
        .differs(
          effect, entry.key, entry.line, what: "asks for", request, entry.request.description))
    } else if answer != entry.answerJSON.description {
      note(
        .differs(effect, entry.key, entry.line, what: "gets", answer, entry.answerJSON.description))
    } else if !ignoresFuel, effect.fuel != entry.fuel {
      note(
        .differs(
          effect, entry.key, entry.line, what: "has used", "\(effect.fuel) fuel", "\(entry.fuel)"))
    } else if !ignoresFuel, effect.now != entry.now {
      note(
        .differs(effect, entry.key, entry.line, what: "is at", "\(effect.now) ms", "\(entry.now)"))
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
    _ effect: Effect, _ key: String, _ line: Int, what: String, _ found: String,
    _ expected: String
  ) -> ReplayProblem {
    ReplayProblem(
      line: line, effect: effect,
      "`\(key)` \(what) \(found.shortened), where the log has \(expected.shortened)")
  }

  /// Place and message.
  public var description: String { line.map { "line \($0): \(message)" } ?? message }
}

extension EffectLog.Settled {
  /// Whether it is a read of lazy values, which has no key of its own.
  fileprivate var isRead: Bool { EffectKey(key) == nil }
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
