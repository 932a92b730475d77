import LashJSON

extension SyntaxTree {
  /// A type expression in its one text form, whatever its layout. Recurses as deep as types nest, which
  /// the parser bounds.
  func text(of id: TypeID) -> String {
    switch self[id].kind {
    case .scalar(let scalar): return scalar.rawValue
    case .enumeration(let members):
      let texts = self[members].map { JSONValue.string(self[$0]).description }
      return "enum[\(texts.joined(separator: ", "))]"
    case .list(let element): return "list[\(text(of: element))]"
    case .object(let fields, let isOpen):
      var parts = self[fields].map { field in
        let name = TypeText.key(self[field.name.symbol])
        return "\(name): \(text(of: field.type))\(field.isOptional ? "?" : "")"
      }
      if isOpen { parts.append("...") }
      return parts.isEmpty ? "{}" : "{ \(parts.joined(separator: ", ")) }"
    case .union(let members): return self[members].map { text(of: $0) }.joined(separator: " | ")
    case .process(let input, let output):
      return "Process<\(text(of: input)), \(text(of: output))>"
    case .triggerHandle(let event): return "TriggerHandle<\(text(of: event))>"
    case .name(let names): return self[names].map { self[$0.symbol] }.joined(separator: ".")
    case .error: return "any"
    }
  }
}
