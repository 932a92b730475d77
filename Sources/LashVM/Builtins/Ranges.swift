import LashLang

/// The numbers that `range` counts through, checked (rule BLT-range).
struct CountedRange {
  let start: Number
  let step: Number
  /// At most 1,000,000.
  let count: Int

  /// From `start` up to, without, `end`. Traps unless all three are finite whole numbers and the step is
  /// not 0, and for too many numbers.
  init(_ start: Value, _ end: Value, _ step: Value, in heap: Heap) throws(Fault) {
    self.start = try Self.bound(start, in: heap)
    self.step = try Self.bound(step, in: heap)
    let end = try Self.bound(end, in: heap)
    guard self.step.double != 0 else {
      throw heap.trap(.valueError, "`range` step must not be 0")
    }
    guard let count = Self.count(self.start, end, self.step) else {
      throw heap.trap(.valueError, "`range` would create more than \(Self.greatestCount) items")
    }
    self.count = count
  }

  private static let greatestCount = 1_000_000

  /// The number at a position.
  func item(at position: Int) -> Number {
    guard case .integer(let start) = start, case .integer(let step) = step else {
      return .double(start.double + step.double * Double(position))
    }
    return .integer(start &+ step &* Int64(position))
  }

  /// Whether all its numbers are held as doubles.
  var isSmall: Bool {
    let limit = Heap.exactLimit
    return count > 0 && start.double.magnitude < limit && step.double.magnitude < limit
      && item(at: count - 1).double.magnitude < limit
  }

  private static func bound(_ value: Value, in heap: Heap) throws(Fault) -> Number {
    guard let number = Number(value) else {
      throw heap.trap(
        .typeError, "`range` bounds must be finite integers, got \(heap.typeName(value))")
    }
    guard number.isWhole else {
      throw heap.trap(.valueError, "`range` bounds must be finite integers")
    }
    return number
  }

  /// `nil` if there are too many.
  private static func count(_ start: Number, _ end: Number, _ step: Number) -> Int? {
    guard case .integer(let start) = start, case .integer(let end) = end,
      case .integer(let step) = step
    else {
      let count = ((end.double - start.double) / step.double).rounded(.up)
      return count > Double(greatestCount) ? nil : count > 0 ? Int(count) : 0
    }
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
      let start = range.start.double
      let step = range.step.double
      for position in 0..<range.count {
        list.values[position] = Value(double: start + step * Double(position))
      }
      list.pointee.count = UInt32(range.count)
      return Value(list)
    }
    return try heap.buildList(capacity: range.count) { list throws(Fault) in
      for position in 0..<range.count {
        try list.append(try heap.value(range.item(at: position)))
      }
    }
  }
}
