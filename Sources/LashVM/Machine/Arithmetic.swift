import LashLang

/// The arithmetic instructions, in the order of their opcodes.
enum ArithmeticOperator: UInt8 {
  case add, subtract, multiply, divide, remainder
}

// The workers behind the arithmetic handlers. They take slots, put an owned result into the
// destination, and give false after a fault.

extension VM {
  /// `destination := left op right` for any kinds (rules EXP-5, EXP-4).
  @inline(never)
  func arithmetic(
    _ code: UInt8, _ destination: UnsafeMutablePointer<Value>,
    _ left: UnsafeMutablePointer<Value>, _ right: UnsafeMutablePointer<Value>
  ) -> Bool {
    attempt { () throws(Fault) in
      let operation = ArithmeticOperator(rawValue: code) ?? .add
      let heap = pointee.heap
      if heap.holdsLazies { try settle(left, right, isText: operation == .add) }
      if operation == .add, !(left.pointee.isNumber && right.pointee.isNumber),
        try concatenate(destination, left, right)
      {
        return
      }
      let result = try heap.arithmetic(
        operation, heap.coerceNumber(left.pointee), heap.coerceNumber(right.pointee))
      replace(self, destination, result)
    }
  }

  /// `destination := −operand`
  @inline(never)
  func negate(
    _ destination: UnsafeMutablePointer<Value>, _ operand: UnsafeMutablePointer<Value>
  ) -> Bool {
    attempt { () throws(Fault) in
      let heap = pointee.heap
      let result: Value
      switch try heap.coerceNumber(try heap.settled(operand.pointee)) {
      case .integer(let integer):
        let (negated, overflow) = Int64(0).subtractingReportingOverflow(integer)
        result = overflow ? try heap.number(-Double(integer)) : try heap.number(negated)
      case .double(let double): result = try heap.number(-double)
      }
      replace(self, destination, result)
    }
  }

  /// Whether a value counts as true, as a boolean; unset after a fault (rule VAL-8).
  @inline(never)
  func truth(_ value: Value) -> Value {
    let heap = pointee.heap
    guard heap.isLazy(value) else { return Value(bool: heap.isTruthy(value)) }
    var result = Value.unset
    _ = attempt { () throws(Fault) in
      result = Value(bool: try heap.lazyIsTruthy(value.object))
    }
    return result
  }

  /// Makes operands plain; wholly if one is text, for then the other is written as text.
  private func settle(
    _ left: UnsafeMutablePointer<Value>, _ right: UnsafeMutablePointer<Value>, isText: Bool
  ) throws(Fault) {
    let heap = pointee.heap
    try heap.settle(left)
    try heap.settle(right)
    guard isText, left.pointee.isString || right.pointee.isString else { return }
    try heap.settleWholly([left.pointee, right.pointee])
  }

  /// `+` of strings, lists and tuples (rule EXP-5, steps 2 and 3); false if it is none of these.
  private func concatenate(
    _ destination: UnsafeMutablePointer<Value>, _ left: UnsafeMutablePointer<Value>,
    _ right: UnsafeMutablePointer<Value>
  ) throws(Fault) -> Bool {
    let a = left.pointee
    let b = right.pointee
    if a.isString || b.isString {
      try concatenateText(destination, left, right)
      return true
    }
    guard a.isList || a.isKind(.tuple), b.isList || b.isKind(.tuple) else { return false }
    guard a.isList == b.isList else {
      throw pointee.heap.trap(.typeError, "can't concatenate list and tuple")
    }
    if a.isList {
      try concatenateLists(destination, left, right)
    } else {
      try concatenateTuples(destination, a.object, b.object)
    }
    return true
  }

