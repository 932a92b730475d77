import LashJSON
import LashLang

/// Reads a host surface in JSON Schema terms: what a host offers, without any answers.
///
///     {"modules": {"web": {"authority": "Web", "summary": "…",
///        "operations": {"search": {"input": SCHEMA, "output": SCHEMA, "summary": "…",
///                                  "output_from_input": "schema"}}}},
///      "types": {"Finding": SCHEMA}, "globals": ["name"], "read_only": ["history"],
///      "constructors": {"cron.Schedule": {"input": SCHEMA, "output": "cron.Schedule"}},
///      "trigger_sources": {"cron.Schedule": "cron.Tick"},
///      "abilities": {"sleep": true}, "label_annotations": true}
///
/// Everything may be absent. SCHEMA is a JSON Schema or a string in lashlang's type syntax.
public enum HostFile {
  private static let keys = [
    "modules", "types", "globals", "read_only", "constructors", "trigger_sources", "abilities",
    "label_annotations",
  ]

  /// Reads the file. The error says where it is wrong and what belongs there.
  public static func read(_ bytes: [UInt8]) throws(MockError) -> HostSurface {
    let root = try JSONPlace(text: bytes)
    try root.allow(keys)
    var surface = HostSurface()
    if let place = root.member("modules") {
      for (path, module) in try place.members("an object of modules by dotted path") {
        try module.checkPath(path)
        surface.modules.append(try Self.module(path, module))
      }
    }
    if let place = root.member("types") { surface.types = try HostNamedType.all(place) }
    if let place = root.member("globals") { surface.globals = try names(place) }
    if let place = root.member("read_only") { surface.readOnlyGlobals = try names(place) }
    if let place = root.member("constructors") { surface.constructors = try constructors(place) }
    if let place = root.member("trigger_sources") {
      surface.triggerSources = try triggerSources(place)
    }
    if let place = root.member("abilities") { surface.abilities = try Abilities(place) }
    if let place = root.member("label_annotations") { surface.allowsLabels = try place.bool() }
    return surface
  }

  private static func module(
    _ path: String, _ place: JSONPlace
  ) throws(MockError) -> HostModule {
    try place.allow(["authority", "operations", "summary"])
    var module = HostModule(
      path: path,
      authority: try place.member("authority")?.text() ?? HostModule.defaultAuthority(of: path),
      operations: [])
    guard let operations = place.member("operations") else { return module }
    for (name, operation) in try operations.members("an object of operations") {
      try operation.allow(["input", "output", "output_from_input", "summary"])
      module.operations.append(
        HostOperation(
          name: name,
          input: try operation.member("input").map(HostType.init(place:)),
          output: try operation.member("output").map(HostType.init(place:)),
          outputFromInput: try operation.member("output_from_input")?.text(),
          summary: try operation.member("summary")?.text()))
    }
    return module
  }

  static func triggerSources(_ place: JSONPlace) throws(MockError) -> [HostTriggerSource] {
    var sources: [HostTriggerSource] = []
    for (source, event) in try place.members() {
      sources.append(HostTriggerSource(source: source, event: try event.text()))
    }
    return sources
  }

  static func constructors(_ place: JSONPlace) throws(MockError) -> [HostConstructor] {
    var constructors: [HostConstructor] = []
    for (path, constructor) in try place.members("an object of constructors by dotted path") {
      try constructor.checkPath(path)
      try constructor.allow(["input", "output"])
      guard let input = constructor.member("input") else {
        throw MockError(at: constructor.path, "needs `input`, the type of its argument")
      }
      constructors.append(
        HostConstructor(
          path: path, input: try HostType(place: input),
          output: try constructor.member("output")?.text() ?? path))
    }
    return constructors
  }

  private static func names(_ place: JSONPlace) throws(MockError) -> [String] {
    var names: [String] = []
    for item in try place.items("an array of names") { names.append(try item.text("a name")) }
    return names
  }
}
