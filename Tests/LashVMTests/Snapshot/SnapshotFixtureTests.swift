import Foundation
import LashLang
import Testing

@testable import LashVM

/// Snapshots that the versions of the format wrote, each beside its stored program.
/// `LASH_RECORD=1` writes those of the present version that are missing, and never one anew.
@Suite("Snapshots of all versions")
struct SnapshotFixtureTests {
  /// A machine under way, and what it must still do; worked out by hand, with the host `echo`.
  struct Fixture: CustomTestStringConvertible, Sendable {
    let name: String
    let source: String
    /// Requests answered before the snapshot, and instructions after them.
    let requests: Int
    let instructions: Int
    let ending: String

    var testDescription: String { name }
  }

  static let fixtures = [
    Fixture(
      name: "call",
      source: """
        total = 0
        texts = []
        for n in range(5) {
          got = await m.a({n: n, text: f"#{n}"})?
          total += got.n
          texts = push(texts, got.text)
        }
        finish [total, texts]
        """, requests: 2, instructions: 0, ending: "[10,[#0,#1,#2,#3,#4]]"),
    Fixture(
      name: "batch",
      source: """
        big = 9007199254740993
        x = await {x: m.a(big), y: [m.b([2]), m.a({k: (1.5, null)})]}
        finish [x.x?, x.y, -0.5]
        """, requests: 0, instructions: 0,
      ending: "[9007199254740993,[error([2]),ok({k:(1.5,null)})],-0.5]"),
    Fixture(
      name: "frames",
      source: """
        fn down(n: int, r: dict) -> any {
          xs = [n * k for k in range(3)]
          n == 0 ? [len(r), r.k29, xs] : down(n - 1, r)
        }
        r = {}
        for i in range(30) { r[f"k{i}"] = i }
        t = r
        r.more = [t, t]
        finish [down(6, r), len(t), len(r.more)]
        """, requests: 0, instructions: 420, ending: "[[31,29,[0,0,0]],30,2]"),
  ]

  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/snapshots")

  private static func file(_ version: UInt8, _ name: String) -> URL {
    folder.appendingPathComponent("v\(version)/\(name)")
  }

  @Test(
    "A snapshot of each version that is read goes on", arguments: fixtures,
    1...UInt8(SnapshotFormat.version))
  func goesOn(_ fixture: Fixture, version: UInt8) throws {
    let stored = Self.file(version, "\(fixture.name).lashb")
    let snapshot = Self.file(version, "\(fixture.name).lashs")
    if version == SnapshotFormat.version, ProcessInfo.processInfo.environment["LASH_RECORD"] != nil,
      !FileManager.default.fileExists(atPath: snapshot.path)
    {
      let (program, bytes) = try Self.record(fixture)
      try Data(program.encoded(withSource: true)).write(to: stored)
      try Data(bytes).write(to: snapshot)
    }
    let program = try Program(decoding: [UInt8](Data(contentsOf: stored)))
    let bytes = [UInt8](try Data(contentsOf: snapshot))
    #expect(bytes[8..<12] == [version, 0, 0, 0])
    var machine = try Machine(restoring: bytes, program: program)
    var requests = fixture.requests
    var halt = machine.run()
    while case .suspended = halt, let request = machine.request() {
      requests += 1
      halt = machine.resume(with: echo(request))
    }
    let whole = RunRecord.plain(program, bounds: Bounds(), globals: [])
    #expect(halt.text == fixture.ending)
    #expect(whole.ending == fixture.ending)
    #expect(machine.fuelUsed == whole.fuel)
    #expect(requests == whole.requests.count)
  }

  private static func record(_ fixture: Fixture) throws -> (Program, [UInt8]) {
    let program = try compile(fixture.source, host: .testing())
    var machine = Machine(program)
    for _ in 0..<fixture.requests {
      guard case .suspended = machine.run(), let request = machine.request() else { break }
      _ = machine.answer(echo(request))
    }
    if fixture.instructions == 0 { _ = machine.run() }
    for _ in 0..<fixture.instructions { _ = machine.step() }
    return (program, try machine.snapshot())
  }
}