  private func concatenateText(
    _ destination: UnsafeMutablePointer<Value>, _ left: UnsafeMutablePointer<Value>,
    _ right: UnsafeMutablePointer<Value>
  ) throws(Fault) {
    let heap = pointee.heap
    if destination == left, left.pointee.isString, left.pointee.object.pointee.references == 1,
      left.pointee.bits != right.pointee.bits
    {
      let text = try heap.text(of: right.pointee)
      defer { heap.release(text) }
      heap.charge(bytes: Int(text.object.pointee.count))
      try heap.append(text.object.text, to: left)
      return
    }
    let count =
      (left.pointee.isString ? Int(left.pointee.object.pointee.count) : 16)
      + (right.pointee.isString ? Int(right.pointee.object.pointee.count) : 16)
    var builder = try StringBuilder(heap, capacity: count)
    do throws(Fault) {
      try heap.appendText(of: left.pointee, to: &builder)
      try heap.appendText(of: right.pointee, to: &builder)
    } catch {
      builder.discard()
      throw error
    }
    heap.charge(bytes: builder.count)
    replace(self, destination, builder.finish())
  }

  private func concatenateLists(
    _ destination: UnsafeMutablePointer<Value>, _ left: UnsafeMutablePointer<Value>,
    _ right: UnsafeMutablePointer<Value>
  ) throws(Fault) {
    let heap = pointee.heap
    let added = Int(right.pointee.object.pointee.count)
    if destination == left, left.pointee.object.pointee.references == 1 {
      heap.charge(elements: added)
      let count = Int(left.pointee.object.pointee.count)
      if count + added > Int(left.pointee.object.pointee.extra) {
        _ = try heap.growList(left, to: count + added)
      }
      // Read after growing: both operands may be the same register.
      let target = left.pointee.object
      let source = right.pointee.object
      for position in 0..<added {
        target.values[count + position] = heap.copy(source.values[position])
      }
      target.pointee.count = UInt32(count + added)
      return
    }
    let a = left.pointee.object
    let b = right.pointee.object
    let count = Int(a.pointee.count)
    heap.charge(elements: count + added)
    let list = try heap.makeList(capacity: count + added)
    for position in 0..<count { list.values[position] = heap.copy(a.values[position]) }
    for position in 0..<added { list.values[count + position] = heap.copy(b.values[position]) }
    list.pointee.count = UInt32(count + added)
    replace(self, destination, Value(list))
  }

  private func concatenateTuples(
    _ destination: UnsafeMutablePointer<Value>, _ a: Object, _ b: Object
  ) throws(Fault) {
    let heap = pointee.heap
    let count = Int(a.pointee.count)
    let total = count + Int(b.pointee.count)
    heap.charge(elements: total)
    let tuple = try heap.makeBlock(.tuple, count: total)
    for position in 0..<total {
      tuple.values[position] = heap.copy(
        position < count ? a.values[position] : b.values[position - count])
    }
    replace(self, destination, Value(tuple))
  }
}

extension Heap {
  /// The arithmetic of numbers: exact for integers while they fit 64 bits, else IEEE (V1).
  func arithmetic(
    _ operation: ArithmeticOperator, _ left: Number, _ right: Number
  ) throws(Fault) -> Value {
    if case .integer(let a) = left, case .integer(let b) = right,
      let exact = Self.exact(operation, a, b)
    {
      return try number(exact)
    }
    let a = left.double
    let b = right.double
    switch operation {
    case .add: return try number(a + b)
    case .subtract: return try number(a - b)
    case .multiply: return try number(a * b)
    case .divide: return try number(a / (b + 0))
    case .remainder: return try number(a.truncatingRemainder(dividingBy: b))
    }
  }

  private static func exact(_ operation: ArithmeticOperator, _ a: Int64, _ b: Int64) -> Int64? {
    let result: (partialValue: Int64, overflow: Bool)
    switch operation {
    case .add: result = a.addingReportingOverflow(b)
    case .subtract: result = a.subtractingReportingOverflow(b)
    case .multiply: result = a.multipliedReportingOverflow(by: b)
    case .divide: return nil
    case .remainder:
      guard b != 0 else { return nil }
      return b == -1 ? 0 : a % b
    }
    return result.overflow ? nil : result.partialValue
  }
}
