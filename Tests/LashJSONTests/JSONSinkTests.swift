import LashJSON
import Testing

@Suite("Events")
struct JSONSinkTests {
  /// Notes each event as a word; refuses the integer 13.
  private struct Recorder: JSONSink {
    var events: [String] = []

    mutating func null() { events.append("null") }
    mutating func bool(_ value: Bool) { events.append("\(value)") }
    mutating func integer(_ value: Int64) throws(JSONError) {
      if value == 13 { throw JSONError("13 is refused") }
      events.append("i\(value)")
    }
    mutating func double(_ value: Double) { events.append("d\(value)") }
    mutating func string(_ utf8: ArraySlice<UInt8>, isASCII: Bool) {
      events.append("\(isASCII ? "a" : "u"):" + String(decoding: utf8, as: UTF8.self))
    }
    mutating func key(_ utf8: ArraySlice<UInt8>, isASCII: Bool) {
      events.append("k\(isASCII ? "a" : "u"):" + String(decoding: utf8, as: UTF8.self))
    }
    mutating func beginArray() { events.append("[") }
    mutating func endArray() { events.append("]") }
    mutating func beginObject() { events.append("{") }
    mutating func endObject() { events.append("}") }
  }

  static let cases: [(String, [String])] = [
    (#"[1, 2.5, true, null]"#, ["[", "i1", "d2.5", "true", "null", "]"]),
    (#"{"a": {}, "é": []}"#, ["{", "ka:a", "{", "}", "ku:é", "[", "]", "}"]),
    (#"{"a":1,"a":2}"#, ["{", "ka:a", "i1", "ka:a", "i2", "}"]),
    (#"["a\nb", "\u00e9", "\u0041", "xé\ty"]"#, ["[", "a:a\nb", "u:é", "a:A", "u:xé\ty", "]"]),
    (#"["a\\", "b", "c\\d"]"#, ["[", "a:a\\", "a:b", "a:c\\d", "]"]),
    (#"false"#, ["false"]),
  ]

  @Test("A reader sends the events in text order", arguments: cases)
  func events(text: String, events: [String]) throws {
    var recorder = Recorder()
    try JSONReader().read(Array(text.utf8), into: &recorder)
    #expect(recorder.events == events)
  }

  @Test("A value sends what its text would")
  func valueEvents() throws {
    let text = #"{"a":[1,2.5,{"é":[]}],"b":{"c":"x","d":null},"e":true,"f":"ü"}"#
    var fromText = Recorder()
    try JSONReader().read(Array(text.utf8), into: &fromText)
    var fromValue = Recorder()
    try JSONReader().read(text).send(to: &fromValue)
    #expect(fromValue.events == fromText.events)
  }

  @Test("An error of the sink gets the place of the token")
  func sinkError() {
    var recorder = Recorder()
    let error = #expect(throws: JSONError.self) {
      try JSONReader().read(Array("[1,\n 13, 2]".utf8), into: &recorder)
    }
    #expect(error?.description == "13 is refused at line 2, column 2")
    #expect(recorder.events == ["[", "i1"])
  }

  @Test("An error of the writer as a sink gets the place of the bracket")
  func writerAsSink() throws {
    var writer = JSONWriter(maximumDepth: 2)
    let error = #expect(throws: JSONError.self) {
      try JSONReader().read(Array("[[\n[1]]]".utf8), into: &writer)
    }
    #expect(error?.description == "the value nests more than 2 levels deep at line 2, column 1")
  }

  @Test("Reader and writer together tidy a text without a value between")
  func reformat() throws {
    var writer = JSONWriter(layout: .indented(1))
    try JSONReader().read(Array(#" { "a" : [ 1e2 , "\u00e9" ] } "#.utf8), into: &writer)
    #expect(writer.text == "{\n \"a\": [\n  100,\n  \"é\"\n ]\n}")
  }

  @Test("Events bear any depth")
  func depth() throws {
    let depth = 1_000_000
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    var writer = JSONWriter(maximumDepth: depth)
    try JSONReader(maximumDepth: depth).read(Array(text.utf8), into: &writer)
    #expect(writer.text == text)
  }
}
