/// Takes a stream of bytes apart into the messages of the Language Server Protocol: a header with
/// `Content-Length`, an empty line, the content.
///
/// A header that cannot be read is reported once and skipped up to the next `Content-Length`, so
/// that a damaged stream cannot stop the server, nor take more memory than `maximumLength`.
public struct MessageFraming: Sendable {
  /// The longest message that is taken, in bytes.
  public static let maximumLength = 64 << 20
  private static let longestHeader = 4_096

  /// What a stream held.
  public enum Item: Hashable, Sendable {
    /// The content of a message.
    case message([UInt8])
    /// Something that is no message, with the reason.
    case malformed(String)
  }

  private var buffer: [UInt8] = []
  private var start = 0
  /// Bytes of a refused content that are still to come.
  private var skipped = 0

  /// An empty stream.
  public init() {}

  /// Adds what was received, in whatever pieces.
  public mutating func receive(_ bytes: [UInt8]) {
    let dropped = min(skipped, bytes.count)
    skipped -= dropped
    if start == buffer.count {
      buffer.removeAll(keepingCapacity: true)
      start = 0
    } else if start > 1 << 20 {
      buffer.removeFirst(start)
      start = 0
    }
    buffer += bytes[dropped...]
  }

  /// The next whole message, if there is one.
  public mutating func next() -> Item? {
    guard let headerEnd = endOfHeader() else {
      guard buffer.count - start > Self.longestHeader else { return nil }
      start = buffer.count
      return .malformed("no header within \(Self.longestHeader) bytes")
    }
    let header = buffer[start..<headerEnd.content]
    guard let length = Self.length(in: header) else {
      start = headerEnd.next
      return .malformed("a header needs `Content-Length: N`, a number of bytes")
    }
    guard length <= Self.maximumLength else {
      let available = buffer.count - headerEnd.next
      skipped = max(0, length - available)
      start = headerEnd.next + min(length, available)
      return .malformed("\(length) bytes in one message, at most \(Self.maximumLength)")
    }
    guard buffer.count - headerEnd.next >= length else { return nil }
    start = headerEnd.next + length
    return .message(Array(buffer[headerEnd.next..<start]))
  }

  /// A message as it is sent.
  public static func frame(_ content: [UInt8]) -> [UInt8] {
    Array("Content-Length: \(content.count)\r\n\r\n".utf8) + content
  }

  /// Where the header's lines end and the content begins. Line ends may lack the carriage return.
  private func endOfHeader() -> (content: Int, next: Int)? {
    var place = start
    let limit = min(buffer.count, start + Self.longestHeader)
    while place < limit {
      if buffer[place] == 0x0A {
        if place + 1 < buffer.count, buffer[place + 1] == 0x0A { return (place, place + 2) }
        if place + 2 < buffer.count, buffer[place + 1] == 0x0D, buffer[place + 2] == 0x0A {
          return (place, place + 3)
        }
      }
      place += 1
    }
    return nil
  }

  private static func length(in header: ArraySlice<UInt8>) -> Int? {
    for line in header.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let text = String(decoding: line, as: UTF8.self).lowercased()
      let parts = text.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0] == "content-length" else { continue }
      let digits = parts[1].filter { $0 != " " && $0 != "\t" }
      guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
        return nil
      }
      return Int(digits)
    }
    return nil
  }
}
