import LashLang
import Testing

@testable import LashVM

/// Snapshots of the first version are still read.
@Suite("Older snapshots")
struct SnapshotVersionTests {
  /// The bytes as the first version has them: no counts of effects.
  private func asFirstVersion(_ bytes: [UInt8], sites: Int) -> [UInt8] {
    var outline = SnapshotOutline(bytes)
    _ = outline.take(8 + 4 + 8 + 32 + 1)
    for _ in 0..<7 { _ = outline.number() }
    let start = bytes.count - outline.take(bytes.count).count
    // One byte for how many, and one for each of the small counts.
    var old = Array(bytes[..<start]) + bytes[(start + 1 + sites)...]
    old[8] = 1
    let sum = old.withUnsafeBytes { all in
      SnapshotChecksum.of(UnsafeRawBufferPointer(rebasing: all[20...]))
    }
    for byte in 0..<8 { old[12 + byte] = UInt8(truncatingIfNeeded: sum >> UInt64(8 * byte)) }
    return old
  }

  @Test("A machine of the first version goes on; its effects are counted from 0 again")
  func goesOn() throws {
    let program = try compile("for i in range(3) { print i }\nfinish 7")
    var machine = Machine(program)
    _ = machine.run()
    _ = machine.resume(with: .done)
    #expect(machine.point == EffectPoint(site: 0, occurrence: 1))
    let old = asFirstVersion(try machine.snapshot(), sites: program.siteNumbers.count)
    machine = try Machine(restoring: old, program: program)
    #expect(machine.point == EffectPoint(site: 0, occurrence: 0))
    var halt = machine.run()
    var printed = 0
    while case .suspended = halt {
      printed += 1
      halt = machine.resume(with: .done)
    }
    #expect(printed == 2)
    #expect(halt.text == "7")
  }

  @Test("A version that is not known is refused by name")
  func unknown() throws {
    let program = try compile("finish 7")
    let machine = Machine(program)
    for version: UInt8 in [0, 3] {
      var bytes = try machine.snapshot()
      bytes[8] = version
      do {
        _ = try Machine(restoring: bytes, program: program)
        Issue.record("version \(version) is read")
      } catch {
        #expect(error == .version(found: UInt32(version), supported: SnapshotFormat.version))
      }
    }
  }
}
