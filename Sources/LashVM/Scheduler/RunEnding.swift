import LashLang

/// How a run ended, and what it cost.
public struct RunEnding: Sendable {
  /// How a run ended.
  public enum Outcome: Sendable {
    /// `finish value`.
    case finished(HostValue)
    /// `fail value`.
    case failed(HostValue)
    /// It fell off its end.
    case fellOff
    /// A run-time error.
    case trapped(Trap)
    /// A bound was exhausted.
    case exhausted(Exhaustion)
    /// `cancel`, or its owner.
    case cancelled
  }

  /// The bound that ended a run, with its value: fuel units, bytes or frames.
  public enum Exhaustion: Hashable, Sendable {
    /// Fuel, its own or that of all runs.
    case fuel(Int)
    /// Memory, its own or that of all runs.
    case memory(Int)
    /// Nested calls of functions.
    case depth(Int)
  }

  /// How it ended.
  public var outcome: Outcome
  /// The last expression or statement that was run.
  public var position: SourceSpan
  /// Fuel that it used.
  public var fuelUsed: Int
  /// The most bytes of machine memory that it had in use.
  public var memoryPeak: Int

  /// An ending.
  public init(outcome: Outcome, position: SourceSpan, fuelUsed: Int, memoryPeak: Int) {
    self.outcome = outcome
    self.position = position
    self.fuelUsed = fuelUsed
    self.memoryPeak = memoryPeak
  }

  /// What a run gets that awaits this one (rule EFF-15).
  public var result: CallResult {
    switch outcome {
    case .finished(let value): .success(value)
    case .fellOff: .success(.null)
    case .failed(let value): .failure((try? value.text()) ?? value.kind)
    case .trapped(let trap): .failure(Self.shortened(trap.message))
    case .exhausted(let bound): .failure("out of \(bound)")
    case .cancelled: .failure("the process was cancelled")
    }
  }

  /// The bytes that its result counts for; a failure counts for none.
  var resultSize: Int {
    if case .success(let value) = result { value.estimatedSize } else { 0 }
  }

  /// A message without the middle of a long one: errors that go through many runs would grow without end.
  private static func shortened(_ message: String) -> String {
    guard message.utf8.count > 2_000 else { return message }
    return message.prefix(600) + " … " + message.suffix(600)
  }
}

extension RunEnding.Outcome {
  /// The outcome with its value as it goes to other runs.
  var withoutLazyParts: RunEnding.Outcome {
    switch self {
    case .finished(let value): .finished(value.withoutLazyParts)
    case .failed(let value): .failed(value.withoutLazyParts)
    default: self
    }
  }
}

extension RunEnding.Exhaustion: CustomStringConvertible {
  /// The bound in words, to follow "out of".
  public var description: String {
    switch self {
    case .fuel(let units): "fuel: all \(units) units were used"
    case .memory(let bytes): "memory: the bound of \(bytes) bytes was reached"
    case .depth(let frames): "call depth: more than \(frames) nested calls of functions"
    }
  }
}
