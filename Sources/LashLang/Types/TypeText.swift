import LashJSON

/// Writes a JSON Schema in lashlang's type syntax, for people and models (rule HST-1).
///
/// What lashlang's types cannot say becomes `any`. Bounded in depth and size for any schema.
public struct TypeText {
  private static let maximumDepth = 32
  private static let maximumNodes = 2_000

  private let root: JSONValue
  private let showsOpen: Bool
  private var nodes = 0

  private init(root: JSONValue, showsOpen: Bool) {
    self.root = root
    self.showsOpen = showsOpen
  }

  /// The type that `schema` describes, as text. With `showsOpen` an object that may have more than
  /// its known fields is `{ a: T, ... }`, else it is a `dict`.
  public static func text(of schema: JSONValue, showsOpen: Bool = false) -> String {
    var writer = TypeText(root: schema, showsOpen: showsOpen)
    return writer.members(schema, depth: 0).joined(separator: " | ")
  }

  /// The members of the union that a schema describes, flattened, each once.
  private mutating func members(_ schema: JSONValue, depth: Int) -> [String] {
    nodes += 1
    guard depth < Self.maximumDepth, nodes < Self.maximumNodes, let object = schema.objectValue,
      !object.isEmpty
    else { return ["any"] }
    if let branches = object["allOf"]?.arrayValue {
      return branches.count == 1 ? members(branches[0], depth: depth + 1) : ["any"]
    }
    if let reference = object["$ref"]?.stringValue {
      return resolve(reference).map { members($0, depth: depth + 1) } ?? ["any"]
    }
    let anyOf = object["anyOf"]?.arrayValue
    let oneOf = object["oneOf"]?.arrayValue
    if anyOf != nil, oneOf != nil { return ["any"] }
    if let branches = anyOf ?? oneOf {
      return union(branches.flatMap { members($0, depth: depth + 1) })
    }
    if let values = object["enum"]?.arrayValue { return enumeration(values) }
    if let value = object["const"] { return enumeration([value]) }
    switch object["type"] {
    case .string(let name):
      return [text(ofKind: name, object, depth: depth)]
    case .array(let names):
      return union(names.map { text(ofKind: $0.stringValue ?? "", object, depth: depth) })
    default:
      let isObject = ["properties", "required", "additionalProperties", "patternProperties"]
        .contains { object[$0] != nil }
      if isObject { return [text(ofKind: "object", object, depth: depth)] }
      let isArray = object["items"] != nil || object["prefixItems"] != nil
      return [isArray ? text(ofKind: "array", object, depth: depth) : "any"]
    }
  }

  private func union(_ members: [String]) -> [String] {
    var seen: Set<String> = []
    let distinct = members.filter { seen.insert($0).inserted }
    return distinct.isEmpty || seen.contains("any") ? ["any"] : distinct
  }

  private func enumeration(_ values: [JSONValue]) -> [String] {
    var texts: [String] = []
    var hasNull = false
    for value in values {
      switch value {
      case .string(let text): texts.append(JSONValue.string(text).description)
      case .null: hasNull = true
      default: return ["any"]
      }
    }
    var result = texts.isEmpty ? [] : ["enum[\(texts.joined(separator: ", "))]"]
    if hasNull { result.append("null") }
    return result.isEmpty ? ["any"] : result
  }

  private mutating func text(ofKind kind: String, _ object: JSONObject, depth: Int) -> String {
    switch kind {
    case "string": return "str"
    case "integer": return "int"
    case "number": return "float"
    case "boolean": return "bool"
    case "null": return "null"
    case "array": return list(object, depth: depth)
    case "object": return record(object, depth: depth)
    default: return "any"
    }
  }

  private mutating func list(_ object: JSONObject, depth: Int) -> String {
    guard object["prefixItems"] == nil, let items = object["items"], items.arrayValue == nil else {
      return "list[any]"
    }
    return "list[\(members(items, depth: depth + 1).joined(separator: " | "))]"
  }

  /// Only a closed object has no fields but those that are known.
  private mutating func record(_ object: JSONObject, depth: Int) -> String {
    let isClosed = object["patternProperties"] == nil && object["additionalProperties"] == false
    let required = Set((object["required"]?.arrayValue ?? []).compactMap(\.stringValue))
    let properties = object["properties"]?.objectValue ?? [:]
    guard isClosed || (showsOpen && !properties.isEmpty) else { return "dict" }
    var fields: [String] = []
    for (name, schema) in properties {
      let type = members(schema, depth: depth + 1).joined(separator: " | ")
      fields.append("\(Self.key(name)): \(type)\(required.contains(name) ? "" : "?")")
    }
    if !isClosed { fields.append("...") }
    return fields.isEmpty ? "{}" : "{ \(fields.joined(separator: ", ")) }"
  }

  /// A field name as it is written: quoted unless it is an identifier.
  static func key(_ name: String) -> String {
    let isIdentifier =
      !name.isEmpty && !(name.utf8.first.map { (0x30...0x39).contains($0) } ?? true)
      && name.utf8.allSatisfy {
        $0 == 0x5F || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
          || (0x61...0x7A).contains($0)
      }
    return isIdentifier ? name : JSONValue.string(name).description
  }

  private func resolve(_ reference: String) -> JSONValue? {
    guard reference.hasPrefix("#") else { return nil }
    var current: JSONValue? = root
    for segment in reference.dropFirst().split(separator: "/") {
      current = current?[Self.unescaped(segment)]
    }
    return current
  }

  /// A segment of a JSON pointer with its escapes `~1` and `~0` resolved.
  private static func unescaped(_ segment: Substring) -> String {
    segment.split(separator: "~1", omittingEmptySubsequences: false)
      .map { $0.split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~") }
      .joined(separator: "/")
  }
}
