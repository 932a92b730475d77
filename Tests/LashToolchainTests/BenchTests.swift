import LashJSON
import LashLang
import LashVM
import Synchronization
import Testing

@testable import LashToolchain

@Suite("Measuring a program")
struct BenchTests {
  /// A setup whose clock goes on by one step at each look at it.
  private func setup(step: UInt64) -> RunSetup {
    final class Clock: Sendable { let time = Mutex<UInt64>(0) }
    let clock = Clock()
    var setup = RunSetup()
    setup.now = {
      clock.time.withLock { time in
        time += step
        return time
      }
    }
    return setup
  }

  @Test("The clock is read once a stage and twice a run")
  func stages() throws {
    let source = SourceFile(name: "a.lash", text: "finish 40 + 2")
    let report = try Bench.measure(source, setup(step: 7), count: 3)
    #expect(report.count == 3)
    #expect(report.stages.map(\.stage) == [.parse, .check, .codegen])
    #expect(report.stages.map(\.time.median) == [7, 7, 7])
    #expect(report.compile.median == 21)
    #expect(report.run.median == 7)
    #expect(report.report.jsonValue == 42)
    #expect(report.json["compile_ns"]?["total"]?["median"] == 21)
  }

  @Test(
    "What does not run is not measured",
    arguments: [("x = = 1", Int32(2)), ("x = json_parse(\"{\")", 1), ("while true {}", 3)])
  func refusals(text: String, status: Int32) {
    var setup = setup(step: 1)
    setup.bounds.fuel = 1_000
    let source = SourceFile(name: "a.lash", text: text)
    do throws(BenchRefusal) {
      _ = try Bench.measure(source, setup, count: 1)
      Issue.record("\(text) was measured")
    } catch {
      #expect(error.report.exitStatus == status)
      #expect(!error.report.diagnostics.isEmpty)
    }
  }

  @Test(
    "Median, minimum, spread of the middle half",
    arguments: [
      ([5], [5, 5, 0]), ([4, 2], [3, 2, 0]), ([9, 1, 5], [5, 1, 4]),
      ([100, 1, 2, 3, 4], [3, 1, 2]), ([8, 7, 6, 5, 4, 3, 2, 1], [4, 1, 4]),
    ] as [([UInt64], [UInt64])])
  func summaries(times: [UInt64], expected: [UInt64]) {
    let summary = TimeSummary(times)
    #expect([summary.median, summary.minimum, summary.spread] == expected)
  }
}
