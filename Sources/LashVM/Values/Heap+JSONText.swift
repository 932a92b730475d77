import LashLang

extension Heap {
  /// Appends a value as JSON text, compact or with so many spaces a level: records in the order of their
  /// keys, tuples as arrays, sealed kinds in their record form, numbers that are not finite as null.
  /// Traps beyond 128 levels (BND-1).
  func appendJSON(
    of value: Value, to builder: inout StringBuilder, indent: Int = 0
  ) throws(Fault) {
    var writing = JSONWriting(heap: self, indent: indent)
    try writing.write(value, to: &builder)
    charge(elements: writing.steps)
  }
}

/// A walk over a value that writes it as JSON.
private struct JSONWriting {
  let heap: Heap
  let indent: Int
  var steps = 0
  private var frames: [Frame] = []

  private struct Frame {
    var object: Object
    /// `nil` for an array.
    var fields: Fields?
    var count: Int
    var position = 0
  }

  private static let maximumDepth = 128

  init(heap: Heap, indent: Int) {
    self.heap = heap
    self.indent = indent
  }

  mutating func write(_ value: Value, to builder: inout StringBuilder) throws(Fault) {
    try begin(value, to: &builder)
    while let frame = frames.last {
      guard frame.position < frame.count else {
        frames.removeLast()
        if frame.count > 0 { try breakLine(&builder) }
        try builder.append(UInt8(ascii: frame.fields == nil ? "]" : "}"))
        continue
      }
      frames[frames.count - 1].position += 1
      if frame.position > 0 { try builder.append(UInt8(ascii: ",")) }
      try breakLine(&builder)
      guard let fields = frame.fields else {
        try begin(frame.object.values[frame.position], to: &builder)
        continue
      }
      try builder.appendQuoted(fields.key(at: frame.position))
      try builder.append(UInt8(ascii: ":"))
      if indent > 0 { try builder.append(UInt8(ascii: " ")) }
      switch fields.content(at: frame.position) {
      case .value(let value): try begin(value, to: &builder)
      case .word(let word):
        try builder.append(UInt8(ascii: "\""))
        try builder.append(word)
        try builder.append(UInt8(ascii: "\""))
      }
    }
  }

  /// Writes a scalar, or opens a container.
  private mutating func begin(_ value: Value, to builder: inout StringBuilder) throws(Fault) {
    steps += 1
    if value.isString {
      try builder.appendQuoted(value.object.text)
    } else if let number = Number(value) {
      if case .double(let double) = number, !double.isFinite {
        try builder.append("null")
      } else {
        try builder.append(number)
      }
    } else if !value.isHeap {
      try builder.append(
        value.isBool ? (value.bits == Value.true.bits ? "true" : "false") : "null")
    } else {
      guard frames.count < Self.maximumDepth else {
        throw heap.trap(
          .valueError, "the value nests more than \(Self.maximumDepth) levels deep")
      }
      let fields = Fields(form: value, in: heap)
      let count = fields?.count ?? Int(value.object.pointee.count)
      frames.append(Frame(object: value.object, fields: fields, count: count))
      try builder.append(UInt8(ascii: fields == nil ? "[" : "{"))
    }
  }

  private func breakLine(_ builder: inout StringBuilder) throws(Fault) {
    guard indent > 0 else { return }
    try builder.append(UInt8(ascii: "\n"))
    for _ in 0..<frames.count * indent { try builder.append(UInt8(ascii: " ")) }
  }
}

extension StringBuilder {
  /// Appends a JSON string: quotes around the text, with `"`, `\` and control characters escaped.
  mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) throws(Fault) {
    try append(UInt8(ascii: "\""))
    var runStart = 0
    for position in 0..<text.count {
      let byte = text[position]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
        continue
      }
      try append(text.part(runStart, position))
      runStart = position + 1
      try appendEscape(byte)
    }
    try append(text.part(runStart, text.count))
    try append(UInt8(ascii: "\""))
  }

  private mutating func appendEscape(_ byte: UInt8) throws(Fault) {
    switch byte {
    case UInt8(ascii: "\""): try append("\\\"")
    case UInt8(ascii: "\\"): try append("\\\\")
    case 0x08: try append("\\b")
    case 0x09: try append("\\t")
    case 0x0A: try append("\\n")
    case 0x0C: try append("\\f")
    case 0x0D: try append("\\r")
    default:
      try append(byte < 0x10 ? "\\u000" : "\\u001")
      let digit = byte & 0xF
      try append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
