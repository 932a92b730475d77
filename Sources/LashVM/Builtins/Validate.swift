import LashLang

extension BuiltinTable {
  /// `validate(v, T)` (rule TYP-5): `v` unchanged, or a value error that lists what does not fit.
  static func validate(_ heap: Heap, _ arguments: Arguments, _ count: Int) throws(Fault) -> Value {
    guard arguments[1].isKind(.type) else {
      throw heap.trap(
        .typeError, "`validate` requires a Type literal as the second argument, got "
          + heap.typeName(arguments[1]),
        hint: "pass `Type { … }`, the name of a declared type, or a variable that holds one")
    }
    var validation = Validation(heap: heap, root: arguments[1].object.values[0])
    try validation.check(arguments[0], validation.root, at: Validation.Path.root, depth: 0)
    guard validation.problems.isEmpty else {
      let more = validation.omitted > 0 ? "; and \(validation.omitted) more" : ""
      throw heap.trap(
        .valueError,
        "validation failed: " + validation.problems.joined(separator: "; ") + more)
    }
    return heap.take(arguments)
  }
}

/// A value being compared with a JSON Schema, as `SchemaBridge` writes them.
private struct Validation {
  let heap: Heap
  let root: Value
  private(set) var problems: [String] = []
  private(set) var omitted = 0

  /// The most problems that are listed.
  private static let limit = 20
  /// The deepest nesting that is followed.
  private static let maximumDepth = 128

  init(heap: Heap, root: Value) {
    self.heap = heap
    self.root = root
  }

  /// Where a part stands in the value, as a chain back to the root.
  indirect enum Path {
    case root
    case field(Path, String)
    case item(Path, Int)

    /// `$.rows[1].id`
    var text: String {
      switch self {
      case .root: "$"
      case .field(let parent, let name): "\(parent.text).\(name)"
      case .item(let parent, let index): "\(parent.text)[\(index)]"
      }
    }
  }

  private mutating func report(_ path: Path, _ problem: String) {
    if problems.count < Self.limit {
      problems.append("\(path.text): \(problem)")
    } else {
      omitted += 1
    }
  }

  /// Notes what of `value` does not fit `schema`.
  mutating func check(
    _ value: Value, _ schema: Value, at path: Path, depth: Int
  ) throws(Fault) {
    guard depth < Self.maximumDepth else {
      throw heap.trap(
        .valueError, "validation failed: \(path.text): nested too deeply (limit "
          + "\(Self.maximumDepth) levels)")
    }
    heap.charge(elements: 8)
    guard let schema = resolved(schema) else { return }
    if let members = list(heap.field(schema, "anyOf")) {
      try checkUnion(value, members, at: path, depth: depth)
      return
    }
    guard let expected = text(heap.field(schema, "type")) else { return }
    guard fits(value, expected) else {
      report(path, "expected \(expected), got \(found(value))")
      return
    }
    if let members = list(heap.field(schema, "enum")) {
      if !members.contains(where: { heap.equal($0, value) }) {
        let names = members.map { heap.string($0) }.joined(separator: ", ")
        report(path, "expected one of [\(names)], got \(heap.string(value))")
      }
    } else if expected == "array", let items = heap.field(schema, "items") {
      for (index, item) in (heap.items(value) ?? UnsafeBufferPointer(start: nil, count: 0))
        .enumerated()
      {
        try check(item, items, at: .item(path, index), depth: depth + 1)
      }
    } else if expected == "object" {
      try checkFields(value, schema, at: path, depth: depth)
    }
  }

  /// The fields that the schema names, in its order; others are accepted.
  private mutating func checkFields(
    _ value: Value, _ schema: Object, at path: Path, depth: Int
  ) throws(Fault) {
    guard let properties = heap.field(schema, "properties"), properties.isRecord,
      let fields = Fields(readable: value, in: heap)
    else { return }
    let required = list(heap.field(schema, "required"))
    for position in 0..<Int(properties.object.pointee.count) {
      let key = heap.fieldKey(properties.object, at: position)
      let type = heap.fieldValue(properties.object, at: position)
      if let part = fields.value(of: key.object.text) {
        try check(part, type, at: .field(path, heap.string(key)), depth: depth + 1)
      } else if required?.contains(where: { heap.equal($0, key) }) == true {
        report(path, "missing required field `\(heap.string(key))`\(similar(to: key, in: fields))")
      }
    }
  }

  /// Names a field that the value has and whose name is close to the missing one.
  private func similar(to key: Value, in fields: Fields) -> String {
    guard fields.isRecord, fields.count <= 100 else { return "" }
    let names = (0..<fields.count).map { heap.string(heap.fieldKey(fields.object, at: $0)) }
    guard let name = Spelling.closest(to: heap.string(key), among: names) else { return "" }
    return " (found `\(name)`)"
  }

  private mutating func checkUnion(
    _ value: Value, _ members: UnsafeBufferPointer<Value>, at path: Path, depth: Int
  ) throws(Fault) {
    for member in members {
      var attempt = Validation(heap: heap, root: root)
      try attempt.check(value, member, at: path, depth: depth + 1)
      if attempt.problems.isEmpty { return }
    }
    let names = members.map(describe).joined(separator: ", ")
    report(path, "expected one of [\(names)], got \(found(value))")
  }

  private func describe(_ member: Value) -> String {
    guard let schema = resolved(member) else { return "any" }
    if let values = list(heap.field(schema, "enum")) {
      return "enum[\(values.map { heap.string($0) }.joined(separator: ", "))]"
    }
    return text(heap.field(schema, "type")) ?? "any"
  }

  /// Follows `#/$defs/Name`; `nil` for what is no schema record.
  private func resolved(_ schema: Value) -> Object? {
    guard schema.isRecord else { return nil }
    guard let reference = text(heap.field(schema.object, "$ref")) else { return schema.object }
    guard root.isRecord, let definitions = heap.field(root.object, "$defs"), definitions.isRecord
    else { return nil }
    let prefix = "#/$defs/"
    guard reference.hasPrefix(prefix) else { return nil }
    for position in 0..<Int(definitions.object.pointee.count)
    where heap.string(heap.fieldKey(definitions.object, at: position))
      == reference.dropFirst(prefix.count)
    {
      let target = heap.fieldValue(definitions.object, at: position)
      return target.isRecord ? target.object : nil
    }
    return nil
  }

  private func fits(_ value: Value, _ type: String) -> Bool {
    switch type {
    case "string": value.isString
    case "integer": Number(value).map(\.isWhole) ?? false
    case "number": Number(value).map(\.double.isFinite) ?? false
    case "boolean": value.isBool
    case "null": value.isNull
    case "array": value.isList || value.isKind(.tuple)
    case "object": value.isRecord || value.isKind(.result)
    default: true
    }
  }

  private func found(_ value: Value) -> String {
    switch heap.typeName(value) {
    case "bool": "boolean"
    case "list", "tuple": "array"
    case "record": "object"
    case "number": Number(value).map(\.isWhole) == true ? "integer" : "number"
    case let name: name
    }
  }

  private func text(_ value: Value?) -> String? {
    value.flatMap { $0.isString ? heap.string($0) : nil }
  }

  private func list(_ value: Value?) -> UnsafeBufferPointer<Value>? {
    value.flatMap { $0.isList ? $0.object.items : nil }
  }
}
