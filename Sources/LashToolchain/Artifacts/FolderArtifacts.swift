import LashLang

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A store in a folder: a file for each module, named by its identity.
///
/// A file appears whole or not at all: it is written under another name, flushed to the disk, and
/// renamed. Processes may share the folder; what a crash leaves behind begins with a dot.
public struct FolderArtifacts: ArtifactStore {
  /// The folder.
  public let path: String

  private static let suffix = ".module.json"

  /// The store in a folder, which is made if it is not there (its parent must be).
  public init(_ path: String) throws(ArtifactStoreError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw .files(path: path, reason: "no such name")
    }
    self.path = path
    if mkdir(path, 0o777) != 0, errno != EEXIST { throw Self.lastError(path) }
  }

  /// Keeps an artifact.
  public func put(_ artifact: ModuleArtifact) throws(ArtifactStoreError) {
    let target = file(artifact.identity)
    if let found = try? self.artifact(artifact.identity), found.identity == artifact.identity {
      return
    }
    let bytes: [UInt8]
    do throws(ModuleArtifactError) {
      bytes = try artifact.storedForm()
      try artifact.verify()
    } catch {
      throw .invalid(error)
    }
    let (descriptor, draft) = try begin(artifact.identity)
    do throws(ArtifactStoreError) {
      try Self.write(bytes, descriptor, draft)
      guard rename(draft, target) == 0 else { throw Self.lastError(target) }
    } catch {
      unlink(draft)
      throw error
    }
    try flushFolder()
  }

  /// The artifact of an identity.
  public func artifact(_ identity: ModuleIdentity) throws(ArtifactStoreError) -> ModuleArtifact? {
    guard let bytes = try Self.read(file(identity)) else { return nil }
    let artifact: ModuleArtifact
    do throws(ModuleArtifactError) {
      artifact = try ModuleArtifact(decoding: bytes)
    } catch {
      throw .invalid(error)
    }
    guard artifact.identity == identity else {
      throw .wrongIdentity(asked: identity, found: artifact.identity)
    }
    return artifact
  }

  /// The identities of all that is there, in ascending order. Other files are left alone.
  public func identities() throws(ArtifactStoreError) -> [ModuleIdentity] {
    guard let folder = opendir(path) else { throw Self.lastError(path) }
    defer { closedir(folder) }
    var found: [ModuleIdentity] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasSuffix(Self.suffix) else { continue }
      let digits = name.dropLast(Self.suffix.count)
      if let identity = ModuleIdentity("module:1:\(digits)") { found.append(identity) }
    }
    return found.sorted()
  }

  // MARK: Files

  private func file(_ identity: ModuleIdentity) -> String {
    "\(path)/\(identity.digits)\(Self.suffix)"
  }

  /// Opens a new file beside those that count.
  private func begin(
    _ identity: ModuleIdentity
  ) throws(ArtifactStoreError) -> (descriptor: Int32, path: String) {
    var number = 0
    while true {
      let draft = "\(path)/.\(identity.digits.prefix(16)).\(getpid()).\(number)"
      let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (descriptor, draft) }
      guard errno == EEXIST, number < 1_000 else { throw Self.lastError(draft) }
      number += 1
    }
  }

  private static func write(
    _ bytes: [UInt8], _ descriptor: Int32, _ path: String
  ) throws(ArtifactStoreError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        let error = lastError(path)
        close(descriptor)
        throw error
      }
    }
    let isFlushed = fsync(descriptor) == 0
    let error = lastError(path)
    guard close(descriptor) == 0, isFlushed else { throw error }
  }

  private func flushFolder() throws(ArtifactStoreError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.lastError(path) }
    defer { close(descriptor) }
    // Some file systems cannot flush folders; the rename is atomic there all the same.
    if fsync(descriptor) != 0, errno != EINVAL { throw Self.lastError(path) }
  }

  /// The bytes of a file, nothing if it is not there; one more than is ever accepted at most.
  private static func read(_ path: String) throws(ArtifactStoreError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw lastError(path)
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= ModuleArtifact.maximumSize {
      let count = chunk.withUnsafeMutableBytes { receive(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { break }
      if count > 0 {
        bytes += chunk[..<count]
      } else if errno != EINTR {
        throw lastError(path)
      }
    }
    return bytes
  }

  private static func lastError(_ path: String) -> ArtifactStoreError {
    .files(path: path, reason: String(cString: strerror(errno)))
  }
}

#if canImport(Glibc)
  private let send = Glibc.write
  private let receive = Glibc.read
#elseif canImport(Musl)
  private let send = Musl.write
  private let receive = Musl.read
#else
  private let send = Darwin.write
  private let receive = Darwin.read
#endif
