import LashLang
import Testing

@testable import LashVM

/// Rules TYP-1, TYP-5 and TYP-6.
struct ValidateTests {
  private static let row =
    #"{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"string"}},"#
    + #""required":["a"],"additionalProperties":false}"#
  private static let list =
    #"{"type":"object","properties":{"rows":{"type":"array","items":\#(row)}},"required":["rows"]}"#
  private static let union =
    #"{"type":"object","properties":{"v":{"anyOf":[{"type":"integer"},{"type":"null"},\#(row)]}}}"#
  private static let node =
    ##"{"$ref":"#/$defs/Node","$defs":{"Node":{"type":"object","properties":{"id":"##
    + ##"{"type":"integer"},"next":{"$ref":"#/$defs/Node"}},"required":["id"]}}}"##

  @Test(arguments: [
    ("{}", "null"), ("{}", #"[1, {"run": "1"}]"#), (#"{"type":"null"}"#, "null"),
    (#"{"type":"boolean"}"#, "false"), (#"{"type":"string"}"#, #""""#),
    (#"{"type":"integer"}"#, "4.0"), (#"{"type":"integer"}"#, "9007199254740993"),
    (#"{"type":"integer"}"#, "1e300"), (#"{"type":"number"}"#, "4"), (#"{"type":"number"}"#, "1.5"),
    (#"{"type":"array"}"#, "[1]"),
    (#"{"type":"array","items":{"type":"integer"}}"#, #"{"()":[1]}"#),
    (#"{"type":"object"}"#, #"{"x":1}"#), (#"{"type":"object"}"#, #"{"ok":1}"#),
    (#"{"type":"string","enum":["x","y"]}"#, #""y""#),
    (row, #"{"a":1}"#), (row, #"{"b":"x","a":1,"z":null}"#), (list, #"{"rows":[]}"#),
    (list, #"{"rows":[{"a":1},{"a":2,"b":"x"}]}"#), (union, #"{"v":null}"#), (union, "{}"),
    (union, #"{"v":{"a":1}}"#), (node, #"{"id":1,"next":{"id":2,"next":{"id":3}}}"#),
  ])
  func admits(schema: String, value: String) throws {
    try BuiltinLab.run { lab throws in
      let answer = lab.call(.validate, try lab.values(#"[\#(value),{"Type":\#(schema)}]"#))
      let unchanged = try lab.values("[\(value)]")[0]
      #expect(answer == lab.answer { unchanged })
    }
  }

  @Test(arguments: [
    (#"{"type":"null"}"#, "0", "$: expected null, got integer"),
    (#"{"type":"boolean"}"#, "0.5", "$: expected boolean, got number"),
    (#"{"type":"string"}"#, "true", "$: expected string, got boolean"),
    (#"{"type":"integer"}"#, "1.5", "$: expected integer, got number"),
    (#"{"type":"integer"}"#, #"{"~": "inf"}"#, "$: expected integer, got number"),
    (#"{"type":"number"}"#, #"{"~": "nan"}"#, "$: expected number, got number"),
    (#"{"type":"array"}"#, #"{"a":1}"#, "$: expected array, got object"),
    (#"{"type":"object"}"#, "[1]", "$: expected object, got array"),
    (#"{"type":"object"}"#, #"{"run":"1"}"#, "$: expected object, got handle"),
    (#"{"type":"string","enum":["x","y"]}"#, #""z""#, "$: expected one of [x, y], got z"),
    (#"{"type":"string","enum":["x"]}"#, "1", "$: expected string, got integer"),
    (row, "{}", "$: missing required field `a`"),
    (row, #"{"b":null}"#, "$: missing required field `a`; $.b: expected string, got null"),
    (
      row, #"{"a":"x","b":1}"#,
      "$.a: expected integer, got string; $.b: expected string, got integer"
    ),
    (#"{"type":"object","required":["q"]}"#, "{}", "$: missing required field `q`"),
    (
      list, #"{"rows":[{"a":1},{"a":"b"},7]}"#,
      "$.rows[1].a: expected integer, got string; $.rows[2]: expected object, got integer"
    ),
    (union, #"{"v":"s"}"#, "$.v: expected one of [integer, null, object], got string"),
    (union, #"{"v":{"a":null}}"#, "$.v.a: expected integer, got null"),
    (
      #"{"anyOf":[{"type":"string","enum":["a","b"]},{"type":"array"},{}]}"#, #"{"~":"nan"}"#, ""
    ),
    (
      #"{"anyOf":[{"type":"string","enum":["a"]},{"type":"string","enum":["b"]}]}"#, #""c""#,
      "$: expected one of [enum[a], enum[b]], got string"
    ),
    (node, #"{"id":1,"next":{"id":2,"next":{}}}"#, "$.next.next: missing required field `id`"),
  ])
  func refuses(schema: String, value: String, problems: String) throws {
    try BuiltinLab.run { lab throws in
      let answer = lab.call(.validate, try lab.values(#"[\#(value),{"Type":\#(schema)}]"#))
      if problems.isEmpty {
        #expect(answer == .value(#"{"~":"nan"}"#))
      } else {
        #expect(answer == .trap("validation failed: \(problems)"))
      }
    }
  }

  @Test func needsType() throws {
    try BuiltinLab.run { lab throws in
      let message = "`validate` requires a Type literal as the second argument"
      for other in ["{}", #""string""#, #"{"$type":{"type":"string"},"x":1}"#, "null"] {
        #expect(try lab.call(.validate, lab.values("[1, \(other)]")) == .trap(message))
      }
    }
  }

  @Test func countsProblems() throws {
    try BuiltinLab.run { lab throws in
      let items = "[" + (0..<25).map { "\"\($0)\"" }.joined(separator: ",") + "]"
      let schema = #"{"Type":{"type":"array","items":{"type":"integer"}}}"#
      guard case .trap(let message) = lab.call(.validate, try lab.values("[\(items),\(schema)]"))
      else {
        Issue.record("it matches")
        return
      }
      #expect(message.components(of: "; ").count == 21)
      #expect(message.hasSuffix("$[19]: expected integer, got string; and 5 more"))
    }
  }

  /// Types that refer to nothing, or only to themselves, and values deeper than is followed.
  @Test func hostileSchemas() throws {
    try BuiltinLab.run { lab throws in
      let loop =
        ##"{"Type":{"$ref":"#/$defs/A","$defs":{"A":{"anyOf":[{"$ref":"#/$defs/A"},"##
        + ##"{"$ref":"#/$defs/A"}]}}}}"##
      guard case .trap = lab.call(.validate, try lab.values("[1,\(loop)]")) else {
        Issue.record("a type that is only itself has a value")
        return
      }
      let dangling = ##"{"Type":{"$ref":"#/$defs/B"}}"##
      #expect(
        try lab.call(.validate, lab.values("[1,\(dangling)]"))
          == .trap("the type refers to `#/$defs/B`, which it does not have"))
    }
  }

  /// A list that holds itself twice, 60 times over: 2^60 leaves in 60 blocks.
  @Test func sharedValues() throws {
    try BuiltinLab.run { lab throws in
      let schema =
        ##"[{"Type":{"$ref":"#/$defs/T","$defs":{"T":{"anyOf":[{"type":"array","##
        + ##""items":{"$ref":"#/$defs/T"}},{"type":"integer"}]}}}}]"##
      for (leaf, isValid) in [(Value(double: 1), true), (Value.true, false)] {
        let type = try lab.values(schema)[0]
        let shared = try lab.doubled(leaf, times: 60)
        let answer = lab.validates(shared, type)
        #expect(answer == isValid)
      }
    }
  }
}

extension BuiltinLab {
  /// Whether a value, which is released like the type, passes `validate`.
  func validates(_ value: Value, _ type: Value) -> Bool {
    var slots = [value, type]
    defer { for slot in slots { heap.release(slot) } }
    return slots.withUnsafeMutableBufferPointer { slots in
      guard let start = slots.baseAddress else { return false }
      do throws(Fault) {
        heap.release(try BuiltinTable.validate(heap, start, 2))
        return true
      } catch {
        return false
      }
    }
  }

  /// A list of two times a list of two times … `leaf`.
  func doubled(_ leaf: Value, times: Int) throws -> Value {
    var value = leaf
    for _ in 0..<times {
      var list = try ListBuilder(heap, capacity: 2)
      try list.append(heap.copy(value))
      try list.append(value)
      value = list.finish()
    }
    return value
  }

  /// A list of a list of … `leaf`.
  func nested(_ leaf: Value, times: Int) throws -> Value {
    var value = leaf
    for _ in 0..<times {
      var list = try ListBuilder(heap, capacity: 1)
      try list.append(value)
      value = list.finish()
    }
    return value
  }
}

extension String {
  /// The parts between separators.
  func components(of separator: String) -> [Substring] { split(separator: separator) }
}
