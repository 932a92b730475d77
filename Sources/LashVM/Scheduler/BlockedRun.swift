import LashLang

/// A run that waits for what cannot come but from outside.
public struct BlockedRun: Sendable {
  /// What is waited for.
  public enum Reason: Sendable {
    /// A signal of this name.
    case signal(String)
    /// The end of these runs, those that have not ended.
    case runs([RunKey])
  }

  /// The run that waits.
  public var run: RunKey
  /// The process that it runs; `nil` for a main block.
  public var process: String?
  /// What it waits for.
  public var reason: Reason
  /// Where it waits.
  public var position: SourceSpan
}

extension BlockedRun: CustomStringConvertible {
  /// Who waits for what, as a phrase.
  public var description: String {
    let who = process.map { "`\($0)` (\(run))" } ?? "the main block"
    switch reason {
    case .signal(let name): return "\(who) waits for the signal `\(name)`"
    case .runs(let runs):
      let names = runs.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
      let more = runs.count > 3 ? " and \(runs.count - 3) more" : ""
      return "\(who) waits for \(names)\(more) to end"
    }
  }
}

/// How a run stands, for a look from outside.
public struct RunView: Sendable {
  /// How a run stands.
  public enum State: Sendable {
    /// It is its turn soon.
    case ready
    /// It waits for a signal or for runs.
    case blocked(BlockedRun.Reason)
    /// It sleeps, or waits for a slow answer, until this instant of the clock.
    case sleeping(until: Int64)
    /// It waits for an answer that the host has put off.
    case waitingForHost
    /// It has ended.
    case ended(RunEnding)
  }

  /// The run.
  public var run: RunKey
  /// The process that it runs; `nil` for a main block.
  public var process: String?
  /// How it stands.
  public var state: State
  /// Where it stands in its program.
  public var position: SourceSpan
  /// Fuel that it has used.
  public var fuelUsed: Int
}

extension Scheduler {
  /// All runs in the order of their start. O(runs).
  public func views() -> [RunView] {
    var wakes: [Int: Int64] = [:]
    for timer in timers.timers {
      if case .waitingForTimer(timer.number, _) = runs[timer.run].standing {
        wakes[timer.run] = timer.instant
      }
    }
    return runs.indices.map { view(of: $0, wakes) }
  }

  /// The runs that have not ended, in the order of their start. O(runs).
  public func livingViews() -> [RunView] {
    views().filter { if case .ended = $0.state { false } else { true } }
  }

  private func view(of place: Int, _ wakes: [Int: Int64]) -> RunView {
    let run = runs[place]
    let state: RunView.State =
      switch run.standing {
      case .ready, .answered: .ready
      case .waitingForRuns: .blocked(.runs(awaited(by: place)))
      case .waitingForSignal(let name): .blocked(.signal(name))
      case .waitingForTimer: .sleeping(until: wakes[place] ?? clock.now)
      case .waitingForHost: .waitingForHost
      case .ended(let ending): .ended(ending)
      }
    return RunView(
      run: run.key, process: run.process, state: state,
      position: run.ending?.position ?? run.machine?.position ?? .none,
      fuelUsed: run.ending?.fuelUsed ?? run.machine?.fuelUsed ?? 0)
  }

  /// The most bytes of machine memory that one machine has had in use. O(runs).
  public var memoryPeak: Int {
    runs.reduce(0) { max($0, $1.ending?.memoryPeak ?? $1.machine?.memoryPeak ?? 0) }
  }

  /// How a run ended; `nil` while it lives or if there is none of that key.
  public func ending(of run: RunKey) -> RunEnding? {
    places[run.text].flatMap { runs[$0].ending }
  }

  /// Whether there is a run of that key, living or ended.
  public func contains(_ run: RunKey) -> Bool { places[run.text] != nil }

  /// The variables of a main block that lives or whose machine is kept; else none.
  public func variables(of run: RunKey) -> [HostField] {
    guard let place = places[run.text] else { return [] }
    return runs[place].machine?.variables() ?? []
  }

  /// The program of a run.
  public func program(of run: RunKey) -> Program? {
    places[run.text].map { programs[runs[$0].program] }
  }

  /// The effect that the next turn settles; `nil` if the next turn begins otherwise.
  public func nextEffect() -> Effect? {
    guard let next = queue.items.first(where: { runs[$0].isInQueue }),
      case .answered = runs[next].standing
    else { return nil }
    return runs[next].effect(now: clock.now)
  }

  /// Runs that wait for a signal or for each other.
  func blocked() -> [BlockedRun] {
    runs.indices.compactMap { place in
      let run = runs[place]
      let reason: BlockedRun.Reason
      switch run.standing {
      case .waitingForSignal(let name): reason = .signal(name)
      case .waitingForRuns: reason = .runs(awaited(by: place))
      default: return nil
      }
      return BlockedRun(
        run: run.key, process: run.process, reason: reason,
        position: run.machine?.position ?? .none)
    }
  }

  private func awaited(by place: Int) -> [RunKey] {
    guard case .awaitRuns(let handles)? = runs[place].machine?.request() else { return [] }
    return handles.compactMap { handle in
      guard let awaited = places[handle.id], runs[awaited].ending == nil else { return nil }
      return runs[awaited].key
    }
  }
}
