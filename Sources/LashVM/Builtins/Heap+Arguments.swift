import LashLang

// What builtins ask of their arguments.

extension Heap {
  /// Takes the value out of an argument's slot: the caller owns it now.
  func take(_ slot: UnsafeMutablePointer<Value>) -> Value {
    let value = slot.pointee
    slot.pointee = .null
    return value
  }

  /// The items of a list or tuple, `nil` for any other value.
  @inline(__always)
  func items(_ value: Value) -> UnsafeBufferPointer<Value>? {
    value.isList || value.isKind(.tuple) ? value.object.items : nil
  }

  /// The items of a list or tuple; charges for going through them. Traps for any other value.
  func sequence(
    _ value: Value, of builtin: Builtin
  ) throws(Fault) -> UnsafeBufferPointer<Value> {
    guard let items = items(value) else {
      throw trap(
        .typeError, "`\(builtin.rawValue)` requires a list or tuple, got \(typeName(value))")
    }
    charge(elements: items.count)
    return items
  }

  /// The text of a string; `argument` names it in the error for any other value.
  func string(
    _ value: Value, _ argument: String, of builtin: Builtin
  ) throws(Fault) -> UnsafeBufferPointer<UInt8> {
    guard value.isString else {
      throw trap(
        .typeError,
        "`\(builtin.rawValue)` \(argument) must be text, got \(typeName(value))")
    }
    charge(bytes: Int(value.object.pointee.count))
    return value.object.text
  }

  /// The number of a number value.
  func number(
    _ value: Value, of builtin: Builtin
  ) throws(Fault) -> Number {
    guard let number = Number(value) else {
      throw trap(
        .typeError, "`\(builtin.rawValue)` requires a number, got \(typeName(value))",
        hint: value.isString ? "`to_float` turns text into a number" : nil)
    }
    return number
  }

  /// A whole number; `argument` names it in the error for any other value.
  func whole(
    _ value: Value, _ argument: String, of builtin: Builtin
  ) throws(Fault) -> Number {
    guard let number = Number(value), number.isWhole else {
      throw trap(
        value.isNumber ? .valueError : .typeError,
        "`\(builtin.rawValue)` \(argument) must be a finite integer"
          + (value.isNumber ? "" : ", got \(typeName(value))"))
    }
    return number
  }

  /// A whole number likewise; what is beyond 64 bits is clamped.
  func integer(
    _ value: Value, _ argument: String, of builtin: Builtin
  ) throws(Fault) -> Int {
    switch try whole(value, argument, of: builtin) {
    case .integer(let integer): Int(integer)
    case .double(let double): Int(exactly: double) ?? (double < 0 ? Int.min : Int.max)
    }
  }

  /// A whole number from 0 on, likewise.
  func natural(
    _ value: Value, _ argument: String, of builtin: Builtin
  ) throws(Fault) -> Int {
    guard let number = Number(value), number.isWhole, number.double >= 0 else {
      throw trap(
        value.isNumber ? .valueError : .typeError,
        "`\(builtin.rawValue)` \(argument) must be a non-negative integer"
          + (value.isNumber ? "" : ", got \(typeName(value))"))
    }
    return try coerceOffset(value)
  }

  /// Runs `body` with scalars as text, which live as long as the call.
  func withText<Result>(
    _ value: Value, _ body: (_ text: Value) throws(Fault) -> Result
  ) throws(Fault) -> Result {
    let text = try coerceText(value)
    defer { release(text) }
    charge(bytes: Int(text.object.pointee.count))
    return try body(text)
  }

  /// Appends a scalar as text; traps for any other kind.
  func appendScalar(_ value: Value, to builder: inout StringBuilder) throws(Fault) {
    guard !value.isHeap || value.isString || value.isNumber else {
      throw trap(.typeError, "expected text, got \(typeName(value))")
    }
    try appendText(of: value, to: &builder)
  }

  /// The value of a number.
  func value(_ number: Number) throws(Fault) -> Value {
    switch number {
    case .integer(let integer): try self.number(integer)
    case .double(let double): try self.number(double)
    }
  }

  /// A count or offset as a value.
  func number(_ count: Int) throws(Fault) -> Value { try number(Int64(count)) }

  /// Sets a field whose key is known; takes `value` over, also when it throws.
  func setField(
    _ slot: UnsafeMutablePointer<Value>, _ key: StaticString, _ value: Value
  ) throws(Fault) {
    let text = UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
    let string: Value
    do throws(Fault) {
      if let id = try internedKey(text, hash: hashBytes(text)) {
        string = copy(state.pointee.shapes.keys[Int(id)])
      } else {
        string = Value(try makeString(text))
      }
    } catch {
      release(value)
      throw error
    }
    defer { release(string) }
    try setField(slot, string, value)
  }
}
