/// A JSON value.
///
/// Numbers are equal when they are the same case with the same value; all that reads or converts
/// gives the canonical case (see ``JSONNumber``). Strings are compared by their bytes.
/// Swift compares and destroys nested values recursively: build none beyond ``maximumDepth``.
public enum JSONValue: Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number that is integral and fits 64 bits.
  case integer(Int64)
  /// Any other number; one that is not finite is written as `null`.
  case double(Double)
  /// A string.
  case string(String)
  /// Values in order.
  case array([JSONValue])
  /// Members in order.
  case object(JSONObject)

  /// Levels of nesting that every operation on values bears.
  public static let maximumDepth = 1_000

  /// A number in canonical form: 2.0 becomes the integer 2.
  public init(_ value: Double) {
    switch JSONNumber(value) {
    case .integer(let value): self = .integer(value)
    case .double(let value): self = .double(value)
    }
  }
}

extension JSONValue: Hashable {
  /// Whether both are the same value; objects in whatever order of keys.
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.double(let left), .double(let right)): left == right
    case (.string(let left), .string(let right)): ExactText.same(left, right)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }

  /// Feeds the kind and the value.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .integer(let value): hasher.combine(value)
    case .double(let value): hasher.combine(value)
    case .string(let value): hasher.combine(ExactText(value))
    case .array(let value): hasher.combine(value)
    case .object(let value): hasher.combine(value)
    }
  }
}

extension JSONValue: CustomStringConvertible {
  /// The value as compact JSON text.
  public var description: String {
    var writer = JSONWriter(maximumDepth: .max)
    do throws(JSONError) {
      try send(to: &writer)
    } catch {
      preconditionFailure("a writer without a limit refused: \(error)")
    }
    return writer.text
  }
}
