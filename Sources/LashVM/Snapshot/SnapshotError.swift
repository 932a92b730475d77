/// Why a machine cannot become bytes, or bytes cannot become a machine again.
public enum SnapshotError: Error, Hashable, Sendable {
  /// The bytes do not begin as a snapshot does.
  case notASnapshot
  /// The snapshot has another format version than this library reads.
  case version(found: UInt32, supported: UInt32)
  /// The snapshot is of a machine that runs another program.
  case otherProgram
  /// The bytes are cut short, changed or made up: what is wrong, and the bytes before it.
  case damaged(String, offset: Int)
  /// The machine does not fit the bounds that it is to have.
  case exceedsBounds(String)
  /// The text of a lazy value was not supplied, or another one was: its SHA-256.
  case missingText(hash: String)
  /// The machine never came to be: its program alone passes its memory bound.
  case notLoaded
}

extension SnapshotError: CustomStringConvertible {
  /// What went wrong and what to do, as one sentence.
  public var description: String {
    switch self {
    case .notASnapshot: "these bytes are no snapshot of a machine"
    case .version(let found, let supported):
      "the snapshot has format version \(found), this library reads version \(supported): "
        + "restore it with the version that wrote it, or start the run again"
    case .otherProgram:
      "the snapshot is of another program: restore it with the program, compiled from the same text, "
        + "that it was taken of"
    case .damaged(let reason, let offset): "damaged snapshot: \(reason) at byte \(offset)"
    case .exceedsBounds(let what): "the machine does not fit its bounds: \(what)"
    case .missingText(let hash):
      "the text with the SHA-256 \(hash) is needed again, and was not supplied"
    case .notLoaded: "the program does not fit the memory bound, so there is no state to keep"
    }
  }
}
