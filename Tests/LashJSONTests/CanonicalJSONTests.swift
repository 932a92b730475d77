import LashJSON
import Testing

@Suite("Canonical text")
struct CanonicalJSONTests {
  static let cases: [(String, String)] = [
    (#"{ "b" : 1, "a" : 2 }"#, #"{"a":2,"b":1}"#),
    (#"{"b":{"d":1,"c":2},"a":[{"z":1,"y":2}]}"#, #"{"a":[{"y":2,"z":1}],"b":{"c":2,"d":1}}"#),
    // A prefix comes first; upper case before lower; bytes, not UTF-16 units, decide.
    (#"{"ab":1,"a":2,"":3,"B":4}"#, #"{"":3,"B":4,"a":2,"ab":1}"#),
    (#"{"\ud83d\ude00":1,"\uffee":2,"é":3,"z":4}"#, "{\"z\":4,\"é\":3,\"\u{FFEE}\":2,\"😀\":1}"),
    (#"[1.0,1e2,0.10,-0,1E-7,9007199254740993]"#, "[1,100,0.1,0,1e-7,9007199254740993]"),
    (#""\u00e9\/\u000a""#, #""é/\n""#), ("[3,1,2]", "[3,1,2]"), ("{}", "{}"),
  ]

  @Test("Keys are sorted by bytes, all else has its one form", arguments: cases)
  func canonical(text: String, canonical: String) throws {
    let value = try JSONReader().read(text)
    #expect(String(decoding: try CanonicalJSON.bytes(of: value), as: UTF8.self) == canonical)
    #expect(try JSONReader().read(canonical) == value)
  }

  @Test("Objects of any size are sorted")
  func largeObject() throws {
    let keys = (0..<100).map { String($0 + 100) }
    let value = JSONValue.object(JSONObject(keys.reversed().map { ($0, nil) }))
    let canonical = "{" + keys.map { "\"\($0)\":null" }.joined(separator: ",") + "}"
    #expect(String(decoding: try CanonicalJSON.bytes(of: value), as: UTF8.self) == canonical)
  }

  @Test("Equal values have the same hash, which is that of the text")
  func hash() throws {
    let hash = try CanonicalJSON.hash(of: ["b": 2.0, "a": 1])
    #expect(hash == (try CanonicalJSON.hash(of: ["a": 1, "b": 2])))
    #expect(hash == SHA256.hexHash(Array(#"{"a":1,"b":2}"#.utf8)))
    #expect(hash == "43258cff783fe7036d8a43033f830adfc60ec037382473548ac742b888292777")
    #expect(hash != (try CanonicalJSON.hash(of: ["a": 2, "b": 1])))
  }

  @Test("The limit of nesting is the caller's")
  func depth() {
    #expect(throws: JSONError.self) { try CanonicalJSON.bytes(of: [[1]], maximumDepth: 1) }
    #expect(throws: Never.self) { try CanonicalJSON.bytes(of: [[1]], maximumDepth: 2) }
  }
}
