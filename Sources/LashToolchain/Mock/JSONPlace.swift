import LashJSON

/// A place in a JSON value that is being read, with the checks that readers of files share.
struct JSONPlace {
  let value: JSONValue
  let path: String

  /// The whole of a text.
  init(text: [UInt8]) throws(MockError) {
    do throws(JSONError) {
      self.init(value: try JSONReader().read(text), path: "$")
    } catch {
      throw MockError(at: nil, "not JSON: \(error)")
    }
  }

  init(value: JSONValue, path: String = "$") {
    self.value = value
    self.path = path
  }

  /// A member that may be absent.
  func member(_ key: String) -> JSONPlace? {
    value[key].map { JSONPlace(value: $0, path: Self.path(path, key)) }
  }

  /// The members of an object, in order.
  func members(_ expected: String = "an object") throws(MockError) -> [(
    key: String, place: JSONPlace
  )] {
    guard let object = value.objectValue else { throw wrong(expected) }
    return object.map { ($0.key, JSONPlace(value: $0.value, path: Self.path(path, $0.key))) }
  }

  /// The items of an array, in order.
  func items(_ expected: String = "an array") throws(MockError) -> [JSONPlace] {
    guard let array = value.arrayValue else { throw wrong(expected) }
    return array.enumerated().map { JSONPlace(value: $1, path: "\(path)[\($0)]") }
  }

  func text(_ expected: String = "a string") throws(MockError) -> String {
    guard let text = value.stringValue else { throw wrong(expected) }
    return text
  }

  func bool() throws(MockError) -> Bool {
    guard let bool = value.boolValue else { throw wrong("true or false") }
    return bool
  }

  /// Refuses members with other keys than these.
  func allow(_ keys: [String], hint: String = "") throws(MockError) {
    for (key, place) in try members() where !keys.contains(key) {
      let known = keys.map { "`\($0)`" }.joined(separator: ", ")
      throw MockError(at: place.path, "unknown key; expected one of \(known)\(hint)")
    }
  }

  /// "expected X, found Y" here.
  func wrong(_ expected: String) -> MockError {
    MockError(at: path, "expected \(expected), found \(found)")
  }

  private var found: String {
    switch value {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer, .double: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  private static func path(_ path: String, _ key: String) -> String {
    let isPlain = !key.isEmpty && key.utf8.allSatisfy(\.isWordByte)
    return isPlain ? "\(path).\(key)" : "\(path)[\(JSONValue.string(key))]"
  }
}

extension UInt8 {
  /// An ASCII letter, digit or underscore.
  var isWordByte: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self & ~0x20) || self == 0x5F
  }
}
