import Foundation
import LashJSON
import LashLang
import Testing

@testable import LashVM

/// A scheduler as bytes (`spec/snapshot-format.md`).
@Suite("Scheduler snapshots")
struct SchedulerSnapshotTests {
  /// Runs in every standing: asleep, waiting for a signal, for runs, for a slow answer, ended in several ways.
  private static let source = """
    process nap(n: int) { sleep for n
      yield n
      finish {n: n} }
    process gate(n: int) signals { go: any, other: any } { x = wait_signal("go")
      finish [x, n] }
    process bad(n: int) { if n == 0 { fail "no" }
      x = json_parse("{")
      finish x }
    process slow(n: int) { x = await m.b(n)
      y = await [m.a(i)? for i in range(2)]
      finish [x, y] }
    naps = [start nap(n: i * 5) for i in range(3)]
    g = start gate(n: 1)
    signal_run(g, "other", "kept")
    b = [start bad(n: i) for i in range(2)]
    s = start slow(n: 12)
    x = await m.b(8)
    signal_run(g, "go", (1, 2.5))
    print [len(await naps), (await g)?, await b, (await s)?]
    finish "end"
    """

  private func program() throws -> Program {
    try compile(Self.source, host: .testing())
  }

  @Test("At every effect the bytes make the same scheduler, and the run comes to the same")
  func everyEffect() throws {
    let program = try program()
    var whole = TestHost()
    var scheduler = Scheduler()
    scheduler.start(program, keepsMachine: true)
    let halt = scheduler.run(&whole).text
    let end = try scheduler.snapshot()
    #expect(halt == "done")

    var host = TestHost()
    var stepped = Scheduler()
    stepped.start(program, keepsMachine: true)
    var goal = SchedulerGoal()
    var steps = 0
    while true {
      goal.effects = steps
      guard case .paused = stepped.run(&host, until: goal) else { break }
      let bytes = try stepped.snapshot()
      stepped = try Scheduler(restoring: bytes, programs: { _ in program })
      let again = try stepped.snapshot()
      #expect(again == bytes, "effect \(steps)")
      steps += 1
    }
    #expect(steps > 20)
    #expect(host.heard == whole.heard)
    #expect(host.settled == whole.settled)
    #expect(host.endings == whole.endings)
    let last = try stepped.snapshot()
    #expect(last == end)
  }

  /// The bytes of a scheduler in the middle of its run.
  private func middle(_ program: Program, effects: Int = 14) throws -> [UInt8] {
    var host = TestHost()
    var scheduler = Scheduler()
    scheduler.start(program)
    var goal = SchedulerGoal()
    goal.effects = effects
    _ = scheduler.run(&host, until: goal)
    return try scheduler.snapshot()
  }

  private func refusal(_ bytes: [UInt8], _ program: Program?) -> String {
    do {
      _ = try Scheduler(restoring: bytes, programs: { _ in program })
      return "accepted"
    } catch {
      return "\(error)"
    }
  }

