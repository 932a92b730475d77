/// A place in JSON text, and the tokens read from there.
@usableFromInline
struct JSONCursor {
  @usableFromInline let bytes: [UInt8]
  /// The next byte to read.
  @usableFromInline var offset = 0
  /// Where the token read last begins, for errors of the sink.
  @usableFromInline var tokenStart = 0
  /// Whether half of a surrogate pair is read as U+FFFD.
  @usableFromInline var replacesLoneSurrogates = false
  /// Decoded bytes of the last string that had escapes.
  var decoded: [UInt8] = []

  @usableFromInline
  init(_ bytes: [UInt8]) throws(JSONError) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw JSONError(
        "the JSON text begins with a byte order mark (EF BB BF); remove it", at: 0, in: bytes)
    }
    self.bytes = bytes
  }

  /// Skips whitespace and looks at the byte that follows; nil at the end.
  @inlinable
  mutating func nextByte() -> UInt8? {
    while offset < bytes.count {
      let byte = bytes[offset]
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
        offset += 1
      default:
        return byte
      }
    }
    return nil
  }

  /// Takes a punctuation mark.
  @inlinable
  mutating func advance() {
    tokenStart = offset
    offset += 1
  }

  /// Takes one of the three words of JSON, whole.
  @usableFromInline
  mutating func readWord(_ word: String) throws(JSONError) {
    tokenStart = offset
    let end = offset + word.utf8.count
    guard bytes[offset...].starts(with: word.utf8), end == bytes.count || !isWordByte(at: end)
    else { throw expectedValue() }
    offset = end
  }

  @usableFromInline
  mutating func readNumber() throws(JSONError) -> JSONNumber {
    tokenStart = offset
    return try JSONNumber.read(from: bytes, at: &offset)
  }

  private func isWordByte(at offset: Int) -> Bool { FoundText.isWordByte(bytes[offset]) }

  // Errors are made out of line: they are rare and big.

  @inline(never) @usableFromInline
  func expected(_ wanted: String) -> JSONError {
    .expected(wanted, at: offset, in: bytes)
  }

  @inline(never) @usableFromInline
  func expectedValue() -> JSONError {
    let closes = bytes[offset] == UInt8(ascii: "]") || bytes[offset] == UInt8(ascii: "}")
    let followsComma = closes && bytes[tokenStart] == UInt8(ascii: ",")
    return expected(followsComma ? "a value after `,`" : "a value")
  }

  @inline(never) @usableFromInline
  func tooDeep(_ limit: Int) -> JSONError {
    JSONError("nested more than \(limit) levels deep", at: offset, in: bytes)
  }
}
