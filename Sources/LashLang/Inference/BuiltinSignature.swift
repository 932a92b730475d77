/// What a builtin takes and gives (rules BLT-…). The families keep their tables in files of their
/// own; what no table can say is computed in `InferTypes+BuiltinResults`.
struct BuiltinSignature: Sendable {
  /// What one argument may be.
  struct Parameter: Sendable {
    var kinds: KindSet
    /// What the items of a sequence may be.
    var items = KindSet.everything
    /// What is needed, for messages.
    var noun: String
  }

  /// What a call gives.
  enum Result: Sendable {
    case type(ValueType)
    case list(ValueType)
    /// It depends on the arguments.
    case computed
  }

  var parameters: [Parameter]
  /// Whether the last parameter takes all further arguments.
  var isVariadic = false
  var result: Result

  init(_ parameters: [Parameter], variadic: Bool = false, _ result: Result) {
    self.parameters = parameters
    self.isVariadic = variadic
    self.result = result
  }

  /// What the argument at a position may be.
  func parameter(at index: Int) -> Parameter? {
    if index < parameters.count { return parameters[index] }
    return isVariadic ? parameters.last : nil
  }

  static func of(_ builtin: Builtin) -> BuiltinSignature {
    table[builtin] ?? BuiltinSignature([], .computed)
  }

  private static let table = general.merging(numbers) { $1 }.merging(text) { $1 }
    .merging(sequences) { $1 }.merging(records) { $1 }
}

extension BuiltinSignature.Parameter {
  static let any = Self(kinds: .everything, noun: "any value")
  /// Converted to text.
  static let text = Self(kinds: .scalar, noun: "text")
  /// Text itself.
  static let string = Self(kinds: .string, noun: "a string")
  static let number = Self(kinds: .number, noun: "a number")
  /// Converted to a number.
  static let scalar = Self(kinds: .scalar, noun: "a number, or text that is one")
  static let sequence = Self(kinds: .sequence, noun: "a list or tuple")
  static let numbers = Self(
    kinds: .sequence, items: .number, noun: "a list or tuple of numbers")
  static let texts = Self(kinds: .sequence, items: .scalar, noun: "a list or tuple of texts")
  static let comparable = Self(
    kinds: .sequence, items: .scalar, noun: "a list or tuple of numbers or of strings")
  static let rows = Self(kinds: .sequence, items: .record, noun: "a list or tuple of records")
  static let list = Self(kinds: .list, noun: "a list")
  static let record = Self(kinds: [.record, .null], noun: "a record or null")
  static let sized = Self(
    kinds: [.string, .tuple, .list, .record, .null],
    noun: "a string, tuple, list, record, or null")
  static let order = Self(kinds: .string, noun: "\"asc\" or \"desc\"")
  static let optionalNumber = Self(kinds: [.number, .null], noun: "a number or null")
}
