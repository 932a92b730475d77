import LashJSON
import LashLang
import LashVM

extension MockFile {
  private static let keys = [
    "modules", "types", "globals", "projected", "signals", "abilities", "label_annotations",
    "triggers", "constructors", "trigger_sources",
  ]

  /// Reads a mock file. The error says where the file is wrong and what belongs there.
  public init(bytes: [UInt8]) throws(MockError) {
    try self.init(JSONPlace(text: bytes))
  }

  /// Takes a mock that is JSON already.
  public init(_ json: JSONValue) throws(MockError) {
    try self.init(JSONPlace(value: json))
  }

  private init(_ root: JSONPlace) throws(MockError) {
    self.init()
    try root.allow(Self.keys)
    if let place = root.member("modules") { try readModules(place) }
    if let place = root.member("types") { types = try HostNamedType.all(place) }
    if let place = root.member("globals") { globals = try Self.fields(place) }
    if let place = root.member("projected") { projected = try Self.fields(place, areLazy: true) }
    if let place = root.member("signals") { try readSignals(place) }
    if let place = root.member("abilities") { abilities = try Abilities(place) }
    if let place = root.member("label_annotations") { allowsLabels = try place.bool() }
    if let place = root.member("triggers") { hasTriggers = try place.bool() }
    if let place = root.member("constructors") { constructors = try HostFile.constructors(place) }
    if let place = root.member("trigger_sources") {
      triggerSources = try HostFile.triggerSources(place)
    }
    if let twice = projected.first(where: { field in globals.contains { $0.key == field.key } }) {
      throw MockError(at: "$.projected", "`\(twice.key)` is among the globals too")
    }
  }

  private mutating func readModules(_ place: JSONPlace) throws(MockError) {
    for (path, module) in try place.members("an object of modules by dotted path") {
      try module.checkPath(path)
      var operations: [Operation] = []
      for (name, operation) in try module.members("an object of operations") {
        operations.append(
          Operation(
            name: name, answer: try MockAnswer(operation, counters: &counters),
            input: try operation.member("input").map(HostType.init(place:)),
            output: try operation.member("output").map(HostType.init(place:)),
            outputFromInput: try operation.member("output_from_input")?.text()))
      }
      modules.append(Module(path: path, operations: operations))
    }
  }

  private mutating func readSignals(_ place: JSONPlace) throws(MockError) {
    for (name, payloads) in try place.members("an object of payload arrays by signal") {
      var values: [HostValue] = []
      for item in try payloads.items("an array of payloads") { values.append(try item.hostValue()) }
      signals.append((name, values))
    }
  }

  private static func fields(
    _ place: JSONPlace, areLazy: Bool = false
  ) throws(MockError) -> [HostField] {
    var fields: [HostField] = []
    for (name, value) in try place.members("an object of values by name") {
      fields.append(HostField(name, areLazy ? try value.lazyValue() : try value.hostValue()))
    }
    return fields
  }
}

extension JSONPlace {
  /// Refuses a module path that is no dotted path of names.
  func checkPath(_ path: String) throws(MockError) {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false)
    let isPath = parts.allSatisfy { part in
      guard let first = part.utf8.first, !(0x30...0x39).contains(first) else { return false }
      return part.utf8.allSatisfy(\.isWordByte)
    }
    guard isPath else {
      throw MockError(at: self.path, "a module is named by a dotted path such as `gmail.work`")
    }
  }
}

extension HostType {
  /// A type in lashlang's syntax (a string) or as JSON Schema (an object, true or false).
  init(place: JSONPlace) throws(MockError) {
    switch place.value {
    case .string(let text):
      let parsed = Parser.parse(SourceFile(name: "type", text: "type T = \(text)"))
      guard !parsed.hasErrors, parsed.tree.declarations.count == 1 else {
        let reason = parsed.diagnostics.first.map { ": \($0.message)" } ?? ""
        throw MockError(at: place.path, "no type in lashlang's syntax\(reason)")
      }
      self = .text(text)
    case .object, .bool: self = .schema(place.value)
    default: throw place.wrong("a type: a string in lashlang's syntax, or a JSON Schema")
    }
  }
}

extension HostNamedType {
  static func all(_ place: JSONPlace) throws(MockError) -> [HostNamedType] {
    var types: [HostNamedType] = []
    for (name, type) in try place.members("an object of types by name") {
      types.append(HostNamedType(name: name, type: try HostType(place: type)))
    }
    return types
  }
}

extension Abilities {
  /// An object of booleans; absent ones are granted.
  init(_ place: JSONPlace) throws(MockError) {
    self.init()
    for (name, granted) in try place.members("an object of booleans by ability") {
      let granted = (place: granted, value: try granted.bool())
      switch name {
      case "processes": processes = granted.value
      case "sleep": sleep = granted.value
      case "process_signals": processSignals = granted.value
      case "triggers": triggers = granted.value
      default:
        throw MockError(
          at: granted.place.path,
          "unknown ability; expected processes, sleep, process_signals or triggers")
      }
    }
  }
}
