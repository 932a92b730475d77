import LashJSON
import Testing

@Suite("Writing")
struct JSONWriterTests {
  static let compact: [(JSONValue, String)] = [
    (nil, "null"), (true, "true"), (false, "false"), (0, "0"), (-12, "-12"),
    (9_007_199_254_740_993, "9007199254740993"), (.integer(.min), "-9223372036854775808"),
    (0.1, "0.1"), (1e21, "1e+21"), (1e-7, "1e-7"), (.double(-0.0), "0"), (.double(2), "2"),
    (.double(.nan), "null"), (.double(.infinity), "null"), (.double(-.infinity), "null"),
    ([], "[]"), ([:], "{}"), ([1, 2], "[1,2]"), ([[], [:], [[]]], "[[],{},[[]]]"),
    (["a": 1], #"{"a":1}"#), (["a": [1], "b": ["c": nil]], #"{"a":[1],"b":{"c":null}}"#),
    ([["a": [:]], 1], #"[{"a":{}},1]"#), ([.double(.nan), 1], "[null,1]"),
    ("", #""""#), ("plain", #""plain""#), ("\"\\/", #""\"\\/""#),
    ("\u{8}\u{C}\n\r\t", #""\b\f\n\r\t""#), ("\0\u{1}\u{B}\u{1F}", #""\u0000\u0001\u000b\u001f""#),
    ("\u{7F}\u{80}é中😀\u{2028}\u{FEFF}", "\"\u{7F}\u{80}é中😀\u{2028}\u{FEFF}\""),
    ("é\"中\n😀", #""é\"中\n😀""#), (["a\"b\n": 1], #"{"a\"b\n":1}"#), (["": ""], #"{"":""}"#),
  ]

  @Test("Compact text has no space and escapes what it must", arguments: compact)
  func writesCompact(value: JSONValue, text: String) throws {
    #expect(try JSONWriter.text(of: value) == text)
    #expect(try JSONWriter.bytes(of: value) == Array(text.utf8))
  }

  @Test("Indented text has one item a line and closes empty containers at once")
  func writesIndented() throws {
    let value: JSONValue = ["a": [1, ["b": nil]], "c": [], "d": [:], "e": [[]]]
    let text = """
      {
        "a": [
          1,
          {
            "b": null
          }
        ],
        "c": [],
        "d": {},
        "e": [
          []
        ]
      }
      """
    #expect(try JSONWriter.text(of: value, layout: .indented(2)) == text)
    #expect(try JSONWriter.text(of: [1, [2]], layout: .indented(0)) == "[\n1,\n[\n2\n]\n]")
    #expect(try JSONWriter.text(of: 1, layout: .indented(4)) == "1")
  }

  @Test("The limit of nesting is 128 levels unless told otherwise")
  func depthLimit() throws {
    func nested(_ depth: Int) -> JSONValue {
      (1..<depth).reduce(into: JSONValue.array([])) { value, _ in value = ["a": value] }
    }
    #expect(throws: Never.self) { try JSONWriter.text(of: nested(128)) }
    let error = #expect(throws: JSONError.self) { try JSONWriter.text(of: nested(129)) }
    #expect(error?.description == "the value nests more than 128 levels deep")
    #expect(error?.position == nil)
    var writer = JSONWriter(maximumDepth: 1)
    #expect(throws: Never.self) { try ([1] as JSONValue).send(to: &writer) }
    #expect(throws: JSONError.self) { try ([[1]] as JSONValue).send(to: &writer) }
  }

  @Test("A value built 100,000 levels deep is refused or written, without overflow")
  func deepValue() {
    let depth = 100_000
    var value: JSONValue = 1
    for _ in 0..<depth { value = [value] }
    #expect(throws: JSONError.self) { try JSONWriter.bytes(of: value) }
    #expect(throws: JSONError.self) { try CanonicalJSON.bytes(of: value) }
    #expect(value.description.utf8.count == 2 * depth + 1)
    // Taken apart by hand: Swift would destroy it recursively.
    while let item = value[0] { value = item }
    #expect(value == 1)
  }

  @Test("Text is appended to what is there, from events of any origin")
  func appends() throws {
    var writer = JSONWriter(appendingTo: Array("data: ".utf8))
    try writer.beginObject()
    writer.key("a")
    writer.string(utf8: "x\ny".utf8)
    writer.key(utf8: "b".utf8)
    try writer.beginArray()
    writer.integer(1)
    writer.null()
    writer.endArray()
    writer.endObject()
    #expect(writer.text == #"data: {"a":"x\ny","b":[1,null]}"#)
  }

  @Test("What is written reads back as the same value, in each layout")
  func roundTrip() throws {
    let seed: UInt64 = 4627
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2_000 {
      let value = Self.randomValue(depth: 4, using: &random)
      for layout in [JSONWriter.Layout.compact, .indented(2)] {
        let bytes = try JSONWriter.bytes(of: value, layout: layout)
        let back = try JSONReader().read(bytes)
        #expect(back == value, "seed \(seed)")
        #expect(try JSONWriter.bytes(of: back, layout: layout) == bytes, "seed \(seed)")
      }
    }
  }

  static func randomValue(depth: Int, using random: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
    case 0: return nil
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .integer(Int64(bitPattern: random.next()) >> (random.next() % 64))
    case 3:
      let double = Double(bitPattern: random.next())
      return double.isFinite ? JSONValue(double) : 0
    case 4, 5: return .string(randomText(using: &random))
    case 6:
      return .array(
        (0..<Int.random(in: 0..<5, using: &random)).map { _ in
          randomValue(depth: depth - 1, using: &random)
        })
    default:
      return .object(
        JSONObject(
          (0..<Int.random(in: 0..<12, using: &random)).map { _ in
            (randomText(using: &random), randomValue(depth: depth - 1, using: &random))
          }))
    }
  }

  private static func randomText(using random: inout SeededGenerator) -> String {
    let bounds: [UInt32] = [0x20, 0x80, 0x800, 0x11_0000]
    var text = ""
    for _ in 0..<Int.random(in: 0..<12, using: &random) {
      let bound = bounds[Int.random(in: bounds.indices, using: &random)]
      if let scalar = Unicode.Scalar(UInt32.random(in: 0..<bound, using: &random)) {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
