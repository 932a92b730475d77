/// What a session needs of the world around it: someone to show things to, and files.
public protocol Console: AnyObject {
  /// The columns of the screen; `nil` if there is none, so that results are plain and whole.
  var columns: Int? { get }
  /// Whether output may be coloured.
  var usesColour: Bool { get }
  /// Whether a running program is to stop. It is asked often.
  var isInterrupted: Bool { get }
  /// Shows a result; a line end follows.
  func show(_ text: String)
  /// Tells of a problem; a line end follows.
  func report(_ text: String)
  /// Asks the person for one line; `nil` if none is given.
  func ask(_ prompt: String) -> String?
  /// The bytes of a file.
  func read(file path: String) throws(ConsoleError) -> [UInt8]
  /// Makes a file of these bytes, or replaces it.
  func write(file path: String, _ bytes: [UInt8]) throws(ConsoleError)
  /// Nanoseconds of a steady clock, for showing times.
  func now() -> UInt64
}

/// Why a command did nothing; the text says what to do.
public struct ConsoleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, as one sentence.
  public let description: String

  /// An error of a text.
  public init(_ text: String) {
    description = text
  }
}
