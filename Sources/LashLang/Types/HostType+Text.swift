import LashJSON

extension HostType {
  /// The type in lashlang's syntax.
  public var displayText: String {
    switch self {
    case .text(let text): text
    case .schema(let schema): TypeText.text(of: schema)
    }
  }

  /// The fields that a record of this type must have, in their order.
  func requiredFields(for host: HostSurface) -> [String] {
    switch self {
    case .schema(let schema):
      return (schema["required"]?.arrayValue ?? []).compactMap(\.stringValue)
    case .text(let text):
      guard let parsed = HostTypeText(text, host: host) else { return [] }
      let tree = parsed.module.tree
      guard case .object(let fields, _) = tree[parsed.type].kind else { return [] }
      return tree[fields].filter { !$0.isOptional }.map { tree[$0.name.symbol] }
    }
  }
}
