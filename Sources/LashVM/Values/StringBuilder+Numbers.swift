import LashJSON

extension StringBuilder {
  /// Appends the text of a number (rule VAL-14).
  mutating func append(_ number: Number) throws(Fault) {
    switch number {
    case .integer(let integer): try append(integer)
    case .double(let double):
      var text: [UInt8] = []
      NumberText.append(double, to: &text)
      try append(text)
    }
  }

  /// Appends the digits of an integer.
  mutating func append(_ integer: Int64) throws(Fault) {
    if integer < 0 { try append(UInt8(ascii: "-")) }
    var rest = integer.magnitude
    var divisor: UInt64 = 1
    while rest / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      try append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }
}
