import LashLang
import Synchronization

/// A store that lives as long as the process.
public final class MemoryArtifacts: ArtifactStore {
  private let artifacts = Mutex<[ModuleIdentity: ModuleArtifact]>([:])

  /// An empty store.
  public init() {}

  /// Keeps an artifact.
  public func put(_ artifact: ModuleArtifact) throws(ArtifactStoreError) {
    do throws(ModuleArtifactError) {
      _ = try artifact.storedForm()
      try artifact.verify()
    } catch {
      throw .invalid(error)
    }
    artifacts.withLock { if $0[artifact.identity] == nil { $0[artifact.identity] = artifact } }
  }

  /// The artifact of an identity.
  public func artifact(_ identity: ModuleIdentity) throws(ArtifactStoreError) -> ModuleArtifact? {
    artifacts.withLock { $0[identity] }
  }

  /// The identities of all that is there, in ascending order.
  public func identities() throws(ArtifactStoreError) -> [ModuleIdentity] {
    artifacts.withLock { $0.keys.sorted() }
  }
}
