// Reading UTF-8 that is known to be well formed, as every string in machine memory is.

extension UnsafeBufferPointer<UInt8> {
  /// The bytes from `start` up to `end`.
  @inline(__always)
  func part(_ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: self[start..<end])
  }

  /// Whether the bytes are well-formed UTF-8.
  var isValidUTF8: Bool { String(validating: self, as: UTF8.self) != nil }

  /// The scalar at a byte offset, and its length in bytes.
  @inline(__always)
  func scalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int) {
    let lead = self[offset]
    if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for position in offset + 1..<offset + length {
      value = value << 6 | UInt32(self[position] & 0x3F)
    }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }

  /// The length in bytes of the scalar at an offset.
  @inline(__always)
  func scalarLength(at offset: Int) -> Int {
    let lead = self[offset]
    return lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
  }

  /// The text without white space (Unicode White_Space) at both ends.
  func trimmed() -> UnsafeBufferPointer<UInt8> {
    var start = 0
    while start < count {
      let (scalar, length) = scalar(at: start)
      guard scalar.isWhiteSpace else { break }
      start += length
    }
    var end = count
    while end > start {
      var last = end - 1
      while self[last] & 0xC0 == 0x80 { last -= 1 }
      guard scalar(at: last).scalar.isWhiteSpace else { break }
      end = last
    }
    return part(start, end)
  }
}

extension Unicode.Scalar {
  /// Whether it has the property White_Space.
  @inline(__always)
  fileprivate var isWhiteSpace: Bool {
    value < 0x80 ? value == 0x20 || 0x09...0x0D ~= value : properties.isWhitespace
  }
}
