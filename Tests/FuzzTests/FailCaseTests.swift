import Foundation
import Testing

/// Every input that a fuzzer ever found fault with (`Fuzz/FailCases`), and the seeds.
@Suite("Fuzz targets")
struct FailCaseTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  struct FailCase: CustomTestStringConvertible, Sendable {
    let target: FuzzTarget
    let url: URL
    var testDescription: String { "\(target.rawValue)/\(url.lastPathComponent)" }
  }

  private static let failCases: [FailCase] = FuzzTarget.allCases.flatMap { target in
    let folder = root.appendingPathComponent("Fuzz/FailCases/\(target.rawValue)")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().filter { !$0.hasPrefix(".") }.map {
      FailCase(target: target, url: folder.appendingPathComponent($0))
    }
  }

  @Test("Reveals nothing any more", arguments: failCases)
  func replays(_ one: FailCase) throws {
    let bytes = [UInt8](try Data(contentsOf: one.url))
    #expect(one.target.problem(bytes) == nil)
  }

  @Test("Seeds reveal nothing, nor do some changes of them", arguments: FuzzTarget.allCases)
  func seeds(target: FuzzTarget) {
    let seeds = target.seeds(root: Self.root.path)
    #expect(seeds.count >= 20)
    for (index, seed) in seeds.enumerated() where index % 9 == 0 {
      #expect(target.problem(seed) == nil, "seed \(index)")
      var changed = target.mutated(seed, seed: UInt64(index)) ?? seed
      if changed == seed, !changed.isEmpty { changed[index * 31 % changed.count] ^= 1 }
      #expect(target.problem(changed) == nil, "seed \(index), changed")
    }
  }

  @Test(
    "The second opinion on JSON is right",
    arguments: [
      ("[]", true), ("[1,]", false), ("{\"a\":1}", true), ("{a:1}", false), ("01", false),
      ("-", false), ("1.", false), ("1e5", true), ("1e999", false), ("\"\\ud83d\"", false),
      ("\"\\ud83d\\ude00\"", true), ("nul", false), ("", false), ("1 2", false), ("[[]]", true),
      ("[[[]]]", false), ("\"\t\"", false), (" 1\n", true), ("\u{FEFF}1", false),
    ])
  func secondOpinion(text: String, isJSON: Bool) {
    #expect(StrictJSON.accepts(Array(text.utf8), depth: 2) == isJSON)
  }
}
