import LashJSON

/// The parts of a number's text in a format spec (rules FMT-3 to FMT-5).
struct NumberLayout {
  private var isNegative = false
  /// Digits before the point, as ASCII; or the word of a number that is not finite.
  private var whole: [UInt8] = []
  private var fraction: [UInt8] = []
  private var suffix: [UInt8] = []

  init(_ number: Number, spec: FormatSpec) {
    let isFinite = number.double.isFinite
    switch spec.style {
    case .fixed where isFinite: setFixed(number, places: spec.digits ?? 6)
    case .percent where isFinite: setFixed(number.hundredfold, places: spec.digits ?? 6)
    default: setPlain(number)
    }
    if spec.style == .percent { suffix.append(UInt8(ascii: "%")) }
    if spec.hasGroups { group() }
  }

  /// The text as ASCII.
  var text: [UInt8] {
    var text = isNegative ? [UInt8(ascii: "-")] : []
    text += whole
    if !fraction.isEmpty { text += [UInt8(ascii: ".")] + fraction }
    return text + suffix
  }

  /// The one text form, taken apart.
  private mutating func setPlain(_ number: Number) {
    var text: [UInt8] = []
    switch number {
    case .integer(let integer): NumberText.append(integer, to: &text)
    case .double(let double): NumberText.append(double, to: &text)
    }
    isNegative = text.first == UInt8(ascii: "-")
    var rest = text[(isNegative ? 1 : 0)...]
    whole = Array(rest.prefix(while: Self.isDigit))
    rest = rest.dropFirst(whole.count)
    if rest.first == UInt8(ascii: ".") {
      fraction = Array(rest.dropFirst().prefix(while: Self.isDigit))
      rest = rest.dropFirst(fraction.count + 1)
    }
    suffix = Array(rest)
  }

  /// So many digits after the point, a tie to the even digit; no sign for what becomes 0.
  private mutating func setFixed(_ number: Number, places: Int) {
    guard number.double.isFinite else {
      setPlain(number)
      return
    }
    let decimal = ExactDecimal(number, places: places, ties: .toEven)
    isNegative = number.double < 0 && !decimal.digits.isEmpty
    whole = decimal.whole
    fraction = decimal.fraction(places: places)
  }

  private mutating func group() {
    var grouped: [UInt8] = []
    for (position, digit) in whole.enumerated() {
      if position > 0 && (whole.count - position) % 3 == 0 { grouped.append(UInt8(ascii: ",")) }
      grouped.append(digit)
    }
    whole = grouped
  }

  private static func isDigit(_ byte: UInt8) -> Bool { 48...57 ~= byte }
}

extension Number {
  /// A hundred times the number; a double may become infinite.
  fileprivate var hundredfold: Number {
    if case .integer(let integer) = self {
      let (product, overflows) = integer.multipliedReportingOverflow(by: 100)
      if !overflows { return .integer(product) }
    }
    return .double(double * 100)
  }
}
