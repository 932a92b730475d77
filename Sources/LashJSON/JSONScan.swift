/// One pass over a JSON text that notes its arrays and objects and decides whether it is well-formed.
///
/// It decodes nothing and says nothing about what is wrong; that makes it several times faster than reading.
struct JSONScan {
  let maximumDepth: Int
  var containers: [JSONIndex.Container] = []
  /// The numbers of the containers that enclose the place.
  private var open: [Int] = []

  init(maximumDepth: Int) { self.maximumDepth = maximumDepth }

  /// The offset of the text's value; nil if the text is no JSON or too deep.
  mutating func run(_ bytes: [UInt8]) -> Int? {
    let text = bytes.span.bytes
    let root = Self.skipSpace(text, 0)
    var position = root
    // Members of the innermost container so far, and what it is.
    var members: UInt32 = 0
    var isObject = false
    value: while true {
      guard position < text.byteCount else { return nil }
      switch text[position] {
      case UInt8(ascii: "\""):
        guard let end = Self.endOfString(text, position + 1) else { return nil }
        position = end
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard open.count < maximumDepth else { return nil }
        if let outer = open.last { containers[outer].count = members }
        open.append(containers.count)
        containers.append(
          JSONIndex.Container(start: UInt32(truncatingIfNeeded: position), end: 0))
        isObject = text[position] == UInt8(ascii: "{")
        members = 0
        position = Self.skipSpace(text, position + 1)
        guard position < text.byteCount else { return nil }
        if text[position] != UInt8(ascii: isObject ? "}" : "]") {
          if isObject {
            guard let value = Self.endOfKey(text, position) else { return nil }
            position = value
          }
          continue value
        }
        position += 1
        guard close(text, at: position, &members, &isObject) else {
          return finish(text, root, position)
        }
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        guard let end = Self.endOfNumber(bytes, position) else { return nil }
        position = end
      default:
        guard let end = Self.endOfWord(text, position) else { return nil }
        position = end
      }
      if open.isEmpty { return finish(text, root, position) }
      while true {
        members &+= 1
        position = Self.skipSpace(text, position)
        guard position < text.byteCount else { return nil }
        let byte = text[position]
        if _fastPath(byte == UInt8(ascii: ",")) {
          position = Self.skipSpace(text, position + 1)
          if isObject {
            guard let value = Self.endOfKey(text, position) else { return nil }
            position = value
          }
          continue value
        }
        guard byte == UInt8(ascii: isObject ? "}" : "]") else { return nil }
        position += 1
        guard close(text, at: position, &members, &isObject) else {
          return finish(text, root, position)
        }
      }
    }
  }

  /// Closes the innermost container; false if it was the outermost.
  @inline(__always)
  private mutating func close(
    _ text: RawSpan, at end: Int, _ members: inout UInt32, _ isObject: inout Bool
  ) -> Bool {
    let closed = open.removeLast()
    containers[closed].count = members
    containers[closed].end = UInt32(truncatingIfNeeded: end)
    containers[closed].next = UInt32(truncatingIfNeeded: containers.count)
    guard let outer = open.last else { return false }
    members = containers[outer].count
    isObject = text[Int(containers[outer].start)] == UInt8(ascii: "{")
    return true
  }

  private func finish(_ text: RawSpan, _ root: Int, _ end: Int) -> Int? {
    Self.skipSpace(text, end) == text.byteCount ? root : nil
  }
}

extension JSONScan {
  /// The first offset from one on that holds no white space.
  @inline(__always)
  static func skipSpace(_ text: RawSpan, _ start: Int) -> Int {
    if start < text.byteCount, text[start] > 0x20 { return start }
    return skipSpaces(text, start)
  }

  private static func skipSpaces(_ text: RawSpan, _ start: Int) -> Int {
    var position = start
    while position < text.byteCount {
      switch text[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return position
      }
      while position + 8 <= text.byteCount, ByteWord(text, at: position).isBlank { position += 8 }
    }
    return position
  }

  /// The offset of the value behind the key whose quote must stand at an offset.
  @inline(__always)
  private static func endOfKey(_ text: RawSpan, _ start: Int) -> Int? {
    guard start < text.byteCount, text[start] == UInt8(ascii: "\""),
      let end = endOfString(text, start + 1)
    else { return nil }
    if end + 1 < text.byteCount, text[end] == UInt8(ascii: ":"), text[end + 1] > 0x20 {
      return end + 1
    }
    let colon = skipSpace(text, end)
    guard colon < text.byteCount, text[colon] == UInt8(ascii: ":") else { return nil }
    return skipSpace(text, colon + 1)
  }

  private static func endOfWord(_ text: RawSpan, _ start: Int) -> Int? {
    for word: StaticString in ["true", "null", "false"] {
      let end = start + word.utf8CodeUnitCount
      if end <= text.byteCount,
        word.withUTF8Buffer({ letters in
          letters.indices.allSatisfy { text[start + $0] == letters[$0] }
        })
      {
        return end
      }
    }
    return nil
  }

  /// The end of a number that is well-formed and that a finite double can hold.
  private static func endOfNumber(_ bytes: [UInt8], _ start: Int) -> Int? {
    let text = bytes.span.bytes
    var position = start
    if text[position] == UInt8(ascii: "-") { position += 1 }
    let whole = position
    skipDigits(text, &position)
    guard position > whole else { return nil }
    if text[whole] == UInt8(ascii: "0"), position > whole + 1 { return nil }
    if position < text.byteCount, text[position] == UInt8(ascii: ".") {
      let fraction = position + 1
      position = fraction
      skipDigits(text, &position)
      guard position > fraction else { return nil }
    }
    var isSmall = position - start < 300
    if position < text.byteCount, text[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < text.byteCount,
        text[position] == UInt8(ascii: "+") || text[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      let exponent = position
      skipDigits(text, &position)
      guard position > exponent else { return nil }
      isSmall = isSmall && exponent - start < 100 && position - exponent < 3
    }
    if isSmall { return position }
    var end = start
    return (try? JSONNumber.read(from: bytes, at: &end)) == nil ? nil : end
  }

  @inline(__always)
  private static func skipDigits(_ text: RawSpan, _ position: inout Int) {
    while position < text.byteCount, text[position] &- UInt8(ascii: "0") < 10 { position += 1 }
  }
}

extension RawSpan {
  /// The byte at an offset, which must be within the text: callers compare with `byteCount` first, or go
  /// through a text that was found well-formed, in which strings and containers end.
  @inline(__always)
  subscript(offset: Int) -> UInt8 {
    assert(offset >= 0 && offset < byteCount)
    return unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
  }
}
