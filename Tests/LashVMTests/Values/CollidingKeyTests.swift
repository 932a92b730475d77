import Testing

@testable import LashVM

/// Keys that have one hash, as whoever writes the data can make them: tables become trees, and nothing
/// else changes.
@Suite("Colliding keys")
struct CollidingKeyTests {
  /// Texts of 16 printable bytes whose second half undoes what their first half did to the hash.
  static let names: [String] = {
    var names: [String] = []
    var seed: UInt64 = 1
    while names.count < 300 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var first: UInt64 = 0
      for digit in 0..<8 { first = first << 8 | (0x61 + seed >> (20 + 4 * UInt64(digit)) & 0xF) }
      let product = (HashKey.start ^ 16 ^ first).multipliedFullWidth(by: HashKey.factor)
      let second = (product.low ^ product.high) ^ 0x0123_4567_89AB_CDEF
      guard second & 0x8080_8080_8080_8080 == 0 else { continue }
      let bytes = [first, second].flatMap { word in (0..<8).map { UInt8(word >> (8 * $0) & 0xFF) } }
      if bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) {
        names.append(String(decoding: bytes, as: UTF8.self))
      }
    }
    return names
  }()

  private func drive(_ source: String) throws -> Drive {
    let members = Self.names.enumerated().map { "\"\($1)\":\($0)" }
    return try Drive(
      source,
      globals: [
        HostField("names", .list(Self.names.map { .string($0) })),
        HostField("json", .string("{" + members.joined(separator: ",") + "}")),
      ])
  }

  @Test("The keys collide")
  func collide() {
    let hashes = Self.names.map { name in
      Array(name.utf8).withUnsafeBufferPointer { hashBytes($0) }
    }
    #expect(Set(hashes).count == 1 && Set(Self.names).count == 300)
  }

  @Test("Records, shapes, `unique` and JSON work with them")
  func work() throws {
    var drive = try drive(
      """
      r = {}
      for i in range(len(names)) { r[names[i]] = i }
      small = []
      for n in names {
        x = {}
        x[n] = n
        small = push(small, x[n])
      }
      read = json_parse(json)
      finish [
        len(r), [r[n] for n in names] == range(300), names[299] in r, "no" in r, r["no"] == null,
        keys(r) == names, small == names, read == r, unique(names + names) == names
      ]
      """)
    #expect(drive.run().text == "[300,true,true,false,true,true,true,true,true]")
  }

  @Test("A machine that holds them is restored with the same meters")
  func restored() throws {
    let source = """
      r = json_parse(json)
      m.a()?
      r.more = r[names[7]]
      finish [r.more, len(r), r[names[299]]]
      """
    var drive = try drive(source)
    #expect(drive.run(echo).text == "[7,301,299]")
    var stopped = try self.drive(source)
    guard case .suspended = stopped.machine.run() else {
      Issue.record("it does not stop")
      return
    }
    let program = stopped.machine.vm.pointee.program
    var restored = try Machine(restoring: stopped.machine.snapshot(), program: program)
    guard let request = restored.request() else {
      Issue.record("the request is lost")
      return
    }
    #expect(restored.resume(with: echo(request)).text == "[7,301,299]")
    #expect(restored.fuelUsed == drive.machine.fuelUsed)
    #expect(restored.memoryPeak == drive.machine.memoryPeak)
  }
}
