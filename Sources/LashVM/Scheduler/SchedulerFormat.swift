import LashJSON

/// The stored form of a scheduler (`spec/snapshot-format.md`).
enum SchedulerFormat {
  /// First bytes: no text begins so, and a line-end conversion destroys it.
  static let magic: [UInt8] = [0x00, 0x6C, 0x61, 0x73, 0x68, 0x71, 0x0D, 0x0A]
  /// The version that is written, and the only one that is read. It grows when the layout or a tag
  /// changes; the machines in it have a version of their own.
  static let version: UInt32 = 1
  /// Where the bytes begin over which the checksum is taken.
  static let bodyOffset = 20

  /// How a run stands.
  enum Standing: UInt8, CaseIterable {
    case ready = 0
    case answered = 1
    case waitingForRuns = 2
    case waitingForSignal = 3
    case waitingForTimer = 4
    case waitingForHost = 5
    case ended = 6
  }

  /// How a run ended.
  enum Ending: UInt8, CaseIterable {
    case finished = 0
    case failed = 1
    case fellOff = 2
    case trapped = 3
    case outOfFuel = 4
    case outOfMemory = 5
    case outOfDepth = 6
    case cancelled = 7
  }

  /// What is there of a machine.
  enum MachineForm: UInt8, CaseIterable {
    case none = 0
    case snapshot = 1
    /// It never came to be, since the program alone passes its memory bound.
    case notLoaded = 2
  }
}

/// Why a scheduler cannot become bytes, or bytes cannot become a scheduler again.
public enum SchedulerSnapshotError: Error, Sendable, CustomStringConvertible {
  /// The bytes do not begin as a scheduler's do.
  case notAScheduler
  /// They have another format version than this library reads.
  case version(found: UInt32, supported: UInt32)
  /// They are cut short, changed or made up: what is wrong, and the bytes before it.
  case damaged(String, offset: Int)
  /// A program of which it has runs was not supplied: its identity in hexadecimal.
  case missingProgram(identity: String)
  /// The machine of a run cannot be stored or restored.
  case machine(run: String, SnapshotError)
  /// Its runs hold more than twice the limit on memory, in bytes.
  case memory(limit: Int)
  /// A value has no stored form.
  case value(run: String, JSONError)

  /// What went wrong and what to do, as one sentence.
  public var description: String {
    switch self {
    case .notAScheduler: "these bytes are no snapshot of a scheduler"
    case .version(let found, let supported):
      "the snapshot has format version \(found), this library reads version \(supported): "
        + "restore it with the version that wrote it, or start the run again"
    case .damaged(let reason, let offset): "damaged snapshot: \(reason) at byte \(offset)"
    case .missingProgram(let identity):
      "the snapshot has runs of a program that is not there: its identity is \(identity)"
    case .machine(let run, let error): "the machine of the run `\(run)`: \(error)"
    case .memory(let limit):
      "the runs of the snapshot hold more than twice the \(limit) bytes that the limits allow: restore it "
        + "with the limits that it was taken with"
    case .value(let run, let error): "a value of the run `\(run)` can't be stored: \(error.reason)"
    }
  }
}
