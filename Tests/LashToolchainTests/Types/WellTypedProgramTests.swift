import Foundation
import LashJSON
import LashLang
import LashToolchain
import Testing

/// Programs that are built by type: they check without an error, their runs raise no type error,
/// and with one value of a wrong kind they are refused (rules TYP-9, TYP-11).
///
/// `LASH_TYPED_PROGRAMS` is how many are tried (1,000), `LASH_TYPED_SEED` the first seed (1).
@Suite struct WellTypedProgramTests {
  private static func setting(_ name: String, _ normal: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? normal
  }

  private static var seeds: Range<Int> {
    let first = setting("LASH_TYPED_SEED", 1)
    return first..<first + setting("LASH_TYPED_PROGRAMS", 1_000)
  }

  @Test func wellTypedProgramsRaiseNoTypeError() throws {
    for seed in Self.seeds {
      var generator = ProgramGenerator(seed: UInt64(seed))
      let text = generator.program()
      let report = try run(text, mock: generator.mock)
      let wrong = report.diagnostics.filter { problem in
        switch problem.stage {
        case .parse: true
        case .check: problem.severity == .error
        case .runtime: problem.code == .typeError
        }
      }
      #expect(wrong.isEmpty, "seed \(seed):\n\(text)\n\(generator.mock)\n\(wrong)")
      if !wrong.isEmpty { return }
    }
  }

  /// What is not refused must lie where no value ever comes, and so do no harm when it is run.
  @Test func aValueOfAWrongKindIsRefused() throws {
    var broken = 0
    var refused = 0
    for seed in Self.seeds {
      var generator = ProgramGenerator(seed: UInt64(seed), breaking: seed % 17)
      let text = generator.program()
      guard generator.didBreak else { continue }
      broken += 1
      let report = try run(text, mock: generator.mock)
      if report.diagnostics.contains(where: { $0.stage == .check && $0.severity == .error }) {
        refused += 1
        continue
      }
      let isHarmless = !report.diagnostics.contains { $0.code == .typeError }
      #expect(isHarmless, "seed \(seed):\n\(text)\n\(generator.mock)\n\(report.diagnostics)")
      if !isHarmless { return }
    }
    #expect(broken > Self.seeds.count / 2)
    #expect(refused * 100 >= broken * 97, "\(refused) of \(broken)")
  }
}
