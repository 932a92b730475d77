/// A type that generated programs are built by. It knows nothing of the checker's own types.
indirect enum GeneratedType: Hashable {
  case int, float, text, bool
  case words([String])
  case list(GeneratedType)
  case tuple([GeneratedType])
  case record([Field])
  /// Or null.
  case nullable(GeneratedType)
  /// A declared type, or a union of scalars.
  case named(Named)

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
    case .named(let name): return name.rawValue
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
    case .named(let name): name.contradiction
    }
  }
}

extension GeneratedType {
  /// Types that a name stands for: recursive, of two shapes, with an optional field, of the host.
  enum Named: String, CaseIterable {
    case tree = "Tree"
    case shape = "Shape"
    case note = "Note"
    case place = "Place"
    case either = "int | str"

    static let declarations = [
      "type Tree = { v: int, kids: list[Tree] }",
      "type Shape = { kind: \"square\", side: int } | { kind: \"circle\", name: str }",
      "type Note = { id: int, note: str? }",
    ]

    static let placeSource = "{ x: float, label: str | null }"

    /// A value as JSON.
    var json: String {
      switch self {
      case .tree: "{\"v\": 1, \"kids\": [{\"v\": 2, \"kids\": []}]}"
      case .shape: "{\"kind\": \"circle\", \"name\": \"c\"}"
      case .note: "{\"id\": 4}"
      case .place: "{\"x\": 1.5, \"label\": null}"
      case .either: "\"seven\""
      }
    }

    var contradiction: String {
      switch self {
      case .tree: "{v: 1, kids: [{v: 2, kids: [3]}]}"
      case .shape: "{kind: \"triangle\", side: 1}"
      case .note: "{id: 1, note: [2]}"
      case .place: "{x: 1.5}"
      case .either: "[1]"
      }
    }
  }
}
