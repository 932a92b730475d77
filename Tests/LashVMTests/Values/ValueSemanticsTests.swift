import Testing

@testable import LashVM

/// Rules VAL-8 to VAL-13.
struct ValueSemanticsTests {
  /// Values that equal nothing else in the list.
  private static let distinct = [
    "null", "true", "false", "0", "1", "-1", "0.5", "9007199254740992", "9007199254740993",
    "-9223372036854775808", "9223372036854775807", "1e300", #"{"~":"inf"}"#, #"{"~":"-inf"}"#,
    #""""#, #""0""#, #""a""#, #""é""#, #""e\u0301""#, "[]", "[null]", "[1]", "[1,2]", "[2,1]",
    #"{"()":[]}"#, #"{"()":[1]}"#, "{}", #"{"a":1}"#, #"{"a":null}"#, #"{"a":1,"b":2}"#, "[[1]]",
    #"{"ok":1}"#, #"{"ok":2}"#, #"{"error":"x"}"#, #"{"run":"1"}"#, #"{"run":"2"}"#,
    #"{"module":"m"}"#, #"{"image":"i"}"#, #"{"Type":{"type":"string"}}"#,
    #"{"descriptor":1}"#, #"{"process":"p"}"#, #"{"trigger":0}"#,
  ]

  @Test func equalityAndHashes() throws {
    try BuiltinLab.run { lab throws in
      let text = "[" + Self.distinct.joined(separator: ",") + "]"
      let values = try lab.values(text)
      let again = try lab.values(text)
      defer { for value in values + again { lab.heap.release(value) } }
      for left in values.indices {
        for right in values.indices {
          #expect(
            try lab.heap.equal(values[left], again[right]) == (left == right),
            "\(Self.distinct[left]) == \(Self.distinct[right])")
        }
        #expect(try lab.heap.hash(values[left]) == lab.heap.hash(again[left]))
      }
    }
  }

  @Test(arguments: [
    ("0", "-0.0", true), (#"{"~":"nan"}"#, #"{"~":"nan"}"#, false),
    (#"[{"~":"nan"}]"#, #"[{"~":"nan"}]"#, false), (#"{"a":1,"b":[2]}"#, #"{"b":[2],"a":1}"#, true),
    (#"{"ok":[1]}"#, #"{"value":[1],"ok":true}"#, true),
    (#"{"error":"x"}"#, #"{"ok":false,"error":"x"}"#, true),
    (#"[{"ok":1}]"#, #"[{"ok":true,"value":2}]"#, false),
    (#"{"ok":null}"#, #"{"error":"x"}"#, false),
    (#"{"()":[1,{"a":2}]}"#, #"{"()":[1,{"a":2}]}"#, true),
    (#"[[1,[2,[3]]],"x"]"#, #"[[1,[2,[3]]],"x"]"#, true),
    (#"[[1,[2,[3]]],"x"]"#, #"[[1,[2,[4]]],"x"]"#, false),
  ])
  func equality(left: String, right: String, isEqual: Bool) throws {
    try BuiltinLab.run { lab throws in
      let values = try lab.values("[\(left),\(right)]")
      defer { for value in values { lab.heap.release(value) } }
      #expect(try lab.heap.equal(values[0], values[1]) == isEqual)
      #expect(try lab.heap.equal(values[1], values[0]) == isEqual)
      if isEqual { #expect(try lab.heap.hash(values[0]) == lab.heap.hash(values[1])) }
    }
  }

  @Test(arguments: [
    ("null", false), ("false", false), ("true", true), ("0", false), ("-0.0", false), ("-1", true),
    (#"{"~":"nan"}"#, false), (#"{"~":"inf"}"#, true), (#""""#, false), (#"" ""#, true),
    ("[]", false),
    ("[0]", true), ("{}", false), (#"{"a":null}"#, true), (#"{"()":[]}"#, false),
    (#"{"()":[null]}"#, true), (#"{"error":"x"}"#, true), (#"{"trigger":0}"#, true),
    ("9007199254740993", true),
  ])
  func truth(text: String, isTrue: Bool) throws {
    try BuiltinLab.run { lab throws in
      let value = try lab.values("[\(text)]")[0]
      defer { lab.heap.release(value) }
      #expect(lab.heap.isTruthy(value) == isTrue)
    }
  }

  /// Neighbours are in strict order, exactly, also where doubles and integers meet.
  @Test func numbersInOrder() throws {
    try BuiltinLab.run { lab throws in
      let ascending = [
        #"{"~":"-inf"}"#, "-1e300", "-9223372036854775808", "-9223372036854775807",
        "-9007199254740993", "-9007199254740992", "-9007199254740991.0", "-1.5", "-1", "-5e-324",
        "0", "5e-324", "0.5", "1", "9007199254740991", "9007199254740992", "9007199254740993",
        "9223372036854774784", "9223372036854775807", "9223372036854775808", "1e300",
        #"{"~":"inf"}"#,
      ]
      let values = try lab.values("[" + ascending.joined(separator: ",") + "]")
      defer { for value in values { lab.heap.release(value) } }
      for left in values.indices {
        for right in values.indices {
          #expect(try lab.heap.less(values[left], values[right]) == (left < right))
          #expect(try lab.heap.lessOrEqual(values[left], values[right]) == (left <= right))
          let order = lab.heap.compareForSort(values[left], values[right])
          #expect(order.signum() == (left - right).signum())
        }
      }
    }
  }

  @Test(arguments: [
    (#""10""#, #""9""#, true), (#""10""#, "9", false), ("null", "1", true), ("false", "true", true),
    (#""a""#, #""b""#, true), (#""a""#, #""ab""#, true), (#""é""#, #""z""#, false),
    (#"{"~":"nan"}"#, "1", false), ("1", #"{"~":"nan"}"#, false), (#"" 2 ""#, "3", true),
  ])
  func ordering(left: String, right: String, isLess: Bool) throws {
    try BuiltinLab.run { lab throws in
      let values = try lab.values("[\(left),\(right)]")
      defer { for value in values { lab.heap.release(value) } }
      #expect(try lab.heap.less(values[0], values[1]) == isLess)
    }
  }

  @Test func orderingOfOthers() throws {
    try BuiltinLab.run { lab throws in
      let values = try lab.values(#"[[1], 2]"#)
      defer { for value in values { lab.heap.release(value) } }
      let answer = lab.answer { () throws(Fault) in
        Value(bool: try lab.heap.less(values[0], values[1]))
      }
      #expect(answer == .trap("expected a number, got list"))
    }
  }

  @Test func interpolation() throws {
    try BuiltinLab.run { lab throws in
      var parts = try lab.values(#"["é=", 1.5, ", ", [null, {"()": [1]}], {"()": ["x"]}, ""]"#)
      defer { for part in parts { lab.heap.release(part) } }
      let answer = parts.withUnsafeMutableBufferPointer { parts in
        lab.answer { () throws(Fault) in
          guard let start = parts.baseAddress else { return .null }
          return try lab.heap.interpolate(start, count: parts.count)
        }
      }
      #expect(answer == .value(#""é=1.5, [null,[1]](\"x\",)""#))
    }
  }
}

/// Equality of shared values after many steps.
@Suite("Equality of what is shared")
struct SharedEqualityTests {
  @Test("A nan is different from itself wherever it is met")
  func nan() throws {
    for inner in ["n, n", "n, n, n", "o, n, n", "[n], [n]"] {
      let source = """
        n = [0 / 0]
        o = [1]
        a = [range(20000), \(inner), o, o, n]
        b = [range(20000), \(inner), o, o, n]
        finish [a == a, a == b, [range(20000), o, o] == [range(20000), o, [1]]]
        """
      #expect(try outcome(source) == "[false,false,true]")
    }
  }

  @Test("Shared lists are compared once with each other")
  func shared() throws {
    let source = """
      part = range(50000)
      same = range(50000)
      a = [part for i in range(5000)]
      b = [same for i in range(5000)]
      finish a == b
      """
    #expect(try outcome(source, bounds: Bounds(fuel: 100_000)) == "true")
  }
}
