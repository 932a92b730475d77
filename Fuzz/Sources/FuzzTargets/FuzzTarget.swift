/// What can be fuzzed: each takes any bytes and says what is wrong with what came of them. A crash is
/// a finding as well.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// Reading and writing JSON.
  case json
  /// The reader of compiled programs, the verifier, and the machine.
  case program
  /// The reader of snapshots, and the machine.
  case snapshot
  /// Parser, checker, compiler and machine.
  case source

  /// The problem that these bytes reveal, `nil` if all is well.
  public func problem(_ bytes: [UInt8]) -> String? {
    switch self {
    case .json: JSONTarget.problem(bytes)
    case .program: ProgramTarget.problem(bytes)
    case .snapshot: SnapshotTarget.problem(bytes)
    case .source: SourceTarget.problem(bytes)
    }
  }

  /// Bytes that are like those but keep their structure; `nil` if they are to be changed blindly.
  public func mutated(_ bytes: [UInt8], seed: UInt64) -> [UInt8]? {
    var dice = Dice(seed: seed)
    switch self {
    case .program: return dice.roll(8) == 0 ? nil : ProgramMutation.mutated(bytes, &dice)
    case .json, .snapshot, .source: return nil
    }
  }
}

/// A small source of repeatable randomness (SplitMix64).
struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }

  /// From 0 up to, without, `count`; 0 if there is nothing to choose from.
  mutating func roll(_ count: Int) -> Int { count <= 0 ? 0 : Int(next() % UInt64(count)) }
}
