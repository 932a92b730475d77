/// The format spec of a slot: `[<>^][width][,][.digits][f%]` (rules FMT-1, FMT-2, FMT-8).
enum FormatSpec {
  /// The greatest width.
  static let greatestWidth = 10_000
  /// The greatest number of digits after the point.
  static let greatestDigits = 100

  /// What to do about `text` if it is no format spec, as advice; `nil` if it is one. O(length).
  static func problem(_ text: ArraySlice<UInt8>) -> String? {
    var rest = text
    if let first = rest.first, first == 0x3C || first == 0x3E || first == 0x5E {
      rest.removeFirst()
    }
    if rest.first == UInt8(ascii: "0") {
      return "a width does not begin with `0`; write `pad_start(x, width, \"0\")`"
    }
    guard let width = number(&rest) else { return "the width is at most \(greatestWidth)" }
    guard width <= greatestWidth else { return "the width is at most \(greatestWidth)" }
    if rest.first == UInt8(ascii: ",") { rest.removeFirst() }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      let before = rest.count
      guard let digits = number(&rest), digits <= greatestDigits else {
        return "at most \(greatestDigits) digits may follow the point"
      }
      if rest.count == before { return form }
    }
    if rest.first == UInt8(ascii: "f") || rest.first == UInt8(ascii: "%") { rest.removeFirst() }
    return rest.isEmpty ? nil : form
  }

  private static let form =
    "a spec is `[<>^][width][,][.digits][f%]`, such as `>10` or `,.2f`; `{{` and `}}` are braces"

  /// Takes the digits at the front, if any; `nil` if their value is beyond every bound.
  private static func number(_ rest: inout ArraySlice<UInt8>) -> Int? {
    var value = 0
    while let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      if value > greatestWidth { return nil }
      rest.removeFirst()
    }
    return value
  }
}
