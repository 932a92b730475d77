/// Eight bytes of text at once. Each test gives a word in which the lowest marked byte is right; marks
/// above it may be false.
struct ByteWord {
  let bits: UInt64

  /// The eight bytes from an offset on, which must be within the text.
  @inline(__always)
  init(_ text: RawSpan, at offset: Int) {
    assert(offset >= 0 && offset + 8 <= text.byteCount)
    bits = UInt64(
      littleEndian: text.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// Marks bytes equal to one.
  @inline(__always)
  func equal(to byte: UInt8) -> UInt64 {
    let difference = bits ^ (Self.ones &* UInt64(byte))
    return (difference &- Self.ones) & ~difference & Self.tops
  }

  /// Marks bytes below 0x20.
  @inline(__always) var controls: UInt64 {
    (bits &- Self.ones &* 0x20) & ~bits & Self.tops
  }

  /// Marks bytes from 0x80 on.
  @inline(__always) var nonASCII: UInt64 { bits & Self.tops }

  /// Whether all eight bytes are spaces.
  @inline(__always) var isBlank: Bool { bits == Self.ones &* 0x20 }

  /// The position of the lowest mark.
  @inline(__always) static func first(_ marks: UInt64) -> Int { marks.trailingZeroBitCount >> 3 }
}
