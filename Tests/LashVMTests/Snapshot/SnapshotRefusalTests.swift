import LashLang
import Testing

@testable import LashVM

@Suite("Snapshots that are refused")
struct SnapshotRefusalTests {
  /// Snapshots with loops, batches, calls, dictionaries and shared values under way.
  static let samples: [Sample] = [
    Sample("for x in [\"a\", {k: 1.5}] { for i in range(3) { print [x, i] } }", at: .print, 2),
    Sample(
      """
      fn f(xs: list[any]) -> any { [[x, y] for x in xs for y in (1, "b")] }
      fn g(r: dict) -> any { n = 0
        for i in range(1, 9, 3) { n = n + len(f([r, r, i])) }
        n }
      finish g({a: [1]})
      """, at: .appendItem, 3, calls: 2),
    Sample("x = await {x: m.a(1), y: [m.b([2])?, m.a({k: \"v\"})]}", at: .batchAdd, 3),
    Sample("x = await {x: m.a(1), y: [m.b([2])?, m.a({k: \"v\"})]}", at: .batchRun),
    Sample(
      """
      r = {a: 9007199254740993}
      for i in range(25) { r[f"k{i}"] = [r.a, null] }
      t = r
      w = await m.b("no")
      print [t, w, -0.5]
      """, at: .print),
    // The text has more room than it takes, so its length comes before another number.
    Sample("s = \"\"\nfor i in range(9) { s += \"abc\" }\nprint s", at: .print),
  ]

  struct Sample {
    let source: String
    let opcode: Opcode
    let count: Int
    let calls: Int

    init(_ source: String, at opcode: Opcode, _ count: Int = 1, calls: Int = 0) {
      self.source = source
      self.opcode = opcode
      self.count = count
      self.calls = calls
    }

    func bytes() throws -> (program: Program, bytes: [UInt8]) {
      try stopped(source, at: opcode, count: count, calls: calls)
    }
  }

  private func error(_ bytes: [UInt8], _ program: Program) -> SnapshotError? {
    do throws(SnapshotError) {
      _ = try Machine(restoring: bytes, program: program)
      return nil
    } catch {
      return error
    }
  }

  @Test("Other bytes, other versions, other programs")
  func kinds() throws {
    let (program, bytes) = try suspended("x = 1\nprint x")
    #expect(error([], program) == .notASnapshot)
    #expect(error(Array("x = 1".utf8), program) == .notASnapshot)
    var changed = bytes
    changed[8] = 99
    #expect(error(changed, program) == .version(found: 99, supported: SnapshotFormat.version))
    let other = try compile("x = 2\nprint x")
    #expect(error(bytes, other) == .otherProgram)
    #expect(error(bytes, try compile("x = 1\nprint x")) == nil)
  }

  @Test("Bytes cut short at any place", arguments: samples.indices)
  func truncation(_ index: Int) throws {
    let (program, bytes) = try Self.samples[index].bytes()
    for length in 0..<bytes.count {
      let cut = Array(bytes[..<length])
      #expect(error(cut, program) != nil, "\(length) bytes")
      if length > SnapshotFormat.bodyOffset {
        #expect(error(cut.withChecksum, program) != nil, "\(length) bytes with their checksum")
      }
    }
    #expect(error(bytes + [0], program) != nil)
    #expect(error((bytes + [0]).withChecksum, program) != nil)
  }

  @Test("Any changed byte is noticed by the checksum", arguments: samples.indices)
  func checksum(_ index: Int) throws {
    let (program, bytes) = try Self.samples[index].bytes()
    for place in SnapshotFormat.checksumOffset..<bytes.count {
      for bit in 0..<8 {
        var changed = bytes
        changed[place] ^= 1 << UInt8(bit)
        guard case .damaged? = error(changed, program) else {
          Issue.record("byte \(place), bit \(bit): \(String(describing: error(changed, program)))")
          continue
        }
      }
    }
  }

  @Test(
    "Any changed byte behind the checksum is refused or makes a machine that is safe to run",
    arguments: samples.indices)
  func corruption(_ index: Int) throws {
    let (program, bytes) = try Self.samples[index].bytes()
    let bounds = Bounds(fuel: 20_000, memory: 1 << 20, depth: 50)
    var accepted = 0
    for place in SnapshotFormat.bodyOffset..<bytes.count {
      for change in (0..<8).map({ UInt8(1) << $0 }) + [0x7F, 0x55, 0xFF] {
        var changed = bytes
        changed[place] ^= change
        guard
          var machine = try? Machine(
            restoring: changed.withChecksum, program: program, bounds: bounds)
        else { continue }
        accepted += 1
        var halt = machine.run()
        var requests = 0
        while case .suspended = halt, let request = machine.request(), requests < 20 {
          requests += 1
          halt = machine.resume(with: echo(request))
        }
        _ = machine.variables()
        #expect(machine.memoryUsed <= bounds.memory)
      }
    }
    // Changed numbers and letters are data like any other.
    #expect(accepted > 0)
  }

  @Test("A machine must fit the bounds that it gets")
  func bounds() throws {
    let source = "fn f(n: int) -> int { n == 0 ? 0 - n : f(n - 1) }\nx = range(5000)\nfinish f(20)"
    let (program, bytes) = try stopped(source, at: .subtract, calls: 21)
    func refusal(_ bounds: Bounds) -> SnapshotError? {
      do throws(SnapshotError) {
        _ = try Machine(restoring: bytes, program: program, bounds: bounds)
        return nil
      } catch {
        return error
      }
    }
    #expect(refusal(Bounds()) == nil)
    guard case .exceedsBounds? = refusal(Bounds(memory: 20_000)) else {
      Issue.record("memory")
      return
    }
    guard case .exceedsBounds? = refusal(Bounds(depth: 20)) else {
      Issue.record("depth")
      return
    }
    #expect(refusal(Bounds(depth: 21)) == nil)
    // What was spent stays spent: the machine may go on only if there is more.
    var machine = try Machine(restoring: bytes, program: program, bounds: Bounds(fuel: 10))
    let used = machine.fuelUsed
    #expect(used > 10)
    #expect(machine.run().text == "out of fuel")
    machine.addFuel(used)
    #expect(machine.run().text == "0")
  }
}
