/// Why a mock or host file was refused: where, and what was expected there.
public struct MockError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The place, such as `$.modules.web.search`; `nil` if the text is no JSON at all.
  public let path: String?
  /// What is wrong there.
  public let message: String

  /// Makes an error.
  public init(at path: String?, _ message: String) {
    self.path = path
    self.message = message
  }

  /// Place and message in one line.
  public var description: String {
    path.map { "`\($0)`: \(message)" } ?? message
  }
}
