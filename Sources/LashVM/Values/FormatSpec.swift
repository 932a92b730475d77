/// A format spec of an f-string slot or of `format` (S8): `[<>^][0][width][,][.digits][f%]`, as in Python.
struct FormatSpec {
  /// Where the text stands within the width.
  enum Alignment {
    case left, right, center
  }

  /// How a number is written.
  enum Style {
    /// In its one text form, or with that many significant digits.
    case general
    /// With that many digits after the point, 6 unless told otherwise.
    case fixed
    /// A hundred times as much, fixed, with a percent sign.
    case percent
  }

  /// `nil`: numbers to the right, all else to the left.
  var alignment: Alignment?
  /// Whether the width is filled with zeros.
  var isZeroFilled = false
  /// The least width in scalars.
  var width = 0
  /// Whether thousands are set apart by commas.
  var hasGroups = false
  var precision: Int?
  var style = Style.general

  /// The greatest width and precision.
  private static let greatest = 10_000

  /// `nil` for what is no spec, and for a width or precision beyond 10,000.
  init?(parsing text: UnsafeBufferPointer<UInt8>) {
    var rest = text[...]
    func take(_ byte: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: byte) else { return false }
      rest = rest.dropFirst()
      return true
    }
    func takeNumber() -> Int? {
      let end = rest.drop { 48...57 ~= $0 }
      let digits = rest[..<end.startIndex]
      rest = end
      let value = digits.reduce(0) { min($0 * 10 + Int($1 - 48), Self.greatest + 1) }
      return digits.isEmpty || value > Self.greatest ? nil : value
    }
    if take("<") {
      alignment = .left
    } else if take(">") {
      alignment = .right
    } else if take("^") {
      alignment = .center
    }
    isZeroFilled = take("0")
    if let digit = rest.first, 48...57 ~= digit {
      guard let number = takeNumber() else { return nil }
      width = number
    }
    hasGroups = take(",")
    if take(".") {
      guard let number = takeNumber() else { return nil }
      precision = number
    }
    if take("f") {
      style = .fixed
    } else if take("%") {
      style = .percent
    }
    guard rest.isEmpty else { return nil }
  }

  /// What stands before and after a text of so many scalars.
  func padding(length: Int, aligned alignment: Alignment) -> (before: [UInt8], after: [UInt8]) {
    let missing = max(width - length, 0)
    let before =
      switch alignment {
      case .left: 0
      case .right: missing
      case .center: missing / 2
      }
    let fill = UInt8(ascii: isZeroFilled ? "0" : " ")
    return (
      Array(repeating: fill, count: before), Array(repeating: fill, count: missing - before)
    )
  }
}
