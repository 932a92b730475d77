import LashJSON

/// One line of a log: a JSON object whose last member, `sum`, vouches for it and for all lines before.
enum LogLine {
  /// Begins the chain of sums.
  static let firstSum = "lash"
  private static let marker = ",\"sum\":\""
  /// Hexadecimal digits of a sum.
  private static let sumSize = 16

  /// The line of an object, without its line end, and its sum. The object must have a member.
  static func sealed(_ object: JSONValue, after previous: String) -> (text: String, sum: String) {
    let text = object.description
    let sum = sum(of: text, after: previous)
    return (text.dropLast() + marker + sum + "\"}", sum)
  }

  /// The text of the object in a line, and the sum that the line has; `nil` if it is not sealed.
  static func opened(_ line: String) -> (text: String, sum: String)? {
    let tail = line.utf8.suffix(marker.utf8.count + sumSize + 2)
    guard tail.count == marker.utf8.count + sumSize + 2, tail.starts(with: marker.utf8),
      tail.suffix(2).elementsEqual("\"}".utf8)
    else { return nil }
    let sum = String(decoding: tail.dropFirst(marker.utf8.count).dropLast(2), as: UTF8.self)
    return (String(decoding: line.utf8.dropLast(tail.count), as: UTF8.self) + "}", sum)
  }

  static func sum(of text: String, after previous: String) -> String {
    String(SHA256.hexHash(Array("\(previous)\n\(text)".utf8)).prefix(sumSize))
  }
}

/// Why a log cannot be used.
public struct LogError: Error, Sendable, CustomStringConvertible {
  /// The line, from 1; `nil` if the whole is meant.
  public let line: Int?
  /// What is wrong there, and what to do.
  public let message: String

  init(line: Int?, _ message: String) {
    self.line = line
    self.message = message
  }

  /// Place and message.
  public var description: String { line.map { "line \($0): \(message)" } ?? message }
}
