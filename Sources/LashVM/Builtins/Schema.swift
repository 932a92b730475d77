/// One JSON Schema, as far as types are made of it: `type`, `enum`, `anyOf`, `$ref`, `properties`,
/// `required` and `items`. Extra fields are always accepted (rule TYP-5).
struct Schema {
  let heap: Heap
  /// `nil` for what is no record: anything matches.
  private let fields: Fields?

  init(_ value: Value, in heap: Heap) {
    self.heap = heap
    fields = Fields(readable: value, in: heap)
  }

  /// The value of a keyword.
  subscript(keyword: StaticString) -> Value? {
    fields?.value(
      of: UnsafeBufferPointer(start: keyword.utf8Start, count: keyword.utf8CodeUnitCount))
  }

  /// The items of a keyword that has a list.
  func list(_ keyword: StaticString) -> UnsafeBufferPointer<Value>? {
    self[keyword].flatMap(heap.items)
  }

  /// The fields of a keyword that has a record.
  func record(_ keyword: StaticString) -> Fields? {
    self[keyword].flatMap { Fields(readable: $0, in: heap) }
  }

  /// The name in `type`, if there is one.
  var typeName: String? {
    guard let name = self["type"], name.isString else { return nil }
    return String(decoding: name.object.text, as: UTF8.self)
  }

  /// Whether a value is of the kind that `type` names; true if there is none.
  func acceptsKind(of value: Value) -> Bool {
    switch typeName {
    case "null": value.isNull
    case "boolean": value.isBool
    case "string": value.isString
    case "integer": Number(value)?.isWhole == true
    case "number": Number(value)?.double.isFinite == true
    case "array": heap.items(value) != nil
    case "object": Fields(readable: value, in: heap) != nil
    default: true
    }
  }

  /// What the schema is called where it is one of several.
  var name: String {
    if let choices = list("enum") { return "enum[\(Self.text(of: choices, in: heap))]" }
    return typeName ?? (self["properties"] == nil ? "any" : "object")
  }

  /// What a value is called, in the words of JSON.
  static func kindName(_ value: Value, in heap: Heap) -> String {
    if let number = Number(value) { return number.isWhole ? "integer" : "number" }
    if value.isBool { return "boolean" }
    if heap.items(value) != nil { return "array" }
    return value.isRecord || value.isKind(.result) ? "object" : heap.typeName(value)
  }

  /// Values with commas between them.
  static func text(of values: UnsafeBufferPointer<Value>, in heap: Heap) -> String {
    values.prefix(20).map { text(of: $0, in: heap) }.joined(separator: ", ")
      + (values.count > 20 ? ", …" : "")
  }

  /// A scalar for a message, cut short if need be.
  static func text(of value: Value, in heap: Heap) -> String {
    guard value.isString || !value.isHeap || value.isNumber,
      let string = try? heap.text(of: value)
    else { return kindName(value, in: heap) }
    defer { heap.release(string) }
    let text = String(
      decoding: string.object.text.part(0, min(400, string.object.text.count)), as: UTF8.self)
    return text.unicodeScalars.count > 60 ? String(text.unicodeScalars.prefix(60)) + "…" : text
  }
}
