/// Receives the events of one JSON value in text order: what ``JSONReader`` sends,
/// ``JSONWriter`` writes and ``JSONValue/send(to:sortingKeys:)`` replays.
///
/// Inside an object a `key` comes before each value. A method may throw to stop the sender;
/// a reader adds the position in the text to an error that has none.
public protocol JSONSink {
  /// `null`.
  mutating func null() throws(JSONError)
  /// `true` or `false`.
  mutating func bool(_ value: Bool) throws(JSONError)
  /// A number that is integral and fits 64 bits.
  mutating func integer(_ value: Int64) throws(JSONError)
  /// Any other number.
  mutating func double(_ value: Double) throws(JSONError)
  /// A string as decoded, valid UTF-8. `isASCII` is true when every byte is below 0x80.
  mutating func string(_ utf8: ArraySlice<UInt8>, isASCII: Bool) throws(JSONError)
  /// The key of the next value. Keys may repeat; the last value of a key counts.
  mutating func key(_ utf8: ArraySlice<UInt8>, isASCII: Bool) throws(JSONError)
  /// `[`.
  mutating func beginArray() throws(JSONError)
  /// `]`.
  mutating func endArray() throws(JSONError)
  /// `{`.
  mutating func beginObject() throws(JSONError)
  /// `}`.
  mutating func endObject() throws(JSONError)

  /// A string that exists as a `String`; goes to the other form unless a sink knows better.
  mutating func string(_ text: String) throws(JSONError)
  /// A key that exists as a `String`; goes to the other form unless a sink knows better.
  mutating func key(_ text: String) throws(JSONError)
}

extension JSONSink {
  /// Sends the bytes of the text.
  @inlinable
  public mutating func string(_ text: String) throws(JSONError) {
    let utf8 = Array(text.utf8)
    try string(utf8[...], isASCII: utf8.allSatisfy { $0 < 0x80 })
  }

  /// Sends the bytes of the text.
  @inlinable
  public mutating func key(_ text: String) throws(JSONError) {
    let utf8 = Array(text.utf8)
    try key(utf8[...], isASCII: utf8.allSatisfy { $0 < 0x80 })
  }
}
