extension Lexer {
  /// The longest number literal, in bytes.
  static let longestNumber = 1_000

  /// Reads a number (rule LEX-7). A digit stands at the current place.
  mutating func scanNumber() {
    let start = index
    let base: UInt64? =
      switch (peek(), peek(1) | 0x20) {
      case (UInt8(ascii: "0"), UInt8(ascii: "x")): 16
      case (UInt8(ascii: "0"), UInt8(ascii: "o")): 8
      case (UInt8(ascii: "0"), UInt8(ascii: "b")): 2
      default: nil
      }
    let value = base.map { scanBased($0) } ?? scanDecimal()
    if index - start > Self.longestNumber {
      while Self.continuesWord(peek()) { index += 1 }
      fail(
        from: start,
        hint: "a number has at most \(Self.longestNumber) characters; `to_float` reads longer text")
    } else if Self.continuesWord(peek()) {
      while Self.continuesWord(peek()) { index += 1 }
      fail(from: start, hint: "put a blank between a number and a name")
    } else if let value {
      finish(value, from: start)
    } else {
      fail(from: start, hint: "digits are missing or `_` does not stand between two digits")
    }
  }

  private mutating func finish(_ value: NumberLiteral, from start: Int) {
    numbers.append(value)
    append(.number, from: start, payload: UInt32(numbers.count - 1))
  }

  private mutating func fail(from start: Int, hint: String) {
    let shown = String(decoding: bytes[start..<min(index, start + 40)], as: UTF8.self)
    report(
      Diagnostic(.invalidNumber, "invalid number `\(shown)`", at: span(from: start), hint: hint))
    finish(.integer(0), from: start)
  }

  /// Reads digits with single `_` between them; false if there is none or a `_` is misplaced.
  private mutating func scanDigits() -> Bool {
    var isPreceded = false
    var isWellFormed = true
    while true {
      switch peek() {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): isPreceded = true
      case UInt8(ascii: "_"):
        if !isPreceded { isWellFormed = false }
        isPreceded = false
      default: return isPreceded && isWellFormed
      }
      index += 1
    }
  }

  private mutating func scanDecimal() -> NumberLiteral? {
    let start = index
    var isWellFormed = scanDigits()
    var isIntegral = true
    if peek() == UInt8(ascii: ".") {
      isIntegral = false
      index += 1
      if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(peek()) {
        isWellFormed = scanDigits() && isWellFormed
      }
    }
    if peek() | 0x20 == UInt8(ascii: "e"), startsExponent() {
      isIntegral = false
      index += Self.continuesWord(peek(1)) ? 1 : 2
      isWellFormed = scanDigits() && isWellFormed
    }
    guard isWellFormed, index - start <= Self.longestNumber else { return nil }
    if isIntegral, index - start < 19, let integer = plainInteger(from: start) {
      return .integer(integer)
    }
    let digits = normalised(from: start)
    if isIntegral, let integer = Int64(digits) { return .integer(integer) }
    return Double(digits).map { .double($0) }
  }

  /// The value of at most 18 digits; `nil` if there is a `_` among them.
  private func plainInteger(from start: Int) -> Int64? {
    var value: Int64 = 0
    for byte in bytes[start..<index] {
      guard byte != UInt8(ascii: "_") else { return nil }
      value = value * 10 + Int64(byte - UInt8(ascii: "0"))
    }
    return value
  }

  /// The literal without `_` and with a digit after its point, as the standard library reads it.
  private func normalised(from start: Int) -> String {
    let zero = UInt8(ascii: "0")
    let point = UInt8(ascii: ".")
    var digits: [UInt8] = []
    for byte in bytes[start..<index] where byte != UInt8(ascii: "_") {
      if digits.last == point, Self.digit(byte) == nil || byte > UInt8(ascii: "9") {
        digits.append(zero)
      }
      digits.append(byte)
    }
    if digits.last == point { digits.append(zero) }
    return String(decoding: digits, as: UTF8.self)
  }

  /// Whether the `e` at the current place begins an exponent rather than a word.
  private func startsExponent() -> Bool {
    let next = peek(1)
    let digit = next == UInt8(ascii: "+") || next == UInt8(ascii: "-") ? peek(2) : next
    return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit)
  }

  /// Reads a literal in a base that is a power of two; rounds once if it exceeds 64 bits.
  private mutating func scanBased(_ base: UInt64) -> NumberLiteral? {
    let start = index
    index += 2
    var mantissa: UInt64 = 0
    var exponent = 0
    var isInexact = false
    var isPreceded = false
    let width = base.trailingZeroBitCount
    while Self.continuesWord(peek()) {
      let byte = peek()
      index += 1
      if byte == UInt8(ascii: "_") {
        guard isPreceded else { return nil }
        isPreceded = false
        continue
      }
      guard let digit = Self.digit(byte), digit < base else { return nil }
      isPreceded = true
      if mantissa.leadingZeroBitCount >= width {
        mantissa = mantissa << UInt64(width) | digit
      } else {
        exponent += width
        isInexact = isInexact || digit != 0
      }
    }
    guard isPreceded, index - start <= Self.longestNumber else { return nil }
    if exponent == 0, let integer = Int64(exactly: mantissa) { return .integer(integer) }
    // The mantissa keeps at least 61 bits, so a sticky last bit makes the one rounding exact.
    let significand = Double(isInexact ? mantissa | 1 : mantissa)
    return .double(Double(sign: .plus, exponent: exponent, significand: significand))
  }

  /// The value of a hexadecimal digit.
  static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}
