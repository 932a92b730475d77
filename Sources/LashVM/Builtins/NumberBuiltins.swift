import LashLang

extension BuiltinTable {
  /// `to_int(x)`: the number, without its fraction; nan and inf stay.
  static func toInt(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    try heap.value(try heap.coerceNumber(arguments[0]).rounded(.towardZero))
  }

  /// `to_float(x)`: the number.
  static func toFloat(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    try heap.value(try heap.coerceNumber(arguments[0]))
  }

  /// `abs(x)`.
  static func absolute(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    switch try heap.number(arguments[0], of: .abs) {
    case .integer(let integer) where integer > .min: try heap.number(abs(integer))
    case let number: try heap.number(number.double.magnitude)
    }
  }

  /// `floor_div(a, b)`: the quotient rounded down.
  static func floorDiv(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    try divide(heap, arguments, .floorDiv, .down)
  }

  /// `ceil_div(a, b)`: the quotient rounded up.
  static func ceilDiv(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    try divide(heap, arguments, .ceilDiv, .up)
  }

  private static func divide(
    _ heap: Heap, _ arguments: Arguments, _ builtin: Builtin, _ rule: FloatingPointRoundingRule
  ) throws(Fault) -> Value {
    let dividend = try heap.whole(arguments[0], "dividend", of: builtin)
    let divisor = try heap.whole(arguments[1], "divisor", of: builtin)
    if divisor.double == 0 {
      throw heap.trap(.valueError, "`\(builtin.rawValue)` divisor must not be 0")
    }
    guard case .integer(let a) = dividend, case .integer(let b) = divisor,
      case let (quotient, overflows) = a.dividedReportingOverflow(by: b), !overflows
    else { return try heap.number((dividend.double / divisor.double).rounded(rule)) }
    let isInexact = a % b != 0
    let isNegative = (a < 0) != (b < 0)
    if isInexact && rule == .down && isNegative { return try heap.number(quotient - 1) }
    if isInexact && rule == .up && !isNegative { return try heap.number(quotient + 1) }
    return try heap.number(quotient)
  }

  // MARK: Rounding

  /// `floor(x)`.
  static func floor(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    try heap.value(try heap.number(arguments[0], of: .floor).rounded(.down))
  }

  /// `ceil(x)`.
  static func ceil(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    try heap.value(try heap.number(arguments[0], of: .ceil).rounded(.up))
  }

  /// `round(x, digits?)`: to so many digits after the point, or before it if negative; halves away from
  /// zero. What counts is the exact value of the number.
  static func round(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let number = try heap.number(arguments[0], of: .round)
    let places = count > 1 ? try heap.integer(arguments[1], "digits", of: .round) : 0
    guard -30...30 ~= places else {
      throw heap.trap(.valueError, "`round` digits must be an integer from -30 to 30")
    }
    switch number {
    case .double(let double) where !double.isFinite || places >= 0 && number.isWhole:
      return try heap.value(number)
    case .integer where places >= 0: return try heap.value(number)
    default: break
    }
    let decimal = ExactDecimal(number, places: places, ties: .awayFromZero)
    var text = number.double < 0 ? [UInt8(ascii: "-")] : []
    text += decimal.whole
    if places > 0 { text += [UInt8(ascii: ".")] + decimal.fraction(places: places) }
    let rounded = text.withUnsafeBufferPointer { Number(spelled: $0) } ?? number
    return try heap.value(rounded)
  }
}

extension Number {
  /// The number without its fraction.
  fileprivate func rounded(_ rule: FloatingPointRoundingRule) -> Number {
    guard case .double(let double) = self else { return self }
    return .double(double.rounded(rule))
  }

  /// The sum: exact for integers within 64 bits, else the nearest double.
  static func + (a: Number, b: Number) -> Number {
    if case .integer(let a) = a, case .integer(let b) = b {
      let (sum, overflows) = a.addingReportingOverflow(b)
      if !overflows { return .integer(sum) }
    }
    let sum = a.double + b.double
    return Int64(exactly: sum).map { .integer($0) } ?? .double(sum)
  }
}
