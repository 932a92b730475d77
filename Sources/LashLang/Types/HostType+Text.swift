import LashJSON

extension HostType {
  /// The type in lashlang's syntax.
  public var displayText: String {
    switch self {
    case .text(let text): text
    case .schema(let schema): TypeText.text(of: schema)
    }
  }

  /// The type as JSON Schema; `{}` where a text is no type.
  var schema: JSONValue {
    switch self {
    case .text: [:]
    case .schema(let schema): schema
    }
  }

  /// The fields that a record of this type must have, in their order.
  var requiredFields: [String] {
    (schema["required"]?.arrayValue ?? []).compactMap(\.stringValue)
  }
}
