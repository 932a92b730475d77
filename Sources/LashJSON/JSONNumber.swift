/// A JSON number in its one canonical form: a value that is integral and fits signed 64 bits is
/// an `integer`, any other a `double`. Negative zero is the integer 0.
public enum JSONNumber: Hashable, Sendable {
  /// An integral number, exact.
  case integer(Int64)
  /// A number with a fraction, beyond 64 bits, or not finite.
  case double(Double)

  /// The canonical form of a double.
  @inlinable
  public init(_ value: Double) {
    if let integer = Int64(exactly: value) {
      self = .integer(integer)
    } else {
      self = .double(value)
    }
  }

  /// The number that a text is, by JSON's grammar and nothing around it; nil for anything else
  /// and for what no finite double can hold.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    var end = 0
    guard let number = try? Self.read(from: bytes, at: &end), end == bytes.count else {
      return nil
    }
    self = number
  }
}

extension JSONNumber {
  /// Reads the number at the offset and moves past it. Digits without fraction and exponent are
  /// exact within 64 bits; any other number is the nearest double, in canonical form.
  /// Throws where the grammar is broken and for a number that no finite double can hold.
  static func read(from bytes: [UInt8], at offset: inout Int) throws(JSONError) -> JSONNumber {
    let start = offset
    var decimal = Decimal()
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "-") {
      decimal.isNegative = true
      offset += 1
    }
    let leadingZero = offset < bytes.count && bytes[offset] == UInt8(ascii: "0")
    let whole = try readDigits(from: bytes, at: &offset, into: &decimal, expecting: "a digit")
    if leadingZero, whole > 1 {
      throw JSONError("a number cannot have leading zeros", at: start, in: bytes)
    }
    var isPlain = true
    if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
      isPlain = false
      offset += 1
      let fraction = try readDigits(
        from: bytes, at: &offset, into: &decimal, expecting: "a digit after `.`")
      decimal.exponent = -fraction
    }
    if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
      isPlain = false
      offset += 1
      decimal.exponent += try readExponent(from: bytes, at: &offset)
    }
    if isPlain, let integer = decimal.integer { return .integer(integer) }
    if let value = decimal.exactDouble { return JSONNumber(value) }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      throw JSONError("number out of range, beyond 1.8e308", at: start, in: bytes)
    }
    return JSONNumber(value)
  }

  /// Appends one or more digits to the decimal; how many they were.
  private static func readDigits(
    from bytes: [UInt8], at offset: inout Int, into decimal: inout Decimal,
    expecting wanted: String
  ) throws(JSONError) -> Int {
    let start = offset
    while offset < bytes.count, case let digit = bytes[offset] &- UInt8(ascii: "0"), digit < 10 {
      decimal.append(digit)
      offset += 1
    }
    guard offset > start else { throw .expected(wanted, at: offset, in: bytes) }
    return offset - start
  }

  /// Reads sign and digits of an exponent, held within ±2^60: far beyond what digits can offset.
  private static func readExponent(
    from bytes: [UInt8], at offset: inout Int
  ) throws(JSONError) -> Int {
    var sign = 1
    if offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "-"):
        sign = -1
        offset += 1
      case UInt8(ascii: "+"): offset += 1
      default: break
      }
    }
    var digits = Decimal()
    _ = try readDigits(from: bytes, at: &offset, into: &digits, expecting: "a digit after `e`")
    return sign * Int(min(digits.overflows ? .max : digits.magnitude, 1 << 60))
  }
}

/// Digits of a number gathered while they are read: ±magnitude × 10^exponent.
private struct Decimal {
  var isNegative = false
  var magnitude: UInt64 = 0
  /// More digits than the magnitude holds.
  var overflows = false
  var exponent = 0

  mutating func append(_ digit: UInt8) {
    let (tens, tooLarge) = magnitude.multipliedReportingOverflow(by: 10)
    let (sum, carries) = tens.addingReportingOverflow(UInt64(digit))
    magnitude = sum
    if tooLarge || carries { overflows = true }
  }

  /// The signed magnitude where it fits 64 bits.
  var integer: Int64? {
    if overflows { return nil }
    return isNegative ? Int64(exactly: -Int128(magnitude)) : Int64(exactly: magnitude)
  }

  /// The value, where both parts are exact doubles and one correctly rounded operation of
  /// them is thus the nearest double.
  var exactDouble: Double? {
    guard !overflows, magnitude <= 1 << 53, -22...22 ~= exponent else { return nil }
    let value = Double(magnitude)
    let scaled = exponent < 0 ? value / Self.powers[-exponent] : value * Self.powers[exponent]
    return isNegative ? -scaled : scaled
  }

  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
