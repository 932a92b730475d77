import LashJSON
import LashLang
import LashToolchain
import LashVM
import Testing

@Suite("Run reports")
struct RunReportTests {
  @Test("The object has the documented members in order")
  func members() throws {
    let report = try run("print 1\nsleep for 5\nx = y", mock: "{\"globals\": {\"y\": 1}}")
    let object = try #require(report.json(id: "a").objectValue)
    #expect(
      object.keys == [
        "id", "outcome", "value", "prints", "calls", "events", "diagnostics", "stats",
      ])
    #expect(object["outcome"] == "continued" && object["value"] == .null)
    #expect(object["prints"] == [1] && object["diagnostics"] == [])
    #expect(object["events"] == [["event": "SleepFor", "value": 5]])
    #expect(
      object["stats"]?.objectValue?.keys == [
        "fuel", "memory_peak", "effects", "compile_ns", "run_ns",
      ])
    #expect(report.json().objectValue?.keys.first == "outcome")
  }

  @Test(
    "A report keeps so much and no more",
    arguments: [
      ("while true { print s }", "print failed"),
      ("while true { await m.op({ a: s })? }", "module operation failed"),
      ("while true { await m.op({ a: 1 })? }", "module operation failed"),
    ])
  func account(loop: String, message: String) throws {
    let source = "s = repeat(\"x\", 1000000)\n" + loop
    let report = try run(
      source,
      mock: """
        {"modules": {"m": {"op": {"value": "\(String(repeating: "y", count: 100_000))"}}}}
        """)
    let problem = try #require(report.diagnostics.first { $0.code == .hostFailure })
    #expect(problem.message.contains(message) && problem.message.contains("64 MiB"))
    #expect(report.prints.count + report.calls.count > 10)

    let unkept = try run("s = 1\nfor i in range(10) { print i }\nfinish s") {
      $0.keepsAccount = false
    }
    #expect(unkept.outcome == .finish && unkept.prints.isEmpty)
  }

  @Test("What `validate` remembers counts as memory while it lasts")
  func validation() throws {
    func peak(_ type: String) throws -> Int {
      let report = try run(
        """
        type T = list[\(type)]
        xs = [{ a: { b: i } } for i in range(50000)]
        finish len(validate(xs, T))
        """)
      #expect(report.outcome == .finish)
      return report.statistics.memoryPeak
    }
    // Each of 50,000 pairs that others depend on takes a table's entry.
    #expect(try peak("{ k: int } | { a: { b: int } }") > peak("{ a: any }") + 50_000 * 17)
  }

  @Test("`validate` is charged for the names that it looks for, and given up beyond the bound")
  func longNames() throws {
    let name = String(repeating: "k", count: 10_000)
    let report = try run(
      """
      type T = list[{ \(name): int? }]
      xs = [{ a: i } for i in range(20000)]
      finish len(validate(xs, T))
      """
    ) { $0.bounds.fuel = 1_000_000 }
    #expect(report.outcome == .exhausted && report.statistics.fuel <= 1_065_536)
  }

  @Test("A diagnostic has the documented members")
  func diagnostic() throws {
    let report = try run("x = 1\nfinish nosuch")
    let one = try #require(report.json()["diagnostics"]?[0])
    #expect(one["stage"] == "check" && one["severity"] == "error" && one["code"] == "E0201")
    #expect(one["file"] == "test")
    #expect(one["span"]?["start"] == ["line": 2, "column": 8, "offset": 13])
    #expect(one["span"]?["end"] == ["line": 2, "column": 14, "offset": 19])
    for key in ["message", "notes", "fixes"] { #expect(one[key] != nil) }
  }

  @Test(
    "Outcome and exit status",
    arguments: [
      ("finish 1", .finish, 0), ("", .continued, 0), ("x = 1", .continued, 0),
      ("x = json_parse(\"{\")", .error, 1), ("x = ", .error, 2), ("x = nosuch", .error, 2),
      ("while true { x = 1 }", .exhausted, 3),
      ("fn f(n: int) -> any { f(n + 1) }\nf(1)", .exhausted, 3),
      ("s = \"ab\"\nwhile true { s = s + s }", .exhausted, 3),
    ] as [(String, RunReport.Outcome, Int32)])
  func outcomes(source: String, outcome: RunReport.Outcome, status: Int32) throws {
    let report = try run(source) { $0.bounds = Bounds(fuel: 200_000, memory: 1 << 20, depth: 50) }
    #expect(report.outcome == outcome)
    #expect(report.exitStatus == status)
  }

  @Test(
    "An exhausted bound is named, with the option that raises it",
    arguments: [
      ("while true { x = 1 }", "out of fuel", "--fuel"),
      ("fn f(n: int) -> any { f(n + 1) }\nf(1)", "out of call depth", "--depth"),
      ("s = \"ab\"\nwhile true { s = s + s }", "out of memory", "--memory"),
    ])
  func exhausted(source: String, message: String, option: String) throws {
    let report = try run(source) { $0.bounds = Bounds(fuel: 200_000, memory: 1 << 20, depth: 50) }
    let diagnostic = try #require(report.diagnostics.first { $0.severity == .error })
    #expect(diagnostic.code == .exhausted && diagnostic.message.hasPrefix(message))
    #expect(diagnostic.hint?.contains(option) == true)
    #expect(diagnostic.span != nil)
  }

  @Test("Prints go to the closure as they come, and into the report")
  func prints() throws {
    var shown: [String] = []
    let report = Run.report(
      SourceFile(
        name: "t", text: "print \"a\"\nprint [1, (2, {k: null})]\nx = [][0] + json_parse(\"?\")"),
      RunSetup()
    ) { value in shown.append((try? value.text()) ?? "?") }
    #expect(shown == ["a", "[1,[2,{\"k\":null}]]"])
    #expect(report.prints == ["a", [1, [2, ["k": nil]]]])
    #expect(report.outcome == .error)
  }

  @Test("A value that nests too deeply to be written is a clear error")
  func deep() throws {
    let report = try run("x = []\nfor i in range(500) { x = [x] }\nfinish x")
    #expect(report.outcome == .error)
    #expect(report.diagnostics.first?.message.contains("nests") == true)
    let printed = try run("x = []\nfor i in range(500) { x = [x] }\nprint x")
    #expect(printed.outcome == .error)
  }

  @Test("Nothing of a program with errors runs")
  func nothingRuns() throws {
    let report = try run("print 1\nx = nosuch")
    #expect(report.prints.isEmpty && report.statistics.fuel == 0)
  }

  @Test("The clock is the caller's")
  func times() throws {
    let report = try run("finish 1") { setup in
      setup.now = { 42 }
    }
    #expect(report.statistics.compileTime == 0 && report.statistics.runTime == 0)
    #expect(report.statistics.fuel > 0)
  }
}

