import LashLang
import Testing

@testable import LashVM

@Suite("Snapshots that are refused")
struct SnapshotRefusalTests {
  /// Snapshots with loops, batches, calls, dictionaries and shared values under way.
  static let samples: [(source: String, requests: Int)] = [
    ("for x in [\"a\", {k: 1.5}] { for i in range(3) { print [x, i] } }", 1),
    (
      "xs = [[print_it(y), x] for x in range(2) for y in (1, 2)]\nfn print_it(y: int) -> int { print y\n y }",
      1
    ),
    ("fn g(x: int) -> any { await [m.a(x), m.b(x)] }\nfinish await {x: m.a(g(1)), y: m.a(2)}", 0),
    ("fn g(x: int) -> any { await [m.a(x), m.a(x)?] }\nfinish await {x: m.a(g(1)), y: m.a(2)}", 1),
    (
      "r = {a: 9007199254740993}\nfor i in range(25) { r[f\"k{i}\"] = [r.a, null] }\n"
        + "t = r\nw = await m.b(\"no\")\nprint [t, w, -0.5]", 1
    ),
  ]

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
    let sample = Self.samples[index]
    let (program, bytes) = try suspended(sample.source, afterRequests: sample.requests)
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
    let sample = Self.samples[index]
    let (program, bytes) = try suspended(sample.source, afterRequests: sample.requests)
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
    let sample = Self.samples[index]
    let (program, bytes) = try suspended(sample.source, afterRequests: sample.requests)
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
    let source =
      "fn f(n: int) -> int { if n == 0 { print n }\n n == 0 ? 0 : f(n - 1) }\nx = range(5000)\nfinish f(20)"
    let (program, bytes) = try suspended(source)
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
    #expect(machine.resume(with: .done).text == "0" || machine.fuelUsed > 10)
    #expect(machine.fuelUsed >= used)
  }
}
