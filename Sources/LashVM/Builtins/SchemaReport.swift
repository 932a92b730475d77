/// Explains why a value does not match a schema: every problem with its path, the first 20
/// and then how many more (rule TYP-6).
struct SchemaReport {
  private var matching: SchemaMatching
  private var problems: [String] = []
  private var path = "$"
  private var depth = 0
  /// Problems beyond those that are listed.
  private var omitted = 0

  private static let maximumProblems = 20
  /// Where counting ends: shared values can have more problems than anyone could count.
  private static let maximumOmitted = 1_000
  /// Bytes of a path beyond which it is not made longer.
  private static let longestPath = 1_000

  private var heap: Heap { matching.heap }

  init(_ matching: SchemaMatching) { self.matching = matching }

  /// All problems in one line.
  var text: String {
    problems.joined(separator: "; ")
      + (omitted == 0 ? "" : hasEnough ? "; and many more" : "; and \(omitted) more")
  }

  private var hasEnough: Bool { omitted >= Self.maximumOmitted }

  /// Whether a value matches; if not, `explain` finds out why.
  mutating func matches(_ value: Value, _ schema: Value) throws(Fault) -> Bool {
    try matching.matches(value, schema)
  }

  /// Ends the account of memory; to be called before it goes.
  mutating func forget() { matching.forget() }

  /// Notes the problems of a value that does not match.
  mutating func explain(_ value: Value, _ schemaValue: Value) throws(Fault) {
    try heap.checkFuel()
    // Matching went no deeper, so this is a type that is only itself.
    guard depth < SchemaMatching.maximumDepth else {
      note("no value has this type")
      return
    }
    depth += 1
    defer { depth -= 1 }
    let schema = Schema(schemaValue, in: heap)
    let found = Schema.kindName(value, in: heap)
    guard schema.acceptsKind(of: value) else {
      note("expected \(schema.typeName ?? "any"), got \(found)")
      return
    }
    if let choices = schema.list("enum"), !(try matching.accepts(value, choicesOf: schema)) {
      let wanted = Schema.text(of: choices, in: heap)
      note("expected one of [\(wanted)], got \(Schema.text(of: value, in: heap))")
      return
    }
    if let target = try matching.target(of: schema), !(try matching.matches(value, target)) {
      try explain(value, target)
    }
    if let alternatives = schema.list("anyOf") { try explain(value, alternatives, found) }
    if let items = heap.items(value), let itemSchema = schema["items"] {
      for position in items.indices where !hasEnough {
        try explain(items[position], itemSchema, at: "[\(position)]")
      }
    }
    if let fields = Fields(readable: value, in: heap) { try explain(fields, schema) }
  }

  /// The alternatives; into the one that is of the value's kind, if there is just one.
  private mutating func explain(
    _ value: Value, _ alternatives: UnsafeBufferPointer<Value>, _ found: String
  ) throws(Fault) {
    var names: [String] = []
    var candidates: [Value] = []
    for alternative in alternatives {
      if try matching.matches(value, alternative) { return }
      var schema = Schema(alternative, in: heap)
      if let target = try matching.target(of: schema) { schema = Schema(target, in: heap) }
      if schema.acceptsKind(of: value) { candidates.append(alternative) }
      names.append(schema.name)
    }
    if candidates.count == 1, heap.items(value) != nil || Fields(readable: value, in: heap) != nil {
      try explain(value, candidates[0])
    } else {
      note("expected one of [\(names.joined(separator: ", "))], got \(found)")
    }
  }

  /// The fields in the order of `properties`, then what else is required.
  private mutating func explain(_ fields: Fields, _ schema: Schema) throws(Fault) {
    let names = schema.list("required").map(Array.init) ?? []
    var missing: [[UInt8]] = []
    for name in names where name.isString {
      heap.charge(bytes: name.object.text.count)
      if fields.value(of: name.object.text) == nil { missing.append(Array(name.object.text)) }
    }
    let isMissing = Set(missing)
    let properties = schema.record("properties")
    for position in 0..<(properties?.count ?? 0) where !hasEnough {
      guard let properties else { break }
      let key = properties.key(at: position)
      heap.charge(bytes: key.count)
      if let value = fields.value(of: key) {
        try explain(value, properties.value(at: position), at: "." + Self.name(key))
      } else if isMissing.contains(Array(key)) {
        note("missing required field `\(Self.name(key))`")
      }
    }
    for name in missing {
      try name.withUnsafeBufferPointer { name throws(Fault) in
        guard properties?.value(of: name) == nil else { return }
        note("missing required field `\(Self.name(name))`")
      }
    }
  }

  private mutating func explain(
    _ value: Value, _ schema: Value, at step: String
  ) throws(Fault) {
    if try matching.matches(value, schema) { return }
    let outer = path
    if path.utf8.count < Self.longestPath { path += step }
    try explain(value, schema)
    path = outer
  }

  private mutating func note(_ problem: String) {
    if problems.count < Self.maximumProblems {
      problems.append("\(path): \(problem)")
    } else {
      omitted += 1
    }
  }

  private static func name(_ key: UnsafeBufferPointer<UInt8>) -> String {
    String(decoding: key.part(0, min(key.count, 200)), as: UTF8.self)
  }
}
