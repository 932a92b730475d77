import Testing

@testable import LashVM

/// Rules BLT-len to BLT-json_parse, BLT-format and BLT-keys to BLT-without.
struct RecordBuiltinTests {
  @Test(arguments: BuiltinCase.table(cases))
  func record(_ example: BuiltinCase) throws { try example.check() }

  private static let cases = #"""
    len("héllo") => 5
    len("") => 0
    len([1, 2]) => 2
    len({"()": [1, 2, 3]}) => 3
    len({"a": 1}) => 1
    len(null) => 0
    len({"ok": 1}) => 2
    len(true) => error: `len` requires a string, tuple, list, record, or null, got bool
    len({"image": "i"}) => error: `len` requires a string, tuple, list, record, or null, got image
    empty("") => true
    empty(" ") => false
    empty([]) => true
    empty({}) => true
    empty({"()": []}) => true
    empty(null) => true
    empty([null]) => false
    empty({"error": "x"}) => false
    empty(3) => error: `empty` requires a string, tuple, list, record, or null, got number
    contains("a12", 12) => true
    contains("abc", "") => true
    contains("", "") => true
    contains("", "a") => false
    contains("naïve", "ï") => true
    contains([[1]], [1]) => true
    contains([1], "1") => false
    contains({"()": [null]}, null) => true
    contains({"a": null}, "a") => true
    contains({"1": 0}, 1) => true
    contains({"ok": 1}, "value") => true
    contains({"ok": 1}, "error") => false
    contains(null, 1) => false
    contains("a", [1]) => error: expected text, got list
    contains({"a": 1, "b": 2}, [1]) => error: expected text, got list
    contains(5, 5) => error: `contains` requires a string/string, tuple/value, list/value, record/key, or null/value pair, got number
    type_of(null) => "null"
    type_of(true) => "bool"
    type_of(1.5) => "number"
    type_of(9007199254740993) => "number"
    type_of("s") => "string"
    type_of([]) => "list"
    type_of({"()": [1]}) => "tuple"
    type_of({}) => "record"
    type_of({"ok": 1}) => "record"
    type_of({"Type": {}}) => "type"
    type_of({"run": "1"}) => "handle"
    type_of({"module": "m"}) => "module"
    type_of({"image": "i"}) => "image"
    type_of({"process": "p"}) => "process"
    type_of({"descriptor": 1}) => "descriptor"
    keys({"b": 1, "a": [2]}) => ["b", "a"]
    keys({"ok": 5}) => ["ok", "value"]
    keys({"error": "e"}) => ["ok", "error"]
    keys(null) => []
    keys("s") => error: `keys` requires a record or null, got string
    keys({"run": "1"}) => error: `keys` requires a record or null, got handle
    values({"x": [1], "y": {"z": 2}}) => [[1], {"z": 2}]
    values({"ok": 5}) => [true, 5]
    values(null) => []
    values(7) => error: `values` requires a record or null, got number
    entries({"b": 1, "a": [2]}) => [{"()": ["b", 1]}, {"()": ["a", [2]]}]
    entries(null) => []
    entries([1]) => error: `entries` requires a record or null, got list
    from_entries([{"()": ["a", 1]}, ["b", 2], {"()": ["a", 3]}]) => {"a": 3, "b": 2}
    from_entries([{"()": [7, null]}, {"()": [null, 1]}]) => {"7": null, "null": 1}
    from_entries([]) => {}
    from_entries([5]) => error: `from_entries` item 0 must be a (key, value) pair, got number
    from_entries([["a", 1], ["b"]]) => error: `from_entries` item 1 must be a (key, value) pair, got list
    from_entries([[[1], 1]]) => error: expected text, got list
    from_entries({"a": 1}) => error: `from_entries` requires a list or tuple, got record
    merge({"a": 1, "b": {"x": 1}}, {"b": {"y": 2}, "c": 3}, null) => {"a": 1, "b": {"y": 2}, "c": 3}
    merge(null) => {}
    merge(null, {"a": 1}) => {"a": 1}
    merge({"ok": 1}, {"x": 2}) => {"ok": true, "value": 1, "x": 2}
    merge({"a": 1}, [2]) => error: `merge` requires a record or null, got list
    without({"a": 1, "b": 2, "c": 3}, "b") => {"a": 1, "c": 3}
    without({"a": 1, "b": 2, "c": 3}, ["a", "zz", "c"]) => {"b": 2}
    without({"a": 1, "b": 2, "c": 3}, {"()": []}) => {"a": 1, "b": 2, "c": 3}
    without({"1": 1}, 1) => {}
    without(null, "a") => {}
    without({"a": 1, "b": 2}, [[1]]) => error: expected text, got list
    without([1], "a") => error: `without` requires a record or null, got list
    to_string("s") => "s"
    to_string(2.0) => "2"
    to_string(-0.0) => "0"
    to_string(null) => "null"
    to_string([1, "a", null, {"~": "inf"}]) => "[1,\"a\",null,null]"
    to_string({"b": [true], "a": {"()": [2]}}) => "{\"b\":[true],\"a\":[2]}"
    to_string({"()": [1, "x", [1, {"()": [2]}], {"()": [2]}, {"~": "nan"}, null]}) => "(1, \"x\", [1,[2]], (2,), nan, null)"
    to_string({"()": []}) => "()"
    to_string(["q\"x", "l\nm\t\r\b\f", "b\\", "\u0001\u001f\u007f", "é😀"]) => "[\"q\\\"x\",\"l\\nm\\t\\r\\b\\f\",\"b\\\\\",\"\\u0001\\u001f\u007f\",\"é😀\"]"
    to_string({"ok": [1]}) => "{\"ok\":true,\"value\":[1]}"
    to_string({"error": "e"}) => "{\"ok\":false,\"error\":\"e\"}"
    to_string({"run": "7"}) => "{\"$run\":\"7\",\"process\":\"p\"}"
    to_string({"module": "a.b"}) => "{\"$module\":\"a.b\"}"
    to_string({"image": "i"}) => "{\"type\":\"image\",\"id\":\"i\",\"label\":\"l\",\"mime\":\"m\",\"size\":3,\"width\":4,\"height\":null}"
    to_string({"Type": {"type": "string"}}) => "{\"$type\":{\"type\":\"string\"}}"
    to_string({"descriptor": [1]}) => "{\"$descriptor\":\"T\",\"value\":[1]}"
    to_string({"process": "p"}) => "{\"$process\":\"p\"}"
    to_string({"trigger": 0}) => "{\"$trigger\":\"event\"}"
    to_json({"b": 1, "a": "x"}) => "{\"b\":1,\"a\":\"x\"}"
    to_json("s") => "\"s\""
    to_json({"()": [1, {"~": "inf"}]}) => "[1,null]"
    to_json({"a": [1], "e": {}, "l": []}, 2) => "{\n  \"a\": [\n    1\n  ],\n  \"e\": {},\n  \"l\": []\n}"
    to_json([1, [2]], 1) => "[\n 1,\n [\n  2\n ]\n]"
    to_json([1], 0) => "[1]"
    to_json([1], null) => "[1]"
    to_json(9007199254740993, 10) => "9007199254740993"
    to_json([1], 11) => error: `to_json` indent must be an integer from 0 to 10
    to_json([1], -1) => error: `to_json` indent must be an integer from 0 to 10
    to_json([1], "2") => error: `to_json` indent must be a finite integer, got string
    json_parse("{\"b\":[1.50,{\"a\":null}],\"c\":-0}") => {"b": [1.5, {"a": null}], "c": 0}
    json_parse("{\"b\":1,\"a\":2,\"b\":3}") => {"b": 3, "a": 2}
    json_parse("[[[[1]]],{\"\":{\"é\":\"\\u00e9\"}}]") => [[[[1]]], {"": {"é": "é"}}]
    json_parse("\"\\ud83d\\ude00\"") => "😀"
    json_parse("9007199254740993") => 9007199254740993
    json_parse("{\"ok\":true,\"value\":5}") => {"ok": true, "value": 5}
    json_parse(5) => 5
    json_parse(null) => null
    json_parse(true) => true
    json_parse("[1,]") => error: invalid json: expected a value after `,`, found `]` at line 1, column 4
    json_parse("") => error: invalid json: expected a value, found end of input at line 1, column 1
    json_parse("{\n  \"a\": tru\n}") => error: invalid json: expected a value, found `tru` at line 2, column 8
    json_parse([1]) => error: expected text, got list
    format("{} has {}", "Ada", [1]) => "Ada has [1]"
    format("{1}/{0}", 2, 7) => "7/2"
    format("{0}{0}", "a") => "aa"
    format("{{}}") => "{}"
    format("{{{}}}", 5) => "{5}"
    format("a{{b}}c") => "a{b}c"
    format("{:>4}|{:.2f}", "ab", 1.5) => "  ab|1.50"
    format("{1:,}|{0:^5}", "x", 12345) => "12,345|  x  "
    format("é{}😀", "ü") => "éü😀"
    format("{}", {"()": [1, "x"]}) => "(1, \"x\")"
    format("plain") => "plain"
    format("{}") => error: format slot `{}` is out of range
    format("{2}", 1, 2) => error: format slot `2` is out of range
    format("{99999999999999999999}", 1) => error: bad format slot `99999999999999999999`
    format("{}", 1, 2) => error: format argument `1` is unused
    format("{1}", 1, 2) => error: format argument `0` is unused
    format("{} {0}", 1) => error: can't mix `{}` and indexed format placeholders
    format("{0} {}", 1) => error: can't mix `{}` and indexed format placeholders
    format("{name}", 1) => error: invalid format placeholder
    format("{ }", 1) => error: invalid format placeholder
    format("{-1}", 1) => error: invalid format placeholder
    format("{\"a\": {}}", 1) => error: invalid format placeholder
    format("a } b", 1) => error: unmatched `}` in format string
    format("a {", 1) => error: unmatched `{` in format string
    format("{:x}", 1) => error: invalid format spec `x`
    format("{:.2f}", "1") => error: format spec `.2f` needs a number, got string
    format(5) => error: `format` template must be a string, got number
    """#

  /// Records of many keys are hash tables inside; that must not show.
  @Test func manyKeys() throws {
    let keys = (0..<300).map { "k\(($0 * 7) % 300)" }
    let record = "{" + keys.map { "\"\($0)\":\"\($0)\"" }.joined(separator: ",") + "}"
    let names = "[" + keys.map { "\"\($0)\"" }.joined(separator: ",") + "]"
    for line in [
      "keys(\(record)) => \(names)", "values(\(record)) => \(names)", "len(\(record)) => 300",
      "merge(\(record), \(record)) => \(record)", "merge({}, \(record)) => \(record)",
      "without(\(record), \(names)) => {}", "contains(\(record), \"k299\") => true",
      "unique([\(record), \(record)]) => [\(record)]",
    ] {
      try BuiltinCase.table(line)[0].check()
    }
  }
}
