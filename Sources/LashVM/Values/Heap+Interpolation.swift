import LashLang

extension Heap {
  /// The texts of `count` values joined: an f-string (rule EXP-16). The values stay with their owner.
  func interpolate(_ parts: UnsafeMutablePointer<Value>, count: Int) throws(Fault) -> Value {
    var capacity = 0
    for position in 0..<count where parts[position].isString {
      capacity += Int(parts[position].object.pointee.count)
    }
    return try buildString(capacity: capacity) { builder throws(Fault) in
      for position in 0..<count { try appendText(of: parts[position], to: &builder) }
    }
  }

  /// A value in a format spec (rule FMT-1), laid out as Python does. Traps for a spec that is none, and for one
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
    let written = String(decoding: text.part(0, min(text.count, 40)), as: UTF8.self)
    guard let spec = FormatSpec(parsing: text) else {
      let isZeroFilled = text.drop { "<>^".utf8.contains($0) }.first == UInt8(ascii: "0")
      throw trap(
        .valueError, "invalid format spec `\(written)`",
        hint: isZeroFilled
          ? "`pad_start(value, width, \"0\")` fills with zeros"
          : "a spec is `[<>^][width][,][.digits][f%]`, such as `>8` or `,.2f`")
    }
    if let number = Number(value) {
      if let digits = spec.digits, spec.style == .plain {
        throw trap(
          .valueError, "format spec `\(written)` says too little for a number: write `.\(digits)f`",
          hint: "`f` writes that many decimals, `%` a percentage")
      }
      let layout = NumberLayout(number, spec: spec).text
      let padding = spec.padding(length: layout.count, aligned: spec.alignment ?? .right)
      try builder.append(padding.before)
      try builder.append(layout)
      try builder.append(padding.after)
      return
    }
    if spec.style != .plain || spec.hasGroups {
      throw trap(
        .typeError, "format spec `\(written)` needs a number, got \(typeName(value))")
    }
    let string = try self.text(of: value)
    defer { release(string) }
    charge(bytes: Int(string.object.pointee.count))
    var length = scalarCount(string.object)
    var bytes = string.object.text
    if let digits = spec.digits, digits < length {
      bytes = bytes.part(0, byteOffset(string.object, scalar: digits))
      length = digits
    }
    let padding = spec.padding(length: length, aligned: spec.alignment ?? .left)
    try builder.append(padding.before)
    try builder.append(bytes)
    try builder.append(padding.after)
  }
}
