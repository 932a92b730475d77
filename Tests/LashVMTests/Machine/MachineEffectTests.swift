import LashLang
import Testing

@testable import LashVM

/// What a machine asks of its host, and what it makes of the answers (rules EFF-1 …).
@Suite("Effects of a machine")
struct MachineEffectTests {
  @Test(
    "Requests and results",
    arguments: [
      ("finish await m.a(1, 2)?", ["m.a(1, 2)"], "1"),
      ("r = await m.b(7)\nfinish [r.ok, r.error, r.value]", ["m.b(7)"], "[false,7,null]"),
      ("print 5\nfinish 1", ["print 5"], "1"),
      ("finish await [m.a(1)?, m.a(2), 3]", ["batch m.a(1) m.a(2)"], "[1,ok(2),3]"),
      (
        "finish await {x: [m.a(i)? for i in range(3) if i != 1], y: (m.a(9)?,)}",
        ["batch m.a(0) m.a(2) m.a(9)"], "{x:[0,2],y:(9)}"
      ),
      ("finish await [m.a(i)? for i in []]", [], "[]"),
      // A call inside an argument of a leaf runs at once, the batch goes on.
      (
        "finish await [m.a((await m.a(1))?)?, m.a(2)?]", ["m.a(1)", "batch m.a(1) m.a(2)"], "[1,2]"
      ),
      (
        "process p(x: int) { finish x }\nh = start p(x: 4)\nfinish await {a: [h], b: h}",
        ["start p x=4", "await p1 p1"], "{a:[ok(p1)],b:ok(p1)}"
      ),
      (
        "process p(x: int) { finish x }\nhs = [start p(x: i) for i in range(2)]\nfinish [(await hs)?, len(hs)]",
        ["start p x=0", "start p x=1", "await p1 p1"], "[[p1,p1],2]"
      ),
      ("sleep for \"5s\"\nsleep until 9\nfinish 1", ["sleep for 5s", "sleep until 9"], "1"),
      (
        "process p(x: int) { finish x }\nh = start p(x: 1)\nsignal_run(h, \"go\", 2)\ncancel h\nfinish 1",
        ["start p x=1", "signal run(p1) go 2", "cancel run(p1)"], "1"
      ),
    ])
  func requests(_ source: String, _ expected: [String], _ result: String) throws {
    var drive = try Drive(source)
    #expect(drive.run(echo).text == result)
    #expect(drive.requests == expected)
  }

  @Test("A process runs as an entry of its own, with its effects")
  func process() throws {
    let program = try compile(
      "process p(x: int, y: str) { yield x\nwake y\ns = wait_signal(\"go\")\nfail [x, y, s] }")
    var machine = Machine(
      program, process: 0, arguments: [HostField("y", .string("b")), HostField("x", .integer(1))])
    var halt = machine.run()
    while case .suspended = halt, let request = machine.request() {
      halt = machine.resume(with: echo(request))
    }
    #expect(halt.text == "failed [1,b,go]")
    #expect(machine.variables().isEmpty)
  }

  @Test("The first failed leaf with `?` stops the program, after all have settled")
  func batchFailure() throws {
    var drive = try Drive("print 1\nx = await [m.a(1)?, m.b(2), m.b(3)?, m.b(4)?]\nfinish x")
    let halt = drive.run(echo)
    #expect(halt.text == "R0004 `?` unwrapped failed module operation: 3")
    #expect(drive.requests == ["print 1", "batch m.a(1) m.b(2) m.b(3) m.b(4)"])
  }

  @Test("Lists of the program that are leaves of a batch stay as they are")
  func sharedLeaves() throws {
    let source = """
      xs = [1, 2]
      r = await [xs, m.a(3)?, xs]
      xs[0] = 9
      finish [r, xs]
      """
    #expect(try outcome(source) == "[[[1,2],3,[1,2]],[9,2]]")
  }

  @Test(
    "An answer that does not fit traps",
    arguments: [
      ("print 1", EffectOutcome.value(.null)), ("x = await m.a(1)", .done),
      ("x = await m.a(1)", .calls([])), ("x = await [m.a(1), m.a(2)]", .calls([.success(.null)])),
      ("sleep for 1", .call(.success(.null))),
    ])
  func wrongAnswer(_ source: String, _ answer: EffectOutcome) throws {
    let text = try outcome(source) { _ in answer }
    #expect(text.hasPrefix("R0005 the host"))
  }

  @Test("A refusal stops the program with the host's words at the effect")
  func refusal() throws {
    var drive = try Drive("x = 1\nsleep for 5")
    guard case .trapped(let trap) = drive.run({ _ in .refused("sleep failed: no clock") }) else {
      Issue.record("not trapped")
      return
    }
    #expect(trap.message == "sleep failed: no clock")
    #expect(trap.span == SourceSpan(start: 6, end: 17))
  }

  @Test("Traps name the place, and the calls that led there")
  func backtrace() throws {
    let source = "fn f(n: int) -> any { n == 0 ? json_parse(\"{\") : f(n - 1) }\nx = f(1)"
    var drive = try Drive(source)
    guard case .trapped(let trap) = drive.run() else {
      Issue.record("not trapped")
      return
    }
    func place(_ text: String) -> SourceSpan {
      let whole = Array(source.utf8)
      let part = Array(text.utf8)
      let start = whole.indices.first { whole[$0...].starts(with: part) } ?? 0
      return SourceSpan(start: UInt32(start), end: UInt32(start + part.count))
    }
    #expect(trap.span == place("json_parse(\"{\")"))
    #expect(trap.backtrace.map(\.name) == ["f", nil])
    #expect(trap.backtrace.map(\.span) == [place("f(n - 1)"), place("f(1)")])
  }

  @Test("A value that nests too deeply or unfolds too far does not leave")
  func leaving() throws {
    let deep = "x = 1\nfor i in range(200) { x = [x] }\n"
    #expect(try outcome(deep + "print x").hasPrefix("R0003 a value nests too deeply"))
    #expect(try outcome(deep + "finish x").hasPrefix("R0003 a value nests too deeply"))
    let wide = "x = 1\nfor i in range(100) { x = [x, x] }\n"
    #expect(try outcome(wide + "finish await m.a(x)").hasPrefix("R0003 a value is too large"))
    let results = "x = await m.a(1)\nfor i in range(100) { x = [x, x] }\n"
    #expect(try outcome(results + "y = await x").hasPrefix("R0003 a value is too large"))
  }
}
