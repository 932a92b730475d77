import LashJSON
import LashLang
import LashVM

/// A recorded run that can be gone through forwards and backwards, without its host.
///
/// Snapshots are taken on the way, so that going back costs little.
public struct ReplaySession: ~Copyable {
  /// What was recorded.
  public let log: EffectLog
  let program: Program
  private(set) var scheduler: Scheduler
  private var host: RunHost
  private let answers: LogAnswers
  private let foreground: RunKey
  private var checkpoints: [Checkpoint] = []
  /// Entries between two checkpoints.
  private var spacing = 64
  /// The most checkpoints that are kept.
  private static let mostCheckpoints = 64

  private struct Checkpoint {
    var position: Int
    var bytes: [UInt8]
    var account: RunHost.Account
  }

  /// A session at the beginning of a log. With another program than the recorded one the log's answers
  /// are given to that, and its fuel is not compared.
  public init(
    _ log: EffectLog, program: Program? = nil,
    onPrint: @escaping (HostValue) -> Void = { _ in }
  ) throws(ReplayProblem) {
    self.log = log
    self.program = program ?? log.program
    answers = LogAnswers(
      log, ignoresFuel: program != nil && program?.identity != log.program.identity)
    host = RunHost(answers, onPrint: onPrint)
    scheduler = Scheduler(limits: log.limits)
    switch log.entry {
    case .main:
      foreground = .main
      scheduler.start(self.program, globals: log.globals, bounds: log.bounds)
    case .process(let name, let arguments):
      foreground = RunKey(root: name) ?? .main
      let isThere = scheduler.start(
        self.program, process: name, arguments: arguments, key: foreground, bounds: log.bounds)
      guard isThere else {
        throw ReplayProblem(line: 1, "the program has no process `\(name)`")
      }
    }
    try keepCheckpoint()
  }

  /// Entries of the log that took place.
  public var position: Int { answers.position }
  /// Entries of the log.
  public var count: Int { log.entries.count }

  /// Goes to where so many entries of the log took place and the next is about to: an effect has been
  /// asked for, and its answer is there. From 0 to `count`. Going back uses the last snapshot before.
  public mutating func seek(to target: Int) throws(ReplayProblem) {
    let target = min(max(target, 0), count)
    if target < position { try restore(before: target) }
    while position < target {
      let next = min(target, (position / spacing + 1) * spacing)
      try advance(to: next)
      if position == next, next % spacing == 0 { try keepCheckpoint() }
    }
    if target == position { try advance(to: target) }
  }

  /// Goes on to the end of the run, and checks that it is the recorded one.
  public mutating func finish() throws(ReplayProblem) -> RunReport {
    try seek(to: count)
    let halt = scheduler.run(&host)
    if let problem = answers.problem { throw problem }
    guard let end = log.end else {
      throw ReplayProblem(
        line: log.entries.last?.line ?? 1, "the log ends here, before the end of the run")
    }
    let isSame = program.identity == log.program.identity
    if isSame, scheduler.stateHash != end.state || scheduler.fuelUsed != end.fuel {
      throw ReplayProblem(
        line: end.line, "the run ends in another state than the recorded one did")
    }
    var blocked: [BlockedRun] = []
    if case .deadlock(let runs) = halt { blocked = runs }
    var report = RunReport(error: [], in: program.source)
    report.conclude(
      scheduler.ending(of: foreground).map { .ended($0, waiting: blocked) } ?? .deadlock(blocked),
      scheduler, host, foreground)
    return report
  }

  /// The scheduler's state as bytes. The same position always gives the same.
  public func snapshot() throws(SchedulerSnapshotError) -> [UInt8] { try scheduler.snapshot() }

  // MARK: Going

  private mutating func advance(to target: Int) throws(ReplayProblem) {
    while position < target {
      if case .start(let start) = log.entries[position] {
        try settle(until: scheduler.settledEffects, clock: start.now)
        scheduler.advanceClock(to: start.now)
        guard
          scheduler.start(
            program, process: start.process, arguments: start.arguments, key: start.run,
            bounds: log.bounds)
        else {
          throw ReplayProblem(
            line: start.line,
            "`\(start.process)` can't be started as `\(start.run)`: the program has no such process"
          )
        }
        answers.passStart()
      } else {
        let end = log.entries[position..<target].firstIndex { entry in
          if case .start = entry { true } else { false }
        }
        let effects = (end ?? target) - position
        let before = position
        try settle(
          until: scheduler.settledEffects + effects, clock: instant(of: position + effects - 1))
        guard position == before + effects else {
          throw ReplayProblem(
            line: log.entries[position].line,
            "the run is over, or waits, where the log has more")
        }
      }
    }
    // On to where the next effect is about to be settled.
    try settle(until: scheduler.settledEffects, clock: clock(after: target))
  }

  /// When an entry takes place, or took place in the recorded run.
  private func instant(of entry: Int) -> Int64 {
    switch log.entries[entry] {
    case .start(let start): start.now
    case .effect(let effect): effect.now
    }
  }

  /// How far the clock may move when so many entries took place.
  private func clock(after position: Int) -> Int64 {
    position < count ? max(instant(of: position), scheduler.now) : scheduler.now
  }

  private mutating func settle(until effects: Int, clock: Int64) throws(ReplayProblem) {
    var goal = SchedulerGoal()
    goal.effects = effects
    goal.clock = clock
    _ = scheduler.run(&host, until: goal)
    // What a broken off log lacks is a problem of `finish` only.
    let isBrokenOff = log.end == nil && position == count
    if let problem = answers.problem, !isBrokenOff { throw problem }
  }

  private mutating func keepCheckpoint() throws(ReplayProblem) {
    guard (checkpoints.last?.position ?? -1) < position else { return }
    do throws(SchedulerSnapshotError) {
      checkpoints.append(
        Checkpoint(
          position: position, bytes: try scheduler.snapshot(), account: host.account))
    } catch {
      throw ReplayProblem(line: nil, "\(error)")
    }
    guard checkpoints.count > Self.mostCheckpoints else { return }
    spacing *= 2
    checkpoints.removeAll { $0.position % spacing != 0 }
  }

  private mutating func restore(before target: Int) throws(ReplayProblem) {
    guard let checkpoint = checkpoints.last(where: { $0.position <= target }) else { return }
    let program = program
    do throws(SchedulerSnapshotError) {
      scheduler = try Scheduler(
        restoring: checkpoint.bytes, limits: log.limits,
        programs: { $0 == program.identity ? program : nil })
    } catch {
      throw ReplayProblem(line: nil, "\(error)")
    }
    host.go(backTo: checkpoint.account)
    answers.go(backTo: checkpoint.position)
  }
}
