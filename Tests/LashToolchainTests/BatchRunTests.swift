import LashJSON
import LashToolchain
import LashVM
import Testing

@Suite("Batch requests")
struct BatchRunTests {
  private func answer(_ line: String) throws -> JSONValue {
    let bytes = BatchRun().answer(Array(line.utf8))
    #expect(!bytes.contains(0x0A))
    return try JSONReader(maximumDepth: 512).read(bytes)
  }

  @Test("A request is answered with its id, whatever it is")
  func good() throws {
    let text = """
      {"id": {"n": 1}, "source": "finish m.op({a: 1}).value", "mock": null, "auto": true, "area": 5}
      """
    let object = try answer(text)
    #expect(object["id"] == ["n": 1] && object["outcome"] == "finish")
    #expect(object["value"] == ["a": 1])
  }

  @Test(
    "A bad line is one error object",
    arguments: [
      ("", .null, "not JSON"), ("{", .null, "not JSON"), ("[1]", .null, "a request object"),
      ("\"x\"", .null, "a request object"), ("{}", .null, "needs `source`"),
      ("{\"id\": 4}", 4, "needs `source`"),
      ("{\"id\": 4, \"source\": 5}", 4, "`$.source`: expected a string"),
      (
        "{\"id\": 4, \"source\": \"\", \"mock\": {\"modules\": 1}}", 4,
        "`$.mock.modules`: expected an object"
      ),
      ("{\"id\": 4, \"source\": \"\", \"auto\": 1}", 4, "`$.auto`: expected true or false"),
      ("{\"id\": 4, \"source\": \"\", \"fuel\": -1}", 4, "`$.fuel`: expected a whole number"),
      ("{\"id\": 4, \"source\": \"\", \"depth\": 1000000}", 4, "from 1 to 100000"),
      ("\u{0}\u{1}\u{2}", .null, "not JSON"),
    ] as [(String, JSONValue, String)])
  func bad(line: String, id: JSONValue, message: String) throws {
    let object = try answer(line)
    #expect(object["id"] == id && object["outcome"] == "error")
    #expect(object["diagnostics"]?[0]?["message"]?.stringValue?.contains(message) == true)
  }

  @Test("Bytes that are no UTF-8 are an error object too")
  func invalidText() throws {
    let object = try JSONReader().read(BatchRun().answer([0x22, 0xFF, 0xFE, 0x22]))
    #expect(object["outcome"] == "error")
  }

  @Test("A line of ten million bytes is read and answered")
  func longLine() throws {
    let text = String(repeating: "a", count: 10_000_000)
    #expect(
      try answer("{\"id\": 1, \"source\": \"finish len(\\\"\(text)\\\")\"}")["value"] == 10_000_000)
    let brackets = String(repeating: "(", count: 10_000_000)
    let object = try answer("{\"id\": 1, \"source\": \"\(brackets)\"}")
    #expect(object["diagnostics"]?[0]?["code"] == "E0502")
  }

  @Test("Bounds of the request hold")
  func bounds() throws {
    let object = try answer("{\"source\": \"while true { x = 1 }\", \"fuel\": 500}")
    #expect(object["outcome"] == "exhausted")
    #expect((object["stats"]?["fuel"]?.integerValue ?? 0) <= 510)
  }

  @Test("Every request starts afresh")
  func fresh() throws {
    let batch = BatchRun()
    let request: JSONValue = [
      "source": "finish m.s().value",
      "mock": ["modules": ["m": ["s": ["seq": [["value": 1], ["value": 2]]]]]],
    ]
    #expect(batch.answer(request)["value"] == 1)
    #expect(batch.answer(request)["value"] == 1)
  }
}
