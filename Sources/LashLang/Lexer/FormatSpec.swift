/// The format spec of a slot: `[<>^][width][,][.digits][f%]` (rule LEX-format-spec, S8).
struct FormatSpec {
  /// The greatest width.
  static let greatestWidth = 10_000
  /// The greatest number of digits after the point.
  static let greatestDigits = 100

  /// Whether `text` is one, with width and digits in range. O(length).
  static func isWellFormed(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    if let first = rest.first, [0x3C, 0x3E, 0x5E].contains(first) { rest = rest.dropFirst() }
    guard number(&rest, atMost: greatestWidth) else { return false }
    if rest.first == UInt8(ascii: ",") { rest = rest.dropFirst() }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      let before = rest.count
      guard number(&rest, atMost: greatestDigits), rest.count < before else { return false }
    }
    if rest.first == UInt8(ascii: "f") || rest.first == UInt8(ascii: "%") {
      rest = rest.dropFirst()
    }
    return rest.isEmpty
  }

  /// Takes digits off the front; false if their value exceeds `bound`.
  private static func number(_ rest: inout ArraySlice<UInt8>, atMost bound: Int) -> Bool {
    var value = 0
    while let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      if value > bound { return false }
      rest = rest.dropFirst()
    }
    return true
  }
}
