/// Reads JSON text (RFC 8259, strictly): UTF-8 without byte order mark, one value, nothing else.
///
/// Numbers follow ``JSONNumber``; keys keep their order. Linear in the length of the text, with
/// no recursion. A text that is not JSON, or beyond a limit, throws a ``JSONError``.
public struct JSONReader: Sendable {
  /// Levels of arrays and objects that a text may nest.
  public let maximumDepth: Int
  /// Bytes that a text may have.
  public let maximumBytes: Int

  /// Whether an escape that is half of a surrogate pair is read as U+FFFD, not refused.
  public let replacesLoneSurrogates: Bool

  /// A reader with limits: 128 levels and 64 MiB unless told otherwise.
  public init(
    maximumDepth: Int = 128, maximumBytes: Int = 64 << 20, replacesLoneSurrogates: Bool = false
  ) {
    self.maximumDepth = maximumDepth
    self.maximumBytes = maximumBytes
    self.replacesLoneSurrogates = replacesLoneSurrogates
  }

  /// The value of a text. Of a repeated key the last value counts, at the first one's place.
  /// Whatever the limit, no deeper than ``JSONValue/maximumDepth``.
  public func read(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    let depth = min(maximumDepth, JSONValue.maximumDepth)
    var builder = JSONValueBuilder()
    try JSONReader(
      maximumDepth: depth, maximumBytes: maximumBytes,
      replacesLoneSurrogates: replacesLoneSurrogates
    ).read(bytes, into: &builder)
    return builder.value
  }

  /// The value of a text; as for bytes.
  public func read(_ text: String) throws(JSONError) -> JSONValue {
    try read(Array(text.utf8))
  }

  /// Sends the events of a text to a sink. After an error the sink has had a part of them.
  @inlinable
  public func read<Sink: JSONSink>(_ bytes: [UInt8], into sink: inout Sink) throws(JSONError) {
    guard bytes.count <= maximumBytes else {
      throw JSONError("the JSON text has \(bytes.count) bytes, more than \(maximumBytes)")
    }
    var cursor = try JSONCursor(bytes)
    cursor.replacesLoneSurrogates = replacesLoneSurrogates
    do throws(JSONError) {
      try readValue(at: &cursor, into: &sink)
    } catch {
      throw error.located(at: cursor.tokenStart, in: bytes)
    }
    guard cursor.nextByte() == nil else { throw cursor.expected("end of input") }
  }

  /// Sends the events of the one value that begins at an offset of a text known to be well-formed.
  func read<Sink: JSONSink>(
    _ bytes: [UInt8], at offset: Int, into sink: inout Sink
  ) throws(JSONError) {
    var cursor = try JSONCursor(bytes)
    cursor.offset = offset
    do throws(JSONError) {
      try readValue(at: &cursor, into: &sink)
    } catch {
      throw error.located(at: cursor.tokenStart, in: bytes)
    }
  }

  /// One value: each turn of the outer loop begins a value, the inner one closes what ends.
  @inlinable
  func readValue<Sink: JSONSink>(
    at cursor: inout JSONCursor, into sink: inout Sink
  ) throws(JSONError) {
    var open: [JSONContainer] = []
    while true {
      guard let byte = cursor.nextByte() else { throw cursor.expected("a value") }
      switch byte {
      case UInt8(ascii: "\""):
        let string = try cursor.readString()
        try sink.string(string.utf8, isASCII: string.isASCII)
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        switch try cursor.readNumber() {
        case .integer(let value): try sink.integer(value)
        case .double(let value): try sink.double(value)
        }
      case UInt8(ascii: "["):
        try enter(.array, at: &cursor, &open)
        try sink.beginArray()
        guard cursor.nextByte() == UInt8(ascii: "]") else { continue }
      case UInt8(ascii: "{"):
        try enter(.object, at: &cursor, &open)
        try sink.beginObject()
        guard cursor.nextByte() == UInt8(ascii: "}") else {
          try readKey(at: &cursor, into: &sink, expecting: "a string key or `}`")
          continue
        }
      case UInt8(ascii: "t"):
        try cursor.readWord("true")
        try sink.bool(true)
      case UInt8(ascii: "f"):
        try cursor.readWord("false")
        try sink.bool(false)
      case UInt8(ascii: "n"):
        try cursor.readWord("null")
        try sink.null()
      default:
        throw cursor.expectedValue()
      }
      if try !moveToNextValue(at: &cursor, into: &sink, &open) { return }
    }
  }

  /// Closes containers up to the next comma; false when the outermost value is complete.
  @inlinable
  func moveToNextValue<Sink: JSONSink>(
    at cursor: inout JSONCursor, into sink: inout Sink, _ open: inout [JSONContainer]
  ) throws(JSONError) -> Bool {
    while let container = open.last {
      let byte = cursor.nextByte()
      if byte == UInt8(ascii: ",") {
        cursor.advance()
        if container == .object {
          try readKey(at: &cursor, into: &sink, expecting: "a string key after `,`")
        }
        return true
      }
      switch container {
      case .array:
        guard byte == UInt8(ascii: "]") else { throw cursor.expected("`,` or `]`") }
        cursor.advance()
        try sink.endArray()
      case .object:
        guard byte == UInt8(ascii: "}") else { throw cursor.expected("`,` or `}`") }
        cursor.advance()
        try sink.endObject()
      }
      open.removeLast()
    }
    return false
  }

  @inlinable
  func enter(
    _ container: JSONContainer, at cursor: inout JSONCursor, _ open: inout [JSONContainer]
  ) throws(JSONError) {
    guard open.count < maximumDepth else { throw cursor.tooDeep(maximumDepth) }
    open.append(container)
    cursor.advance()
  }

  @inlinable
  func readKey<Sink: JSONSink>(
    at cursor: inout JSONCursor, into sink: inout Sink, expecting wanted: String
  ) throws(JSONError) {
    guard cursor.nextByte() == UInt8(ascii: "\"") else { throw cursor.expected(wanted) }
    let key = try cursor.readString()
    try sink.key(key.utf8, isASCII: key.isASCII)
    guard cursor.nextByte() == UInt8(ascii: ":") else {
      throw cursor.expected("`:` after the key")
    }
    cursor.advance()
  }
}

/// What encloses the place being read.
@usableFromInline
enum JSONContainer: Sendable {
  case array
  case object
}
