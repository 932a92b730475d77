/// Why JSON text was refused, or a value could not be written, and where.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A place in JSON text.
  public struct Position: Hashable, Sendable {
    /// Bytes before the place.
    public let offset: Int
    /// Line, from 1; a line ends with a line feed.
    public let line: Int
    /// Column, from 1, counted in Unicode scalars.
    public let column: Int
  }

  /// What is wrong, as a phrase without a position and without a full stop.
  public let reason: String
  /// Where it is wrong; nil when no text is concerned, as in writing.
  public let position: Position?

  /// An error without a position; the reader adds its own when a sink throws one.
  public init(_ reason: String) {
    self.reason = reason
    position = nil
  }

  /// An error at a byte offset (0...count) of a text. Linear in the offset.
  public init(_ reason: String, at offset: Int, in bytes: [UInt8]) {
    self.reason = reason
    position = Position(of: offset, in: bytes)
  }

  /// The reason and, where known, ` at line 3, column 5`.
  public var description: String {
    guard let position else { return reason }
    return "\(reason) at line \(position.line), column \(position.column)"
  }

  /// This error, placed at the offset unless it has a position already.
  @usableFromInline
  func located(at offset: Int, in bytes: [UInt8]) -> JSONError {
    position == nil ? JSONError(reason, at: offset, in: bytes) : self
  }

  /// "expected X, found Y" at an offset, where Y is named by what the text has there.
  static func expected(_ wanted: String, at offset: Int, in bytes: [UInt8]) -> JSONError {
    let found = FoundText(at: offset, in: bytes)
    let hint = found.hint.map { " (\($0))" } ?? ""
    return JSONError("expected \(wanted), found \(found.name)\(hint)", at: offset, in: bytes)
  }
}

extension JSONError.Position {
  fileprivate init(of offset: Int, in bytes: [UInt8]) {
    var line = 1
    var column = 1
    for byte in bytes[..<offset] {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.init(offset: offset, line: line, column: column)
  }
}
