import LashLang

extension BuiltinTable {
  /// `format(template, …)`: `{}` and `{N}` stand for the arguments, with a format spec after a `:`; `{{` and
  /// `}}` are braces. Every argument must be used.
  static func format(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    guard arguments[0].isString else {
      throw heap.trap(
        .typeError,
        "`format` template must be a string, got \(heap.typeName(arguments[0]))")
    }
    let template = arguments[0].object.text
    return try heap.buildString(capacity: template.count) { builder throws(Fault) in
      var formatting = Formatting(
        heap: heap, template: template, arguments: arguments + 1, count: count - 1)
      try formatting.run(&builder)
    }
  }
}

/// One pass over a template.
private struct Formatting {
  let heap: Heap
  let template: UnsafeBufferPointer<UInt8>
  let arguments: Arguments
  let count: Int
  private var position = 0
  private var isUsed: [Bool]
  /// The next argument for `{}`.
  private var next = 0
  /// How slots name their arguments, once one did.
  private var isIndexed: Bool?

  init(heap: Heap, template: UnsafeBufferPointer<UInt8>, arguments: Arguments, count: Int) {
    self.heap = heap
    self.template = template
    self.arguments = arguments
    self.count = count
    isUsed = Array(repeating: false, count: count)
  }

  mutating func run(_ builder: inout StringBuilder) throws(Fault) {
    heap.charge(bytes: template.count)
    var textStart = 0
    while position < template.count {
      let byte = template[position]
      guard byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") else {
        position += 1
        continue
      }
      try builder.append(template.part(textStart, position))
      position += 1
      if position < template.count, template[position] == byte {
        try builder.append(byte)
        position += 1
      } else if byte == UInt8(ascii: "}") {
        throw heap.trap(.valueError, "unmatched `}` in format string")
      } else {
        try appendSlot(&builder)
      }
      textStart = position
    }
    try builder.append(template.part(textStart, template.count))
    if let unused = isUsed.firstIndex(of: false) {
      throw heap.trap(.valueError, "format argument `\(unused)` is unused")
    }
  }

  /// Appends the argument of the slot whose `{` was just passed, and passes its `}`.
  private mutating func appendSlot(_ builder: inout StringBuilder) throws(Fault) {
    guard let end = template.firstIndex(of: UInt8(ascii: "}"), from: position) else {
      throw heap.trap(.valueError, "unmatched `{` in format string")
    }
    let slot = template.part(position, end)
    position = end + 1
    let colon = slot.firstIndex(of: UInt8(ascii: ":"), from: 0) ?? slot.count
    let argument = try argument(named: slot.part(0, colon))
    guard colon < slot.count else {
      try heap.appendText(of: argument, to: &builder)
      return
    }
    try heap.appendFormatted(argument, spec: slot.part(colon + 1, slot.count), to: &builder)
  }

  private mutating func argument(
    named name: UnsafeBufferPointer<UInt8>
  ) throws(Fault) -> Value {
    guard name.allSatisfy({ 48...57 ~= $0 }) else {
      throw heap.trap(
        .valueError, "invalid format placeholder",
        hint: "a placeholder is `{}` or `{0}`, with or without a format spec; "
          + "`{{` and `}}` are braces")
    }
    let indexed = !name.isEmpty
    guard isIndexed ?? indexed == indexed else {
      throw heap.trap(.valueError, "can't mix `{}` and indexed format placeholders")
    }
    isIndexed = indexed
    let digits = String(decoding: name, as: UTF8.self)
    guard let index = indexed ? Int(digits) : next else {
      throw heap.trap(.valueError, "bad format slot `\(digits)`")
    }
    guard index < count else {
      throw heap.trap(
        .valueError, "format slot `\(indexed ? digits : "{}")` is out of range")
    }
    next += 1
    isUsed[index] = true
    return arguments[index]
  }
}
