import LashJSON

/// What a host offers to programs: modules, operations, constructors, types, variables, abilities
/// (rules HST-1 …). The checker reads it; the machine never does.
public struct HostSurface: Sendable {
  /// Which effects the host grants.
  public var abilities = Abilities()
  /// Whether `@label` may be written.
  public var allowsLabels = true
  /// The modules, in the order in which they are shown.
  public var modules: [HostModule] = []
  /// Named data types.
  public var types: [HostNamedType] = []
  /// Pure constructors of opaque host values.
  public var constructors: [HostConstructor] = []
  /// Names of opaque types that are trigger sources, each with the type of its events.
  public var triggerSources: [HostTriggerSource] = []
  /// Variables that exist before the program begins (earlier cells).
  public var globals: [String] = []
  /// Names that may be read but not assigned.
  public var readOnlyGlobals: [String] = []
  /// Whether every dotted call path counts as a module operation (`--auto-mock`).
  public var acceptsAnyModule = false

  /// A host that offers nothing but the language itself.
  public init() {}

  /// The module at a dotted path, if there is one.
  public func module(at path: String) -> HostModule? {
    modules.first { $0.path == path }
  }
}

/// The effects that a host may grant or withhold (rule HST-6).
public struct Abilities: Hashable, Sendable {
  /// Process declarations and `start`.
  public var processes = true
  /// `sleep for`, `sleep until`.
  public var sleep = true
  /// `signals`, `wait_signal`, `signal_run`.
  public var processSignals = true
  /// Operations of the trigger registry.
  public var triggers = true

  /// Everything granted.
  public init() {}
}

/// A module: an authority that the model names by its path, such as `gmail.work`.
public struct HostModule: Sendable {
  /// The dotted path.
  public var path: String
  /// The name of its authority type, usable as a parameter type.
  public var authority: String
  /// What can be called.
  public var operations: [HostOperation]

  /// Makes a module.
  public init(path: String, authority: String, operations: [HostOperation]) {
    self.path = path
    self.authority = authority
    self.operations = operations
  }

  /// The operation of a name, if there is one.
  public func operation(named name: String) -> HostOperation? {
    operations.first { $0.name == name }
  }
}

/// One callable operation of a module.
public struct HostOperation: Sendable {
  /// The name after the dot.
  public var name: String
  /// The type of its argument; `nil` accepts anything.
  public var input: HostType?
  /// The type of its result; `nil` is unknown.
  public var output: HostType?
  /// The input field whose Type value gives the output type, if any.
  public var outputFromInput: String?
  /// What it does, for people and models.
  public var summary: String?

  /// Makes an operation.
  public init(
    name: String, input: HostType? = nil, output: HostType? = nil,
    outputFromInput: String? = nil, summary: String? = nil
  ) {
    self.name = name
    self.input = input
    self.output = output
    self.outputFromInput = outputFromInput
    self.summary = summary
  }
}

/// A type as a host states it.
public enum HostType: Sendable {
  /// In lashlang's syntax.
  case text(String)
  /// As JSON Schema.
  case schema(JSONValue)
}

/// A named data type of the host.
public struct HostNamedType: Sendable {
  /// The name, maybe dotted.
  public var name: String
  /// What it stands for.
  public var type: HostType

  /// Makes a named type.
  public init(name: String, type: HostType) {
    self.name = name
    self.type = type
  }
}

/// A pure constructor of an opaque host value, such as `cron.Schedule`.
public struct HostConstructor: Sendable {
  /// The dotted path that is called.
  public var path: String
  /// The type of its one argument.
  public var input: HostType
  /// The name of the opaque type that it makes.
  public var output: String

  /// Makes a constructor.
  public init(path: String, input: HostType, output: String) {
    self.path = path
    self.input = input
    self.output = output
  }
}

/// An opaque type whose values are sources of events.
public struct HostTriggerSource: Sendable {
  /// The name of the opaque type.
  public var source: String
  /// The name of the type of its events.
  public var event: String

  /// Makes a source.
  public init(source: String, event: String) {
    self.source = source
    self.event = event
  }
}
