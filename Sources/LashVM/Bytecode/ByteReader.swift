/// Why stored bytes cannot be what they claim to be.
struct DamagedBytes: Error, Hashable {
  /// Bytes before the damage.
  let offset: Int
  /// What is wrong there, as a phrase.
  let reason: String
}

/// Reads what `ByteWriter` wrote, from bytes that may be damaged or hostile.
///
/// Every length is checked against what is left before anything is reserved, and every number has
/// one form only, so what is read and written again gives the same bytes.
struct ByteReader {
  private let bytes: ArraySlice<UInt8>
  /// Bytes before the next one.
  private(set) var offset: Int

  init(_ bytes: [UInt8]) { self.init(bytes[...]) }

  /// A reader of a part; offsets are those of the whole.
  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    offset = bytes.startIndex
  }

  /// Bytes not yet read.
  var left: Int { bytes.endIndex - offset }

  /// The error that something is wrong at the present place.
  func damaged(_ reason: String) -> DamagedBytes { DamagedBytes(offset: offset, reason: reason) }

  mutating func byte() throws(DamagedBytes) -> UInt8 {
    guard left > 0 else { throw damaged("the bytes end too early") }
    defer { offset += 1 }
    return bytes[offset]
  }

  /// A number of fixed size.
  mutating func fixed<Number: FixedWidthInteger>(
    _ type: Number.Type
  ) throws(DamagedBytes) -> Number {
    let size = Number.bitWidth / 8
    guard left >= size else { throw damaged("the bytes end too early") }
    var value: Number = 0
    for index in 0..<size {
      value |= Number(truncatingIfNeeded: bytes[offset + index]) << (8 * index)
    }
    offset += size
    return value
  }

  /// An unsigned number of 1 to 10 bytes.
  mutating func number() throws(DamagedBytes) -> UInt64 {
    let start = offset
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let next = try byte()
      value |= UInt64(next & 0x7F) << shift
      if next & 0x80 == 0 {
        let isShortest = next != 0 || shift == 0
        guard isShortest, shift < 63 || next <= 1 else {
          throw DamagedBytes(offset: start, reason: "a number is not in its shortest form")
        }
        return value
      }
      shift += 7
      guard shift < 70 else { throw DamagedBytes(offset: start, reason: "a number is too long") }
    }
  }

  /// An index or size of at most `limit`.
  mutating func number(upTo limit: Int, _ what: String) throws(DamagedBytes) -> Int {
    let start = offset
    let value = try number()
    guard limit >= 0, value <= UInt64(limit) else {
      throw DamagedBytes(
        offset: start,
        reason: limit < 0
          ? "\(what) is \(value), but there is none" : "\(what) is \(value), more than \(limit)")
    }
    return Int(value)
  }

  /// The count of elements that take at least `size` bytes each.
  mutating func count(
    ofSize size: Int = 1, upTo limit: Int = .max, _ what: String
  ) throws(DamagedBytes) -> Int {
    let count = try number(upTo: limit, "the number of \(what)")
    guard count <= left / size else {
      throw damaged("\(count) \(what) are announced, but the bytes end before")
    }
    return count
  }

  mutating func signed() throws(DamagedBytes) -> Int64 {
    let value = try number()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  /// The next `count` bytes.
  mutating func raw(_ count: Int) throws(DamagedBytes) -> ArraySlice<UInt8> {
    guard count <= left else { throw damaged("the bytes end too early") }
    defer { offset += count }
    return bytes[offset..<(offset + count)]
  }

  /// Bytes after their length.
  mutating func block(_ what: String) throws(DamagedBytes) -> ArraySlice<UInt8> {
    try raw(count(upTo: .max, "bytes of \(what)"))
  }

  /// A text, which must be UTF-8.
  mutating func text(_ what: String) throws(DamagedBytes) -> String {
    let start = offset
    let bytes = try block(what)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DamagedBytes(offset: start, reason: "\(what) is not UTF-8")
    }
    return text
  }

  /// A truth value, 0 or 1.
  mutating func flag(_ what: String) throws(DamagedBytes) -> Bool {
    try number(upTo: 1, what) == 1
  }

  /// Checks that all bytes were read.
  func finish(_ what: String) throws(DamagedBytes) {
    guard left == 0 else { throw damaged("\(left) bytes follow the end of \(what)") }
  }
}
