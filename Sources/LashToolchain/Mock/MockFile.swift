import LashJSON
import LashLang
import LashVM

/// A mock host as its file describes it: what it offers, and how each operation answers.
///
/// Reading checks the whole file, so a mock that was read never fails for its form.
public struct MockFile: Sendable {
  /// The modules by dotted path, in the order of the file.
  public internal(set) var modules: [Module] = []
  /// Named data types.
  public internal(set) var types: [HostNamedType] = []
  /// Variables of earlier cells.
  public internal(set) var globals: [HostField] = []
  /// Read-only bindings, lazy.
  public internal(set) var projected: [HostField] = []
  /// The payloads that `wait_signal` takes, by name.
  public internal(set) var signals: [(name: String, payloads: [HostValue])] = []
  /// What the host grants.
  public internal(set) var abilities = Abilities()
  /// Whether `@label` may be written.
  public internal(set) var allowsLabels = true
  /// Whether the trigger registry and its sources exist.
  public internal(set) var hasTriggers = false
  /// Constructors of opaque values besides those that `hasTriggers` brings.
  public internal(set) var constructors: [HostConstructor] = []
  /// Trigger sources besides those that `hasTriggers` brings.
  public internal(set) var triggerSources: [HostTriggerSource] = []
  /// How many sequences the answers hold.
  var counters = 0

  /// One module.
  public struct Module: Sendable {
    /// Its dotted path.
    public var path: String
    /// Its operations in order.
    public var operations: [Operation]
  }

  /// One operation.
  public struct Operation: Sendable {
    /// Its name.
    public var name: String
    /// How it answers.
    public var answer: MockAnswer
    /// The type of its argument, if stated.
    public var input: HostType?
    /// The type of its result, if stated.
    public var output: HostType?
    /// The input field whose Type value gives the type of the result, if any.
    public var outputFromInput: String?
  }

  /// A host that offers the language alone, with every ability.
  public init() {}

  /// The surface that programs are checked against.
  public var surface: HostSurface {
    var surface = HostSurface()
    surface.abilities = abilities
    surface.allowsLabels = allowsLabels
    surface.types = types
    surface.globals = globals.map(\.key)
    surface.readOnlyGlobals = projected.map(\.key)
    surface.modules = modules.map { module in
      HostModule(
        path: module.path, authority: HostModule.defaultAuthority(of: module.path),
        operations: module.operations.map {
          HostOperation(
            name: $0.name, input: $0.input, output: $0.output,
            outputFromInput: $0.outputFromInput)
        })
    }
    surface.constructors = constructors
    surface.triggerSources = triggerSources
    if hasTriggers {
      MockTriggers.extend(&surface)
    } else if !triggerSources.isEmpty {
      MockTriggers.addRegistry(to: &surface)
    }
    return surface
  }

  /// Whether the mock says what the operation of a call answers.
  package func answers(_ call: ModuleCall) -> Bool {
    answer(path: call.path, operation: call.operation) != nil
      || hasTriggers && call.path == "triggers"
        && TriggerOperation(rawValue: call.operation) != nil
  }

  /// How `operation` of the module at `path` answers, if the mock has it.
  func answer(path: String, operation: String) -> MockAnswer? {
    let module = modules.first { $0.path == path }
    return module?.operations.first { $0.name == operation }?.answer
  }
}

extension HostModule {
  /// The authority of a module whose host names none: the first part of its path, capitalised:
  /// `gmail.work` and `gmail.personal` are both a `Gmail`.
  static func defaultAuthority(of path: String) -> String {
    let name = path.split(separator: ".").first.map(String.init) ?? path
    return name.prefix(1).uppercased() + name.dropFirst()
  }
}
