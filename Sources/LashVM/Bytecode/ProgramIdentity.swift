import Synchronization

/// The name of one program's behaviour, made out when a thread first asks for it.
final class ProgramIdentity: Sendable {
  private final class Hash: Sendable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }
  }

  private let hash = AtomicLazyReference<Hash>()

  /// The bytes; `make` may be called on several threads at once, and must give the same on each.
  func bytes(_ make: () -> [UInt8]) -> [UInt8] {
    if let hash = hash.load() { return hash.bytes }
    return hash.storeIfNil(Hash(make())).bytes
  }
}
