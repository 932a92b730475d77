import LashLang

extension BuiltinTable {
  /// `lower(s)`: full Unicode lower case, a sigma at the end of a word included.
  static func lower(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let text = try heap.string(arguments[0], "value", of: .lower)
    if arguments[0].object.pointee.flags.contains(.ascii) {
      return try changeASCII(heap, arguments, from: UInt8(ascii: "A")...UInt8(ascii: "Z"))
    }
    return try heap.buildString(capacity: text.count) { builder throws(Fault) in
      var position = 0
      var followsLetter = false
      while position < text.count {
        let (scalar, length) = text.scalar(at: position)
        position += length
        if scalar == "\u{3A3}" {
          let isFinal = followsLetter && !precedesLetter(text, position)
          try builder.append(isFinal ? "\u{3C2}" : "\u{3C3}")
        } else if scalar.isASCII {
          let isUpper = 65...90 ~= scalar.value
          try builder.append(UInt8(truncatingIfNeeded: scalar.value | (isUpper ? 0x20 : 0)))
        } else {
          try builder.append(scalar.properties.lowercaseMapping)
        }
        let properties = scalar.properties
        if !properties.isCaseIgnorable { followsLetter = properties.isCased }
      }
    }
  }

  /// `upper(s)`: full Unicode upper case.
  static func upper(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    let text = try heap.string(arguments[0], "value", of: .upper)
    if arguments[0].object.pointee.flags.contains(.ascii) {
      return try changeASCII(heap, arguments, from: UInt8(ascii: "a")...UInt8(ascii: "z"))
    }
    return try heap.buildString(capacity: text.count) { builder throws(Fault) in
      var position = 0
      while position < text.count {
        let (scalar, length) = text.scalar(at: position)
        position += length
        if scalar.isASCII {
          let isLower = 97...122 ~= scalar.value
          try builder.append(UInt8(truncatingIfNeeded: scalar.value ^ (isLower ? 0x20 : 0)))
        } else {
          try builder.append(scalar.properties.uppercaseMapping)
        }
      }
    }
  }

  /// Whether a cased letter comes next, whatever ignorable scalars stand before it.
  private static func precedesLetter(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    var position = start
    while position < text.count {
      let (scalar, length) = text.scalar(at: position)
      if !scalar.properties.isCaseIgnorable { return scalar.properties.isCased }
      position += length
    }
    return false
  }

  /// Changes the case of the letters of one case; in place when nothing else has the string.
  private static func changeASCII(
    _ heap: Heap, _ arguments: Arguments, from letters: ClosedRange<UInt8>
  ) throws(Fault) -> Value {
    let value = arguments[0]
    guard value.object.text.contains(where: letters.contains) else { return heap.copy(value) }
    let changed =
      value.object.pointee.references == 1
      ? heap.take(arguments) : Value(try heap.makeString(value.object.text))
    let bytes = changed.object.bytes
    for position in 0..<Int(changed.object.pointee.count) where letters ~= bytes[position] {
      bytes[position] ^= 0x20
    }
    return changed
  }
}

extension StringBuilder {
  /// Appends a short text.
  fileprivate mutating func append(_ text: String) throws(Fault) {
    try append(Array(text.utf8))
  }
}
