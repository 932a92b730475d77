import LashJSON

/// Reads a JSON Schema as a type (rule TYP-17). What types cannot say becomes `any`; depth and size
/// are bounded for any schema.
struct SchemaReader {
  private static let maximumDepth = 32
  private static let maximumNodes = 2_000

  private let root: JSONValue
  private var nodes = 0

  static func type(of schema: JSONValue, in table: inout TypeTable) -> ValueType {
    var reader = SchemaReader(root: schema)
    return reader.read(schema, 0, &table)
  }

  private init(root: JSONValue) { self.root = root }

  private mutating func read(
    _ schema: JSONValue, _ depth: Int, _ table: inout TypeTable
  ) -> ValueType {
    nodes += 1
    guard depth < Self.maximumDepth, nodes < Self.maximumNodes, let object = schema.objectValue,
      !object.isEmpty
    else { return .any }
    if let branches = object["allOf"]?.arrayValue {
      return branches.count == 1 ? read(branches[0], depth + 1, &table) : .any
    }
    if let reference = object["$ref"]?.stringValue {
      return resolve(reference).map { read($0, depth + 1, &table) } ?? .any
    }
    let anyOf = object["anyOf"]?.arrayValue
    let oneOf = object["oneOf"]?.arrayValue
    if anyOf != nil, oneOf != nil { return .any }
    if let branches = anyOf ?? oneOf {
      var members: [ValueType] = []
      for branch in branches { members.append(read(branch, depth + 1, &table)) }
      return members.isEmpty ? .any : table.declaredUnion(members)
    }
    if let values = object["enum"]?.arrayValue { return enumeration(values, &table) }
    if let value = object["const"] { return enumeration([value], &table) }
    switch object["type"] {
    case .string(let name): return read(kind: name, object, depth, &table)
    case .array(let names):
      var members: [ValueType] = []
      for name in names {
        members.append(read(kind: name.stringValue ?? "", object, depth, &table))
      }
      return members.isEmpty ? .any : table.declaredUnion(members)
    default:
      let keys = ["properties", "required", "additionalProperties", "patternProperties"]
      if keys.contains(where: { object[$0] != nil }) {
        return read(kind: "object", object, depth, &table)
      }
      let isArray = object["items"] != nil || object["prefixItems"] != nil
      return isArray ? read(kind: "array", object, depth, &table) : .any
    }
  }

  private func enumeration(_ values: [JSONValue], _ table: inout TypeTable) -> ValueType {
    var members: [ValueType] = []
    for value in values {
      switch value {
      case .string(let text):
        let name = table.name(text)
        members.append(table.literal(name))
      case .null: members.append(.null)
      default: return .any
      }
    }
    return members.isEmpty ? .any : table.declaredUnion(members)
  }

  private mutating func read(
    kind: String, _ object: JSONObject, _ depth: Int, _ table: inout TypeTable
  ) -> ValueType {
    switch kind {
    case "string": return .string
    case "integer": return .int
    case "number": return .float
    case "boolean": return .bool
    case "null": return .null
    case "array":
      guard object["prefixItems"] == nil, let items = object["items"], items.arrayValue == nil
      else { return table.list(.any) }
      let element = read(items, depth + 1, &table)
      return table.list(element)
    case "object": return record(object, depth, &table)
    default: return .any
    }
  }

  private mutating func record(
    _ object: JSONObject, _ depth: Int, _ table: inout TypeTable
  ) -> ValueType {
    let required = Set((object["required"]?.arrayValue ?? []).compactMap(\.stringValue))
    var fields: [ObjectField] = []
    for (name, schema) in object["properties"]?.objectValue ?? [:] {
      let type = read(schema, depth + 1, &table)
      fields.append(
        ObjectField(name: table.name(name), type: type, isOptional: !required.contains(name)))
    }
    var rest = ValueType.any
    if object["patternProperties"] == nil, let others = object["additionalProperties"] {
      rest =
        others == false
        ? .hidden
        : others.objectValue == nil
          ? .any : read(others, depth + 1, &table)
    }
    return table.object(fields, rest: rest)
  }

  // MARK: References

  /// What a local reference points to.
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
