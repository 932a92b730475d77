import LashLang

extension Heap {
  /// The texts of `count` values joined: an f-string (S8). The values stay with their owner.
  func interpolate(_ parts: UnsafeMutablePointer<Value>, count: Int) throws(Fault) -> Value {
    var capacity = 0
    for position in 0..<count where parts[position].isString {
      capacity += Int(parts[position].object.pointee.count)
    }
    return try buildString(capacity: capacity) { builder throws(Fault) in
      for position in 0..<count { try appendText(of: parts[position], to: &builder) }
    }
  }

  /// A value in a format spec (S8), laid out as Python does. Traps for a spec that is none, and for one
  /// that does not suit the value.
  func formatted(
    _ value: Value, spec: UnsafeBufferPointer<UInt8>
  ) throws(Fault) -> Value {
    try buildString { builder throws(Fault) in
      try appendFormatted(value, spec: spec, to: &builder)
    }
  }

  /// Appends a value in a format spec, likewise.
  func appendFormatted(
    _ value: Value, spec text: UnsafeBufferPointer<UInt8>, to builder: inout StringBuilder
  ) throws(Fault) {
    guard let spec = FormatSpec(parsing: text) else {
      throw trap(
        .valueError, "invalid format spec `\(String(decoding: text, as: UTF8.self))`",
        hint: "a spec is `[<>^][width][,][.digits][f or %]`, such as `>8,.2f`")
    }
    if let number = Number(value) {
      let layout = NumberLayout(number, spec: spec)
      try append(layout.text, aligned: spec.alignment ?? .right, spec: spec, to: &builder)
      return
    }
    if spec.style != .general || spec.hasGroups {
      throw trap(
        .typeError,
        "format spec `\(String(decoding: text, as: UTF8.self))` needs a number, got \(typeName(value))"
      )
    }
    let string = try self.text(of: value)
    defer { release(string) }
    var length = scalarCount(string.object)
    var bytes = string.object.text
    if let precision = spec.precision, precision < length {
      bytes = bytes.part(0, byteOffset(string.object, scalar: precision))
      length = precision
    }
    let padding = spec.padding(length: length, aligned: spec.alignment ?? .left)
    try builder.append(padding.before)
    try builder.append(bytes)
    try builder.append(padding.after)
  }

  private func append(
    _ text: [UInt8], aligned alignment: FormatSpec.Alignment, spec: FormatSpec,
    to builder: inout StringBuilder
  ) throws(Fault) {
    let padding = spec.padding(length: text.count, aligned: alignment)
    try builder.append(padding.before)
    try builder.append(text)
    try builder.append(padding.after)
  }
}
