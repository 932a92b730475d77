/// A type that generated programs are built by. It knows nothing of the checker's own types.
indirect enum GeneratedType: Hashable {
  case int, float, text, bool
  case words([String])
  case list(GeneratedType)
  case tuple([GeneratedType])
  case record([Field])
  /// Or null.
  case nullable(GeneratedType)

  struct Field: Hashable {
    var name: String
    var type: GeneratedType
  }

  /// The type as programs write it; nothing where the language has no way to write it.
  var source: String? {
    switch self {
    case .int: return "int"
    case .float: return "float"
    case .text: return "str"
    case .bool: return "bool"
    case .words(let words): return "enum[\(words.map { "\"\($0)\"" }.joined(separator: ", "))]"
    case .list(let element): return element.source.map { "list[\($0)]" }
    case .tuple: return nil
    case .nullable(let type): return type.source.map { "\($0) | null" }
    case .record(let fields):
      var parts: [String] = []
      for field in fields {
        guard let type = field.type.source else { return nil }
        parts.append("\(field.name): \(type)")
      }
      return "{ \(parts.joined(separator: ", ")) }"
    }
  }

  var isScalar: Bool {
    switch self {
    case .int, .float, .text, .bool, .words: true
    default: false
    }
  }

  /// A literal of a kind that never fits this type.
  var contradiction: String {
    switch self {
    case .int, .float, .text, .bool, .words: "[1]"
    case .list, .tuple: "7"
    case .record: "\"wrong\""
    case .nullable(let type): type.contradiction
    }
  }
}
