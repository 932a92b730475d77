/// The bytes of a stored form in the making.
///
/// Numbers of fixed size are little-endian; others are varints, seven bits a byte, low bits first,
/// in as few bytes as can be. What has a length is preceded by it.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func byte(_ value: UInt8) { bytes.append(value) }

  /// A number of fixed size.
  mutating func fixed(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// An unsigned number of 1 to 10 bytes.
  mutating func number(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// A count or index.
  mutating func number(_ value: Int) { number(UInt64(value)) }

  /// A signed number, its sign in the lowest bit so that small ones are short.
  mutating func signed(_ value: Int64) { number(UInt64(bitPattern: value << 1 ^ value >> 63)) }

  /// Bytes without their length.
  mutating func raw(_ value: [UInt8]) { bytes.append(contentsOf: value) }

  /// Bytes after their length.
  mutating func block(_ value: [UInt8]) {
    number(value.count)
    raw(value)
  }

  /// A text as UTF-8 after its length.
  mutating func text(_ value: String) {
    number(value.utf8.count)
    bytes.append(contentsOf: value.utf8)
  }
}
