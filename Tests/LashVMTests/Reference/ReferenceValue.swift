/// A value as the specification has it, for the reference evaluator: copied whole, compared by walking.
///
/// Numbers have one form each (rule VAL-3): an integral number within 64 bits is an `integer`, any
/// other a `double`.
indirect enum ReferenceValue {
  case null
  case bool(Bool)
  case integer(Int64)
  case double(Double)
  case text(String)
  case list([ReferenceValue])
  case tuple([ReferenceValue])
  case record(ReferenceRecord)

  /// A number in its one form.
  static func number(_ double: Double) -> ReferenceValue {
    Int64(exactly: double).map(ReferenceValue.integer) ?? .double(double)
  }

  /// The name in messages (rule VAL-1).
  var kind: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .integer, .double: "number"
    case .text: "string"
    case .list: "list"
    case .tuple: "tuple"
    case .record: "record"
    }
  }

  /// The items of a sequence.
  var items: [ReferenceValue]? {
    switch self {
    case .list(let items), .tuple(let items): items
    default: nil
    }
  }

  var isNull: Bool { if case .null = self { true } else { false } }

  /// Whether the value has no more than `budget` parts and scalars, which it takes off, and nests no
  /// deeper than what surely leaves a program (rule BND-1).
  func fits(_ budget: inout Int, depth: Int = 0) -> Bool {
    budget -= depth > 100 ? budget + 1 : 1
    switch self {
    case .text(let text): budget -= text.unicodeScalars.count
    case .list(let items), .tuple(let items):
      for item in items where budget >= 0 { _ = item.fits(&budget, depth: depth + 1) }
    case .record(let record):
      for field in record.fields where budget >= 0 {
        budget -= field.key.unicodeScalars.count
        _ = field.value.fits(&budget, depth: depth + 1)
      }
    default: break
    }
    return budget >= 0
  }

  /// Rule VAL-8.
  var isTrue: Bool {
    switch self {
    case .null: false
    case .bool(let bool): bool
    case .integer(let integer): integer != 0
    case .double(let double): !double.isNaN
    case .text(let text): !text.unicodeScalars.isEmpty
    case .list(let items), .tuple(let items): !items.isEmpty
    case .record(let record): !record.fields.isEmpty
    }
  }

  /// Rule VAL-9.
  func equals(_ other: ReferenceValue) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.double(let a), .double(let b)): a == b
    case (.text(let a), .text(let b)): a.unicodeScalars.elementsEqual(b.unicodeScalars)
    case (.list(let a), .list(let b)), (.tuple(let a), .tuple(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.equals($1) }
    case (.record(let a), .record(let b)):
      a.fields.count == b.fields.count
        && a.fields.allSatisfy { field in b[field.key].map { field.value.equals($0) } ?? false }
    default: false
    }
  }
}

/// Text keys in order of insertion (rule VAL-7).
struct ReferenceRecord {
  var fields: [(key: String, value: ReferenceValue)] = []

  private func place(of key: String) -> Int? {
    fields.firstIndex { $0.key.unicodeScalars.elementsEqual(key.unicodeScalars) }
  }

  /// The value of a key; a new key goes to the end, an old one keeps its place.
  subscript(key: String) -> ReferenceValue? {
    get { place(of: key).map { fields[$0].value } }
    set {
      guard let newValue else { return }
      if let place = place(of: key) {
        fields[place].value = newValue
      } else {
        fields.append((key, newValue))
      }
    }
  }
}
