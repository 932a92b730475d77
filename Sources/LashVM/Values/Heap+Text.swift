extension Heap {
  /// A value as text (rule VAL-14), a string owned by the caller; strings are shared, not copied.
  func text(of value: Value) throws(Fault) -> Value {
    if value.isString { return copy(value) }
    return try buildString { builder throws(Fault) in
      try appendText(of: value, to: &builder)
    }
  }

  /// Appends a value as text: strings as they are, other scalars in their one form, tuples as
  /// `(1, "x", [2])`, everything else as compact JSON.
  func appendText(of value: Value, to builder: inout StringBuilder) throws(Fault) {
    if value.isString {
      try builder.append(value.object.text)
    } else if let number = Number(value) {
      try builder.append(number)
    } else if value.isKind(.tuple) {
      try appendTuple(value.object, to: &builder)
    } else {
      try appendJSON(of: value, to: &builder)
    }
  }

  /// Appends a tuple and the tuples directly within it; with a work list, since they may nest deeply.
  private func appendTuple(_ tuple: Object, to builder: inout StringBuilder) throws(Fault) {
    var open: [(tuple: Object, position: Int)] = [(tuple, 0)]
    while let (tuple, position) = open.popLast() {
      let count = Int(tuple.pointee.count)
      if position == 0 {
        charge(elements: count)
        try builder.append(UInt8(ascii: "("))
      }
      guard position < count else {
        try builder.append(count == 1 ? ",)" : ")")
        continue
      }
      if position > 0 { try builder.append(", ") }
      open.append((tuple, position + 1))
      let item = tuple.values[position]
      if item.isKind(.tuple) {
        open.append((item.object, 0))
      } else if item.isString {
        try builder.appendQuoted(item.object.text)
      } else {
        try appendText(of: item, to: &builder)
      }
    }
  }

  /// The string that `body` builds, owned by the caller; freed if the body throws. Charges for it.
  @inline(__always)
  func buildString(
    capacity: Int = 16, _ body: (inout StringBuilder) throws(Fault) -> Void
  ) throws(Fault) -> Value {
    var builder = try StringBuilder(self, capacity: capacity)
    do throws(Fault) {
      try body(&builder)
    } catch {
      builder.discard()
      throw error
    }
    charge(bytes: builder.count)
    return builder.finish()
  }

  /// The list that `body` builds, owned by the caller; freed if the body throws. Charges for it.
  @inline(__always)
  func buildList(
    capacity: Int = 0, _ body: (inout ListBuilder) throws(Fault) -> Void
  ) throws(Fault) -> Value {
    var builder = try ListBuilder(self, capacity: capacity)
    do throws(Fault) {
      try body(&builder)
    } catch {
      builder.discard()
      throw error
    }
    charge(elements: builder.count)
    return builder.finish()
  }
}
