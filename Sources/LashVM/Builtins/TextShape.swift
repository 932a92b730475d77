import LashLang

extension BuiltinTable {
  /// `to_string(x)`.
  static func toString(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    try heap.text(of: arguments[0])
  }

  /// `trim(s)`: without white space at both ends.
  static func trim(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    try heap.withText(arguments[0]) { text throws(Fault) in
      let trimmed = text.object.text.trimmed()
      if trimmed.count == text.object.text.count { return heap.copy(text) }
      return Value(try heap.makeString(trimmed))
    }
  }

  /// `pad_start(s, width, fill?)`: with fill, a space unless given, before the text up to `width` scalars.
  static func padStart(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    try pad(heap, arguments, count, .padStart)
  }

  /// `pad_end(s, width, fill?)`: likewise, after the text.
  static func padEnd(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    try pad(heap, arguments, count, .padEnd)
  }

  private static func pad(
    _ heap: Heap, _ arguments: Arguments, _ count: Int, _ builtin: Builtin
  ) throws(Fault) -> Value {
    let width = try heap.natural(arguments[1], "width", of: builtin)
    return try heap.withText(arguments[0]) { text throws(Fault) in
      let missing = width - heap.scalarCount(text.object)
      if missing <= 0 { return heap.copy(text) }
      let fill = count > 2 ? try heap.coerceText(arguments[2]) : Value(try heap.makeString(" "))
      defer { heap.release(fill) }
      let unit = heap.scalarCount(fill.object)
      guard unit > 0 else {
        throw heap.trap(.valueError, "`\(builtin.rawValue)` fill must not be empty")
      }
      let rest = fill.object.text.part(0, heap.byteOffset(fill.object, scalar: missing % unit))
      let filled = try heap.size(fill.object.text.count, times: missing / unit)
      let size = filled + rest.count + text.object.text.count
      return try heap.buildString(capacity: size) { builder throws(Fault) in
        if builtin == .padEnd { try builder.append(text.object.text) }
        try builder.append(repeating: fill.object.text, count: missing / unit)
        try builder.append(rest)
        if builtin == .padStart { try builder.append(text.object.text) }
      }
    }
  }

  /// `repeat(s, n)`: the text n times.
  static func repeatText(
    _ heap: Heap, _ arguments: Arguments, _ count: Int
  ) throws(Fault) -> Value {
    let times = try heap.natural(arguments[1], "count", of: .repeat)
    return try heap.withText(arguments[0]) { text throws(Fault) in
      let size = try heap.size(text.object.text.count, times: times)
      return try heap.buildString(capacity: size) { builder throws(Fault) in
        if size > 0 { try builder.append(repeating: text.object.text, count: times) }
      }
    }
  }
}

extension Heap {
  /// The size of `count` pieces of `size` bytes; out of memory beyond what a machine can have.
  fileprivate func size(_ size: Int, times count: Int) throws(Fault) -> Int {
    let (bytes, overflows) = size.multipliedReportingOverflow(by: count)
    guard !overflows, bytes <= state.pointee.allocator.limit else { throw .memory }
    return bytes
  }
}

extension StringBuilder {
  /// Appends a text `count` times, copying what is there already in ever larger parts.
  fileprivate mutating func append(
    repeating text: UnsafeBufferPointer<UInt8>, count: Int
  ) throws(Fault) {
    guard count > 0 else { return }
    let start = self.count
    try append(text)
    var done = 1
    while done < count {
      let next = min(done, count - done)
      try append(self.text.part(start, start + next * text.count))
      done += next
    }
  }
}
