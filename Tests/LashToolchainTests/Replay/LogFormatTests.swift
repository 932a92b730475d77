import Foundation
import LashJSON
import LashLang
import LashVM
import Testing

@testable import LashToolchain

/// That stored logs are what their version says, and that those of old versions are read.
@Suite("Format of logs")
struct LogFormatTests {
  /// Runs that leave a line of every kind: slow, late and dropped answers, starts from outside,
  /// a stopped process.
  private static let source = """
    process nap(n: int) signals { go: any } {
      sleep for n
      x = await [m.echo({v: n})?, m.slow({v: n})?]
      yield x
      wake (n, 1.5)
      y = wait_signal("go")
      finish [x, y]
    }
    process slow(n: int) { x = (await m.slow({v: n}))?
      finish x }
    process tick(t: cron.Tick) {
      while true {
        sleep for "10h"
        yield t.at
      }
    }
    await triggers.register({source: cron.Schedule({expr: "x"}), target: tick, inputs: {t: trigger.event}})?
    h = start nap(n: 5)
    s = start slow(n: 1)
    cancel s
    signal_run(h, "go", {k: [null, true]})
    r = (await h)?
    print r
    finish r
    """
  private static let mock = """
    {"triggers": true, "modules": {"m": {"echo": {"echo": "v"}, "slow": {"echo": "v", "delay_ms": 7}}}}
    """

  private final class Lines: @unchecked Sendable {
    var text = ""
  }

  private func record(isLate: Bool = false) throws -> String {
    let lines = Lines()
    _ = try run(Self.source, mock: Self.mock) {
      $0.record = { lines.text += $0 }
      if isLate { $0.picksAnswer = { _ in nil } }
      $0.fires = [
        RunSetup.TriggerEvent(
          source: "cron.Schedule", event: .record([HostField("at", .string("noon"))]))
      ]
    }
    return lines.text
  }

  /// If this fails, logs have other members than when they were written: if old logs mean something else
  /// now, raise `EffectLog.version` and keep the fixture of the old one.
  @Test("Members are those of the version")
  func members() throws {
    #expect(EffectLog.version == 1)
    var kinds: [String: Set<String>] = [:]
    for log in [try record(), try record(isLate: true)] {
      for line in log.split(separator: "\n") {
        let object = try #require(try json(String(line)).objectValue)
        let kind =
          ["lash_log", "end", "dropped", "unanswered", "start"].first { object[$0] != nil }
          ?? "effect"
        kinds[kind, default: []].formUnion(object.keys)
        if let inner = object[kind]?.objectValue {
          kinds["in " + kind, default: []].formUnion(inner.keys)
        }
      }
    }
    let expected: [String: Set<String>] = [
      "lash_log": ["lash_log", "program", "file", "globals", "bounds", "limits", "code", "sum"],
      "effect": ["n", "key", "now", "fuel", "request", "answer", "delay", "later", "sum"],
      "start": ["n", "now", "start", "sum"], "in start": ["run", "process", "arguments"],
      "dropped": ["dropped", "sum"],
      "in dropped": ["key", "now", "fuel", "request", "answer", "delay"],
      "unanswered": ["unanswered", "sum"], "in unanswered": ["key", "now", "fuel", "request"],
      "end": ["end", "sum"], "in end": ["entries", "now", "fuel", "state", "stopped"],
    ]
    #expect(kinds == expected)
  }

  private static let folder = GraphFixture.root.appendingPathComponent("Tests/Fixtures/stored")

  /// `LASH_RECORD=1` writes the log of the present version if it is missing, and never one anew.
  @Test("A log of each version is read and replays", arguments: 1...EffectLog.version)
  func replays(version: Int64) throws {
    let file = Self.folder.appendingPathComponent("v\(version)/processes.log.jsonl")
    if version == EffectLog.version, ProcessInfo.processInfo.environment["LASH_RECORD"] != nil,
      !FileManager.default.fileExists(atPath: file.path)
    {
      try Data(try record().utf8).write(to: file)
    }
    let log = try EffectLog(reading: [UInt8](try Data(contentsOf: file)))
    var session = try ReplaySession(log)
    let report = try session.finish()
    // Worked out by hand.
    #expect(try report.jsonValue == json("[[5, 5], {\"k\": [null, true]}]"))
    #expect(report.prints == [report.jsonValue])
    #expect(
      report.events.map(\.value)
        == [5, [5, 5], [5, 1.5], "10h", "noon", "10h", "noon", "10h"])
    #expect(log.dropped.count == 1 && log.end?.isStopped == true)
  }
}
