import LashLang
import Testing

@testable import LashVM

/// Rules BLT-push to BLT-group_by, and BLT-slice.
struct ListBuiltinTests {
  @Test(arguments: BuiltinCase.table(cases))
  func list(_ example: BuiltinCase) throws { try example.check() }

  private static let cases = #"""
    push([1], [2]) => [1, [2]]
    push([], null) => [null]
    push({"()": [1]}, 2) => error: `push` requires a list as the first argument, got tuple
    push(null, 1) => error: `push` requires a list as the first argument, got null
    reverse([1, 2, 3]) => [3, 2, 1]
    reverse([]) => []
    reverse({"()": [1, "a"]}) => ["a", 1]
    reverse("abc") => error: `reverse` requires a list or tuple, got string
    slice("hello", -3, null) => "llo"
    slice("abcdef", 1, 3) => "bc"
    slice("abcdef", 2, 100) => "cdef"
    slice("abcdef", -100, 2) => "ab"
    slice("abc", 2, 1) => ""
    slice("abc", null, null) => "abc"
    slice("naïve 😀", 2, 4) => "ïv"
    slice("naïve 😀", -1, null) => "😀"
    slice("abcdef", "1", true) => ""
    slice([1, 2, 3], 1, 99) => [2, 3]
    slice([1, 2, 3, 4, 5], -2, null) => [4, 5]
    slice([1, 2, 3], 9, 12) => []
    slice([1, 2, 3], -1e300, 1e300) => [1, 2, 3]
    slice([1, 2, 3], null, -9223372036854775808) => []
    slice({"()": [1, 2, 3]}, null, -1) => {"()": [1, 2]}
    slice({"()": []}, 0, 1) => {"()": []}
    slice("abc", 0.5, 2) => error: index must be an integer
    slice("abc", {"~": "inf"}, 2) => error: index must be an integer
    slice("abc", [], 2) => error: expected a number, got list
    slice(4, 0, 1) => error: `slice` requires a string, tuple, or list, got number
    slice({"a": 1}, 0, 1) => error: `slice` requires a string, tuple, or list, got record
    flatten([[1], {"()": [2, [3]]}, 4, [], {"a": [5]}]) => [1, 2, [3], 4, {"a": [5]}]
    flatten([]) => []
    flatten("ab") => error: `flatten` requires a list or tuple, got string
    zip([1, 2, 3], ["a", "b"]) => [{"()": [1, "a"]}, {"()": [2, "b"]}]
    zip([1], {"()": [2]}, [3, 4]) => [{"()": [1, 2, 3]}]
    zip([], [1]) => []
    zip([1], "a") => error: `zip` requires a list or tuple, got string
    enumerate(["x", "y"]) => [{"()": [0, "x"]}, {"()": [1, "y"]}]
    enumerate({"()": ["x"]}, 1) => [{"()": [1, "x"]}]
    enumerate(["x", "y"], 9007199254740992) => [{"()": [9007199254740992, "x"]}, {"()": [9007199254740993, "y"]}]
    enumerate(["x"], 0.5) => error: `enumerate` start must be a finite integer
    enumerate(["x"], "1") => error: `enumerate` start must be a finite integer, got string
    unique([1, 2, 1, [3], [3], 1.0]) => [1, 2, [3]]
    unique(["b", "a", "b", "A"]) => ["b", "a", "A"]
    unique([{"a": 1, "b": 2}, {"b": 2, "a": 1}]) => [{"a": 1, "b": 2}]
    unique([[1], {"()": [1]}, null, false, 0, "", null]) => [[1], {"()": [1]}, null, false, 0, ""]
    unique([{"~": "nan"}, {"~": "nan"}]) => [{"~": "nan"}, {"~": "nan"}]
    unique([9007199254740993, 9007199254740992, 9007199254740993]) => [9007199254740993, 9007199254740992]
    unique([{"ok": [1]}, {"x": 0}]) => [{"ok": [1]}, {"x": 0}]
    unique({"()": []}) => []
    unique("aa") => error: `unique` requires a list or tuple, got string
    sort([3, 1, 2]) => [1, 2, 3]
    sort(["pear", "Apple", "fig", "é", "", "z"]) => ["", "Apple", "fig", "pear", "z", "é"]
    sort(["10", "9", "Z", "z"]) => ["10", "9", "Z", "z"]
    sort(["\ud83d\ude00", "\uffff"]) => ["\uffff", "\ud83d\ude00"]
    sort([true, false, true]) => [false, true, true]
    sort([null, null]) => [null, null]
    sort({"()": [2, 1]}) => [1, 2]
    sort([]) => []
    sort([1, 3, 2], "desc") => [3, 2, 1]
    sort([1, 3, 2], "asc") => [1, 2, 3]
    sort([{"~": "nan"}, 1, {"~": "-inf"}, {"~": "inf"}]) => [{"~": "-inf"}, 1, {"~": "inf"}, {"~": "nan"}]
    sort([9007199254740993, 9007199254740992, 9007199254740994]) => [9007199254740992, 9007199254740993, 9007199254740994]
    sort([1, "a"]) => error: `sort` item 1 (string) is not comparable with item 0 (number)
    sort([1, null]) => error: `sort` item 1 (null) is not comparable with item 0 (number)
    sort([[1], [2]]) => error: `sort` item 0 (list) is not comparable with item 0 (list)
    sort([1], "down") => error: `sort` order must be "asc" or "desc"
    sort([1], true) => error: `sort` order must be text, got bool
    sort("cab") => error: `sort` requires a list or tuple, got string
    sort_by([{"u": {"age": 30}, "n": 1}, {"u": {"age": 20}, "n": 2}, {"u": {"age": 30}, "n": 3}], "u.age") => [{"u": {"age": 20}, "n": 2}, {"u": {"age": 30}, "n": 1}, {"u": {"age": 30}, "n": 3}]
    sort_by([{"v": 1, "n": 1}, {"v": 2, "n": 2}, {"v": 1, "n": 3}], "v", "desc") => [{"v": 2, "n": 2}, {"v": 1, "n": 1}, {"v": 1, "n": 3}]
    sort_by([], "v") => []
    sort_by([{"ok": 2}, {"ok": 1}], "value") => [{"ok": 1}, {"ok": 2}]
    sort_by([{"v": 1}, {"w": 2}], "v") => error: `sort_by` item 1 is missing field path `v`
    sort_by([{"v": 1}], "v.w") => error: `sort_by` item 0 is missing field path `v.w`
    sort_by([{"v": 1}], "v.") => error: `sort_by` item 0 is missing field path `v.`
    sort_by([{"v": 1}, {"v": "a"}], "v") => error: `sort_by` item 1 (string) is not comparable with item 0 (number)
    sort_by([1], "v") => error: `sort_by` item 0 must be a record, got number
    sort_by([], "") => error: `sort_by` field path must not be empty
    sort_by([], 5) => error: `sort_by` field path must be text, got number
    any([0, "x"]) => true
    any([]) => false
    any([0, "", [], {}, null, {"()": []}, {"~": "nan"}]) => false
    all([1, ""]) => false
    all([]) => true
    all({"()": [1, [0], {"a": null}]}) => true
    all(1) => error: `all` requires a list or tuple, got number
    count([1, 2, 1, "1"], 1) => 2
    count({"()": []}, 1) => 0
    count("aa", "a") => error: `count` requires a list or tuple, got string
    index_of(["a", [2]], [2]) => 1
    index_of([1], 2) => null
    index_of({"a": 1}, 2) => error: `index_of` requires a list or tuple, got record
    group_by([{"t": "b", "n": 1}, {"t": "a", "n": 2}, {"t": "b", "n": 3}], "t") => {"b": [{"t": "b", "n": 1}, {"t": "b", "n": 3}], "a": [{"t": "a", "n": 2}]}
    group_by([{"t": 1}, {"t": "1"}, {"t": null}], "t") => {"1": [{"t": 1}, {"t": "1"}], "null": [{"t": null}]}
    group_by([], "t") => {}
    group_by([{"t": [1]}], "t") => error: expected text, got list
    group_by([{"t": 1}, {}], "t") => error: `group_by` item 1 is missing field path `t`
    group_by([7], "t") => error: `group_by` item 0 must be a record, got number
    """#

  /// A builtin may change a list that nothing else has; others must not see it.
  @Test(arguments: [Builtin.push, .reverse, .sort])
  func keepsSharedLists(_ builtin: Builtin) throws {
    try BuiltinLab.run { lab throws in
      let list = try lab.values("[[3, 1, 2]]")[0]
      let more = builtin == .push ? [Value(double: 0)] : []
      _ = lab.call(builtin, [lab.heap.copy(list)] + more)
      #expect(lab.answer { lab.heap.copy(list) } == .value("[3,1,2]"))
      let alone = lab.call(builtin, [list] + more)
      let expected = builtin == .push ? "[3,1,2,0]" : builtin == .sort ? "[1,2,3]" : "[2,1,3]"
      #expect(alone == .value(expected))
    }
  }
}
