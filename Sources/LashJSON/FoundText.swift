/// Names for an error message what stands at an offset, with a hint for the usual mistakes.
struct FoundText {
  let name: String
  let hint: String?

  /// Longest word quoted in a message, in bytes.
  private static let longestWord = 24

  init(at offset: Int, in bytes: [UInt8]) {
    guard offset < bytes.count else {
      name = "end of input"
      hint = nil
      return
    }
    let word = bytes[offset...].prefix(Self.longestWord).prefix(while: Self.isWordByte)
    if word.count > 1 {
      let text = String(decoding: word, as: UTF8.self)
      name = "`\(text)`"
      hint = Self.hint(forWord: text)
    } else {
      name = Self.name(ofScalarAt: offset, in: bytes)
      hint = Self.hint(forByte: bytes[offset])
    }
  }

  static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default:
      false
    }
  }

  private static func name(ofScalarAt offset: Int, in bytes: [UInt8]) -> String {
    let lead = bytes[offset]
    if lead < 0x20 || lead == 0x7F { return "control character U+00\(hex(lead))" }
    guard let length = UTF8Sequence.length(at: offset, in: bytes) else {
      return "invalid UTF-8 byte 0x\(hex(lead))"
    }
    return "`\(String(decoding: bytes[offset..<offset + length], as: UTF8.self))`"
  }

  private static func hint(forWord word: String) -> String? {
    switch word {
    case "True", "TRUE": "write `true`"
    case "False", "FALSE": "write `false`"
    case "None", "Null", "NULL", "nil", "undefined": "write `null`"
    case "NaN", "Infinity": "JSON has no such number; write `null`"
    default: nil
    }
  }

  private static func hint(forByte byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "'"): "strings take double quotes"
    case UInt8(ascii: "/"), UInt8(ascii: "#"): "JSON has no comments"
    default: nil
    }
  }

  /// Two upper-case hexadecimal digits.
  static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.utf8.count == 1 ? "0" + digits : digits
  }
}
