import LashLang

extension BuiltinTable {
  /// `validate(v, T)`: `v`, if the type admits it (rule TYP-5); else traps with its problems (TYP-6).
  static func validate(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    guard arguments[1].isKind(.type) else {
      throw heap.trap(
        .typeError, "`validate` requires a Type literal as the second argument",
        hint: "such as `Type { id: int }`, or the name of a `type` declaration")
    }
    let schema = arguments[1].object.values[0]
    var report = SchemaReport(SchemaMatching(heap: heap, root: schema))
    defer { report.forget() }
    if !(try report.matches(arguments[0], schema)) {
      try report.explain(arguments[0], schema)
      throw heap.trap(.valueError, "validation failed: \(report.text)")
    }
    return heap.copy(arguments[0])
  }
}
