import LashJSON
import LashLang
import LashVM
import Testing

@testable import LashToolchain

/// Recording, replaying, and what is said about logs that do not fit.
@Suite("Record and replay")
struct ReplayTests {
  private static let source = """
    process worker(n: int) signals { go: any } {
      sleep for n
      page = (await web.get({page: n}))?
      yield page
      extra = wait_signal("go")
      finish [page, extra]
    }
    hs = [start worker(n: i * 10) for i in range(3)]
    both = await [web.get({page: 100})?, web.slow({page: 7})]
    print both[0]
    for h in hs { signal_run(h, "go", both[1]) }
    rs = (await hs)?
    print len(rs)
    finish rs
    """
  private static let mock = """
    {"modules": {"web": {"get": {"by": {"field": "page", "cases": {"100": {"value": {"t": [1.5, null]}},
      "10": {"error": "not now"}}, "else": {"echo": "page"}}},
      "slow": {"value": "s", "delay_ms": 15}}}}
    """

  /// A run and its log.
  private func record(
    _ source: String = Self.source, mock: String = Self.mock,
    _ adjust: (inout RunSetup) -> Void = { _ in }
  ) throws -> (report: RunReport, log: String) {
    let lines = Lines()
    let report = try run(source, mock: mock) {
      adjust(&$0)
      $0.record = { lines.text += $0 }
    }
    return (report, lines.text)
  }

  private func log(_ text: String) throws(LogError) -> EffectLog {
    try EffectLog(reading: Array(text.utf8))
  }

