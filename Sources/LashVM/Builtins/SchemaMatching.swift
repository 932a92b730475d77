import LashLang

/// Decides whether values match schemas. Each pair of a value and a schema on which others depend is decided
/// once, so that neither shared values nor alternatives within alternatives multiply the work. What is known
/// counts as memory of the machine until `forget`.
struct SchemaMatching {
  let heap: Heap
  private let root: Value
  private var known: [Pair: Bool] = [:]
  private var memory = 0
  private var depth = 0
  /// Pairs decided so far, those that were not kept too.
  private var decisions = 0

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
    let leadsOn = schema["anyOf"] != nil || schema["$ref"] != nil
    if isPlain, !leadsOn {
      return try accepts(value, choicesOf: schema)
    }
    let pair = Pair(value: value.bits, schema: schemaValue.bits)
    if let answer = known[pair] { return answer }
    heap.charge(units: 1)
    try heap.checkFuel()
    // A pair that is being decided counts as no match: a type that is only itself has no values. One that
    // leads to parts of the value only cannot come back to itself.
    if leadsOn { known[pair] = false }
    guard depth < Self.maximumDepth else {
      throw heap.trap(
        .valueError, "`validate` goes no deeper than \(Self.maximumDepth) steps")
    }
    depth += 1
    decisions += 1
    let before = decisions
    let answer = try decide(value, schema)
    depth -= 1
    if decisions == before {
      // Nothing hangs on it, so it is as quickly decided anew.
      if leadsOn { known[pair] = nil }
    } else {
      memory += try heap.state.pointee.allocator.take(Self.pairSize)
      known[pair] = answer
    }
    return answer
  }

  /// Ends the account of memory; to be called before it goes.
  mutating func forget() {
    known = [:]
    heap.state.pointee.allocator.giveBack(memory)
    memory = 0
  }

  /// Bytes that a pair takes in a table that has room to grow.
  private static let pairSize = 64

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
        let key = properties.key(at: position)
        heap.charge(bytes: key.count)
        guard let field = fields.value(of: key) else { continue }
        guard try matches(field, properties.value(at: position)) else { return false }
      }
    }
    return schema.list("required")?.allSatisfy {
      guard $0.isString else { return true }
      heap.charge(bytes: $0.object.text.count)
      return fields.value(of: $0.object.text) != nil
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
    heap.charge(bytes: reference.object.text.count)
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
