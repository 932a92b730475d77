import LashLang

/// The value of an expression that is known when it is compiled.
enum Literal {
  case null
  case bool(Bool)
  case integer(Int64)
  /// A number that is no exact 64-bit integer.
  case double(Double)
  /// A text of the source.
  case symbol(Symbol)
  /// A text that folding made.
  case text(String)

  /// A number in the machine's one canonical form.
  init(_ value: Double) {
    if let integer = Int64(exactly: value) {
      self = .integer(integer)
    } else {
      self = .double(value)
    }
  }

  /// What sort of value it is.
  var kind: ValueKind {
    switch self {
    case .null: .null
    case .bool: .bool
    case .integer, .double: .number
    case .symbol, .text: .text
    }
  }

  /// Its truthiness, where that needs no look at a text.
  var truth: Bool? {
    switch self {
    case .null: false
    case .bool(let value): value
    case .integer(let value): value != 0
    case .double(let value): !value.isNaN && value != 0
    case .symbol, .text: nil
    }
  }
}
