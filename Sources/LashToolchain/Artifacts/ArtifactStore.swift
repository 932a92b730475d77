import LashLang

/// Keeps modules by their identity (rule MOD-5).
///
/// An artifact never changes, so putting one that is there already changes nothing, and any number of
/// readers and writers may share a store. Stores verify what they take, and what comes from outside.
public protocol ArtifactStore: Sendable {
  /// Keeps an artifact. Throws if it does not verify, or the store cannot keep it.
  func put(_ artifact: ModuleArtifact) throws(ArtifactStoreError)
  /// The artifact of an identity; nothing if it is not there. Throws if what is there is damaged.
  func artifact(_ identity: ModuleIdentity) throws(ArtifactStoreError) -> ModuleArtifact?
  /// The identities of all that is there, in ascending order.
  func identities() throws(ArtifactStoreError) -> [ModuleIdentity]
}

/// Why a store cannot do what is asked.
public enum ArtifactStoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The artifact, or what is stored under its identity, is no module.
  case invalid(ModuleArtifactError)
  /// Under this identity another module is stored.
  case wrongIdentity(asked: ModuleIdentity, found: ModuleIdentity)
  /// The file system refuses; trying again may help.
  case files(path: String, reason: String)

  /// What is wrong.
  public var description: String {
    switch self {
    case .invalid(let error): "\(error)"
    case .wrongIdentity(let asked, let found): "the store has \(found) under the name of \(asked)"
    case .files(let path, let reason): "the store cannot use `\(path)`: \(reason)"
    }
  }
}
