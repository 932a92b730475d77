import Foundation
import LashJSON
import LashToolchain
import Testing

@testable import LashLang

/// Identities of generated programs: renaming and formatting keep them, changes of behaviour do not.
@Suite struct ModulePropertyTests {
  private static let seeds: Range<UInt64> = 1..<150

  private func check(_ bytes: [UInt8], _ surface: HostSurface) -> CheckedModule? {
    let parsed = Parser.parse(SourceFile(name: "g.lash", bytes: bytes))
    guard !parsed.hasErrors else { return nil }
    let module = CheckModule.check(parsed.tree, host: surface, earlier: parsed.diagnostics)
    return module.hasErrors ? nil : module
  }

  @Test func renamingAndFormattingKeepTheIdentity() throws {
    for seed in Self.seeds {
      var generator = ProgramGenerator(seed: seed)
      let text = generator.program()
      let surface = try MockFile(bytes: Array(generator.mock.utf8)).surface
      let module = try #require(check(Array(text.utf8), surface), "seed \(seed)")
      let renamed = Renaming(module).bytes
      #expect(renamed != module.tree.source.bytes, "seed \(seed)")
      let other = try #require(check(renamed, surface), "seed \(seed)")
      #expect(other.identity == module.identity, "seed \(seed):\n\(text)")
      let spaced = text.replacing("\n", with: "  # remark\n\n\n")
      let formatted = SourceFormatter.format(SourceFile(name: "", text: spaced)).bytes
      let again = try #require(check(formatted, surface), "seed \(seed)")
      #expect(again.identity == module.identity, "seed \(seed):\n\(text)")
      // The program's own checker sees the same in what it needs only.
      let alone = try #require(
        check(Array(text.utf8), HostRequirements(of: module).surface), "seed \(seed)")
      #expect(alone.identity == module.identity, "seed \(seed):\n\(text)")
    }
  }

  @Test func changesOfBehaviourChangeTheIdentity() throws {
    var tried = 0
    for seed in Self.seeds {
      var generator = ProgramGenerator(seed: seed)
      let text = generator.program()
      let surface = try MockFile(bytes: Array(generator.mock.utf8)).surface
      let module = try #require(check(Array(text.utf8), surface), "seed \(seed)")
      var random = SplitMix(state: seed)
      for mutation in Mutation.all(of: module.tree) where random.next() % 16 == 0 {
        guard let other = check(mutation.bytes(in: text), surface) else { continue }
        tried += 1
        #expect(
          other.identity != module.identity, "seed \(seed): \(mutation) in\n\(text)")
      }
    }
    #expect(tried > 200)
  }

  /// All programs of the repository that check: examples, conformance cases, those of the specification.
  private func repository() throws -> [(name: String, text: String, surface: HostSurface)] {
    let root = GraphFixture.root.path
    let files = FileTree(
      list: { try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\($0)") },
      read: { path in
        FileManager.default.contents(atPath: "\(root)/\(path)").map { [UInt8]($0) }
      })
    let suite = try ConformanceSuite(
      ["conformance/language", "examples", "spec/language.md", "spec/types.md"], in: files)
    return try suite.cases.map { one in
      var setup = RunSetup()
      setup.mock = try MockFile(one.mock ?? .object([:]))
      setup.echoesUnknown = one.echoesUnknown
      return (one.id, one.source, setup.surface)
    }
  }

  @Test func programsOfTheRepository() throws {
    var checked = 0
    var renamedOnes = 0
    var mutated = 0
    for (name, text, surface) in try repository() {
      guard let module = check(Array(text.utf8), surface) else { continue }
      checked += 1
      let formatted = SourceFormatter.format(SourceFile(name: "", text: text)).bytes
      #expect(check(formatted, surface)?.identity == module.identity, "\(name), formatted")
      let renamed = Renaming(module).bytes
      if renamed != module.tree.source.bytes {
        renamedOnes += 1
        #expect(check(renamed, surface)?.identity == module.identity, "\(name), renamed")
      }
      var random = SplitMix(state: UInt64(text.utf8.count))
      let mutations = Mutation.all(of: module.tree)
      for _ in 0..<min(2, mutations.count) {
        let mutation = mutations[Int(random.next() % UInt64(mutations.count))]
        guard let other = check(mutation.bytes(in: text), surface) else { continue }
        mutated += 1
        #expect(other.identity != module.identity, "\(name): \(mutation)")
      }
    }
    print("identity: \(checked) programs, \(renamedOnes) renamed, \(mutated) mutated")
    #expect(checked > 500 && renamedOnes > 300 && mutated > 400)
  }

  @Test func artifactsOfGeneratedProgramsAreReadBack() throws {
    for seed in Self.seeds.prefix(40) {
      var generator = ProgramGenerator(seed: seed)
      let text = generator.program()
      let surface = try MockFile(bytes: Array(generator.mock.utf8)).surface
      let module = try #require(check(Array(text.utf8), surface), "seed \(seed)")
      let artifact = ModuleArtifact(module)
      let read = try ModuleArtifact(decoding: artifact.encoded())
      #expect(read.identity == artifact.identity, "seed \(seed)")
      #expect(read.requirements.missing(in: surface).isEmpty, "seed \(seed)")
    }
  }
}
