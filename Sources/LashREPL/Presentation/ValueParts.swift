import LashJSON
import LashToolchain
import LashVM

/// A value that holds others, as it is shown: brackets, and parts with or without keys.
struct ValueParts {
  let opening: String
  let closing: String
  private let items: [HostValue]
  private let fields: [HostField]

  init(_ items: [HostValue], _ opening: String, _ closing: String) {
    self.opening = opening
    self.closing = closing
    self.items = items
    fields = []
  }

  init(_ fields: [HostField], opening: String = "{") {
    self.opening = opening
    closing = opening.hasSuffix("(") ? ")" : "}"
    items = []
    self.fields = fields
  }

  var count: Int { items.count + fields.count }
  var isEmpty: Bool { count == 0 }

  func key(_ index: Int) -> String? { fields.isEmpty ? nil : fields[index].key }
  func value(_ index: Int) -> HostValue { fields.isEmpty ? items[index] : fields[index].value }

  /// All parts if there are few more than `limit`, else that many.
  func shown(atMost limit: Int) -> Int { count <= limit + limit / 4 ? count : limit }

  /// Whether all parts are numbers and there are many.
  var areNumbers: Bool {
    items.count > 10
      && items.allSatisfy {
        switch $0 {
        case .integer, .double: true
        default: false
        }
      }
  }
}

extension HostValue {
  /// Larger JSON texts of lazy values are not read to be shown.
  private static let mostLazyBytes = 1 << 20

  /// What the value holds, if it is shown by its parts.
  var parts: ValueParts? {
    switch self {
    case .list(let items): ValueParts(items, "[", "]")
    case .tuple(let items): ValueParts(items, "(", items.count == 1 ? ",)" : ")")
    case .record(let fields): ValueParts(fields)
    case .result(.success(let value)):
      ValueParts([HostField("ok", .bool(true)), HostField("value", value)])
    case .result(.failure(let text)):
      ValueParts([HostField("ok", .bool(false)), HostField("error", .string(text))])
    case .descriptor(let type, let value): ValueParts([value], type + "(", ")")
    case .lazyJSON: shownLazy?.parts
    default: nil
    }
  }

  /// The value of a lazy JSON text that is small enough to be read for showing it.
  var shownLazy: HostValue? {
    guard case .lazyJSON(let json) = self, json.document.bytes.count <= Self.mostLazyBytes,
      let value = try? json.value()
    else { return nil }
    return HostValue(value)
  }
}
