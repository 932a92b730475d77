import LashJSON

/// A module to keep and to send: its text, what it needs of its host, what it offers, and the identity
/// that follows from these (rule MOD-5).
///
/// What claims to be an artifact is believed only after `verify`, which the reader and every store do.
public struct ModuleArtifact: Sendable {
  /// The content address.
  public internal(set) var identity: ModuleIdentity
  /// What a host must offer.
  public internal(set) var requirements: HostRequirements
  /// The processes that can be started.
  public internal(set) var exports: [ModuleExport]
  /// The text.
  public internal(set) var source: SourceFile

  /// The artifact of a module without errors. O(size of the module).
  public init(_ module: CheckedModule) {
    precondition(!module.hasErrors, "only a module without errors can be stored")
    requirements = HostRequirements(of: module)
    identity = module.identity(needing: requirements)
    exports = module.exports
    source = module.tree.source
  }

  init(
    identity: ModuleIdentity, requirements: HostRequirements, exports: [ModuleExport],
    source: SourceFile
  ) {
    self.identity = identity
    self.requirements = requirements
    self.exports = exports
    self.source = source
  }

  /// The export of a name, if there is one.
  public func export(named name: String) -> ModuleExport? { exports.first { $0.name == name } }

  /// Makes everything anew from the text and the requirements, and compares: the module if all agrees.
  /// O(size of the artifact).
  @discardableResult
  public func verify() throws(ModuleArtifactError) -> CheckedModule {
    let parsed = Parser.parse(source)
    let module = CheckModule.check(
      parsed.tree, host: requirements.surface, earlier: parsed.diagnostics)
    if let problem = module.diagnostics.first(where: { $0.severity == .error }) {
      throw .doesNotCheck(problem.message)
    }
    let actual = ModuleArtifact(module)
    try Self.compare("requirements", requirements.json, actual.requirements.json)
    try Self.compare("exports", Self.json(exports), Self.json(actual.exports))
    guard identity == actual.identity else {
      throw .mismatch(part: "identity", stated: "\(identity)", actual: "\(actual.identity)")
    }
    return module
  }

  private static func compare(
    _ part: String, _ stated: JSONValue, _ actual: JSONValue
  ) throws(ModuleArtifactError) {
    guard stated != actual else { return }
    throw .mismatch(
      part: part, stated: String(stated.description.prefix(200)),
      actual: String(actual.description.prefix(200)))
  }
}

/// Why something is no module that can be used.
public enum ModuleArtifactError: Error, Hashable, Sendable, CustomStringConvertible {
  /// It does not begin as a stored module does.
  case notAModule
  /// It has a version of the form that is not read.
  case unknownVersion(found: Int64, known: Int64)
  /// It is cut off or altered: where, and what is wrong there.
  case damaged(place: String, reason: String)
  /// It is too large to be stored: where, and by how much.
  case beyondBounds(place: String, reason: String)
  /// Its text has an error under the requirements that it states.
  case doesNotCheck(String)
  /// A part is not what follows from its text.
  case mismatch(part: String, stated: String, actual: String)

  /// What is wrong, and what to do about it.
  public var description: String {
    switch self {
    case .notAModule: "this is not a stored module: it does not begin as one"
    case .unknownVersion(let found, let known):
      "the module has version \(found) of the form, this is version \(known): build it again from "
        + "its text"
    case .damaged(let place, let reason): "the stored module is damaged at \(place): \(reason)"
    case .beyondBounds(let place, let reason):
      "the module is too large to be stored, at \(place): \(reason); divide it"
    case .doesNotCheck(let problem): "the text of the stored module has an error: \(problem)"
    case .mismatch(let part, let stated, let actual):
      "the stored module was altered: its \(part) should be \(actual), not \(stated)"
    }
  }
}
