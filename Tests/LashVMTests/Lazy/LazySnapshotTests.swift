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

  @Test(
    "What reads needed is let go of, so that the machine can become bytes",
    arguments: [
      ("finish slice(x, 10, 9223372036854775807)", HostValue.list([.integer(1)])),
      ("finish slice(x, -9007199254740993, 9223372036854775807)", .list([.integer(1)])),
      ("finish x[1e300]", .list([.integer(1)])),
      ("finish find(x, \"a\", 9007199254740993)", .string("text")),
    ])
  func reads(_ source: String, _ value: HostValue) throws {
    var host = ReferenceHost()
    let program = try compile(source, host: .testing(globals: ["x"]))
    var machine = Machine(program, globals: [HostField("x", host.lend(value))])
    var halt = machine.run()
    while case .suspended = halt, let request = machine.request() {
      machine = try Machine(restoring: machine.snapshot(), program: program)
      halt = machine.resume(with: host.answer(request))
    }
    #expect(!host.reads.isEmpty)
    let restored = try Machine(restoring: machine.snapshot(), program: program)
    #expect(restored.memoryUsed == machine.memoryUsed)
  }

  @Test("A machine that was stopped by the second of two answers can become bytes")
  func secondAnswer() throws {
    let program = try compile(
      "finish to_string([x, y])", host: .testing(globals: ["x", "y"]))
    var machine = Machine(
      program,
      globals: ["x", "y"].map {
        HostField($0, .lazyReference(LazyReference(id: $0, kind: .record)))
      })
    guard case .suspended = machine.run(), case .lazyRead(let reads)? = machine.request() else {
      Issue.record("nothing is read")
      return
    }
    #expect(reads.count == 2)
    let halt = machine.resume(with: .values([.record([]), .integer(1)]))
    #expect(halt.text.hasPrefix("R0005 the host's answer"))
    var restored = try Machine(restoring: machine.snapshot(), program: program)
    #expect(restored.run().text == halt.text)
  }

  @Test("A reference may have more parts than 32 bits count")
  func largeCount() throws {
    let program = try compile("print 1\nfinish len(r)", host: .testing(globals: ["r"]))
    for count in [5_000_000_000, Int.max] {
      let reference = LazyReference(id: "r", kind: .string, count: count)
      var machine = Machine(program, globals: [HostField("r", .lazyReference(reference))])
      _ = machine.run()
      machine = try Machine(restoring: machine.snapshot(), program: program)
      #expect(machine.resume(with: .done).text == "\(count)")
    }
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
