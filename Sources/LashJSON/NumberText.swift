/// The one text form of numbers, in programs and in JSON: integers as digits, doubles as
/// ECMAScript's Number::toString (shortest digits that read back), `inf`, `-inf`, `nan`.
public enum NumberText {
  /// Appends the decimal digits of an integer.
  public static func append(_ value: Int64, to output: inout [UInt8]) {
    if value < 0 { output.append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    let start = output.count
    repeat {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      output.append(UInt8(ascii: "0") + UInt8(digit))
      rest = quotient
    } while rest > 0
    output[start...].reverse()
  }

  /// Appends the text of a double; negative zero is `0`.
  public static func append(_ value: Double, to output: inout [UInt8]) {
    if value.isNaN {
      output.append(contentsOf: "nan".utf8)
    } else if value.isInfinite {
      output.append(contentsOf: (value < 0 ? "-inf" : "inf").utf8)
    } else if value.magnitude <= 0x1p53, let integer = Int64(exactly: value) {
      append(integer, to: &output)
    } else {
      if value < 0 { output.append(UInt8(ascii: "-")) }
      appendLayout(of: ShortestDigits(of: value.magnitude), to: &output)
    }
  }

  /// The text of an integer.
  public static func text(_ value: Int64) -> String {
    var output: [UInt8] = []
    append(value, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// The text of a double.
  public static func text(_ value: Double) -> String {
    var output: [UInt8] = []
    append(value, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// Lays out 0.d₁d₂… × 10^point: plainly for points in -5...21, else with an exponent.
  private static func appendLayout(of number: ShortestDigits, to output: inout [UInt8]) {
    let digits = number.digits
    let point = number.point
    switch point {
    case digits.count...21 where digits.count <= 21:
      output.append(contentsOf: digits)
      output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: point - digits.count))
    case 1...21:
      output.append(contentsOf: digits[..<point])
      output.append(UInt8(ascii: "."))
      output.append(contentsOf: digits[point...])
    case -5...0:
      output.append(contentsOf: "0.".utf8)
      output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -point))
      output.append(contentsOf: digits)
    default:
      output.append(digits[0])
      if digits.count > 1 {
        output.append(UInt8(ascii: "."))
        output.append(contentsOf: digits[1...])
      }
      output.append(contentsOf: (point > 0 ? "e+" : "e-").utf8)
      append(Int64((point - 1).magnitude), to: &output)
    }
  }
}

/// The shortest decimal digits that read back as a positive finite double: 0.digits × 10^point.
private struct ShortestDigits {
  /// ASCII digits; neither the first nor the last is 0.
  private(set) var digits: [UInt8] = []
  private(set) var point = 0

  /// Takes the digits from Swift's description, which has the right ones in another layout:
  /// `123.45`, `0.00012`, `1.5e-07`, `1e+16`.
  init(of value: Double) {
    var pastPoint = false
    var isExponent = false
    var exponent = 0
    var exponentSign = 1
    for byte in value.description.utf8 {
      switch byte {
      case UInt8(ascii: "."): pastPoint = true
      case UInt8(ascii: "e"): isExponent = true
      case UInt8(ascii: "-"): exponentSign = -1
      case UInt8(ascii: "+"): break
      case _ where isExponent: exponent = exponent * 10 + Int(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "0") where digits.isEmpty: if pastPoint { point -= 1 }
      default:
        digits.append(byte)
        if !pastPoint { point += 1 }
      }
    }
    point += exponentSign * exponent
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
  }
}
