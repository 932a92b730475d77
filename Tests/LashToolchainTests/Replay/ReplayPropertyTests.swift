import Foundation
import LashJSON
import LashLang
import LashVM
import Testing

@testable import LashToolchain

/// Programs with effects, made at random: a run, its replay, and a run that becomes bytes at every effect
/// and goes on from them come to the same.
///
/// `LASH_REPLAY_PROGRAMS` is how many are tried (50), `LASH_REPLAY_SEED` the first seed (1).
@Suite("Random programs with effects")
struct ReplayPropertyTests {
  private static func setting(_ name: String, _ normal: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? normal
  }

  /// What can be seen of a run.
  private struct Account: Equatable {
    var outcome: String
    var value: JSONValue
    var prints: [JSONValue]
    var calls: [JSONValue]
    var events: [JSONValue]
    var runs: [String]
    var messages: [String]
    var fuel: Int
    var effects: Int

    init(_ report: RunReport) {
      outcome = report.outcome.rawValue
      value = report.jsonValue
      prints = report.prints
      calls = report.calls.map { [.string($0.operation), .array($0.arguments), $0.result] }
      events = report.events.map { [.string($0.name), $0.value] }
      runs = report.runs.map { "\($0.run) \($0.process) \($0.waiting ?? "")" }
      messages = report.diagnostics.filter { $0.stage == .runtime }.map(\.message)
      fuel = report.statistics.fuel
      effects = report.statistics.effects
    }
  }

  private final class Lines: @unchecked Sendable {
    var text = ""
  }

  @Test("Run, replay, and snapshots at every effect")
  func same() throws {
    let mock = try MockFile(bytes: Array(EffectProgramGenerator.mock.utf8))
    let first = Self.setting("LASH_REPLAY_SEED", 1)
    let count = Self.setting("LASH_REPLAY_PROGRAMS", 50)
    var outcomes: [String: Int] = [:]
    for seed in first..<(first + count) {
      let text = EffectProgramGenerator.program(seed: UInt64(seed))
      var setup = RunSetup()
      setup.mock = mock
      setup.bounds.fuel = 200_000
      // Small slices, so that runs take turns.
      setup.limits.slice = 50 + seed % 300
      let source = SourceFile(name: "random", text: text)
      let plain = Run.report(source, setup)
      outcomes[plain.isCompileError ? "refused" : plain.outcome.rawValue, default: 0] += 1
      if plain.isCompileError { continue }
      let lines = Lines()
      setup.record = { lines.text += $0 }
      let recorded = Run.report(source, setup)
      #expect(Account(recorded) == Account(plain), "seed \(seed)\n\(text)")
      let log = try EffectLog(reading: Array(lines.text.utf8))
      #expect(try replay(log) == Account(plain), "seed \(seed)\n\(text)")
      try truncated(lines.text, log, seed)
      try late(source, setup, seed, text)
      setup.record = nil
      let (fuel, state) = try stepped(log.program, setup)
      #expect(fuel == plain.statistics.fuel, "seed \(seed)\n\(text)")
      #expect(state == log.end?.state, "seed \(seed)\n\(text)")
      if let seek = try seeking(log, seed) { Issue.record("seed \(seed): \(seek)\n\(text)") }
    }
    print("replay: seeds \(first)…\(first + count - 1), \(outcomes.sorted { $0.key < $1.key })")
    #expect((outcomes["refused"] ?? 0) * 5 < count, "\(outcomes)")
    #expect((outcomes["finish"] ?? 0) * 4 > count, "\(outcomes)")
    #expect((outcomes["error"] ?? 0) * 20 > count, "\(outcomes)")
  }

  /// Every prefix of a log replays to its end, where the state is that of the whole log unless an
  /// answer was on its way that is beyond the prefix.
  private func truncated(_ text: String, _ whole: EffectLog, _ seed: Int) throws {
    let lines = text.split(separator: "\n")
    let count = seed % lines.count
    guard count > 0 else { return }
    let log = try EffectLog(
      reading: Array(lines.prefix(count).map { $0 + "\n" }.joined().utf8))
    var session = try ReplaySession(log)
    try session.seek(to: log.entries.count)
    #expect(session.position == log.entries.count, "seed \(seed), \(count) lines")
    do throws(ReplayProblem) {
      _ = try session.finish()
      Issue.record("seed \(seed): \(count) lines are no whole run")
    } catch {
      #expect(error.message.contains("the log"), "seed \(seed): \(error)")
    }
    guard !log.entries.isEmpty else { return }
    var straight = try ReplaySession(whole)
    try straight.seek(to: log.entries.count - 1)
    try session.seek(to: log.entries.count - 1)
    guard session.answers.beyondEnd == nil else { return }
    let bytes = try session.snapshot()
    let expected = try straight.snapshot()
    #expect(bytes == expected, "seed \(seed), \(count) lines")
  }

  /// A host that answers in any order: what was recorded of it replays to the same.
  private func late(
    _ source: SourceFile, _ setup: RunSetup, _ seed: Int, _ text: String
  ) throws {
    var setup = setup
    let lines = Lines()
    setup.record = { lines.text += $0 }
    let picks = Picks(seed)
    setup.picksAnswer = { picks.next($0) }
    let recorded = Account(Run.report(source, setup))
    let log = try EffectLog(reading: Array(lines.text.utf8))
    #expect(try replay(log) == recorded, "late, seed \(seed)\n\(text)")
    if let seek = try seeking(log, seed) { Issue.record("late, seed \(seed): \(seek)\n\(text)") }
  }

  /// Picks answers at random.
  private final class Picks: @unchecked Sendable {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

    func next(_ count: Int) -> Int? {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      let number = Int(state >> 33)
      return number % 3 == 0 ? nil : number / 3 % count
    }
  }

  private func replay(_ log: EffectLog) throws -> Account {
    var session = try ReplaySession(log)
    return Account(try session.finish())
  }

  /// The run with a scheduler that is made of the bytes of the last one at each effect.
  private func stepped(_ program: Program, _ setup: RunSetup) throws -> (Int, String) {
    var limits = setup.limits
    limits.fuel = min(limits.fuel, setup.bounds.fuel)
    var scheduler = Scheduler(limits: limits)
    var host = RunHost(MockHost(setup.mock))
    scheduler.start(program, bounds: setup.bounds)
    var goal = SchedulerGoal()
    while true {
      goal.effects = scheduler.settledEffects + 1
      guard case .paused = scheduler.run(&host, until: goal) else { break }
      let bytes = try scheduler.snapshot()
      scheduler = try Scheduler(restoring: bytes, limits: limits, programs: { _ in program })
      let again = try scheduler.snapshot()
      #expect(again == bytes)
    }
    return (scheduler.fuelUsed, scheduler.stateHash)
  }

  /// Goes to some entries back and forth; what differs from having gone there straight, if anything.
  private func seeking(_ log: EffectLog, _ seed: Int) throws -> String? {
    var session = try ReplaySession(log)
    for step in 0..<4 {
      let target = (seed * 31 + step * 17) % (log.entries.count + 1)
      try session.seek(to: target)
      var straight = try ReplaySession(log)
      try straight.seek(to: target)
      let bytes = try session.snapshot()
      let expected = try straight.snapshot()
      if bytes != expected { return "entry \(target) is another" }
    }
    // Checks that the state at the end is the recorded one.
    _ = try session.finish()
    return nil
  }
}
