import LashJSON
import LashLang
import Testing

@testable import LashVM

/// Lazy values in snapshots: by reference where the host can supply the text again, else with it.
@Suite("Lazy values in snapshots")
struct LazySnapshotTests {
  private static let text =
    "{\"rows\": [" + (0..<40).map { "{\"id\": \($0)}" }.joined(separator: ",") + "], \"long\": \""
    + String(repeating: "é\\n", count: 200) + "\", \"n\": [1, 2]}"

  /// A machine that waits at a print with all kinds of lazy values about.
  private static func suspended(promising: Bool) throws -> (program: Program, bytes: [UInt8]) {
    let source = """
      rows = x.rows
      last = rows[39]
      long = x.long
      n = x.n
      t = len(rows) + n[1]
      for v in r { print 1 }
      finish [last.id, long[0], len(long), x == {rows: rows, long: long, n: n}, t]
      """
    let program = try compile(source, host: .testing(globals: ["x", "r"]))
    let bytes = Array(text.utf8)
    let document = JSONDocument(bytes, promisedHash: promising ? SHA256.hexHash(bytes) : nil)
    var machine = Machine(
      program,
      globals: [
        HostField("x", .lazyJSON(LazyJSON(document))),
        HostField("r", .lazyReference(LazyReference(id: "r", kind: .list, count: 300))),
      ])
    var halt = machine.run()
    while case .suspended = halt, case .lazyRead? = machine.request() {
      halt = machine.resume(with: .values([.list(Array(repeating: .string("item"), count: 256))]))
    }
    return (program, try machine.snapshot())
  }

  @Test("They go on in another machine", arguments: [false, true])
  func restoring(_ promising: Bool) throws {
    let (program, bytes) = try Self.suspended(promising: promising)
    let other = try Self.suspended(promising: !promising).bytes
    #expect((bytes.count > other.count + Self.text.utf8.count - 100) == !promising)
    var asked: [String] = []
    let log = Log()
    var machine = try Machine(restoring: bytes, program: program) { hash in
      log.lines.append(hash)
      return Array(Self.text.utf8)
    }
    asked = log.lines
    #expect(asked == (promising ? [SHA256.hexHash(Array(Self.text.utf8))] : []))
    var halt = machine.resume(with: .done)
    var stretches = 0
    while case .suspended = halt, let request = machine.request() {
      if case .lazyRead = request {
        stretches += 1
        halt = machine.resume(with: .values([.list(Array(repeating: .null, count: 44))]))
      } else {
        halt = machine.resume(with: .done)
      }
    }
    #expect(halt.text == "[39,é,400,true,42]")
    #expect(stretches == 1)
  }

  @Test("A text that is not supplied, or another one, is refused by its hash")
  func missing() throws {
    let (program, bytes) = try Self.suspended(promising: true)
    let hash = SHA256.hexHash(Array(Self.text.utf8))
    #expect(throws: SnapshotError.missingText(hash: hash)) {
      _ = try Machine(restoring: bytes, program: program)
    }
    #expect(throws: SnapshotError.missingText(hash: hash)) {
      _ = try Machine(restoring: bytes, program: program) { _ in Array("[]".utf8) }
    }
  }

  @Test("Any changed byte is refused or makes a machine that is safe to run")
  func corruption() throws {
    let (program, bytes) = try Self.suspended(promising: false)
    var random = Random(seed: 5)
    var restored = 0
    for _ in 0..<6_000 {
      var changed = bytes
      let place = SnapshotFormat.bodyOffset + random.number(bytes.count - SnapshotFormat.bodyOffset)
      changed[place] = UInt8(random.number(256))
      guard
        var machine = try? Machine(
          restoring: changed.withChecksum, program: program,
          bounds: Bounds(fuel: 100_000, memory: 8 << 20))
      else { continue }
      restored += 1
      var halt = machine.run()
      for _ in 0..<20 {
        guard case .suspended = halt, let request = machine.request() else { break }
        if case .lazyRead(let reads) = request {
          halt = machine.resume(with: .values(reads.map { _ in .list([]) }))
        } else {
          halt = machine.resume(with: .done)
        }
      }
    }
    #expect(restored > 100)
  }

  private final class Log: @unchecked Sendable {
    var lines: [String] = []
  }
}
