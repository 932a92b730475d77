import Foundation
import Synchronization
import Testing

@testable import LashToolchain
@testable import LashVM

/// The memory of the machines that run the conformance cases, at each of their halts.
@Suite("Memory over the conformance cases")
struct ConformanceAuditTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static let files = FileTree(
    list: { try? FileManager.default.contentsOfDirectory(atPath: root.path + "/" + $0) },
    read: { path in
      (try? Data(contentsOf: root.appendingPathComponent(path))).map { [UInt8]($0) }
    })

  @Test("Every block has its owners, and nothing is lost")
  func audit() throws {
    let suite = try ConformanceSuite(
      ["conformance", "examples", "spec/language.md"], in: Self.files)
    let halts = Mutex(0)
    for one in suite.cases {
      var setup = RunSetup()
      setup.onHalt = { machine in
        halts.withLock { $0 += 1 }
        let problems = HeapAudit.problems(of: machine)
        if !problems.isEmpty { Issue.record("\(one.id): \(problems)") }
      }
      _ = BatchRun(setup).answer(one.request)
    }
    #expect(halts.withLock { $0 } > 1_000)
  }
}
