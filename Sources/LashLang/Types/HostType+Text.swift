import LashJSON

extension HostType {
  /// The type in lashlang's syntax.
  public var displayText: String {
    switch self {
    case .text(let text): text
    case .schema(let schema): TypeText.text(of: schema)
    }
  }
}
