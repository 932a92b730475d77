import LashJSON
import LashVM

extension EffectLog {
  /// How often each effect of the program was executed, for the overlay of a graph: by the number that
  /// keys have. `isComplete` is for the caller to know: whether no run ended in an error.
  public func siteUses(isComplete: Bool) -> SiteUses {
    var uses: [Int: SiteUses.Use] = [:]
    var spent: [String: Int] = [:]
    for case .effect(let effect) in entries {
      guard let key = EffectKey(effect.key) else { continue }
      let fuel = UInt64(max(0, effect.fuel - (spent[key.run.text] ?? 0)))
      spent[key.run.text] = effect.fuel
      for (place, site) in Self.sites(of: effect, key).enumerated() {
        let use = uses[site] ?? SiteUses.Use(count: 0, fuel: 0)
        uses[site] = SiteUses.Use(
          count: use.count + 1, fuel: use.fuel &+ (place == 0 ? fuel : 0))
      }
    }
    return SiteUses(uses, isComplete: isComplete)
  }

  /// The sites of an effect: of a batch that of each call.
  private static func sites(of effect: Settled, _ key: EffectKey) -> [Int] {
    guard let calls = effect.request["batch"]?.arrayValue else { return [key.point.site] }
    return calls.compactMap { call in
      call["point"]?.stringValue.flatMap { EffectKey("main:\($0)")?.point.site }
    }
  }
}
