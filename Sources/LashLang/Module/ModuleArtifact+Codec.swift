import LashJSON

/// The stored form: one line of JSON with its keys in a fixed order, so that a module has one form
/// (`spec/modules.md`).
extension ModuleArtifact {
  /// The version that is written, and the only one that is read.
  public static let version: Int64 = 1
  /// The most that is read, in bytes.
  public static let maximumSize = 64 << 20
  /// Nesting of the form; schemas of the host nest inside it.
  static let maximumDepth = 300

  private static let format = "lash-module"
  private static let opening = Array("{\"format\":\"\(format)\"".utf8)

  /// Whether `bytes` begin as a stored module does, of whatever version.
  public static func isEncoded(_ bytes: [UInt8]) -> Bool { bytes.starts(with: opening) }

  /// The stored form. O(size). A module may be beyond what is read: see ``storedForm()``.
  public func encoded() -> [UInt8] {
    Array(json.description.utf8)
  }

  /// The stored form, if it is within the bounds of what is read. O(size).
  public func storedForm() throws(ModuleArtifactError) -> [UInt8] {
    let bytes = encoded()
    do throws(ModuleArtifactError) {
      _ = try ModuleArtifact(unverified: bytes)
    } catch .damaged(let place, let reason) {
      throw .beyondBounds(place: place, reason: reason)
    }
    return bytes
  }

  private var json: JSONValue {
    [
      "format": .string(Self.format), "version": .integer(Self.version),
      "identity": .string(identity.description), "requirements": requirements.json,
      "exports": Self.json(exports),
      "source": [
        "name": .string(source.name),
        "text": .string(String(decoding: source.bytes, as: UTF8.self)),
      ],
    ]
  }

  static func json(_ exports: [ModuleExport]) -> JSONValue {
    .array(
      exports.map { export in
        var object: JSONObject = [
          "name": .string(export.name), "identity": .string(export.identity.description),
        ]
        if let title = export.title { object["title"] = .string(title) }
        if let summary = export.summary { object["description"] = .string(summary) }
        object["parameters"] = json(export.parameters)
        if !export.signals.isEmpty { object["signals"] = json(export.signals) }
        if let result = export.result { object["result"] = .string(result) }
        return .object(object)
      })
  }

  private static func json(_ fields: [ModuleExport.Field]) -> JSONValue {
    .array(fields.map { ["name": .string($0.name), "type": .string($0.type)] })
  }

  // MARK: Reading

  /// Reads and verifies the stored form. Safe on any bytes. O(number of bytes).
  public init(decoding bytes: [UInt8]) throws(ModuleArtifactError) {
    try self.init(unverified: bytes)
    try verify()
  }

  /// Reads the stored form without asking whether its parts agree.
  init(unverified bytes: [UInt8]) throws(ModuleArtifactError) {
    guard Self.isEncoded(bytes) else { throw .notAModule }
    let value: JSONValue
    do throws(JSONError) {
      let reader = JSONReader(maximumDepth: Self.maximumDepth, maximumBytes: Self.maximumSize)
      value = try reader.read(bytes)
    } catch {
      throw .damaged(place: "$", reason: "\(error)")
    }
    let root = ArtifactPlace(value: value, path: "$")
    guard let version = value["version"]?.integerValue else {
      throw .damaged(place: "$", reason: "`version` is missing")
    }
    guard version == Self.version else {
      throw .unknownVersion(found: version, known: Self.version)
    }
    try root.allow(["format", "version", "identity", "requirements", "exports", "source"])
    identity = try root.identity()
    requirements = try HostRequirements(try root.required("requirements"))
    exports = try root.list("exports", Self.export)
    let place = try root.required("source")
    try place.allow(["name", "text"])
    source = SourceFile(name: try place.text("name"), text: try place.text("text"))
  }

  private static func export(_ item: ArtifactPlace) throws(ModuleArtifactError) -> ModuleExport {
    try item.allow([
      "name", "identity", "title", "description", "parameters", "signals", "result",
    ])
    return ModuleExport(
      name: try item.text("name"), identity: try item.identity(),
      title: try item.optionalText("title"), summary: try item.optionalText("description"),
      parameters: try item.list("parameters", field), signals: try item.list("signals", field),
      result: try item.optionalText("result"))
  }

  private static func field(
    _ item: ArtifactPlace
  ) throws(ModuleArtifactError) -> ModuleExport.Field {
    try item.allow(["name", "type"])
    return ModuleExport.Field(name: try item.text("name"), type: try item.text("type"))
  }
}

extension ArtifactPlace {
  fileprivate func identity() throws(ModuleArtifactError) -> ModuleIdentity {
    let text = try text("identity")
    guard let identity = ModuleIdentity(text) else {
      throw .damaged(place: path, reason: "`identity` is none: \(text.prefix(90))")
    }
    return identity
  }
}
