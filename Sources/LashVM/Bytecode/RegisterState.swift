/// What the verifier knows of a register before an instruction.
enum RegisterState: UInt8 {
  /// Nothing: a function has not written it yet, or a call has. It may be written, which releases
  /// what is there, but not read: what a call left there differs after a snapshot.
  case stale
  /// A value, or unset.
  case value
  /// A list that `makeList` made and that has no other owner.
  case collector
  /// A batch that `batchBegin` made and that has no other owner.
  case batch
  /// The registers that `rangeBegin` made a counter, and nothing has written since.
  case counterNumber, counterLeft, counterStep
  /// The registers that `iterateBegin` made an iterator, and nothing has written since.
  case iteratorSequence, iteratorPosition

  /// What is known where control comes from both.
  func joined(with other: RegisterState) -> RegisterState {
    self == other ? self : self == .stale || other == .stale ? .stale : .value
  }

  /// What remains known when the value may have got more owners.
  var shared: RegisterState { self == .collector || self == .batch ? .value : self }
}

/// Why bytecode was refused: what could happen if it were run, and where.
public struct VerificationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The function or process; `nil` for the main block.
  public let body: String?
  /// The number of the instruction in its body, as the disassembler counts; `nil` if the body as a
  /// whole is at fault.
  public let instruction: Int?
  /// What is wrong, as a phrase.
  public let reason: String

  /// Place and reason.
  public var description: String {
    let place = body.map { "`\($0)`" } ?? "the main block"
    return "\(place)\(instruction.map { ", instruction \($0)" } ?? ""): \(reason)"
  }
}
