extension JSONScan {
  /// The offset behind the closing quote of the string whose content begins at an offset; nil if it is
  /// not well-formed.
  @inline(__always)
  static func endOfString(_ text: RawSpan, _ start: Int) -> Int? {
    var position = start
    while position + 8 <= text.byteCount {
      let word = ByteWord(text, at: position)
      let marks =
        word.equal(to: UInt8(ascii: "\"")) | word.equal(to: UInt8(ascii: "\\")) | word.controls
        | word.nonASCII
      if marks == 0 {
        position += 8
        continue
      }
      position += ByteWord.first(marks)
      if text[position] == UInt8(ascii: "\"") { return position + 1 }
      guard let next = endOfSpecial(text, position) else { return nil }
      position = next
    }
    return endOfLastString(text, position)
  }

  /// The same near the end of the text.
  private static func endOfLastString(_ text: RawSpan, _ start: Int) -> Int? {
    var position = start
    while position < text.byteCount {
      let byte = text[position]
      if byte == UInt8(ascii: "\"") { return position + 1 }
      if byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\\") {
        position += 1
        continue
      }
      guard let next = endOfSpecial(text, position) else { return nil }
      position = next
    }
    return nil
  }

  /// The offset behind an escape or a run of scalars beyond ASCII; nil for control characters and for
  /// what is ill-formed.
  private static func endOfSpecial(_ text: RawSpan, _ start: Int) -> Int? {
    if text[start] == UInt8(ascii: "\\") { return endOfEscape(text, start) }
    var position = start
    guard text[position] >= 0x80 else { return nil }
    while position < text.byteCount, text[position] >= 0x80 {
      guard let length = UTF8Sequence.length(at: position, in: text) else { return nil }
      position += length
    }
    return position
  }

  private static func endOfEscape(_ text: RawSpan, _ backslash: Int) -> Int? {
    guard backslash + 1 < text.byteCount else { return nil }
    switch text[backslash + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return backslash + 2
    case UInt8(ascii: "u"):
      guard let first = hexDigits(text, backslash + 2) else { return nil }
      guard 0xD800...0xDFFF ~= first else { return backslash + 6 }
      guard first < 0xDC00, backslash + 12 <= text.byteCount,
        text[backslash + 6] == UInt8(ascii: "\\"), text[backslash + 7] == UInt8(ascii: "u"),
        let second = hexDigits(text, backslash + 8), 0xDC00...0xDFFF ~= second
      else { return nil }
      return backslash + 12
    default: return nil
    }
  }

  private static func hexDigits(_ text: RawSpan, _ start: Int) -> UInt32? {
    guard start + 4 <= text.byteCount else { return nil }
    var value: UInt32 = 0
    for position in start..<(start + 4) {
      let byte = text[position]
      let letter = (byte | 0x20) &- UInt8(ascii: "a")
      let digit = byte &- UInt8(ascii: "0")
      guard digit < 10 || letter < 6 else { return nil }
      value = value << 4 | UInt32(digit < 10 ? digit : letter + 10)
    }
    return value
  }
}