@Suite("Processes")
struct ProcessTests {
  @Test("A process may be the entry")
  func entry() throws {
    let source = "process p(a: int, b: int) { if a > b { fail {why: a} } finish a + b }\nprint 1"
    func start(_ arguments: [HostField], _ name: String = "p") throws -> RunReport {
      try run(source) { $0.entry = .process(name, arguments: arguments) }
    }
    let a = HostField("a", .integer(1))
    let b = HostField("b", .integer(2))
    let good = try start([b, a])
    #expect(good.outcome == .finish && good.jsonValue == 3 && good.prints.isEmpty)
    let failed = try start([a, HostField("b", .integer(0))])
    #expect(failed.outcome == .fail && failed.jsonValue == ["why": 1] && failed.exitStatus == 1)
    #expect(failed.diagnostics.map(\.code) == [.programFailed])
    #expect(try start([a]).diagnostics.map(\.code) == [.processArguments])
    #expect(try start([a, b, HostField("c", .null)]).exitStatus == 2)
    #expect(try start([a, b], "q").diagnostics.map(\.code) == [.unknownProcess])
  }

  @Test("Failure texts: the value of `fail`, or the message of the error")
  func failures() throws {
    let source = """
      process a(n: int) { fail "no luck" }
      process b(n: int) { fail {code: n} }
      process c(n: int) { x = json_parse("{") finish x }
      process d(n: int) { while true { n = n + 1 } }
      rs = await [start a(n: 1), start b(n: 2), start c(n: 3)]
      finish [r.error for r in rs]
      """
    let report = try run(source)
    #expect(report.jsonValue[0] == "no luck")
    #expect(report.jsonValue[1] == "{\"code\":2}")
    #expect(report.jsonValue[2]?.stringValue?.contains("json") == true)
  }

  @Test("A process that never ends takes the fuel of the run, not more")
  func sharedFuel() throws {
    let source = """
      process spin(n: int) { while true { n = n + 1 } }
      errors = [(await start spin(n: 1)).error for i in range(3)]
      finish errors
      """
    let report = try run(source) { $0.bounds.fuel = 10_000 }
    #expect(report.statistics.fuel <= 21_000)
    #expect(report.jsonValue[0]?.stringValue?.hasPrefix("out of fuel") == true)
  }

  @Test("Processes that start themselves without end come to a clear error")
  func recursion() throws {
    let source =
      "process p(n: int) { finish (await start p(n: n + 1))? }\nx = (await start p(n: 1))?"
    let report = try run(source) { $0.limits.living = 60 }
    #expect(report.outcome == .error)
    #expect(
      report.diagnostics.first?.message.contains("more than 60 processes at a time") == true)
  }

  @Test("Signals are taken in turn; none left is an error of the process")
  func signals() throws {
    let source = """
      process p(n: int) signals { go: any } {
        a = wait_signal("go")
        b = wait_signal("go")
        finish [a, b]
      }
      finish [await start p(n: 1), (await start p(n: 2)).error]
      """
    let report = try run(source, mock: "{\"signals\": {\"go\": [1, {\"k\": 2}, 3]}}")
    #expect(report.jsonValue[0] == ["ok": true, "value": [1, ["k": 2]]])
    #expect(
      report.jsonValue[1]?.stringValue?.contains("the mock has no further signal `go`") == true)
  }

  @Test("Events come in the order of the run")
  func events() throws {
    let source = """
      process p(n: int) { yield n sleep until 9 wake {n: n} finish null }
      start p(n: 4)
      sleep for "1s"
      """
    let report = try run(source)
    #expect(report.events.map(\.name) == ["Yield", "SleepUntil", "SleepFor", "Wake"])
    #expect(report.events.map(\.value) == [4, 9, "1s", ["n": 4]])
  }

  @Test("Cancelling and signalling need a handle")
  func handles() throws {
    let report = try run("x = json_parse(\"5\")\ncancel x")
    #expect(report.diagnostics.first?.message.contains("cancel failed") == true)
  }
}
