import LashJSON

/// The parts of a number's text in a format spec, as Python lays them out.
struct NumberLayout {
  private var isNegative = false
  /// Digits before the point, as ASCII; or the word of a number that is not finite.
  private var whole: [UInt8] = []
  private var fraction: [UInt8] = []
  private var suffix: [UInt8] = []

  init(_ number: Number, spec: FormatSpec) {
    let isFinite = number.double.isFinite
    switch spec.style {
    case .fixed where isFinite: setFixed(number, places: spec.precision ?? 6)
    case .percent where isFinite: setFixed(number.hundredfold, places: spec.precision ?? 6)
    case .general where isFinite:
      if let precision = spec.precision {
        setGeneral(number, significant: max(precision, 1))
      } else {
        setPlain(number)
      }
    default: setPlain(number)
    }
    if spec.style == .percent { suffix.append(UInt8(ascii: "%")) }
    if spec.isZeroFilled && spec.alignment == nil { fillWithZeros(spec) }
    if spec.hasGroups && whole.first.map({ $0 <= UInt8(ascii: "9") }) == true { group() }
  }

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
    if rest.first.map({ $0 > UInt8(ascii: "9") }) == true {
      whole = Array(rest)
      return
    }
    whole = Array(rest.prefix { 48...57 ~= $0 })
    rest = rest.dropFirst(whole.count)
    if rest.first == UInt8(ascii: ".") {
      fraction = Array(rest.dropFirst().prefix { 48...57 ~= $0 })
      rest = rest.dropFirst(fraction.count + 1)
    }
    suffix = Array(rest)
  }

  /// So many digits after the point, a tie to the even digit.
  private mutating func setFixed(_ number: Number, places: Int) {
    var decimal = ExactDecimal(number)
    isNegative = number.isNegative
    decimal.round(places: places, ties: .toEven)
    whole = decimal.whole
    fraction = decimal.fraction(places: places)
  }

  /// So many significant digits, with an exponent where the point is far from them.
  private mutating func setGeneral(_ number: Number, significant count: Int) {
    var decimal = ExactDecimal(number)
    isNegative = number.isNegative
    // Python keeps one digit free for the `.0` of a float; a whole number has none.
    let limit = if case .integer = number { count } else { count - 1 }
    decimal.round(significant: count, ties: .toEven)
    if decimal.digits.isEmpty || -4..<limit ~= decimal.point - 1 {
      whole = decimal.whole
      fraction = decimal.fraction(places: max(decimal.digits.count - decimal.point, 0))
      return
    }
    let exponent = decimal.point - 1
    whole = [48 + decimal.digits[0]]
    fraction = decimal.digits.dropFirst().map { 48 + $0 }
    suffix = Array(exponent < 0 ? "e-".utf8 : "e+".utf8)
    if exponent.magnitude < 10 { suffix.append(48) }
    NumberText.append(Int64(exponent.magnitude), to: &suffix)
  }

  /// Zeros between the sign and the digits, up to the width that is reached with the commas.
  private mutating func fillWithZeros(_ spec: FormatSpec) {
    let others = (isNegative ? 1 : 0) + (fraction.isEmpty ? 0 : fraction.count + 1) + suffix.count
    let room = spec.width - others
    func length(_ digits: Int) -> Int { spec.hasGroups ? digits + (digits - 1) / 3 : digits }
    var count = whole.count
    while length(count) < room { count += 1 }
    whole = Array(repeating: 48, count: count - whole.count) + whole
  }

  private mutating func group() {
    var grouped: [UInt8] = []
    for (position, digit) in whole.enumerated() {
      if position > 0 && (whole.count - position) % 3 == 0 { grouped.append(UInt8(ascii: ",")) }
      grouped.append(digit)
    }
    whole = grouped
  }
}

extension Number {
  fileprivate var isNegative: Bool {
    switch self {
    case .integer(let integer): integer < 0
    case .double(let double): double < 0
    }
  }

  fileprivate var hundredfold: Number {
    if case .integer(let integer) = self {
      let (product, overflows) = integer.multipliedReportingOverflow(by: 100)
      if !overflows { return .integer(product) }
    }
    return .double(double * 100)
  }
}
