import LashJSON
import LashLang
import LashToolchain
import LashVM
import Testing

@testable import LashToolchain

@Suite("Sleeping on the virtual clock")
struct SleepTests {
  @Test(
    "Durations in milliseconds",
    arguments: [
      (.integer(250), 250), (.double(1.5), 2), (.integer(0), 0), (.string("250"), 250),
      (.string(" 2 s "), 2_000), (.string("1.5s"), 1_500), (.string("3ms"), 3),
      (.string("2m"), 120_000), (.string("1h"), 3_600_000), (.string("1e3"), 1_000),
    ] as [(HostValue, Int64)])
  func durations(value: HostValue, milliseconds: Int64) throws {
    var clock = VirtualClock()
    try clock.sleep(for: value)
    #expect(clock.now == milliseconds)
  }

  @Test(
    "Refused durations",
    arguments: [
      (.integer(-1), "`sleep for` expects a non-negative millisecond number or duration string"),
      (.bool(true), "got true"), (.double(.infinity), "got inf"),
      (.string("1h30m"), "invalid duration `1h30m`"),
      (.string("0x10s"), "invalid duration `0x10s`"), (.string("0x1p4"), "invalid duration"),
      (.string(""), "invalid duration ``"),
      (.string("-5s"), "expected a non-negative finite number"),
      (.string("soon"), "invalid duration `soon`"), (.string("inf"), "invalid duration `inf`"),
      (.string("nan"), "invalid duration"), (.string("1e999"), "finite number"),
    ] as [(HostValue, String)])
  func refusedDurations(value: HostValue, message: String) {
    var clock = VirtualClock()
    #expect {
      try clock.sleep(for: value)
    } throws: { error in
      (error as? VirtualClock.Refusal)?.message.contains(message) == true
    }
    #expect(clock.now == 0)
  }

  // The numbers are from Python's datetime.
  @Test(
    "RFC 3339 instants",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2030-01-01T00:00:00Z", 1_893_456_000_000),
      ("2024-02-29T23:59:59.999Z", 1_709_251_199_999), ("2026-03-01t08:00:00z", 1_772_352_000_000),
      ("2026-03-01 08:00:00+01:30", 1_772_346_600_000),
      ("2000-12-31T23:59:60-08:00", 978_336_000_000), ("1969-12-31T23:59:59Z", -1_000),
      ("0001-01-01T00:00:00Z", -62_135_596_800_000),
      ("9999-12-31T23:59:59.123456Z", 253_402_300_799_123),
    ] as [(String, Int64)])
  func instants(text: String, milliseconds: Int64) {
    #expect(RFC3339.milliseconds(text) == milliseconds)
  }

  @Test(
    "Texts that are no instants",
    arguments: [
      "", "2030", "2030-01-01", "2030-13-01T00:00:00Z", "2030-02-29T00:00:00Z",
      "2030-01-01T24:00:00Z", "2030-01-01T00:60:00Z", "2030-01-01T00:00:00",
      "2030-01-01T00:00:00.Z", "2030-01-01T00:00:00+1:00", "2030-01-01T00:00:00Z ", "tomorrow",
    ])
  func noInstants(text: String) {
    #expect(RFC3339.milliseconds(text) == nil)
  }

  @Test("A past instant changes nothing, a slow answer moves the clock once per batch")
  func clock() throws {
    var clock = VirtualClock()
    try clock.sleep(for: .integer(5_000))
    try clock.sleep(until: .integer(3_000))
    #expect(clock.now == 5_000)
    try clock.sleep(until: .string("1970-01-01T00:00:09Z"))
    #expect(clock.now == 9_000)
    let file = try MockFile([
      "modules": ["m": ["a": ["value": 1, "delay_ms": 70], "b": ["value": 2, "delay_ms": 30]]]
    ])
    var host = MockHost(file)
    let calls = ["a", "b"].map {
      ModuleCall(path: "m", authority: "M", operation: $0, arguments: [])
    }
    _ = host.answer(calls)
    #expect(host.now == 70)
  }

  @Test("A refused sleep is a run-time error of the program")
  func refused() throws {
    let report = try run("sleep for \"soon\"")
    #expect(report.outcome == .error)
    #expect(report.diagnostics.first?.message.contains("sleep failed: invalid duration") == true)
    #expect(report.events.isEmpty)
  }
}
