import Foundation
import LashLang
import LashToolchain
import Testing

/// Stores of modules, each kind by the same cases (rule MOD-5).
@Suite struct ArtifactStoreTests {
  private func folder() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("lash-store-\(UUID())").path
  }

  private func artifact(_ text: String) throws -> ModuleArtifact {
    let source = SourceFile(name: "m.lash", text: text)
    return ModuleArtifact(try #require(Compile.program(source, surface: HostSurface()).module))
  }

  private func exercise(_ store: any ArtifactStore) throws {
    let first = try artifact("x = 1\nfinish x")
    let second = try artifact("process p() { finish 2 }")
    #expect(try store.identities().isEmpty)
    #expect(try store.artifact(first.identity) == nil)
    try store.put(first)
    try store.put(second)
    #expect(try store.identities() == [first.identity, second.identity].sorted())
    #expect(try store.artifact(second.identity)?.exports == second.exports)
    // The same module in other words: what is there stays.
    try store.put(try artifact("other = 1 # remark\nfinish other"))
    #expect(try store.identities().count == 2)
    #expect(try store.artifact(first.identity)?.source.bytes == first.source.bytes)
  }

  /// Written by the first version of the form; what it says is worked out by hand.
  @Test func aModuleOfTheFirstVersionIsRead() throws {
    let file = GraphFixture.root.appendingPathComponent(
      "Tests/Fixtures/stored/v1/notify.module.json")
    let bytes = [UInt8](try Data(contentsOf: file))
    let artifact = try ModuleArtifact(decoding: bytes)
    #expect(artifact.encoded() == bytes)
    let export = try #require(artifact.export(named: "notify"))
    #expect(export.title == "Notify" && export.result == "bool")
    #expect(export.parameters.map(\.type) == ["Gmail", "Finding"])
    #expect(artifact.requirements.modules.map(\.path) == ["gmail.work", "web"])
    #expect(!artifact.requirements.missing(in: HostSurface()).isEmpty)
  }

  /// What is beyond the bounds of the reader is refused by the writer, and nothing is written.
  @Test func whatCannotBeReadIsNotWritten() throws {
    let path = folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    func module(_ processes: Int) throws -> ModuleArtifact {
      try artifact((0..<processes).map { "process p\($0)() { finish 1 }\n" }.joined())
    }
    let most = try module(2_000)
    let more = try module(2_001)
    for store in [MemoryArtifacts(), try FolderArtifacts(path)] as [any ArtifactStore] {
      try store.put(most)
      #expect(try store.artifact(most.identity)?.exports.count == 2_000)
      #expect {
        try store.put(more)
      } throws: {
        "\($0)".contains(
          "too large to be stored, at $.exports: expected at most 2000 items, found 2001")
      }
      #expect(try store.identities() == [most.identity])
    }
  }

  @Test func inMemory() throws { try exercise(MemoryArtifacts()) }

  @Test func inAFolder() throws {
    let path = folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try exercise(try FolderArtifacts(path))
    // Another store on the same folder finds all; nothing else is left there.
    #expect(try FolderArtifacts(path).identities().count == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 2)
  }

  @Test func damagedFilesAreNamedAndMended() throws {
    let path = folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let store = try FolderArtifacts(path)
    let first = try artifact("finish 1")
    let second = try artifact("finish 2")
    try store.put(first)
    try store.put(second)
    let file = { (artifact: ModuleArtifact) in "\(path)/\(artifact.identity.digits).module.json" }
    try FileManager.default.removeItem(atPath: file(first))
    try FileManager.default.copyItem(atPath: file(second), toPath: file(first))
    #expect(
      throws: ArtifactStoreError.wrongIdentity(asked: first.identity, found: second.identity)
    ) { try store.artifact(first.identity) }
    try Data("{\"format\":\"lash-module\"".utf8).write(to: URL(fileURLWithPath: file(first)))
    #expect { try store.artifact(first.identity) } throws: { "\($0)".contains("damaged") }
    try store.put(first)
    #expect(try store.artifact(first.identity)?.identity == first.identity)
    // What a crash leaves behind, and what is no module, is left alone.
    try Data().write(to: URL(fileURLWithPath: "\(path)/.0123.1.0"))
    try Data().write(to: URL(fileURLWithPath: "\(path)/readme.module.json"))
    #expect(try store.identities().count == 2)
  }

  @Test func foldersThatCannotBeUsedAreNamed() throws {
    #expect { try FolderArtifacts("/no/such/folder") } throws: {
      "\($0)".contains("/no/such/folder")
    }
    #expect(throws: ArtifactStoreError.self) { try FolderArtifacts("a\0b") }
  }

  @Test func writersMayShareAFolder() async throws {
    let path = folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let texts = (0..<8).map { "finish \($0 % 4)" }
    let artifacts = try texts.map(artifact)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for artifact in artifacts {
        group.addTask { try FolderArtifacts(path).put(artifact) }
      }
      try await group.waitForAll()
    }
    let store = try FolderArtifacts(path)
    #expect(try store.identities().count == 4)
    for identity in try store.identities() { #expect(try store.artifact(identity) != nil) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 4)
  }

  @Test func compiledProgramsAreKeptByTextAndSurface() throws {
    let cache = CompiledModules(capacity: 2)
    var host = HostSurface()
    let plain = CompiledModules.Surface(host)
    host.globals = ["n"]
    let other = CompiledModules.Surface(host)
    let source = { (text: String) in SourceFile(name: "c.lash", text: text) }
    #expect(cache.program(source("finish n"), against: plain).program == nil)
    #expect(cache.program(source("finish n"), against: other).program != nil)
    #expect(cache.hits == 0)
    #expect(cache.program(source("finish n"), against: plain).program == nil)
    #expect(cache.hits == 1)
    // The one that was not used for longest goes.
    _ = cache.program(source("finish 1"), against: plain)
    _ = cache.program(source("finish n"), against: plain)
    #expect(cache.hits == 2)
    _ = cache.program(source("finish n"), against: other)
    #expect(cache.hits == 2)
    #expect(
      cache.program(SourceFile(name: "d", text: "finish n"), against: other).source.name == "d")
  }
}
