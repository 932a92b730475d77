import Foundation
import LashJSON
import LashLang
import LashVM
import Testing

@testable import LashToolchain

/// The graph of a program and its bytecode number the effects alike.
@Suite("Numbers of effects")
struct SiteNumberTests {
  /// All programs that a random generator or the examples give, which check.
  private static func programs() throws -> [(name: String, text: String, mock: MockFile)] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("examples")
    var programs: [(name: String, text: String, mock: MockFile)] = []
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    for name in names where name.hasSuffix(".lash") {
      let mock = folder.appendingPathComponent(name.dropLast(5) + ".mock.json")
      programs.append(
        (
          name, try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8),
          (try? Data(contentsOf: mock)).flatMap { try? MockFile(bytes: [UInt8]($0)) } ?? MockFile()
        ))
    }
    let mock = try MockFile(bytes: Array(EffectProgramGenerator.mock.utf8))
    for seed in 1...100 {
      programs.append(
        ("seed \(seed)", EffectProgramGenerator.program(seed: UInt64(seed)), mock))
    }
    return programs
  }

  @Test("Sites of the graph and of the bytecode")
  func agree() throws {
    var sites = 0
    for (name, text, mock) in try Self.programs() {
      let compilation = Compile.program(SourceFile(name: name, text: text), surface: mock.surface)
      guard let program = compilation.program, let module = compilation.module else { continue }
      let graph = WorkflowGraph(module)
      for number in program.siteNumbers {
        let place = try #require(program.place(ofSite: number))
        try #require(number < graph.sites.count, "\(name): \(number)")
        let span = graph.sites[number].span
        // Instructions may blame a wrapper of the effect, such as `(await h)?`.
        #expect(
          span.end <= place.end && span.start >= place.start, "\(name): \(number) \(span) \(place)")
        sites += 1
      }
    }
    #expect(sites > 500)
  }
}
