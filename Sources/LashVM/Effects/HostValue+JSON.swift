import LashJSON

extension HostValue {
  /// A value of JSON: objects are records in the same order, numbers keep 64-bit integers.
  ///
  /// The depth of `json` must be within `JSONValue.maximumDepth`.
  public init(_ json: JSONValue) {
    self.init(json) { (_) throws(Never) in nil }
  }

  /// The same, where `special` may turn an object into another value than a record.
  package init<Failure: Error>(
    _ json: JSONValue, special: (JSONObject) throws(Failure) -> HostValue?
  ) throws(Failure) {
    switch json {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .integer(let value): self = .integer(value)
    case .double(let value): self = .double(value)
    case .string(let value): self = .string(value)
    case .array(let items):
      var list: [HostValue] = []
      list.reserveCapacity(items.count)
      for item in items { list.append(try HostValue(item, special: special)) }
      self = .list(list)
    case .object(let object):
      if let value = try special(object) {
        self = value
        return
      }
      var fields: [HostField] = []
      fields.reserveCapacity(object.count)
      for (key, value) in object {
        fields.append(HostField(key, try HostValue(value, special: special)))
      }
      self = .record(fields)
    }
  }
}

extension JSONValue {
  /// Levels of nesting that a value may have when it leaves a program (rule BND).
  public static let valueDepth = 128

  /// The JSON form of a value: tuples are arrays, numbers that are not finite are null, sealed
  /// kinds have the forms of the specification, such as `{"$module": "gmail.work"}`.
  ///
  /// Throws where the value nests deeper than ``valueDepth``.
  public init(_ value: HostValue) throws(JSONError) {
    self = try Self.form(of: value, levels: Self.valueDepth)
  }

  private static func form(of value: HostValue, levels: Int) throws(JSONError) -> JSONValue {
    switch value {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .integer(let value): return .integer(value)
    case .double(let value): return value.isFinite ? JSONValue(value) : .null
    case .string(let value): return .string(value)
    case .list(let items), .tuple(let items):
      let inner = try descend(levels)
      var array: [JSONValue] = []
      array.reserveCapacity(items.count)
      for item in items { array.append(try form(of: item, levels: inner)) }
      return .array(array)
    case .record(let fields):
      let inner = try descend(levels)
      var object = JSONObject()
      for field in fields { object[field.key] = try form(of: field.value, levels: inner) }
      return .object(object)
    case .image(let image): return image.json
    case .run(let handle):
      return ["$run": .string(handle.id), "process": .string(handle.process)]
    case .module(let path, _): return ["$module": .string(path)]
    case .type(let schema): return ["$type": schema]
    case .descriptor(let type, let value):
      return [
        "$descriptor": .string(type), "value": try form(of: value, levels: try descend(levels)),
      ]
    case .process(let name): return ["$process": .string(name)]
    case .result(let result): return try form(of: result, levels: try descend(levels))
    case .triggerEvent: return ["$trigger": "event"]
    case .lazyJSON(let json):
      let plain = try json.value()
      return levels == valueDepth ? plain : try form(of: HostValue(plain), levels: levels)
    case .lazyReference(let reference): return ["$lazy": .string(reference.id)]
    }
  }

  /// The JSON form of a result wrapper; throws as ``init(_:)`` does.
  public init(_ result: CallResult) throws(JSONError) {
    self = try Self.form(of: result, levels: Self.valueDepth)
  }

  private static func form(of result: CallResult, levels: Int) throws(JSONError) -> JSONValue {
    switch result {
    case .success(let value): ["ok": true, "value": try form(of: value, levels: levels)]
    case .failure(let error): ["ok": false, "error": .string(error)]
    }
  }

  private static func descend(_ levels: Int) throws(JSONError) -> Int {
    guard levels > 0 else {
      throw JSONError("the value nests deeper than \(valueDepth) levels and has no JSON form")
    }
    return levels - 1
  }
}

extension HostImage {
  /// Reads `{"id", "label"?, "mime"?, "size"?, "width"?, "height"?}`; `nil` without a text `id`.
  public init?(json: JSONValue) {
    guard let id = json["id"]?.stringValue else { return nil }
    self.init(
      id: id,
      label: json["label"]?.stringValue ?? "",
      mime: json["mime"]?.stringValue ?? "image/png",
      size: json["size"]?.integerValue ?? 0,
      width: json["width"]?.integerValue,
      height: json["height"]?.integerValue)
  }

  /// The form in which an image leaves a program.
  public var json: JSONValue {
    [
      "type": "image", "id": .string(id), "label": .string(label), "mime": .string(mime),
      "size": .integer(size), "width": width.map { .integer($0) } ?? .null,
      "height": height.map { .integer($0) } ?? .null,
    ]
  }
}
