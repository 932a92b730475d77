import LashJSON
import LashLang
import LashVM

/// A recorded run: the program, how it began, and every effect with its answer in the order in which
/// they were settled (`spec/effects-and-replay.md`).
public struct EffectLog: Sendable {
  /// The version that is written, and the only one that is read.
  static let version: Int64 = 1

  /// What ran.
  public internal(set) var program: Program
  /// Where the run began.
  public internal(set) var entry: RunSetup.Entry
  /// The variables that were set.
  public internal(set) var globals: [HostField]
  /// The bounds of each machine.
  public internal(set) var bounds: Bounds
  /// The limits of all runs together.
  public internal(set) var limits: SchedulerLimits
  /// What happened, in order.
  public internal(set) var entries: [Entry] = []
  /// Answers of the host that their runs never got, since they were cancelled before.
  public internal(set) var dropped: [Settled] = []
  /// Effects whose answers the host had put off and never gave.
  public internal(set) var unanswered: [Unanswered] = []
  /// How it ended; `nil` if the log ends before.
  public internal(set) var end: End?

  /// Something that happened.
  public enum Entry: Sendable {
    /// An effect was settled.
    case effect(Settled)
    /// A run was started from outside, as by a trigger.
    case start(Start)
  }

  /// An effect with its answer.
  public struct Settled: Sendable {
    /// The line of the log, from 1.
    public var line: Int
    /// The key as text; of reads of lazy values the run alone.
    public var key: String
    /// The virtual clock when it was settled.
    public var now: Int64
    /// Fuel that its run had used.
    public var fuel: Int
    /// What was asked, in its exact form.
    public var request: JSONValue
    /// The answer.
    public var answer: EffectOutcome
    /// The answer as it stands in the log.
    public var answerJSON: JSONValue
    /// Virtual milliseconds from request to answer, if the host took some.
    public var delay: Int64
    /// Whether the host answered a `wait_signal`.
    public var isFromHost: Bool
    /// Whether the host had put the answer off, and gave it when nothing else could go on.
    public var isLater: Bool
  }

  /// An effect that was never answered.
  public struct Unanswered: Sendable {
    /// The line of the log, from 1.
    public var line: Int
    /// The key as text; of reads of lazy values the run alone.
    public var key: String
    /// What was asked, in its exact form.
    public var request: JSONValue
  }

  /// A run that was started from outside.
  public struct Start: Sendable {
    /// The line of the log, from 1.
    public var line: Int
    /// The virtual clock.
    public var now: Int64
    /// The run's name.
    public var run: RunKey
    /// The process.
    public var process: String
    /// Its arguments.
    public var arguments: [HostField]
  }

  /// The state in which the run ended.
  public struct End: Hashable, Sendable {
    /// The line of the log, from 1.
    public var line: Int
    /// The virtual clock.
    public var now: Int64
    /// Fuel of all runs.
    public var fuel: Int
    /// SHA-256 of the scheduler's snapshot, in hexadecimal.
    public var state: String
    /// Whether processes were stopped that would have gone on.
    public var isStopped: Bool
  }
}

extension EffectLog.Entry {
  /// The line of the log, from 1.
  public var line: Int {
    switch self {
    case .effect(let effect): effect.line
    case .start(let start): start.line
    }
  }
}
