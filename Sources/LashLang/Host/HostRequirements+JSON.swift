import LashJSON

/// The JSON form, part of module artifacts (`spec/modules.md`). Empty parts are left out.
extension HostRequirements {
  static let keys = [
    "abilities", "authorities", "constructors", "labels", "modules", "opaque_types", "operations",
    "read_only", "trigger_sources", "types", "variables",
  ]

  /// The abilities by name, in the order of the form.
  private static let abilityNames = ["processes", "sleep", "process_signals", "triggers"]

  private var abilityFlags: [Bool] {
    [abilities.processes, abilities.sleep, abilities.processSignals, abilities.triggers]
  }

  private mutating func use(ability name: String) -> Bool {
    switch name {
    case "processes": abilities.processes = true
    case "sleep": abilities.sleep = true
    case "process_signals": abilities.processSignals = true
    case "triggers": abilities.triggers = true
    default: return false
    }
    return true
  }

  /// The form.
  public var json: JSONValue {
    var object = JSONObject()
    let used = zip(Self.abilityNames, abilityFlags).filter { $0.1 }
    Self.add("abilities", used.map { .string($0.0) }, &object)
    if usesLabels { object["labels"] = true }
    Self.add(
      "modules",
      modules.map { module in
        [
          "path": .string(module.path), "authority": .string(module.authority),
          "operations": .array(module.operations.map(Self.json)),
        ]
      }, &object)
    Self.add(
      "authorities",
      authorities.map { authority in
        [
          "name": .string(authority.name),
          "operations": .array(authority.operations.map(Self.json)),
        ]
      }, &object)
    Self.add("operations", operations.map { .string($0) }, &object)
    Self.add("types", types.map { ["name": .string($0.name), "type": $0.type.json] }, &object)
    Self.add("opaque_types", opaqueTypes.map { .string($0) }, &object)
    Self.add(
      "constructors",
      constructors.map {
        ["path": .string($0.path), "input": $0.input.json, "output": .string($0.output)]
      }, &object)
    Self.add(
      "trigger_sources",
      triggerSources.map {
        ["source": .string($0.source), "event": .string($0.event)]
      }, &object)
    Self.add("variables", globals.map { .string($0) }, &object)
    Self.add("read_only", readOnlyGlobals.map { .string($0) }, &object)
    return .object(object)
  }

  private static func add(_ key: String, _ items: [JSONValue], _ object: inout JSONObject) {
    if !items.isEmpty { object[key] = .array(items) }
  }

  private static func json(_ operation: HostOperation) -> JSONValue {
    var object: JSONObject = ["name": .string(operation.name)]
    if let input = operation.input { object["input"] = input.json }
    if let output = operation.output { object["output"] = output.json }
    if let field = operation.outputFromInput { object["output_from_input"] = .string(field) }
    return .object(object)
  }

  /// Reads the form; strict: unknown keys are refused.
  init(_ place: ArtifactPlace) throws(ModuleArtifactError) {
    self.init()
    try place.allow(Self.keys)
    for name in try place.texts("abilities") {
      guard use(ability: name) else { throw place.wrong("an ability", "`\(name.prefix(60))`") }
    }
    usesLabels = place.value["labels"] == true
    modules = try place.list("modules") { (item) throws(ModuleArtifactError) in
      try item.allow(["path", "authority", "operations"])
      return HostModule(
        path: try item.text("path"), authority: try item.text("authority"),
        operations: try item.list("operations", Self.operation))
    }
    authorities = try place.list("authorities") { (item) throws(ModuleArtifactError) in
      try item.allow(["name", "operations"])
      return Authority(
        name: try item.text("name"), operations: try item.list("operations", Self.operation))
    }
    operations = try place.texts("operations")
    types = try place.list("types") { (item) throws(ModuleArtifactError) in
      try item.allow(["name", "type"])
      return HostNamedType(name: try item.text("name"), type: try item.type("type"))
    }
    opaqueTypes = try place.texts("opaque_types")
    constructors = try place.list("constructors") { (item) throws(ModuleArtifactError) in
      try item.allow(["path", "input", "output"])
      return HostConstructor(
        path: try item.text("path"), input: try item.type("input"), output: try item.text("output"))
    }
    triggerSources = try place.list("trigger_sources") { (item) throws(ModuleArtifactError) in
      try item.allow(["source", "event"])
      return HostTriggerSource(source: try item.text("source"), event: try item.text("event"))
    }
    globals = try place.texts("variables")
    readOnlyGlobals = try place.texts("read_only")
  }

  private static func operation(_ item: ArtifactPlace) throws(ModuleArtifactError) -> HostOperation
  {
    try item.allow(["name", "input", "output", "output_from_input"])
    return HostOperation(
      name: try item.text("name"), input: try item.optionalType("input"),
      output: try item.optionalType("output"),
      outputFromInput: try item.optionalText("output_from_input"))
  }
}

extension HostType {
  /// A text as a string, a schema as it is.
  var json: JSONValue {
    switch self {
    case .text(let text): .string(text)
    case .schema(let schema): schema
    }
  }
}
