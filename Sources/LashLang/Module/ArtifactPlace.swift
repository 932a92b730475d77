import LashJSON

/// A place in the JSON of a stored module that is being read; errors say where they are.
struct ArtifactPlace {
  /// The most items of a list.
  static let maximumCount = 2_000

  let value: JSONValue
  let path: String

  func wrong(_ expected: String, _ found: String) -> ModuleArtifactError {
    .damaged(place: path, reason: "expected \(expected), found \(found)")
  }

  /// Refuses members with other keys, and what is no object.
  func allow(_ keys: [String]) throws(ModuleArtifactError) {
    guard let object = value.objectValue else { throw wrong("an object", kind) }
    for key in object.keys where !keys.contains(key) {
      throw .damaged(place: path, reason: "unknown key `\(key.prefix(60))`")
    }
  }

  func member(_ key: String) -> ArtifactPlace? {
    value[key].map { ArtifactPlace(value: $0, path: "\(path).\(key)") }
  }

  func required(_ key: String) throws(ModuleArtifactError) -> ArtifactPlace {
    guard let member = member(key) else {
      throw .damaged(place: path, reason: "`\(key)` is missing")
    }
    return member
  }

  func text(_ key: String) throws(ModuleArtifactError) -> String {
    let member = try required(key)
    guard let text = member.value.stringValue else { throw member.wrong("a string", member.kind) }
    return text
  }

  func optionalText(_ key: String) throws(ModuleArtifactError) -> String? {
    member(key) == nil ? nil : try text(key)
  }

  /// The strings of an array, which may be missing.
  func texts(_ key: String) throws(ModuleArtifactError) -> [String] {
    try list(key) { (item) throws(ModuleArtifactError) in
      guard let text = item.value.stringValue else { throw item.wrong("a string", item.kind) }
      return text
    }
  }

  /// The items of an array, which may be missing. Their number is bounded, since checking costs more
  /// than reading.
  func list<Item>(
    _ key: String, _ read: (ArtifactPlace) throws(ModuleArtifactError) -> Item
  ) throws(ModuleArtifactError) -> [Item] {
    guard let member = member(key) else { return [] }
    guard let items = member.value.arrayValue else { throw member.wrong("an array", member.kind) }
    guard items.count <= Self.maximumCount else {
      throw member.wrong("at most \(Self.maximumCount) items", "\(items.count)")
    }
    var result: [Item] = []
    for (index, item) in items.enumerated() {
      result.append(try read(ArtifactPlace(value: item, path: "\(member.path)[\(index)]")))
    }
    return result
  }

  func type(_ key: String) throws(ModuleArtifactError) -> HostType {
    let member = try required(key)
    switch member.value {
    case .string(let text): return .text(text)
    case .object, .bool: return .schema(member.value)
    default: throw member.wrong("a type", member.kind)
    }
  }

  func optionalType(_ key: String) throws(ModuleArtifactError) -> HostType? {
    member(key) == nil ? nil : try type(key)
  }

  var kind: String {
    switch value {
    case .null: "null"
    case .bool: "a boolean"
    case .integer, .double: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
