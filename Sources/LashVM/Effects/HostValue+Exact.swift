import LashJSON

// The JSON form from which a value can be made again exactly, for logs and snapshots: plain where JSON
// has the kind, else an object whose one key begins with `$`.

extension JSONValue {
  /// Levels of nesting that a value may have in its exact form.
  static let exactDepth = 300

  /// The exact form of a value. Throws where it nests deeper than values may.
  public init(exactly value: HostValue) throws(JSONError) {
    self = try Self.exact(value, levels: Self.exactDepth)
  }

  private static func exact(
    _ value: HostValue, levels: Int
  ) throws(JSONError) -> JSONValue {
    guard levels > 0 else {
      throw JSONError("the value nests deeper than \(exactDepth) levels")
    }
    switch value {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .integer(let value): return .integer(value)
    case .double(let value):
      return value.isFinite ? JSONValue(value) : ["$number": .string(NumberText.text(value))]
    case .string(let value): return .string(value)
    case .list(let items): return .array(try exact(items, levels: levels))
    case .tuple(let items): return ["$tuple": .array(try exact(items, levels: levels))]
    case .record(let fields): return try exact(fields, levels: levels)
    case .image(let image): return ["$image": image.json]
    case .run(let run): return ["$run": [.string(run.id), .string(run.process)]]
    case .module(let path, let authority):
      return ["$module": [.string(path), .string(authority)]]
    case .type(let schema): return ["$type": schema]
    case .descriptor(let type, let value):
      return ["$descriptor": [.string(type), try exact(value, levels: levels - 1)]]
    case .process(let name): return ["$process": .string(name)]
    case .result(.success(let value)): return ["$ok": try exact(value, levels: levels - 1)]
    case .result(.failure(let text)): return ["$error": .string(text)]
    case .triggerEvent: return ["$event": true]
    case .lazyJSON(let json):
      return ["$lazy": .string(try json.text())]
    case .lazyReference(let reference):
      return [
        "$reference": [
          .string(reference.id), .integer(Int64(reference.kind.rawValue)),
          reference.count.map { .integer(Int64($0)) } ?? .null,
        ]
      ]
    }
  }

  private static func exact(
    _ items: [HostValue], levels: Int
  ) throws(JSONError) -> [JSONValue] {
    var array: [JSONValue] = []
    array.reserveCapacity(items.count)
    for item in items { array.append(try exact(item, levels: levels - 1)) }
    return array
  }

  private static func exact(
    _ fields: [HostField], levels: Int
  ) throws(JSONError) -> JSONValue {
    var object = JSONObject()
    for field in fields { object[field.key] = try exact(field.value, levels: levels - 1) }
    return object.count == 1 && object.keys[0].utf8.first == UInt8(ascii: "$")
      ? ["$record": .object(object)] : .object(object)
  }
}

extension HostValue {
  /// The value that an exact form means. Throws if it is none.
  public init(exactly json: JSONValue) throws(JSONError) {
    self = try Self.exact(json, levels: 2 * JSONValue.exactDepth)
  }

  private static func exact(_ json: JSONValue, levels: Int) throws(JSONError) -> HostValue {
    guard levels > 0 else { throw JSONError("the value nests too deeply") }
    switch json {
    case .array(let items): return .list(try exact(items, levels: levels))
    case .object(let object):
      guard object.count == 1, object.keys[0].utf8.first == UInt8(ascii: "$") else {
        return .record(try exact(object, levels: levels))
      }
      return try special(object.keys[0], object.values[0], levels: levels - 1)
    default: return HostValue(json)
    }
  }

  private static func exact(
    _ items: [JSONValue], levels: Int
  ) throws(JSONError) -> [HostValue] {
    var list: [HostValue] = []
    list.reserveCapacity(items.count)
    for item in items { list.append(try exact(item, levels: levels - 1)) }
    return list
  }

  private static func exact(
    _ object: JSONObject, levels: Int
  ) throws(JSONError) -> [HostField] {
    var fields: [HostField] = []
    fields.reserveCapacity(object.count)
    for (key, value) in object {
      fields.append(HostField(key, try exact(value, levels: levels - 1)))
    }
    return fields
  }

  private static func special(
    _ key: String, _ json: JSONValue, levels: Int
  ) throws(JSONError) -> HostValue {
    let parts = json.arrayValue ?? []
    let texts = parts.compactMap(\.stringValue)
    switch key {
    case "$number":
      switch json.stringValue {
      case "nan": return .double(.nan)
      case "inf": return .double(.infinity)
      case "-inf": return .double(-.infinity)
      default: break
      }
    case "$tuple":
      if let items = json.arrayValue { return .tuple(try exact(items, levels: levels)) }
    case "$record":
      if let object = json.objectValue { return .record(try exact(object, levels: levels)) }
    case "$image": if let image = HostImage(json: json) { return .image(image) }
    case "$run":
      if texts.count == 2 { return .run(RunHandle(id: texts[0], process: texts[1])) }
    case "$module": if texts.count == 2 { return .module(path: texts[0], authority: texts[1]) }
    case "$type": return .type(json)
    case "$descriptor":
      if parts.count == 2, let type = parts[0].stringValue {
        return .descriptor(type: type, value: try exact(parts[1], levels: levels))
      }
    case "$process": if let name = json.stringValue { return .process(name) }
    case "$ok": return .result(.success(try exact(json, levels: levels)))
    case "$error": if let text = json.stringValue { return .result(.failure(text)) }
    case "$event": return .triggerEvent
    case "$lazy":
      if let text = json.stringValue { return .lazyJSON(LazyJSON(JSONDocument(text))) }
    case "$reference":
      if parts.count == 3, let id = parts[0].stringValue, let number = parts[1].integerValue,
        let kind = UInt8(exactly: number).flatMap(LazyReference.Kind.init)
      {
        return .lazyReference(
          LazyReference(id: id, kind: kind, count: parts[2].integerValue.flatMap { Int($0) }))
      }
    default: break
    }
    throw JSONError("`\(key)` does not stand for a value here")
  }
}

extension LazyJSON {
  /// The text of the value as it stands in its document.
  fileprivate func text() throws(JSONError) -> String {
    let bytes = part.map { document.bytes[$0] } ?? document.bytes[...]
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw JSONError("the text of a lazy value is not UTF-8")
    }
    return text
  }
}
