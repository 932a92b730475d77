import LashLang
import Testing

@testable import LashVM

/// Rules BND-1, BND-4 and BND-6: bad input costs no more than its size, and memory is bounded.
struct HostileBuiltinTests {
  @Test(arguments: [
    (Builtin.repeat, #"["x", 1e12]"#), (.repeat, #"["xy", 1e300]"#),
    (.padStart, #"["x", 1e12]"#), (.padEnd, #"["x", 1e300, "añ"]"#), (.range, "[1000000]"),
  ])
  func outOfMemory(_ builtin: Builtin, _ arguments: String) throws {
    try BuiltinLab.run(limit: 1 << 20) { lab throws in
      #expect(try lab.call(builtin, lab.values(arguments)) == .outOfMemory)
    }
  }

  /// Whatever the bound, running into it leaks nothing and breaks nothing.
  @Test(arguments: [
    #"split("a,b,c,d,e,f,g,h,i,j", ",") => ["a","b","c","d","e","f","g","h","i","j"]"#,
    #"sort(["b", "a", "d", "c"]) => ["a","b","c","d"]"#,
    #"merge({"a": 1}, {"b": 2, "c": 3}) => {"a": 1, "b": 2, "c": 3}"#,
    #"without({"a": 1, "b": 2}, ["a"]) => {"b": 2}"#,
    #"group_by([{"t": "x"}, {"t": "y"}], "t") => {"x": [{"t": "x"}], "y": [{"t": "y"}]}"#,
    #"json_parse("{\"a\":[1,{\"b\":\"text\"}],\"c\":{}}") => {"a": [1, {"b": "text"}], "c": {}}"#,
    #"entries({"a": [1], "b": 2}) => [{"()": ["a", [1]]}, {"()": ["b", 2]}]"#,
    #"from_entries([["a", 1], ["b", 2]]) => {"a": 1, "b": 2}"#,
    #"format("{} {}", "one", [1, 2]) => "one [1,2]""#,
    #"grep_text("a\nb\na", "a") => [{"line":1,"text":"a","match":"a","start":0,"end":1},{"line":3,"text":"a","match":"a","start":0,"end":1}]"#,
    #"enumerate(["x", "y"], 9007199254740993) => [{"()":[9007199254740993,"x"]},{"()":[9007199254740994,"y"]}]"#,
    #"push([1, 2], "x") => [1, 2, "x"]"#,
    #"zip([1, 2], ["a", "b"]) => [{"()":[1,"a"]},{"()":[2,"b"]}]"#,
    #"unique(["a", "b", "a"]) => ["a", "b"]"#, #"lower("ÄÖ") => "äö""#,
    #"pad_end("a", 100, "bc") => ""#,
  ])
  func everyBound(_ line: String) throws {
    let example = try #require(BuiltinCase.table(line).first)
    var limit = 64
    var succeeded = false
    while !succeeded {
      try BuiltinLab.run(limit: limit) { lab throws in
        guard let arguments = try? lab.values(example.arguments) else { return }
        if case .value = lab.call(example.builtin, arguments) { succeeded = true }
      }
      limit += 16
      try #require(limit < 1 << 16)
    }
  }

  /// Texts on which a naive search compares a million times a million bytes.
  @Test func searchIsLinear() throws {
    try BuiltinLab.run { lab throws in
      let heap = lab.heap
      let many = String(repeating: "a", count: 1_000_000)
      func strings(_ texts: String...) throws -> [Value] {
        try texts.map { Value(try heap.makeString($0)) }
      }
      let needle = String(repeating: "a", count: 300_000)
      #expect(try lab.call(.contains, strings(many, needle + "b")) == .value("false"))
      #expect(try lab.call(.contains, strings(many, "b" + needle)) == .value("false"))
      #expect(try lab.call(.find, strings(many + "b", needle + "b")) == .value("700000"))
      let halves = needle + "b" + needle
      #expect(try lab.call(.contains, strings(many, halves)) == .value("false"))
      #expect(
        try lab.call(.split, strings(many, needle))
          == .value(#"["","","","\#(String(repeating: "a", count: 100_000))"]"#))
      let sigma = String(repeating: "Σ'", count: 100_000)
      guard case .value = lab.call(.lower, try strings(sigma)) else {
        Issue.record("not lowered")
        return
      }
    }
  }

  @Test func deepJSON() throws {
    try BuiltinLab.run { lab throws in
      let open = String(repeating: "[", count: 100_000)
      let answer = lab.call(.jsonParse, [Value(try lab.heap.makeString(open))])
      #expect(
        answer == .trap("invalid json: nested more than 128 levels deep at line 1, column 129"))
      let close = String(repeating: "]", count: 128)
      let deepest = String(repeating: "[", count: 128) + close
      let text = Value(try lab.heap.makeString(deepest))
      #expect(lab.call(.jsonParse, [text]) == .value(deepest))
    }
  }

  /// 100,000 lists in one another: everything that walks values ends, and frees them without recursion.
  @Test func deepValues() throws {
    try BuiltinLab.run { lab throws in
      let heap = lab.heap
      let tooDeep = "the value nests more than 128 levels deep"
      func deep() throws -> Value { try lab.nested(Value(double: 1), times: 100_000) }
      #expect(try lab.call(.toString, [deep()]) == .trap(tooDeep))
      #expect(try lab.call(.toJSON, [deep()]) == .trap(tooDeep))
      #expect(try lab.call(.len, [deep()]) == .value("1"))
      let list = try heap.makeList(capacity: 2)
      list.values[0] = try deep()
      list.values[1] = try deep()
      list.pointee.count = 2
      #expect(try heap.equal(list.values[0], list.values[1]))
      #expect(try heap.hash(list.values[0]) == heap.hash(list.values[1]))
      let other = try lab.nested(Value(double: 2), times: 100_000)
      #expect(try !heap.equal(list.values[0], other))
      #expect(lab.call(.indexOf, [Value(list), other]) == .value("null"))
      guard
        case .trap = lab.call(.validate, try [deep()] + lab.values(##"[{"Type":{"$ref":"#"}}]"##))
      else {
        Issue.record("a type that is only itself has a value")
        return
      }
    }
  }

  /// 2^60 leaves in 60 blocks.
  @Test func sharedValues() throws {
    try BuiltinLab.run { lab throws in
      let a = try lab.doubled(Value(double: 1), times: 60)
      let b = try lab.doubled(Value(double: 1), times: 60)
      let c = try lab.doubled(Value(double: 2), times: 60)
      let nan = try lab.doubled(Value(double: .nan), times: 60)
      defer { for value in [a, b, c, nan] { lab.heap.release(value) } }
      #expect(try lab.heap.equal(a, a))
      #expect(try lab.heap.equal(a, b))
      #expect(try !lab.heap.equal(a, c))
      #expect(try !lab.heap.equal(nan, nan))
      #expect(try lab.heap.hash(a) == lab.heap.hash(b))
      #expect(try lab.heap.hash(a) != lab.heap.hash(c))
    }
  }

  @Test func chargesFuel() throws {
    try BuiltinLab.run { lab throws in
      let text = String(repeating: "x", count: 64_000)
      _ = lab.call(
        .contains, [Value(try lab.heap.makeString(text)), Value(try lab.heap.makeString("y"))])
      #expect(lab.heap.state.pointee.charged >= 1_000)
      lab.heap.state.pointee.charged = 0
      // 1,000 items: 1,000 × ⌈log₂ 1,000⌉ elements for the order, 1,000 for the walk.
      let items = "[" + (0..<1_000).map(String.init).joined(separator: ",") + "]"
      var slots = try lab.values("[\(items)]")
      lab.heap.release(try BuiltinTable.sort(lab.heap, &slots, 1))
      #expect(lab.heap.state.pointee.charged == (1_000 * 10) / 8 + 1_000 / 8)
    }
  }
}
