/// What answers the effects of a scheduler's runs: a mock, a log, or a durable runtime.
///
/// It sees every request first and may leave processes, signals, sleeping and waiting to the scheduler,
/// which then does them on its virtual clock. Called from within `Scheduler.run`, in a fixed order.
public protocol SchedulerHost {
  /// Performs an effect, or leaves it to the scheduler. `wait_signal` comes here only when no signal of
  /// that name is queued.
  mutating func perform(_ effect: Effect) -> HostReply

  /// Whether ``settled(_:_:)`` is to be called; `false` spares the making of requests again.
  var observesEffects: Bool { get }

  /// An effect is settled: its run gets this answer next. The order of these calls is the order of the
  /// run, the same in every replay. Reads of lazy values come here too.
  mutating func settled(_ effect: Effect, _ outcome: EffectOutcome)

  /// A run has ended.
  mutating func ended(_ run: RunKey, process: String?, _ ending: RunEnding)
}

extension SchedulerHost {
  /// Nothing is observed.
  public var observesEffects: Bool { false }

  /// Does nothing.
  public mutating func settled(_ effect: Effect, _ outcome: EffectOutcome) {}

  /// Does nothing.
  public mutating func ended(_ run: RunKey, process: String?, _ ending: RunEnding) {}
}

/// An effect of a run as the host sees it.
public struct Effect: Sendable {
  /// The run that asks.
  public var run: RunKey
  /// The process that it runs; `nil` for a main block.
  public var process: String?
  /// Which effect of the run it is, of a batch its first call; `nil` for reads of lazy values.
  public var point: EffectPoint?
  /// What is asked.
  public var request: EffectRequest
  /// The virtual clock, in milliseconds.
  public var now: Int64
  /// Fuel that the run has used so far.
  public var fuel: Int

  /// The effect's stable name, of a batch that of its first call; `nil` for reads of lazy values.
  public var key: EffectKey? { point.map { EffectKey(run: run, point: $0) } }

  /// The stable name of one call of a batch.
  public func key(of call: ModuleCall) -> EffectKey { EffectKey(run: run, point: call.point) }
}

/// What a host makes of an effect.
public enum HostReply: Sendable {
  /// It is answered; the run goes on at once.
  case answer(EffectOutcome)
  /// It is answered so many virtual milliseconds from now.
  case after(milliseconds: Int64, EffectOutcome)
  /// The answer comes by `Scheduler.answer(_:_:)`. Until then the clock does not move on by itself.
  case later
  /// The scheduler is to do it; it refuses what it cannot do: operations, prints and reads.
  case scheduler
}

/// What bounds a scheduler as a whole, besides the bounds that each machine has.
public struct SchedulerLimits: Hashable, Sendable {
  /// Fuel units of all processes together that programs start; root runs have their own bound only.
  public var fuel = Int.max
  /// Bytes of all machines, results and queued signals together; a run that passes it is out of memory.
  public var memory = 1 << 30
  /// How many runs may live at a time. A machine takes some kilobytes besides its counted memory.
  public var living = 20_000
  /// How many processes programs may start in all.
  public var starts = 1_000_000
  /// Fuel units after which it is another run's turn, from 1 to 2^20.
  public var slice = 20_000

  /// Limits that are safe for a library.
  public init() {}
}
