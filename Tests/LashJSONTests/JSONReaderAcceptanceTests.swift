import LashJSON
import Testing

@Suite("Texts that RFC 8259 allows")
struct JSONReaderAcceptanceTests {
  @Test("read as the value they are", arguments: accepted)
  func accepts(text: String, value: JSONValue) throws {
    #expect(try JSONReader().read(text) == value)
  }

  @Test(
    "have U+FFFD for each half of a surrogate pair, if asked to",
    arguments: [
      (#""\ud800""#, "\u{FFFD}"), (#""a\uDFFFb""#, "a\u{FFFD}b"),
      (#""\ude00\ud83d""#, "\u{FFFD}\u{FFFD}"), (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
      (#""\ud83d\n""#, "\u{FFFD}\n"), (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\ud83d\ude00""#, "😀"),
    ])
  func replacesHalves(text: String, string: String) throws {
    #expect(try JSONReader(replacesLoneSurrogates: true).read(text) == .string(string))
    #expect(throws: JSONError.self) {
      try JSONReader(replacesLoneSurrogates: true).read(#""\ud83d\u0""#)
    }
  }

  static let accepted: [(String, JSONValue)] = [
    // One value of each kind, alone.
    ("null", nil), ("true", true), ("false", false), ("0", 0), ("\"\"", ""), ("[]", []),
    ("{}", [:]),
    // Space wherever it may stand.
    (" \t\r\n1 \t\r\n", 1), ("[ 1 , 2 ]", [1, 2]), ("{ \"a\" : 1 }", ["a": 1]), ("[\n]", []),
    ("{\t}", [:]),
    // Nesting.
    ("[[]]", [[]]), ("[[],{}]", [[], [:]]), ("{\"a\":{\"b\":[1]}}", ["a": ["b": [1]]]),
    ("[1,[2,[3],4],5]", [1, [2, [3], 4], 5]), ("[null,null]", [nil, nil]),
    ("[{\"a\":1},{\"a\":2}]", [["a": 1], ["a": 2]]),
    // Keys.
    ("{\"\":1}", ["": 1]), ("{\"a\\u0062\":1}", ["ab": 1]), ("{\"a\\u0000b\":1}", ["a\0b": 1]),
    ("{\"ключ\":1}", ["ключ": 1]),
    // Escapes.
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u4E2d""#, "Aé中"),
    (#""\u0000""#, "\0"), (#""\u001f""#, "\u{1F}"), (#""\ud83d\ude00""#, "😀"),
    (#""\uD83D\uDE00x""#, "😀x"), (#""\udbff\udfff""#, "\u{10FFFF}"),
    (#""\ud800\udc00""#, "\u{10000}"),
    (#""\ufffe\uFFFF""#, "\u{FFFE}\u{FFFF}"), (#""\\u0041""#, "\\u0041"), (#""\\""#, "\\"),
    (#""a\tb\nc""#, "a\tb\nc"), (#""é\n中""#, "é\n中"),
    // Text that needs no escape.
    ("\"/\"", "/"), ("\"'\"", "'"), ("\"\u{7F}\"", "\u{7F}"), ("\"\u{80}\"", "\u{80}"),
    ("\"\u{2028}\u{2029}\"", "\u{2028}\u{2029}"), ("\"\u{FEFF}\"", "\u{FEFF}"),
    ("\"é中😀\u{10FFFF}\"", "é中😀\u{10FFFF}"), ("\"// [no] /*comment*/\"", "// [no] /*comment*/"),
    ("\"\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFD}\"", "\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFD}"),
    // Numbers.
    ("-0", 0), ("-1", -1), ("10", 10), ("0.5", 0.5), ("-0.5", -0.5), ("1e2", 100), ("1E2", 100),
    ("1e+2", 100), ("1e-2", 0.01), ("0e5", 0), ("0.0", 0), ("0e+1", 0), ("1.5e1", 15),
    ("[1,-2]", [1, -2]),
  ]

  @Test("Of a repeated key the last value counts, at the first place")
  func repeatedKeys() throws {
    let value = try JSONReader().read(#"{"a":1,"b":2,"a":3,"\u0061":4}"#)
    #expect(value.description == #"{"a":4,"b":2}"#)
  }

  @Test("Keys keep their order")
  func order() throws {
    let object = try JSONReader().read(#"{"z":1,"a":2,"m":3}"#).objectValue
    #expect(object?.keys == ["z", "a", "m"])
  }

  @Test("Keys that only look alike are different keys")
  func equivalentKeys() throws {
    let object = try #require(
      try JSONReader().read("{\"\u{E9}\":1,\"e\u{301}\":2}").objectValue)
    #expect(object.count == 2)
    #expect(object["\u{E9}"] == 1)
    #expect(object["e\u{301}"] == 2)
  }

  @Test("Nesting is read up to the limit and refused beyond", arguments: [1, 2, 128, 500])
  func depth(limit: Int) throws {
    let reader = JSONReader(maximumDepth: limit)
    let fits = String(repeating: "[", count: limit) + String(repeating: "]", count: limit)
    #expect(try reader.read(fits).description == fits)
    let error = #expect(throws: JSONError.self) { try reader.read("[" + fits + "]") }
    #expect(error?.reason == "nested more than \(limit) levels deep")
    #expect(error?.position?.offset == limit)
  }

  @Test("The limit of nesting counts objects and arrays alike, and is 128 by default")
  func defaultDepth() throws {
    let open = String(repeating: #"[{"a":"#, count: 64)
    let close = String(repeating: "}]", count: 64)
    #expect(throws: Never.self) { try JSONReader().read(open + "1" + close) }
    #expect(throws: JSONError.self) { try JSONReader().read(open + "[]" + close) }
    #expect(throws: JSONError.self) {
      try JSONReader().read(String(repeating: "[", count: 10_000_000))
    }
  }

  @Test("A deep text as a value is bounded whatever the reader's limit")
  func depthOfValues() {
    let text = String(repeating: "[", count: 100_000)
    let error = #expect(throws: JSONError.self) {
      try JSONReader(maximumDepth: .max).read(text)
    }
    #expect(error?.reason == "nested more than 1000 levels deep")
  }

  @Test("The limit of bytes holds to the byte")
  func byteLimit() throws {
    #expect(try JSONReader(maximumBytes: 4).read("null") == nil)
    let error = #expect(throws: JSONError.self) { try JSONReader(maximumBytes: 3).read("null") }
    #expect(error?.description == "the JSON text has 4 bytes, more than 3")
  }
}
