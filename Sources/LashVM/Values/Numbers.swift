// The one place that decides how a number is represented (rule VAL-3).

extension Heap {
  /// The value of a double: integral ones within 64 bits become exact integers.
  @inline(__always)
  func number(_ double: Double) throws(Fault) -> Value {
    if _fastPath(double.magnitude < Self.exactLimit) { return Value(double: double) }
    return try largeNumber(double)
  }

  /// The value of an integer.
  @inline(__always)
  func number(_ integer: Int64) throws(Fault) -> Value {
    let double = Double(integer)
    if _fastPath(double.magnitude < Self.exactLimit) { return Value(double: double) }
    let object = try state.pointee.allocator.allocate(
      .integer, payload: 8, count: 0, extra: 0)
    UnsafeMutableRawPointer(object + 1).storeBytes(of: integer, as: Int64.self)
    return Value(object)
  }

  @inline(never)
  private func largeNumber(_ double: Double) throws(Fault) -> Value {
    if double.isNaN { return Value(double: .nan) }
    guard let integer = Int64(exactly: double) else { return Value(double: double) }
    return try number(integer)
  }

  /// Integral doubles below this magnitude (2^53) are held as doubles.
  static let exactLimit = 9_007_199_254_740_992.0
}

/// A number taken out of its representation.
enum Number {
  /// An integral number within 64 bits.
  case integer(Int64)
  /// Any other.
  case double(Double)

  /// The number of a value, `nil` if it is none.
  @inline(__always)
  init?(_ value: Value) {
    if value.isDouble {
      let double = value.double
      if double.magnitude < Heap.exactLimit, let integer = Int64(exactly: double) {
        self = .integer(integer)
      } else {
        self = .double(double)
      }
    } else if value.isKind(.integer) {
      self = .integer(value.object.integer)
    } else {
      return nil
    }
  }

  /// The nearest double.
  var double: Double {
    switch self {
    case .integer(let integer): Double(integer)
    case .double(let double): double
    }
  }
}

/// A value looked at as an integer below 2^51, without the checks that a conversion has.
///
/// Adding 1.5 × 2^52 leaves the integer in the low bits of the significand; whatever is no such integer,
/// other kinds included, does not come back by subtraction, or lies beyond 2^50.
struct SmallInteger {
  private static let shift = 0x1.8p52
  private let double: Double
  private let shifted: Double

  @inline(__always) init(_ value: Value) {
    double = value.double
    shifted = double + Self.shift
  }

  /// Whether it is an integer, or so large that `integer` is beyond 2^50.
  @inline(__always) var isExact: Bool { shifted - Self.shift == double }

  /// The integer, if it is one.
  @inline(__always) var integer: Int {
    Int(bitPattern: UInt(shifted.bitPattern &- Self.shift.bitPattern))
  }

  /// Whether it is from 0 up to, without, `count`.
  @inline(__always) func isBelow(_ count: UInt32) -> Bool {
    UInt(bitPattern: integer) < UInt(count)
  }
}
