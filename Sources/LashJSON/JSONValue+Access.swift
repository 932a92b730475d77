extension JSONValue {
  /// The truth value, if it is one.
  public var boolValue: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The exact integer, if it is one.
  public var integerValue: Int64? {
    if case .integer(let value) = self { value } else { nil }
  }

  /// The number, if it is one; an integer beyond 2^53 is rounded to the nearest double.
  public var doubleValue: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }

  /// The text, if it is a string.
  public var stringValue: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The items, if it is an array.
  public var arrayValue: [JSONValue]? {
    if case .array(let value) = self { value } else { nil }
  }

  /// The members, if it is an object.
  public var objectValue: JSONObject? {
    if case .object(let value) = self { value } else { nil }
  }

  /// Whether it is `null`.
  public var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// The value of a key; nil where it is missing or this is no object.
  public subscript(key: String) -> JSONValue? { objectValue?[key] }

  /// The item at a place; nil where there is none or this is no array.
  public subscript(place: Int) -> JSONValue? {
    guard let items = arrayValue, items.indices.contains(place) else { return nil }
    return items[place]
  }
}
