extension Heap {
  /// `<` (rule VAL-10): two strings by their bytes, else both as numbers, exactly.
  func less(_ a: Value, _ b: Value) throws(Fault) -> Bool {
    if a.isString && b.isString { return compareText(a, b) < 0 }
    return Number.compare(try coerceNumber(a), try coerceNumber(b)).map { $0 < 0 } ?? false
  }

  /// `<=`, likewise; false if either is nan.
  func lessOrEqual(_ a: Value, _ b: Value) throws(Fault) -> Bool {
    if a.isString && b.isString { return compareText(a, b) <= 0 }
    return Number.compare(try coerceNumber(a), try coerceNumber(b)).map { $0 <= 0 } ?? false
  }

  /// The total order of sorting, of two nulls, two booleans, two numbers or two strings: negative,
  /// zero or positive. nan comes last; false before true. Other values are all alike.
  func compareForSort(_ a: Value, _ b: Value) -> Int {
    if a.isDouble && b.isDouble, let order = Number.compare(a.double, b.double) { return order }
    if a.isString && b.isString { return compareText(a, b) }
    if let left = Number(a), let right = Number(b) {
      if let order = Number.compare(left, right) { return order }
      return (left.double.isNaN ? 1 : 0) - (right.double.isNaN ? 1 : 0)
    }
    return (a.bits == Value.true.bits ? 1 : 0) - (b.bits == Value.true.bits ? 1 : 0)
  }

  /// The order of two strings by their bytes, which is that of their scalars.
  private func compareText(_ a: Value, _ b: Value) -> Int {
    let left = a.object.text
    let right = b.object.text
    let common = min(left.count, right.count)
    charge(bytes: common)
    var position = 0
    while position + 8 <= common {
      let x = UnsafeRawPointer(a.object.bytes + position).loadUnaligned(as: UInt64.self)
      let y = UnsafeRawPointer(b.object.bytes + position).loadUnaligned(as: UInt64.self)
      if x != y { return x.bigEndian < y.bigEndian ? -1 : 1 }
      position += 8
    }
    while position < common {
      if left[position] != right[position] { return left[position] < right[position] ? -1 : 1 }
      position += 1
    }
    return (left.count > right.count ? 1 : 0) - (left.count < right.count ? 1 : 0)
  }
}

extension Number {
  /// The order of two numbers, exact also between an integer and a double; `nil` if either is nan.
  static func compare(_ a: Number, _ b: Number) -> Int? {
    switch (a, b) {
    case (.integer(let a), .integer(let b)): (a > b ? 1 : 0) - (a < b ? 1 : 0)
    case (.integer(let a), .double(let b)): compare(a, b)
    case (.double(let a), .integer(let b)): compare(b, a).map { -$0 }
    case (.double(let a), .double(let b)): compare(a, b)
    }
  }

  /// The order of two doubles; `nil` if either is nan.
  @inline(__always)
  static func compare(_ a: Double, _ b: Double) -> Int? {
    a < b ? -1 : a > b ? 1 : a == b ? 0 : nil
  }

  private static func compare(_ a: Int64, _ b: Double) -> Int? {
    if b.isNaN { return nil }
    if b >= 0x1p63 { return -1 }
    if b < -0x1p63 { return 1 }
    let whole = Int64(b)
    if a != whole { return a < whole ? -1 : 1 }
    return compare(0.0, b - b.rounded(.towardZero))
  }
}
