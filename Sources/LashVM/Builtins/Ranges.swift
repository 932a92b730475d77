import LashLang

/// The numbers that `range` counts through, checked (rule BLT-range).
struct CountedRange {
  let start: Int64
  let step: Int64
  /// At most 1,000,000.
  let count: Int

  /// From `start` up to, without, `end`. Traps unless all three are whole numbers of 64 bits and the step is
  /// not 0, and for too many numbers. So no number of it is beyond 64 bits.
  init(_ start: Value, _ end: Value, _ step: Value, in heap: Heap) throws(Fault) {
    self.start = try Self.bound(start, in: heap)
    self.step = try Self.bound(step, in: heap)
    let end = try Self.bound(end, in: heap)
    guard self.step != 0 else {
      throw heap.trap(.valueError, "`range` step must not be 0")
    }
    guard let count = Self.count(self.start, end, self.step) else {
      throw heap.trap(.valueError, "`range` would create more than \(Self.greatestCount) items")
    }
    self.count = count
  }

  private static let greatestCount = 1_000_000

  /// The number at a position.
  func item(at position: Int) -> Int64 { start &+ step &* Int64(position) }

  /// Whether all its numbers are held as doubles.
  var isSmall: Bool {
    let limit: UInt64 = 1 << 53
    return count > 0 && start.magnitude < limit && step.magnitude < limit
      && item(at: count - 1).magnitude < limit
  }

  private static func bound(_ value: Value, in heap: Heap) throws(Fault) -> Int64 {
    guard let number = Number(value) else {
      throw heap.trap(
        .typeError, "`range` bounds must be finite integers, got \(heap.typeName(value))")
    }
    guard number.isWhole else {
      throw heap.trap(.valueError, "`range` bounds must be finite integers")
    }
    switch number {
    case .integer(let integer): return integer
    case .double(let double):
      guard let integer = Int64(exactly: double) else {
        throw heap.trap(.valueError, "`range` bounds must lie between -2^63 and 2^63")
      }
      return integer
    }
  }

  /// `nil` if there are too many.
  private static func count(_ start: Int64, _ end: Int64, _ step: Int64) -> Int? {
    guard step > 0 ? start < end : start > end else { return 0 }
    // The distance may be beyond Int64 but not beyond UInt64.
    let distance = UInt64(bitPattern: step > 0 ? end &- start : start &- end)
    let (whole, rest) = distance.quotientAndRemainder(dividingBy: step.magnitude)
    let count = whole + (rest > 0 ? 1 : 0)
    return count > UInt64(greatestCount) ? nil : Int(count)
  }
}

extension Number {
  /// Whether it is finite and has no fraction.
  var isWhole: Bool {
    switch self {
    case .integer: true
    case .double(let double): double.isFinite && double.rounded(.towardZero) == double
    }
  }
}

extension BuiltinTable {
  /// `range(end)`, `range(start, end)`, `range(start, end, step)`.
  static func range(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let range = try CountedRange(
      count == 1 ? Value(double: 0) : arguments[0], arguments[count == 1 ? 0 : 1],
      count == 3 ? arguments[2] : Value(double: 1), in: heap)
    heap.charge(elements: range.count)
    if range.isSmall {
      let list = try heap.makeList(capacity: range.count)
      let start = Double(range.start)
      let step = Double(range.step)
      for position in 0..<range.count {
        list.values[position] = Value(double: start + step * Double(position))
      }
      list.pointee.count = UInt32(range.count)
      return Value(list)
    }
    return try heap.buildList(capacity: range.count) { list throws(Fault) in
      for position in 0..<range.count {
        try list.append(try heap.number(range.item(at: position)))
      }
    }
  }
}
