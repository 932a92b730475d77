/// Well-formedness of UTF-8 (Unicode, table 3-7).
enum UTF8Sequence {
  /// Bytes of the scalar that begins at the offset (1...4); nil where the bytes are ill-formed:
  /// a stray continuation, an overlong form, a surrogate, beyond U+10FFFF or cut short.
  static func length(at offset: Int, in bytes: [UInt8]) -> Int? {
    length(at: offset, in: bytes.span.bytes)
  }

  /// The same.
  static func length(at offset: Int, in bytes: RawSpan) -> Int? {
    let lead = bytes[offset]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if lead == 0xE0 { second = 0xA0...0xBF }
      if lead == 0xED { second = 0x80...0x9F }
    case 0xF0...0xF4:
      length = 4
      if lead == 0xF0 { second = 0x90...0xBF }
      if lead == 0xF4 { second = 0x80...0x8F }
    default: return nil
    }
    guard offset + length <= bytes.byteCount, second.contains(bytes[offset + 1]) else { return nil }
    if length > 2, bytes[offset + 2] & 0xC0 != 0x80 { return nil }
    if length > 3, bytes[offset + 3] & 0xC0 != 0x80 { return nil }
    return length
  }
}
