/// A format spec of an f-string slot or of `format`: `[<>^][width][,][.digits][f%]` (rule FMT-1).
struct FormatSpec {
  /// Where the text stands within the width.
  enum Alignment {
    case left, right, center
  }

  /// How a number is written.
  enum Style {
    /// In its one text form.
    case plain
    /// With that many digits after the point.
    case fixed
    /// A hundred times as much, fixed, with a percent sign.
    case percent
  }

  /// `nil`: numbers to the right, all else to the left.
  var alignment: Alignment?
  /// The least width in scalars.
  var width = 0
  /// Whether thousands are set apart by commas.
  var hasGroups = false
  /// Digits after the point, or the most scalars of a text.
  var digits: Int?
  var style = Style.plain

  private static let greatestWidth = 10_000
  private static let mostDigits = 100

  /// `nil` for what is no spec, and beyond the limits (FMT-8).
  init?(parsing text: UnsafeBufferPointer<UInt8>) {
    var rest = text[...]
    func take(_ byte: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: byte) else { return false }
      rest = rest.dropFirst()
      return true
    }
    func takeNumber(atMost greatest: Int) -> Int? {
      let end = rest.drop { 48...57 ~= $0 }
      let digits = rest[..<end.startIndex]
      rest = end
      let value = digits.reduce(0) { min($0 * 10 + Int($1 - 48), greatest + 1) }
      return digits.isEmpty || value > greatest ? nil : value
    }
    if take("<") {
      alignment = .left
    } else if take(">") {
      alignment = .right
    } else if take("^") {
      alignment = .center
    }
    if let digit = rest.first, 49...57 ~= digit {
      guard let number = takeNumber(atMost: Self.greatestWidth) else { return nil }
      width = number
    }
    hasGroups = take(",")
    if take(".") {
      guard let number = takeNumber(atMost: Self.mostDigits) else { return nil }
      digits = number
    }
    if take("f") {
      style = .fixed
    } else if take("%") {
      style = .percent
    }
    guard rest.isEmpty else { return nil }
  }

  /// The spaces before and after a text of so many scalars.
  func padding(length: Int, aligned alignment: Alignment) -> (before: [UInt8], after: [UInt8]) {
    let missing = max(width - length, 0)
    let before =
      switch alignment {
      case .left: 0
      case .right: missing
      case .center: missing / 2
      }
    let space = UInt8(ascii: " ")
    return (
      Array(repeating: space, count: before), Array(repeating: space, count: missing - before)
    )
  }
}
