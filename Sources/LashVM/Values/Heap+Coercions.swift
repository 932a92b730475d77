import LashLang

extension Heap {
  /// A value as a number (rule VAL-11): null and blank text are 0, booleans 1 and 0, other text is
  /// what it spells. Traps for text that spells no number, and for any other kind.
  @inline(__always)
  func coerceNumber(_ value: Value) throws(Fault) -> Number {
    if let number = Number(value) { return number }
    return try coerceOther(value)
  }

  @inline(never)
  private func coerceOther(_ value: Value) throws(Fault) -> Number {
    if !value.isHeap { return .integer(value.bits == Value.true.bits ? 1 : 0) }
    guard value.isString else {
      throw trap(.typeError, "expected a number, got \(typeName(value))")
    }
    charge(bytes: Int(value.object.pointee.count))
    let text = value.object.text.trimmed()
    if text.isEmpty { return .integer(0) }
    guard let number = Number(spelled: text) else {
      throw trap(.valueError, "expected a number, got string")
    }
    return number
  }

  /// A value as an offset into a sequence; what is beyond 64 bits is beyond every sequence.
  func coerceOffset(_ value: Value) throws(Fault) -> Int {
    switch try coerceNumber(value) {
    case .integer(let integer): return Int(integer)
    case .double(let double):
      guard double.isFinite, double.rounded(.towardZero) == double else {
        throw trap(.valueError, "index must be an integer")
      }
      return double < 0 ? Int.min : Int.max
    }
  }

  /// A scalar as text: a string owned by the caller. Traps for any other kind.
  func coerceText(_ value: Value) throws(Fault) -> Value {
    if value.isString { return copy(value) }
    guard !value.isHeap || value.isNumber else {
      throw trap(.typeError, "expected text, got \(typeName(value))")
    }
    return try text(of: value)
  }
}

extension Number {
  /// The number that a text spells: digits with at most one `.`, an exponent, a sign, or one of the words
  /// `inf`, `infinity` and `nan` in any case. Whole numbers within 64 bits are exact.
  init?(spelled text: UnsafeBufferPointer<UInt8>) {
    var digits = text[...]
    var isNegative = false
    if let sign = digits.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      digits = digits.dropFirst()
    }
    let fraction = digits.drop(while: Self.isDigit)
    let whole = digits.count - fraction.count
    if fraction.isEmpty, whole > 0 {
      if let integer = Self.integer(digits, isNegative: isNegative) {
        self = .integer(integer)
        return
      }
    } else if let word = Self.word(digits) {
      self = .double(isNegative ? -word : word)
      return
    } else {
      var rest = fraction
      var count = whole
      if rest.first == UInt8(ascii: ".") {
        let exponent = rest.dropFirst().drop(while: Self.isDigit)
        count += rest.count - 1 - exponent.count
        rest = exponent
      }
      guard count > 0, Self.isExponent(rest) else { return nil }
    }
    guard !digits.isEmpty, let value = Double(String(decoding: text, as: UTF8.self)) else {
      return nil
    }
    self = Int64(exactly: value).map { .integer($0) } ?? .double(value)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  /// Whether this is nothing or an exponent.
  private static func isExponent(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let mark = text.first else { return true }
    guard mark | 0x20 == UInt8(ascii: "e") else { return false }
    var digits = text.dropFirst()
    if digits.first == UInt8(ascii: "-") || digits.first == UInt8(ascii: "+") {
      digits = digits.dropFirst()
    }
    return !digits.isEmpty && digits.allSatisfy(isDigit)
  }

  private static func integer(
    _ digits: Slice<UnsafeBufferPointer<UInt8>>, isNegative: Bool
  ) -> Int64? {
    var value: Int64 = 0
    for byte in digits {
      let digit = Int64(byte - UInt8(ascii: "0"))
      let (tens, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) =
        isNegative
        ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
      if first || second { return nil }
      value = sum
    }
    return value
  }

  private static func word(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Double? {
    guard 3...8 ~= text.count else { return nil }
    let lowered = text.map { $0 | 0x20 }
    if lowered.elementsEqual("inf".utf8) || lowered.elementsEqual("infinity".utf8) {
      return .infinity
    }
    return lowered.elementsEqual("nan".utf8) ? .nan : nil
  }
}
