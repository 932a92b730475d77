import Foundation
import LashJSON
import LashToolchain
import LashVM
import Testing

/// The cases of `conformance/`, the programs of `examples/` and the examples of the specification, each a test of its own.
@Suite("Conformance")
struct ConformanceTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let suite = Result {
    try ConformanceSuite(
      ["conformance", "examples", "spec/language.md", "spec/types.md"], in: files)
  }

  static let files = FileTree(
    list: { try? FileManager.default.contentsOfDirectory(atPath: root.path + "/" + $0) },
    read: { path in
      (try? Data(contentsOf: root.appendingPathComponent(path))).map { [UInt8]($0) }
    })

  struct Named: CustomTestStringConvertible, Sendable {
    let content: ConformanceCase
    var testDescription: String { content.id }
  }

  static func cases(known: Bool) -> [Named] {
    guard case .success(let suite) = suite else { return [] }
    return suite.cases.filter { (suite.known[$0.id] != nil) == known }.map(Named.init(content:))
  }

  @Test("The suite can be read and is not empty")
  func readable() throws {
    let suite = try Self.suite.get()
    #expect(suite.cases.count >= 845)
    #expect(suite.cases.count { $0.id.hasPrefix("example/") } >= 25)
    #expect(suite.cases.count { $0.id.hasPrefix("spec/") } >= 150)
  }

  @Test("Case", arguments: cases(known: false))
  func passes(_ one: Named) {
    if let failure = ConformanceRunner().failure(of: one.content) { Issue.record("\(failure)") }
  }

  @Test("Case, its program stored and read back", arguments: cases(known: false))
  func passesStored(_ one: Named) {
    var setup = RunSetup()
    setup.prepare = { program in
      do throws(ProgramFormatError) {
        let read = try Program(decoding: program.encoded())
        #expect(read.identity == program.identity)
        return read
      } catch {
        Issue.record("\(error)")
        return program
      }
    }
    if let failure = ConformanceRunner(setup).failure(of: one.content) {
      Issue.record("\(failure)")
    }
  }

  @Test("Known to disagree", arguments: cases(known: true))
  func disagrees(_ one: Named) {
    #expect(
      ConformanceRunner().failure(of: one.content) != nil,
      "\(one.content.id) passes: take it out of conformance/KNOWN.md")
  }

  /// Debug builds, some forty times slower, run a part; `make conformance` runs all in a release build.
  private static let sampledOf = {
    #if DEBUG
      16
    #else
      1
    #endif
  }()

  @Test("Fuel is as recorded, also with snapshots on the way")
  func fuel() throws {
    let whole = try Self.suite.get()
    let record = try FuelRecord("conformance/fuel.json", in: Self.files)
    #expect(record.leftovers(among: whole.cases.map(\.id)) == [])
    let suite = whole.sample(ofEvery: Self.sampledOf)
    #expect(record.problems(of: ConformanceRunner().run(suite)) == [])
    var setup = RunSetup()
    setup.hardMode = .snapshot
    setup.hardSampleAfter = 10_000
    #expect(record.problems(of: ConformanceRunner(setup).run(suite)) == [])
  }
}
