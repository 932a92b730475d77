import LashLang

extension BuiltinTable {
  /// `json_parse(s)`: the value of JSON text.
  static func jsonParse(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    try heap.withText(arguments[0]) { text throws(Fault) in
      try heap.parseJSON(text.object.text)
    }
  }

  /// `to_json(v, indent?)`: JSON text, compact or indented; at most 128 levels deep.
  static func toJSON(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    var indent = 0
    if count > 1, !arguments[1].isNull {
      indent = try heap.integer(arguments[1], "indent", of: .toJSON)
      guard 0...10 ~= indent else {
        throw heap.trap(.valueError, "`to_json` indent must be an integer from 0 to 10")
      }
    }
    return try heap.buildString { builder throws(Fault) in
      try heap.appendJSON(of: arguments[0], to: &builder, indent: indent)
    }
  }
}
