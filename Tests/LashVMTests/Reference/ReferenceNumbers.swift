import LashLang

// Numbers: conversions, arithmetic, order (rules VAL-10 … VAL-12, EXP-4).

/// A number: exact where it is integral and fits 64 bits.
enum ReferenceNumber {
  case integer(Int64)
  case double(Double)

  var double: Double {
    switch self {
    case .integer(let integer): Double(integer)
    case .double(let double): double
    }
  }

  var value: ReferenceValue {
    switch self {
    case .integer(let integer): .integer(integer)
    case .double(let double): .number(double)
    }
  }

  func applying(_ operation: String, to right: ReferenceNumber) -> ReferenceValue {
    if case .integer(let a) = self, case .integer(let b) = right {
      switch operation {
      case "+":
        let (sum, overflows) = a.addingReportingOverflow(b)
        if !overflows { return .integer(sum) }
      case "-":
        let (difference, overflows) = a.subtractingReportingOverflow(b)
        if !overflows { return .integer(difference) }
      case "*":
        let (product, overflows) = a.multipliedReportingOverflow(by: b)
        if !overflows { return .integer(product) }
      case "%":
        if b != 0 { return .integer(b == -1 ? 0 : a % b) }
      default: break
      }
    }
    let a = double
    // Zero has no sign, so a quotient by it has the dividend's.
    let b = right.double == 0 ? 0 : right.double
    switch operation {
    case "+": return .number(a + b)
    case "-": return .number(a - b)
    case "*": return .number(a * b)
    case "/": return .number(a / b)
    default: return .number(a.truncatingRemainder(dividingBy: b))
    }
  }

  /// Whether `self` comes before, is the same as or comes after; `nil` with nan.
  func compared(with other: ReferenceNumber) -> Int? {
    switch (self, other) {
    case (.integer(let a), .integer(let b)): return a < b ? -1 : a > b ? 1 : 0
    case (.double(let a), .double(let b)):
      if a.isNaN || b.isNaN { return nil }
      return a < b ? -1 : a > b ? 1 : 0
    case (.integer(let a), .double(let b)):
      if b.isNaN { return nil }
      // In its one form a double in this range has a fraction.
      if let floor = Int64(exactly: b.rounded(.down)) { return a <= floor ? -1 : 1 }
      return b > 0 ? -1 : 1
    case (.double, .integer): return other.compared(with: self).map { -$0 }
    }
  }
}

extension ReferenceValue {
  /// The number, if it is one.
  var number: ReferenceNumber? {
    switch self {
    case .integer(let integer): .integer(integer)
    case .double(let double): .double(double)
    default: nil
    }
  }

  /// As a number (rule VAL-11).
  func asNumber() throws(ReferenceFailure) -> ReferenceNumber {
    switch self {
    case .integer(let integer): return .integer(integer)
    case .double(let double): return .double(double)
    case .null: return .integer(0)
    case .bool(let bool): return .integer(bool ? 1 : 0)
    case .text(let text):
      guard let number = Self.spelled(text) else { throw .init(.valueError) }
      return number
    default: throw .init(.typeError)
    }
  }

  static func spelled(_ text: String) -> ReferenceNumber? {
    var scalars = Array(text.unicodeScalars)
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    scalars = Array(scalars.drop { $0.properties.isWhitespace })
    if scalars.isEmpty { return .integer(0) }
    let isNegative = scalars[0] == "-"
    if isNegative || scalars[0] == "+" { scalars.removeFirst() }
    let sign = isNegative ? -1.0 : 1.0
    let unsigned = String(String.UnicodeScalarView(scalars))
    if scalars.allSatisfy(\.isASCII) {
      if ["inf", "infinity"].contains(unsigned.lowercased()) { return .double(sign * .infinity) }
      if unsigned.lowercased() == "nan" { return .double(.nan) }
    }
    guard isDecimal(scalars) else { return nil }
    if let integer = Int64((isNegative ? "-" : "") + unsigned) { return .integer(integer) }
    guard let double = Double(unsigned) else { return nil }
    return Int64(exactly: sign * double).map(ReferenceNumber.integer) ?? .double(sign * double)
  }

  /// Digits with at most one point, and an exponent.
  private static func isDecimal(_ scalars: [Unicode.Scalar]) -> Bool {
    let parts = scalars.split(maxSplits: 1, omittingEmptySubsequences: false) {
      $0 == "e" || $0 == "E"
    }
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    guard mantissa.count <= 2, mantissa.joined().count > 0, mantissa.joined().allSatisfy(isDigit)
    else { return false }
    guard parts.count == 2 else { return true }
    let signs: [Unicode.Scalar] = ["+", "-"]
    let exponent = parts[1].first.map(signs.contains) == true ? parts[1].dropFirst() : parts[1]
    return !exponent.isEmpty && exponent.allSatisfy(isDigit)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// As an offset (rule VAL-12).
  func asOffset() throws(ReferenceFailure) -> Int {
    switch try asNumber() {
    case .integer(let integer): return Int(integer)
    case .double(let double):
      guard double.isFinite, double == double.rounded() else { throw .init(.valueError) }
      return double < 0 ? .min : .max
    }
  }

  /// As text (rule VAL-13).
  func asText() throws(ReferenceFailure) -> String {
    guard let text = scalarText else { throw .init(.typeError) }
    return text
  }

  /// `<` and its kin (rule VAL-10).
  func isOrdered(
    _ operation: String, _ other: ReferenceValue
  ) throws(ReferenceFailure) -> Bool {
    let order: Int?
    if case .text(let a) = self, case .text(let b) = other {
      order = Self.textOrder(a, b)
    } else if operation.hasPrefix(">") {
      // `a > b` is `b < a` (rule EXP-7).
      let right = try other.asNumber()
      order = try asNumber().compared(with: right)
    } else {
      let left = try asNumber()
      order = left.compared(with: try other.asNumber())
    }
    guard let order else { return false }
    switch operation {
    case "<": return order < 0
    case "<=": return order <= 0
    case ">": return order > 0
    default: return order >= 0
    }
  }

  static func textOrder(_ a: String, _ b: String) -> Int {
    let left = a.unicodeScalars
    let right = b.unicodeScalars
    return left.lexicographicallyPrecedes(right)
      ? -1 : right.lexicographicallyPrecedes(left) ? 1 : 0
  }
}
