import LashJSON

extension HostValue {
  /// The value as people read it: strings raw, numbers as the language writes them, anything else
  /// as JSON, on several lines if it is longer than `width` characters.
  ///
  /// Throws where the value nests too deeply to be written.
  public func text(width: Int = .max) throws(JSONError) -> String {
    switch self {
    case .string(let text): return text
    case .lazyJSON(let json): return try HostValue(json.value()).text(width: width)
    case .double(let number): return NumberText.text(number)
    default:
      let json = try JSONValue(self)
      let line = json.description
      return line.utf8.count <= width
        ? line : try JSONWriter.text(of: json, layout: .indented(2))
    }
  }

  /// The value with all lazy JSON in it decoded. Recursion is bounded by the depth of values.
  package func plain() throws(JSONError) -> HostValue {
    switch self {
    case .lazyJSON(let json): return HostValue(try json.value())
    case .list(let items):
      var plain: [HostValue] = []
      for item in items { plain.append(try item.plain()) }
      return .list(plain)
    case .tuple(let items):
      var plain: [HostValue] = []
      for item in items { plain.append(try item.plain()) }
      return .tuple(plain)
    case .record(let fields):
      var plain: [HostField] = []
      for field in fields { plain.append(HostField(field.key, try field.value.plain())) }
      return .record(plain)
    case .result(.success(let inner)): return .result(.success(try inner.plain()))
    case .descriptor(let type, let inner): return .descriptor(type: type, value: try inner.plain())
    default: return self
    }
  }

  /// The name of the value's kind, for messages.
  package var kind: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .integer, .double: "number"
    case .string: "string"
    case .list: "list"
    case .tuple: "tuple"
    case .record, .result: "record"
    case .image: "image"
    case .run: "handle"
    case .module: "module"
    case .type: "type"
    case .descriptor: "descriptor"
    case .process, .triggerEvent: "process"
    case .lazyJSON(let json):
      json.kind == .list ? "list" : json.kind == .record ? "record" : "string"
    case .lazyReference(let reference): "\(reference.kind)"
    }
  }
}

extension HostValue {
  /// The value of a record's field; `nil` for other kinds and absent fields.
  package subscript(key: String) -> HostValue? {
    guard case .record(let fields) = self else { return nil }
    return fields.first { $0.key == key }?.value
  }

  /// The text of a string.
  package var stringValue: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }
}

extension ModuleCall {
  /// The call with all lazy JSON in its arguments decoded.
  package func plain() throws(JSONError) -> ModuleCall {
    var call = self
    for place in arguments.indices { call.arguments[place] = try arguments[place].plain() }
    return call
  }
}
