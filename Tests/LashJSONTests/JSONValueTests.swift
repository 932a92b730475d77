import LashJSON
import Testing

@Suite("Values")
struct JSONValueTests {
  static let samples: [JSONValue] = [
    nil, true, false, 0, 1, 0.5, "", "0", "null", [], [0], [[]], [:], ["a": 1], ["a": nil],
    "\u{E9}", "e\u{301}",
  ]

  @Test("Each value is equal to itself and to no other")
  func equality() {
    for (place, value) in Self.samples.enumerated() {
      for (other, otherValue) in Self.samples.enumerated() {
        #expect((value == otherValue) == (place == other), "\(value) and \(otherValue)")
      }
    }
    #expect(Set(Self.samples).count == Self.samples.count)
  }

  @Test("Equal values have equal hashes")
  func hashes() {
    let value: JSONValue = ["a": [1, 2.5, "x"], "b": ["c": nil]]
    let other: JSONValue = ["b": ["c": nil], "a": [1, 2.5, "x"]]
    #expect(value == other)
    #expect(value.hashValue == other.hashValue)
  }

  @Test("Accessors give what the value is and nil for what it is not")
  func accessors() {
    #expect(JSONValue.bool(true).boolValue == true)
    #expect(JSONValue.integer(7).integerValue == 7)
    #expect(JSONValue.integer(7).doubleValue == 7)
    #expect(JSONValue.double(0.5).doubleValue == 0.5)
    #expect(JSONValue.double(0.5).integerValue == nil)
    #expect(JSONValue.string("x").stringValue == "x")
    #expect(JSONValue.array([1]).arrayValue == [1])
    #expect(JSONValue.object(["a": 1]).objectValue == ["a": 1])
    #expect(JSONValue.null.isNull)
    #expect(!JSONValue.bool(false).isNull)
    for value in [JSONValue.null, .bool(true), .string("1"), .array([]), .object([:])] {
      #expect(value.integerValue == nil)
      #expect(value.doubleValue == nil)
    }
    #expect(JSONValue.null.boolValue == nil)
    #expect(JSONValue.null.stringValue == nil)
    #expect(JSONValue.null.arrayValue == nil)
    #expect(JSONValue.null.objectValue == nil)
  }

  @Test("Subscripts reach into values and miss quietly")
  func subscripts() {
    let value: JSONValue = ["items": [["id": 1], ["id": 2]]]
    #expect(value["items"]?[1]?["id"] == 2)
    #expect(value["items"]?[2] == nil)
    #expect(value["items"]?[-1] == nil)
    #expect(value["missing"] == nil)
    #expect(value[0] == nil)
    #expect(value["items"]?["id"] == nil)
  }

  @Test("Literals are canonical numbers")
  func literals() {
    let value: JSONValue = [2.0, -0.0, 0.25, 9_007_199_254_740_993, "\(1 + 1)"]
    #expect(
      value == [.integer(2), .integer(0), .double(0.25), .integer(9_007_199_254_740_993), "2"])
  }

  @Test("The description is compact JSON")
  func description() {
    let value: JSONValue = ["b": [1, nil, true], "a": "x\n"]
    #expect(value.description == #"{"b":[1,null,true],"a":"x\n"}"#)
  }

  @Test("Operations bear the greatest depth")
  func depth() throws {
    let depth = JSONValue.maximumDepth
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let reader = JSONReader(maximumDepth: depth)
    let value = try reader.read(text)
    let other = try reader.read(text)
    #expect(value == other)
    #expect(value.hashValue == other.hashValue)
    #expect(value.description == text)
  }
}
