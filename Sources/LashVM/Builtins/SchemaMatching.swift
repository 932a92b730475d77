import LashLang

/// Decides whether values match schemas. Each pair of a value and a schema is decided once, so that neither
/// shared values nor alternatives within alternatives multiply the work.
struct SchemaMatching {
  let heap: Heap
  private let root: Value
  private var known: [Pair: Bool] = [:]
  private var depth = 0

  private struct Pair: Hashable {
    var value: UInt64
    var schema: UInt64
  }

  /// Steps into values, alternatives and references within one another: a level of a value, of which
  /// JSON has 128, takes up to three.
  static let maximumDepth = 512

  init(heap: Heap, root: Value) {
    self.heap = heap
    self.root = root
  }

  /// Whether a value matches. Traps beyond the depth, and for a `$ref` that leads nowhere.
  mutating func matches(_ value: Value, _ schemaValue: Value) throws(Fault) -> Bool {
    let schema = Schema(schemaValue, in: heap)
    guard schema.acceptsKind(of: value) else { return false }
    let isPlain = !value.isHeap || value.isString || value.isNumber
    if isPlain, schema["anyOf"] == nil, schema["$ref"] == nil {
      return try accepts(value, choicesOf: schema)
    }
    let pair = Pair(value: value.bits, schema: schemaValue.bits)
    // A pair that is being decided counts as no match: a type that is only itself has no values.
    if let answer = known.updateValue(false, forKey: pair) {
      known[pair] = answer
      return answer
    }
    guard depth < Self.maximumDepth else {
      throw heap.trap(
        .valueError, "`validate` goes no deeper than \(Self.maximumDepth) steps")
    }
    depth += 1
    let answer = try decide(value, schema)
    depth -= 1
    known[pair] = answer
    return answer
  }

  private mutating func decide(_ value: Value, _ schema: Schema) throws(Fault) -> Bool {
    guard try accepts(value, choicesOf: schema) else { return false }
    if let target = try target(of: schema), !(try matches(value, target)) { return false }
    if let alternatives = schema.list("anyOf") {
      heap.charge(elements: alternatives.count)
      var found = false
      for alternative in alternatives where !found { found = try matches(value, alternative) }
      guard found else { return false }
    }
    if let items = heap.items(value), let itemSchema = schema["items"] {
      heap.charge(elements: items.count)
      for item in items where !(try matches(item, itemSchema)) { return false }
    }
    guard let fields = Fields(readable: value, in: heap) else { return true }
    if let properties = schema.record("properties") {
      heap.charge(elements: properties.count)
      for position in 0..<properties.count {
        guard let field = fields.value(of: properties.key(at: position)) else { continue }
        guard try matches(field, properties.value(at: position)) else { return false }
      }
    }
    return schema.list("required")?.allSatisfy {
      !$0.isString || fields.value(of: $0.object.text) != nil
    } ?? true
  }

  /// Whether a value is one of the schema's `enum`, if it has that.
  func accepts(_ value: Value, choicesOf schema: Schema) throws(Fault) -> Bool {
    guard let choices = schema.list("enum") else { return true }
    heap.charge(elements: choices.count)
    for choice in choices {
      if try heap.equal(choice, value) { return true }
      try heap.checkFuel()
    }
    return false
  }

  /// The schema that `$ref` names: `#` or `#/a/b` from the root.
  func target(of schema: Schema) throws(Fault) -> Value? {
    guard let reference = schema["$ref"], reference.isString else { return nil }
    let steps = reference.object.text.split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    var target: Value? = steps.first?.elementsEqual("#".utf8) == true ? root : nil
    for step in steps.dropFirst() {
      let key = UnsafeBufferPointer(rebasing: step)
      target = target.flatMap { Fields(readable: $0, in: heap)?.value(of: key) }
    }
    guard let target else {
      throw heap.trap(
        .valueError,
        "the type refers to `\(Schema.text(of: reference, in: heap))`, which it does not have")
    }
    return target
  }
}