  @Test("What is wrong with the bytes is told")
  func refusals() throws {
    let program = try program()
    let bytes = try middle(program)
    #expect(refusal(bytes, program) == "accepted")
    #expect(refusal([], program) == "these bytes are no snapshot of a scheduler")
    var other = bytes
    other[8] = 9
    #expect(refusal(other, program).hasPrefix("the snapshot has format version 9"))
    other = bytes
    other[40] ^= 1
    #expect(
      refusal(other, program)
        == "damaged snapshot: the checksum of what follows is wrong at byte 20")
    #expect(refusal(bytes, nil).hasPrefix("the snapshot has runs of a program that is not there"))
    #expect(
      refusal(bytes, try compile("finish 1")).hasPrefix(
        "the snapshot has runs of a program that is not there"))
  }

  /// The bytes with other ones from the place of a number on, counted from the clock, and a sum that fits.
  private func forged(
    _ bytes: [UInt8], number: Int, removing count: Int, _ new: [UInt8]
  ) -> [UInt8] {
    var place = 20
    for _ in 0..<number {
      while bytes[place] >= 0x80 { place += 1 }
      place += 1
    }
    return withSum(bytes, replacing: place..<(place + count), by: new)
  }

  private func withSum(
    _ bytes: [UInt8], replacing range: Range<Int>, by new: [UInt8]
  ) -> [UInt8] {
    var changed = bytes
    changed.replaceSubrange(range, with: new)
    let sum = changed.withUnsafeBytes { all in
      SnapshotChecksum.of(UnsafeRawBufferPointer(rebasing: all[20...]))
    }
    for byte in 0..<8 { changed[12 + byte] = UInt8(truncatingIfNeeded: sum >> UInt64(8 * byte)) }
    return changed
  }

  @Test("A run that counts more fuel than its machine has used is refused")
  func forgedFuel() throws {
    let program = try program()
    let bytes = try middle(program)
    let key = Array(RunKey.main.text.utf8)
    var place = try #require(
      bytes.indices.first { bytes[$0...].starts(with: [UInt8(key.count)] + key) })
    func skipNumber() {
      while bytes[place] >= 0x80 { place += 1 }
      place += 1
    }
    // Its name, program and bounds, no process, and two marks stand before it.
    place += 1 + key.count
    for _ in 0..<7 { skipNumber() }
    let start = place
    skipNumber()
    #expect(refusal(withSum(bytes, replacing: start..<start, by: []), program) == "accepted")
    let greatest = Array(repeating: UInt8(0x80), count: 8) + [0x40]
    #expect(
      refusal(withSum(bytes, replacing: start..<place, by: greatest), program)
        .contains("counts more fuel than its machine has used"))
  }

  @Test(
    "Bounds beyond their ranges are brought into them, so that the bytes can be read again",
    arguments: [
      Bounds(fuel: .max, memory: .max, depth: .max), Bounds(fuel: -1, memory: 1 << 20, depth: -1),
      Bounds(fuel: 10, memory: -1, depth: 10),
    ])
  func extremeBounds(_ bounds: Bounds) throws {
    let program = try compile("for i in range(10) { print i }", host: .testing())
    var host = TestHost()
    var scheduler = Scheduler()
    scheduler.start(program, bounds: bounds, keepsMachine: true)
    _ = scheduler.run(&host)
    let bytes = try scheduler.snapshot()
    #expect(refusal(bytes, program) == "accepted")
  }

  @Test("A timer of a run that was cancelled does not hold the clock, also after its bytes")
  func deadTimer() throws {
    let program = try compile("sleep for 10", host: .testing())
    for isRestored in [false, true] {
      var host = TestHost()
      var scheduler = Scheduler()
      scheduler.start(program)
      var goal = SchedulerGoal()
      goal.clock = 0
      _ = scheduler.run(&host, until: goal)
      scheduler.cancel(.main, &host)
      if isRestored {
        scheduler = try Scheduler(restoring: scheduler.snapshot(), programs: { _ in program })
      }
      scheduler.advanceClock(to: 20)
      #expect(scheduler.clock.now == 20)
    }
  }

  @Test("Numbers that would overflow, and a program that stands twice, are refused")
  func forgeries() throws {
    let program = try program()
    let bytes = try middle(program)
    #expect(refusal(forged(bytes, number: 5, removing: 0, []), program) == "accepted")
    // The number of the last timer; the next one would be beyond all numbers.
    let greatest = Array(repeating: UInt8(0xFF), count: 9) + [0x01]
    let timer = forged(bytes, number: 5, removing: 1, greatest)
    #expect(refusal(timer, program).contains("the number of the last timer"))
    let twice = forged(bytes, number: 6, removing: 1, [2] + program.identity)
    #expect(refusal(twice, program).contains("a program stands twice"))
  }

  @Test(
    "Bytes that are cut off or changed are refused, or make a scheduler that runs within its bounds"
  )
  func hostile() throws {
    let program = try program()
    let bytes = try middle(program)
    var random = SeededGenerator(seed: 7)
    var accepted = 0
    for round in 0..<600 {
      var changed = bytes
      if round % 10 == 0 {
        changed.removeLast(Int.random(in: 1..<(bytes.count - 20), using: &random))
      } else {
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          let place = Int.random(in: 20..<bytes.count, using: &random)
          changed[place] = UInt8.random(in: 0...255, using: &random)
        }
      }
      let sum = changed.withUnsafeBytes { all in
        SnapshotChecksum.of(UnsafeRawBufferPointer(rebasing: all[20...]))
      }
      for byte in 0..<8 { changed[12 + byte] = UInt8(truncatingIfNeeded: sum >> UInt64(8 * byte)) }
      guard
        var scheduler = try? Scheduler(
          restoring: changed, bounds: Bounds(fuel: 20_000, memory: 1 << 20, depth: 50),
          programs: { _ in program })
      else { continue }
      accepted += 1
      var host = TestHost(observesEffects: false)
      var goal = SchedulerGoal()
      goal.turns = 200
      _ = scheduler.run(&host, until: goal)
    }
    print("scheduler snapshots: \(accepted) of 600 changed ones were accepted")
  }

  private static let fixtures = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/stored")

  /// Written by the first version, in the middle of the run; `LASH_RECORD=1` writes it for a new version.
  @Test("A scheduler of the first version goes on from where it was")
  func firstVersion() throws {
    let file = Self.fixtures.appendingPathComponent("v1/runs.lashq")
    let program = try program()
    if ProcessInfo.processInfo.environment["LASH_RECORD"] != nil {
      try Data(try middle(program)).write(to: file)
      Issue.record("recorded anew: look at the difference")
    }
    let bytes = [UInt8](try Data(contentsOf: file))
    var scheduler = try Scheduler(restoring: bytes, programs: { _ in program })
    var host = TestHost()
    let halt = scheduler.run(&host).text
    #expect(halt == "done")
    let last = try #require(host.heard.last)
    #expect(last.hasPrefix("12 main print [3,[(1,2.5),1],[error(no),error("), "\(last)")
    #expect(last.hasSuffix("[ok(12),[0,1]]]"), "\(last)")
  }

  @Test("A change of what is stored needs a new version")
  func fingerprint() {
    var facts: [String] = []
    facts += SchedulerFormat.Standing.allCases.map { "\($0) \($0.rawValue)" }
    facts += SchedulerFormat.Ending.allCases.map { "\($0) \($0.rawValue)" }
    facts += SchedulerFormat.MachineForm.allCases.map { "\($0) \($0.rawValue)" }
    facts.append("\(SchedulerFormat.magic) \(SchedulerFormat.bodyOffset)")
    let fingerprint = SHA256.hexHash(Array(facts.joined(separator: "\n").utf8)).prefix(16)
    let known: [UInt32: String] = [1: "50cc550d9f00dca3"]
    #expect(
      known[SchedulerFormat.version] == String(fingerprint),
      "give the format a new version, say so in spec/snapshot-format.md, and keep its fingerprint here"
    )
  }
}
