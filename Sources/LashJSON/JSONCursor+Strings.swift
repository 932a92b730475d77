/// A string or key of JSON text, decoded.
@usableFromInline
struct JSONStringToken {
  /// Valid UTF-8: a part of the text, or of the cursor's buffer when there were escapes.
  @usableFromInline let utf8: ArraySlice<UInt8>
  @usableFromInline let isASCII: Bool
}

extension JSONCursor {
  /// Reads the string that opens at the offset. Stretches without escapes are not copied.
  @usableFromInline
  mutating func readString() throws(JSONError) -> JSONStringToken {
    tokenStart = offset
    let start = offset + 1
    var runStart = start
    var position = start
    var isASCII = true
    var hasEscapes = false
    while true {
      position = endOfPlainRun(from: position)
      guard position < bytes.count else {
        throw failure("this string has no closing `\"`", at: tokenStart)
      }
      switch bytes[position] {
      case UInt8(ascii: "\""):
        offset = position + 1
        guard hasEscapes else {
          return JSONStringToken(utf8: bytes[start..<position], isASCII: isASCII)
        }
        decoded.append(contentsOf: bytes[runStart..<position])
        return JSONStringToken(utf8: decoded[...], isASCII: isASCII)
      case UInt8(ascii: "\\"):
        if !hasEscapes { decoded.removeAll(keepingCapacity: true) }
        hasEscapes = true
        decoded.append(contentsOf: bytes[runStart..<position])
        let scalar = try readEscape(at: &position)
        if !scalar.isASCII { isASCII = false }
        decoded.append(contentsOf: scalar.utf8)
        runStart = position
      case 0x80...:
        guard let length = UTF8Sequence.length(at: position, in: bytes) else {
          let byte = FoundText.hex(bytes[position])
          throw failure("invalid UTF-8 byte 0x\(byte) in a string", at: position)
        }
        isASCII = false
        position += length
      default:
        throw controlCharacter(at: position)
      }
    }
  }

  /// The first byte from a position that is not plain ASCII text.
  private func endOfPlainRun(from start: Int) -> Int {
    let span = bytes.span
    var position = start
    while position < span.count {
      let byte = span[position]
      // One comparison for 0x20...0x7F: what lies below wraps around to above.
      if byte &- 0x20 >= 0x60 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      position += 1
    }
    return position
  }

  /// Reads the escape whose backslash is at the position, and moves past it.
  private func readEscape(at position: inout Int) throws(JSONError) -> Unicode.Scalar {
    let backslash = position
    guard backslash + 1 < bytes.count else {
      throw failure("this string has no closing `\"`", at: tokenStart)
    }
    position += 2
    switch bytes[backslash + 1] {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try readUnicodeEscape(at: backslash, end: &position)
    default:
      throw failure(
        "unknown escape in a string; after `\\` comes one of \" \\ / b f n r t u", at: backslash)
    }
  }

  /// Reads `\uXXXX`, or the two of a surrogate pair.
  private func readUnicodeEscape(
    at backslash: Int, end: inout Int
  ) throws(JSONError) -> Unicode.Scalar {
    let first = try readHexDigits(ofEscapeAt: backslash)
    end = backslash + 6
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, bytes[end...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
      let second = try readHexDigits(ofEscapeAt: end)
      if 0xDC00...0xDFFF ~= second,
        let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
      {
        end += 6
        return scalar
      }
    }
    if replacesLoneSurrogates { return "\u{FFFD}" }
    let half = String(decoding: bytes[backslash..<backslash + 6], as: UTF8.self)
    throw failure("`\(half)` is half of a surrogate pair and no character", at: backslash)
  }

  private func readHexDigits(ofEscapeAt backslash: Int) throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for position in (backslash + 2)..<(backslash + 6) {
      guard position < bytes.count,
        let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue
      else { throw failure("`\\u` takes four hexadecimal digits", at: backslash) }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private func controlCharacter(at position: Int) -> JSONError {
    let byte = bytes[position]
    let escape =
      switch byte {
      case 0x0A: "\\n"
      case 0x0D: "\\r"
      case 0x09: "\\t"
      default: "\\u00\(FoundText.hex(byte))"
      }
    return failure(
      "control character U+00\(FoundText.hex(byte)) in a string; write `\(escape)`", at: position)
  }

  private func failure(_ reason: String, at offset: Int) -> JSONError {
    JSONError(reason, at: offset, in: bytes)
  }
}
