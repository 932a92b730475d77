import LashJSON
import LashLang
import LashVM

extension EffectLog {
  /// How often each effect of the program was executed and what it cost, for the overlay of a graph.
  ///
  /// A log has no endings of runs, so a whole one is replayed to learn them: as long as the run. One that was
  /// broken off is not, and its facts are not complete.
  public func siteUses() throws(ReplayProblem) -> SiteUses {
    var isComplete = false
    if end != nil {
      var session = try ReplaySession(self)
      _ = try session.finish()
      isComplete = session.allRunsEndedByThemselves
    }
    return countedUses(isComplete: isComplete)
  }

  private func countedUses(isComplete: Bool) -> SiteUses {
    var uses = SiteUses([:], isComplete: isComplete)
    var processes: [String: Int] = [:]
    if case .process(let name, _) = entry {
      uses.mainRuns = 0
      processes[name] = 1
    }
    // Of each run the fuel, and the clock, when it last got an answer, or began.
    var spent: [String: Int] = [:]
    var clock: [String: Int64] = [:]
    for entry in entries {
      switch entry {
      case .start(let start):
        processes[start.process, default: 0] += 1
        clock[start.run.text] = start.now
      case .effect(let effect):
        guard let key = EffectKey(effect.key) else { continue }
        if let process = effect.request["start"]?.stringValue, effect.answer.isValue {
          processes[process, default: 0] += 1
          clock[RunKey(startedBy: key).text] = effect.now
        }
        let run = key.run.text
        let fuel = UInt64(max(0, effect.fuel - (spent[run] ?? 0)))
        let time = max(0, effect.now - (clock[run] ?? 0))
        spent[run] = effect.fuel
        clock[run] = effect.now
        for (place, site) in Self.sites(of: effect, key).enumerated() {
          // A batch is asked for and waited for once.
          uses.add(site, fuel: place == 0 ? fuel : 0, time: place == 0 ? time : 0)
        }
      }
    }
    uses.processRuns = processes
    return uses
  }

  /// The sites of an effect: of a batch that of each call.
  private static func sites(of effect: Settled, _ key: EffectKey) -> [Int] {
    guard let calls = effect.request["batch"]?.arrayValue else { return [key.point.site] }
    return calls.compactMap { call in
      call["point"]?.stringValue.flatMap { EffectKey("main:\($0)")?.point.site }
    }
  }
}

extension SiteUses {
  fileprivate mutating func add(_ site: Int, fuel: UInt64, time: Int64) {
    var use = uses[site] ?? Use(count: 0, fuel: 0)
    use.count += 1
    use.fuel = use.fuel.addingReportingOverflow(fuel).partialValue
    use.time = use.time.addingReportingOverflow(time).partialValue
    uses[site] = use
  }
}

extension EffectOutcome {
  fileprivate var isValue: Bool { if case .value = self { true } else { false } }
}

extension ReplaySession {
  /// Whether each run came to its end, `finish` or `fail`: none stopped with an error or at a bound, was
  /// cancelled, or waits.
  fileprivate var allRunsEndedByThemselves: Bool {
    scheduler.views().allSatisfy { view in
      guard case .ended(let ending) = view.state else { return false }
      return switch ending.outcome {
      case .finished, .failed, .fellOff: true
      case .trapped, .exhausted, .cancelled: false
      }
    }
  }
}
