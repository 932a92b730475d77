import Foundation
import LashJSON
import LashLang
import LashVM
import Testing

@testable import LashToolchain

/// Processes outlive the main block, and what becomes of them is told.
@Suite("After the foreground")
struct ForegroundTests {
  private static let examples = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("examples")

  private func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: Self.examples.appendingPathComponent(name)))
  }

  @Test("The second program of the landing page: its process goes on when the main block has ended")
  func landingPage() throws {
    let source = SourceFile(
      name: "landing_page_processes.lash", bytes: try bytes("landing_page_processes.lash"))
    var mock = try JSONReader().read(try bytes("landing_page_processes.mock.json"))
    // Sending takes a minute, so that the process is still at it.
    var root = try #require(mock.objectValue)
    var modules = try #require(root["modules"]?.objectValue)
    modules["gmail.work"] = ["send": ["value": ["id": "m1"], "delay_ms": 60_000]]
    root["modules"] = .object(modules)
    mock = .object(root)
    var setup = RunSetup()
    setup.mock = try MockFile(mock)
    let program = try #require(Compile.program(source, surface: setup.surface).program)
    var execution = Execution(program, setup, RunHost(MockHost(setup.mock)))
    let course = execution.run(.main)
    guard case .ended(let ending, let waiting, _) = course, case .fellOff = ending.outcome else {
      Issue.record("\(course)")
      return
    }
    #expect(waiting.isEmpty)
    let endings = execution.host.endings
    #expect(endings.map(\.process) == [nil, "notify"])
    guard case .success(.bool(true))? = endings.last?.ending.result else {
      Issue.record("\(endings)")
      return
    }
    let sent = execution.host.calls.map(\.operation)
    #expect(sent == ["agents.spawn", "gmail.work.send"])
    let now = execution.scheduler.now
    #expect(now == 60_000)
  }

  @Test("What nobody waits for is told: failures, and processes that wait for ever")
  func notices() throws {
    let report = try run(
      """
      process bad(n: int) { sleep for 5
        fail "no luck" }
      process good(n: int) { finish n }
      process gate(n: int) signals { go: any } { x = wait_signal("go") }
      a = start bad(n: 1)
      b = start good(n: 1)
      c = start gate(n: 1)
      d = start bad(n: 2)
      finish (await d).ok
      """)
    #expect(report.outcome == .finish && report.jsonValue == false && report.exitStatus == 0)
    #expect(report.runs.map(\.process) == ["good", "bad", "bad", "gate"])
    #expect(
      report.runs.compactMap(\.notice) == [
        "the process `bad` (main:2#0) failed: no luck",
        "`gate` (main:4#0) waits for the signal `go`, for ever",
      ])
    #expect(report.json()["runs"]?[0]?["run"] == "main:3#0")
  }

  @Test("Processes that would go on for ever are stopped, a day after the main block has ended")
  func endless() throws {
    let source = """
      process tick(n: int) {
        while true {
          sleep for "1h"
          yield n
        }
      }
      process gate(n: int) signals { go: any } { x = wait_signal("go") }
      start tick(n: 1)
      start gate(n: 2)
      sleep for "30m"
      finish "done"
      """
    let report = try run(source)
    #expect(report.outcome == .finish && report.jsonValue == "done" && report.exitStatus == 0)
    #expect(report.events.filter { $0.name == "Yield" }.count == 24)
    #expect(
      report.runs.compactMap(\.notice) == [
        "the process `tick` (main:3#0) was stopped, since the main block has ended: it sleeps until 90000000 ms",
        "the process `gate` (main:4#0) was stopped, since the main block has ended: it waits for the signal `go`",
      ])
    #expect(report.json()["runs"]?[0]?["stopped"] == "sleeps until 90000000 ms")
    let brief = try run(source) { $0.linger.time = 7_200_000 }
    #expect(brief.events.filter { $0.name == "Yield" }.count == 2)
  }

  @Test("Nor do processes go on for ever that never sleep")
  func restless() throws {
    let source = """
      process busy(n: int) {
        while true { yield n }
      }
      start busy(n: 1)
      finish 1
      """
    let report = try run(source) { $0.linger.effects = 1_000 }
    // Its first slice comes before the main block ends.
    #expect((999..<2_000).contains(report.events.count) && report.jsonValue == 1)
    #expect(report.runs.map(\.stopped) == ["goes on"])
  }

  @Test("A main block that waits for what cannot come is in error, and it is told who waits")
  func deadlock() throws {
    let report = try run(
      """
      process gate(n: int) signals { go: any } { x = wait_signal("go") }
      h = start gate(n: 1)
      x = await h
      """)
    #expect(report.outcome == .error && report.exitStatus == 1)
    let problem = try #require(report.diagnostics.first { $0.code == .deadlock })
    #expect(
      problem.message
        == "nothing can go on: the main block waits for `main:1#0` to end; `gate` (main:1#0) waits for the signal `go`"
    )
    #expect(problem.span.map { report.source.position(of: $0.start).line } == 3)
  }
}
