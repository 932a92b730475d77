/// Builds a ``JSONValue`` from events.
struct JSONValueBuilder: JSONSink {
  /// Values complete but not yet in a container; in the end the one value.
  private var values: [JSONValue] = []
  /// Keys of the members among `values`, and of members begun.
  private var keys: [String] = []
  /// Where in `values` each open container begins.
  private var starts: [Int] = []

  /// The value, once all its events were received.
  var value: JSONValue { values.last ?? .null }

  mutating func null() { values.append(.null) }

  mutating func bool(_ value: Bool) { values.append(.bool(value)) }

  mutating func integer(_ value: Int64) { values.append(.integer(value)) }

  mutating func double(_ value: Double) { values.append(.double(value)) }

  mutating func string(_ utf8: ArraySlice<UInt8>, isASCII: Bool) {
    values.append(.string(String(decoding: utf8, as: UTF8.self)))
  }

  mutating func key(_ utf8: ArraySlice<UInt8>, isASCII: Bool) {
    keys.append(String(decoding: utf8, as: UTF8.self))
  }

  mutating func beginArray() { starts.append(values.count) }

  mutating func endArray() {
    let start = starts.removeLast()
    let items = Array(values[start...])
    values.removeSubrange(start...)
    values.append(.array(items))
  }

  mutating func beginObject() { starts.append(values.count) }

  mutating func endObject() {
    let start = starts.removeLast()
    let count = values.count - start
    let object = JSONObject(Array(zip(keys.suffix(count), values[start...])))
    keys.removeLast(count)
    values.removeSubrange(start...)
    values.append(.object(object))
  }
}
