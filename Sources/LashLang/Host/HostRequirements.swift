import LashJSON

/// The least that a host must offer for a module to mean the same there (rule MOD-4): what the module
/// uses of the surface that it was checked against, and nothing else.
public struct HostRequirements: Sendable {
  /// The operations that are called on receivers of one authority type.
  public struct Authority: Sendable {
    /// The name of the type.
    public var name: String
    /// The operations, with the types that the check relied on.
    public var operations: [HostOperation]
  }

  /// The effects that it uses; what it does not use is false.
  public internal(set) var abilities: Abilities
  /// Whether it has labels.
  public internal(set) var usesLabels = false
  /// The modules that it names, with the operations that it calls there.
  public internal(set) var modules: [HostModule] = []
  /// The authority types that it names or calls operations of.
  public internal(set) var authorities: [Authority] = []
  /// Operations that it calls on receivers whose type is not known; some module must have them.
  public internal(set) var operations: [String] = []
  /// The named types that it uses, also inside others.
  public internal(set) var types: [HostNamedType] = []
  /// The opaque types that it names without making any.
  public internal(set) var opaqueTypes: [String] = []
  /// The constructors that it calls.
  public internal(set) var constructors: [HostConstructor] = []
  /// The trigger sources among the opaque types that it uses.
  public internal(set) var triggerSources: [HostTriggerSource] = []
  /// The variables from outside that it reads or assigns.
  public internal(set) var globals: [String] = []
  /// The read-only ones that it reads.
  public internal(set) var readOnlyGlobals: [String] = []

  /// No requirements.
  public init() {
    abilities = Abilities()
    abilities.processes = false
    abilities.sleep = false
    abilities.processSignals = false
    abilities.triggers = false
  }

  /// The content address: equal requirements have the same.
  public var identity: ModuleIdentity {
    // Nesting is bounded by the depth of schemas, which the writer of JSON accepts.
    let bytes = (try? CanonicalJSON.bytes(of: json, maximumDepth: JSONValue.maximumDepth)) ?? []
    return ModuleIdentity(hashing: bytes)
  }

  /// A surface that offers exactly this, for checking the module without its host.
  ///
  /// What is not bound to a path stands under paths that no program can write.
  public var surface: HostSurface {
    var surface = HostSurface()
    surface.abilities = abilities
    surface.allowsLabels = usesLabels
    // Before the modules, so that calls on values find the types that they were checked with.
    surface.modules = authorities.map {
      HostModule(path: "*\($0.name)", authority: $0.name, operations: $0.operations)
    }
    if !operations.isEmpty {
      surface.modules.append(
        HostModule(
          path: "*", authority: "*", operations: operations.map { HostOperation(name: $0) }))
    }
    surface.modules += modules
    surface.types = types
    surface.constructors =
      constructors
      + opaqueTypes.map { HostConstructor(path: "*\($0)", input: .text("any"), output: $0) }
    surface.triggerSources = triggerSources
    surface.globals = globals
    surface.readOnlyGlobals = readOnlyGlobals
    return surface
  }
}
