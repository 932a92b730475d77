extension Lexer {
  /// Reads the escape at the current backslash and appends its text to `scratch` (rule
  /// LEX-9). Returns the span of an unknown or malformed one, which stands for itself.
  mutating func scanEscape() -> SourceSpan? {
    let start = index
    let byte = peek(1)
    index += 2
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): scratch.append(byte)
    case UInt8(ascii: "n"): scratch.append(0x0A)
    case UInt8(ascii: "r"): scratch.append(0x0D)
    case UInt8(ascii: "t"): scratch.append(0x09)
    case UInt8(ascii: "0"): scratch.append(0)
    case UInt8(ascii: "u"):
      guard let scalar = peek() == UInt8(ascii: "{") ? scanBraced() : scanFourDigits() else {
        return keepEscape(from: start)
      }
      scratch.append(contentsOf: Array(String(Character(scalar)).utf8))
    default:
      if byte >= 0x80 { index += decodeScalar(at: start + 1).length - 1 }
      return keepEscape(from: start)
    }
    return nil
  }

  private mutating func keepEscape(from start: Int) -> SourceSpan {
    index = min(index, bytes.count)
    scratch.append(contentsOf: bytes[start..<index])
    return span(from: start)
  }

  /// `{1F600}` after `\u`.
  private mutating func scanBraced() -> Unicode.Scalar? {
    var value: UInt64 = 0
    var offset = 1
    while let digit = Self.digit(peek(offset)), offset <= 6 {
      value = value << 4 | digit
      offset += 1
    }
    guard offset > 1, peek(offset) == UInt8(ascii: "}") else { return nil }
    index += offset + 1
    return Unicode.Scalar(UInt32(value))
  }

  /// Four digits after `\u`; two escapes that are a surrogate pair give one scalar, as in JSON.
  private mutating func scanFourDigits() -> Unicode.Scalar? {
    guard let high = fourDigits(at: 0) else { return nil }
    index += 4
    guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) }
    guard peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u"),
      let low = fourDigits(at: 2), (0xDC00..<0xE000).contains(low)
    else { return nil }
    index += 6
    return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
  }

  private func fourDigits(at offset: Int) -> UInt32? {
    var value: UInt64 = 0
    for place in offset..<offset + 4 {
      guard let digit = Self.digit(peek(place)) else { return nil }
      value = value << 4 | digit
    }
    return UInt32(value)
  }

  /// Reports the unknown escapes of one string; each may be doubled, or the string made raw.
  mutating func reportEscapes(_ spans: [SourceSpan], stringStart: Int?) {
    for span in spans where !isFull {
      let shown = String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
      var fixes = [
        FixIt(
          title: "write `\\\(shown)`",
          edits: [SourceEdit(span: SourceSpan(start: span.start, end: span.start), text: "\\")])
      ]
      if let stringStart {
        let place = SourceSpan(start: UInt32(stringStart), end: UInt32(stringStart))
        fixes.append(
          FixIt(title: "make it a raw string", edits: [SourceEdit(span: place, text: "r")]))
      }
      report(
        Diagnostic(
          .invalidEscape, "unknown escape `\(shown)`", at: span, hint: Self.hint(for: shown),
          fixes: fixes))
    }
  }

  private static func hint(for escape: String) -> String {
    switch escape.prefix(2) {
    case "\\x": "write a character as `\\u{41}`"
    case "\\u": "write `\\u00e9` or `\\u{1F600}`: hexadecimal digits of one Unicode character"
    case "\\{", "\\}": "in an f-string, `{{` and `}}` are braces"
    default: "write `\\\(escape)` for a backslash, or a raw string: `r\"…\"`"
    }
  }
}
