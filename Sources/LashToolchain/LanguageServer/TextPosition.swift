import LashJSON
import LashLang

/// How columns are counted between client and server.
public enum PositionEncoding: String, Sendable {
  /// In bytes.
  case utf8 = "utf-8"
  /// In units of UTF-16, which every client can.
  case utf16 = "utf-16"
}

/// A place as clients name it: line and column from 0.
struct TextPosition: Hashable, Comparable {
  var line: Int
  var column: Int

  static func < (left: TextPosition, right: TextPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }

  var json: JSONValue { ["line": .integer(Int64(line)), "character": .integer(Int64(column))] }
}
