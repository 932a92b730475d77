/// The magnitude of a finite number in decimal, exact, for rounding: 0.d₁d₂d₃… × 10^point.
struct ExactDecimal {
  /// Digits 0…9; the first is not 0. Empty for zero.
  private(set) var digits: [UInt8] = []
  /// The number of digits before the decimal point; may be negative.
  private(set) var point = 0

  /// What becomes of a tie.
  enum Ties {
    case toEven, awayFromZero
  }

  /// A number rounded to so many digits after the point; a negative number of places rounds whole digits.
  init(_ number: Number, places: Int, ties: Ties) {
    // 16 to the power of −places is at most 10 to that power: below half of it nothing is left, and the
    // hundreds of digits of a tiny number need not be worked out.
    if case .double(let double) = number, double.exponent < -4 * max(places, 0) - 1 { return }
    set(number)
    round(places: places, ties: ties)
  }

  private mutating func set(_ number: Number) {
    switch number {
    case .integer(let integer): set(integer.magnitude, exponent: 0)
    case .double(let double):
      let bits = UInt64(double.significandBitPattern)
      let exponent = Int(double.exponentBitPattern)
      set(exponent == 0 ? bits : bits | 1 << 52, exponent: max(exponent, 1) - 1_075)
    }
  }

  /// Takes significand × 2^exponent. A negative exponent −k is 5^k ÷ 10^k, so digits are always those of
  /// a whole number.
  private mutating func set(_ significand: UInt64, exponent: Int) {
    guard significand > 0 else { return }
    let spare = min(significand.trailingZeroBitCount, max(-exponent, 0))
    var number = WholeNumber(significand >> UInt64(spare))
    let scale = exponent + spare
    if scale >= 0 {
      number.multiply(by: 2, times: scale)
    } else {
      number.multiply(by: 5, times: -scale)
    }
    digits = number.decimalDigits()
    point = digits.count - max(-scale, 0)
  }

  private mutating func round(places: Int, ties: Ties) {
    let count = point + places
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      point = 0
      return
    }
    let isTie = digits[count] == 5 && digits[(count + 1)...].allSatisfy { $0 == 0 }
    let isOdd = count > 0 && digits[count - 1] & 1 == 1
    let goesUp = isTie ? ties == .awayFromZero || isOdd : digits[count] >= 5
    digits.removeSubrange(count...)
    guard goesUp else {
      if digits.isEmpty { point = 0 }
      return
    }
    while let last = digits.popLast() {
      if last < 9 {
        digits.append(last + 1)
        return
      }
    }
    digits = [1]
    point += 1
  }

  /// The digits before the point as ASCII, at least `0`.
  var whole: [UInt8] {
    guard point > 0, !digits.isEmpty else { return [48] }
    let known = digits.prefix(point).map { 48 + $0 }
    return known + Array(repeating: 48, count: point - known.count)
  }

  /// So many digits after the point as ASCII.
  func fraction(places: Int) -> [UInt8] {
    var fraction = [UInt8](repeating: 48, count: digits.isEmpty ? 0 : min(max(-point, 0), places))
    fraction += digits.dropFirst(max(point, 0)).prefix(places - fraction.count).map { 48 + $0 }
    fraction += Array(repeating: 48, count: places - fraction.count)
    return fraction
  }
}

/// A whole number of any size, for the few operations that exact decimals need.
private struct WholeNumber {
  /// 32 bits each, low ones first; the last is not 0.
  private var limbs: [UInt32]

  init(_ value: UInt64) {
    limbs = [UInt32(truncatingIfNeeded: value)]
    if value >> 32 > 0 { limbs.append(UInt32(value >> 32)) }
  }

  /// Multiplies by a small power, in steps as large as fit 32 bits.
  mutating func multiply(by factor: UInt32, times: Int) {
    var left = times
    while left > 0 {
      var step: UInt32 = 1
      while left > 0, case let (next, overflows) = step.multipliedReportingOverflow(by: factor),
        !overflows
      {
        step = next
        left -= 1
      }
      var carry: UInt64 = 0
      for position in limbs.indices {
        let product = UInt64(limbs[position]) * UInt64(step) + carry
        limbs[position] = UInt32(truncatingIfNeeded: product)
        carry = product >> 32
      }
      if carry > 0 { limbs.append(UInt32(carry)) }
    }
  }

  /// Its decimal digits, 0…9, the highest first.
  consuming func decimalDigits() -> [UInt8] {
    var digits: [UInt8] = []
    while !limbs.isEmpty {
      var remainder: UInt64 = 0
      for position in limbs.indices.reversed() {
        let dividend = remainder << 32 | UInt64(limbs[position])
        limbs[position] = UInt32(dividend / 1_000_000_000)
        remainder = dividend % 1_000_000_000
      }
      while limbs.last == 0 { limbs.removeLast() }
      for _ in 0..<9 {
        digits.append(UInt8(remainder % 10))
        remainder /= 10
      }
    }
    while digits.last == 0 { digits.removeLast() }
    digits.reverse()
    return digits
  }
}