  @Test("A replay comes to the same, without a host")
  func same() throws {
    // The second worker fails, so the run does.
    let (report, text) = try record()
    #expect(report.outcome == .error)
    let log = try log(text)
    var session = try ReplaySession(log)
    let again = try session.finish()
    #expect(again.outcome == report.outcome)
    #expect(again.diagnostics.map(\.message) == report.diagnostics.map(\.message))
    #expect(
      again.prints == report.prints && again.events.map(\.value) == report.events.map(\.value))
    #expect(again.calls.map(\.result) == report.calls.map(\.result))
    #expect(again.statistics.fuel == report.statistics.fuel)
    #expect(again.statistics.effects == log.entries.count)
  }

  /// Processes in a ring: a token goes round once.
  private static let ring = """
    process node(number: int) signals { next: any, token: int } {
      next = wait_signal("next")
      token = wait_signal("token")
      signal_run(next, "token", token + 1)
      finish token
    }
    nodes = [start node(number: i) for i in range(12)]
    for i in range(12) { signal_run(nodes[i], "next", nodes[(i + 1) % 12]) }
    signal_run(nodes[0], "token", 0)
    finish (await nodes)?
    """

  @Test(
    "From every prefix, and after a snapshot at every point, the end is the same to the byte",
    arguments: [source, ring])
  func everyPoint(source: String) throws {
    let text = try record(source).log
    let log = try log(text)
    var straight = try ReplaySession(log)
    var states: [[UInt8]] = []
    for position in 0...log.entries.count {
      try straight.seek(to: position)
      states.append(try straight.snapshot())
    }
    _ = try straight.finish()
    let end = try straight.snapshot()
    for position in 0...log.entries.count {
      var session = try ReplaySession(log)
      try session.seek(to: position)
      #expect(session.position == position)
      let bytes1 = try session.snapshot()
      #expect(bytes1 == states[position], "entry \(position)")
      var scheduler = try Scheduler(
        restoring: states[position], limits: log.limits, programs: { _ in log.program })
      let bytes2 = try scheduler.snapshot()
      #expect(bytes2 == states[position], "entry \(position)")
      let answers = LogAnswers(log, ignoresFuel: false)
      answers.go(backTo: position)
      var host = RunHost(answers, onPrint: { _ in })
      _ = scheduler.run(&host)
      let bytes3 = try scheduler.snapshot()
      #expect(bytes3 == end, "entry \(position)")
    }
    // Back and forth.
    var session = try ReplaySession(log)
    for position in [5, 2, 9, 0, log.entries.count, 1, 7] {
      try session.seek(to: position)
      let bytes4 = try session.snapshot()
      #expect(bytes4 == states[position], "entry \(position)")
    }
    _ = try session.finish()
    let bytes5 = try session.snapshot()
    #expect(bytes5 == end)
  }

  @Test("The state at an entry: what is next, variables, where all runs are")
  func state() throws {
    let (_, text) = try record("x = 1\nprint x\ny = (await web.get({page: 3}))?\nfinish x + y")
    let log = try log(text)
    #expect(log.entries.count == 2)
    var session = try ReplaySession(log)
    try session.seek(to: 1)
    let state = session.state().json
    #expect(state["next"]?["key"] == "main:1#0")
    #expect(state["next"]?["at"] == "test:3:12")
    #expect(state["next"]?["answer"] == ["call": ["ok": 3]])
    #expect(state["variables"] == ["x": 1])
    #expect(state["runs"]?[0]?["run"] == "main")
    try session.seek(to: 2)
    #expect(session.state().json["next"] == nil)
    let report7 = try session.finish()
    #expect(report7.jsonValue == 4)
  }

  /// The log with the line of a number (from 1) changed.
  private func edited(_ text: String, line: Int, _ edit: (String) -> String?) -> String {
    var lines = text.split(separator: "\n").map(String.init)
    if let new = edit(lines[line - 1]) { lines[line - 1] = new } else { lines.remove(at: line - 1) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The same, with sums made anew, so that only the edit itself can be found out.
  private func forged(_ text: String, line: Int, _ edit: (String) -> String?) throws -> String {
    var sum = LogLine.firstSum
    var result = ""
    for (place, old) in text.split(separator: "\n").map(String.init).enumerated() {
      let object = try #require(LogLine.opened(old)).text
      guard let new = place == line - 1 ? edit(object) : object else { continue }
      let sealed = LogLine.sealed(try json(new), after: sum)
      sum = sealed.sum
      result += sealed.text + "\n"
    }
    return result
  }

  private func refusal(_ text: String) -> String {
    do {
      _ = try log(text)
      return "accepted"
    } catch {
      return error.description
    }
  }

  @Test("What is wrong with a log is told with its line")
  func refusals() throws {
    let text = try record("print 1\nprint 2\nprint 3\nfinish 4").log
    #expect(refusal(text) == "accepted")
    #expect(refusal("") == "line 1: the log is empty")
    #expect(refusal("{}\n").hasPrefix("line 1: the line is damaged"))
    // Every byte counts.
    let damaged = edited(text, line: 3) { $0.replacing("\"print\":2", with: "\"print\":7") }
    #expect(
      refusal(damaged).hasPrefix("line 3: the line, or the number of lines before it, was changed"))
    #expect(refusal(edited(text, line: 3) { _ in nil }).hasPrefix("line 3: "))
    #expect(refusal(String(text.dropLast(9))).hasPrefix("line 5: the line is cut off"))
    #expect(
      refusal(edited(text, line: 2) { "\($0.dropLast(4))" }).hasPrefix(
        "line 2: the line is damaged"))
    // With sums that fit.
    #expect(
      refusal(try forged(text, line: 3) { _ in nil }) == "line 3: entry 2 is missing: here stands 3"
    )
    #expect(
      refusal(try forged(text, line: 3) { $0.replacing("\"answer\"", with: "\"anser\"") })
        == "line 3: the effect `main:1#0` has no answer")
    #expect(
      refusal(try forged(text, line: 1) { $0.replacing("\"lash_log\":1", with: "\"lash_log\":9") })
        == "line 1: the log has version 9, this is version 1: record the run again")
    let other = try record("print 1\nprint 2\nfinish 4").log
    let code = try #require(other.firstRange(of: /"code":"[0-9a-f]*"/)).lowerBound
    let otherCode = other[code...].prefix { $0 != "}" && $0 != "," }
    #expect(
      refusal(
        try forged(text, line: 1) {
          $0.replacing(/"code":"[0-9a-f]*"/, with: otherCode)
        }
      ).hasPrefix("line 1: the program is not the one that was recorded"))
    #expect(
      refusal(try forged(text, line: 1) { $0.replacing("\"code\":\"00", with: "\"code\":\"01") })
        .hasPrefix("line 1: this is not a compiled program"))
  }

  @Test("A log that was broken off replays up to there, and says so")
  func brokenOff() throws {
    let text = try record("print 1\nprint 2\nx = (await web.get({page: 1}))?\nfinish x").log
    let cut = text.split(separator: "\n").prefix(3).joined(separator: "\n") + "\n"
    let log = try log(cut)
    var session = try ReplaySession(log)
    try session.seek(to: 2)
    #expect(session.position == 2)
    do throws(ReplayProblem) {
      _ = try session.finish()
      Issue.record("a log without an end is complete")
    } catch {
      #expect(error.line == 3)
      #expect(error.message.contains("the log has no answer for `main:2#0`"), "\(error)")
    }
  }

  @Test("A run whose processes were stopped replays to the same state")
  func stopped() throws {
    for source in [
      "process tick(n: int) {\n  while true { sleep for \"1h\"\n    yield n }\n}\nstart tick(n: 1)\nfinish 1",
      "process busy(n: int) {\n  while true { yield n }\n}\nstart busy(n: 1)\nfinish 1",
    ] {
      let (report, text) = try record(source) { $0.linger.effects = 60 }
      let log = try log(text)
      #expect(log.end?.isStopped == true)
      var session = try ReplaySession(log)
      let again = try session.finish()
      #expect(again.runs.map(\.notice) == report.runs.map(\.notice))
      #expect(again.statistics.effects == report.statistics.effects)
      try session.seek(to: 7)
      _ = try session.finish()
    }
  }

  private func difference(_ text: String, _ source: String) throws -> String {
    let file = SourceFile(name: "other", text: source)
    let surface = try MockFile(bytes: Array(Self.mock.utf8)).surface
    let program = try #require(Compile.program(file, surface: surface).program)
    do {
      var session = try ReplaySession(try log(text), program: program)
      _ = try session.finish()
      return "none"
    } catch let error as ReplayProblem {
      return error.description
    }
  }

  @Test("Another program gets the answers, and the first difference is told")
  func differences() throws {
    let text = try record("x = (await web.get({page: 1}))?\nprint x\nfinish x").log
    #expect(
      try difference(text, "y = (await web.get({page: 1}))?\nprint y\nfinish [y, y]") == "none")
    #expect(
      try difference(text, "x = (await web.get({page: 2}))?\nprint x\nfinish x")
        == "line 2: `main:0#0` asks for {\"call\":\"web.get\",\"arguments\":[{\"page\":2}]}, where the log has {\"call\":\"web.get\",\"arguments\":[{\"page\":1}]}"
    )
    #expect(
      try difference(text, "x = (await web.get({page: 1}))?\nprint x\nprint 2\nfinish x")
        .contains("no answer for `main:2#0`"))
    #expect(
      try difference(text, "x = (await web.get({page: 1}))?\nfinish x")
        == "line 3: the run is over, or waits, where the log has more")
  }

  @Test("Events of triggers are in the log")
  func fired() throws {
    let source = """
      process tick(t: cron.Tick) { yield t.at }
      await triggers.register({source: cron.Schedule({expr: "x"}), target: tick, inputs: {t: trigger.event}})?
      finish 1
      """
    let (report, text) = try record(source, mock: "{\"triggers\": true}") {
      for at in ["a", "b"] {
        $0.fires.append(
          RunSetup.TriggerEvent(
            source: "cron.Schedule", event: .record([HostField("at", .string(at))])))
      }
    }
    #expect(report.events.map(\.value) == ["a", "b"])
    #expect(report.runs.map(\.run) == ["fire-1.1", "fire-2.1"])
    let log = try log(text)
    #expect(log.entries.count == 5)
    var session = try ReplaySession(log)
    let report8 = try session.finish()
    #expect(report8.events.map(\.value) == ["a", "b"])
    for position in [4, 1, 3, 0, 2] { try session.seek(to: position) }
    let report9 = try session.finish()
    #expect(report9.jsonValue == 1)
  }
}

/// Lines that a run writes.
private final class Lines: @unchecked Sendable {
  var text = ""
}
