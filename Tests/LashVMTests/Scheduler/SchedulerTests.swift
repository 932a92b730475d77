import LashLang
import Testing

@testable import LashVM

/// Processes, signals, sleeping and their order (rules EFF-13 … EFF-21).
@Suite("Scheduler")
struct SchedulerTests {
  @Test("A process has its turn first, and outlives the main block")
  func outlives() throws {
    let run = try schedule(
      """
      process p(n: int) { yield n
        sleep for 5
        yield n + 1
        finish n }
      start p(n: 1)
      print "main"
      """)
    #expect(
      run.heard == ["0 main:3#0 yield 1", "0 main print main", "5 main:3#0 yield 2"])
    #expect(run.halt == "done" && run.main == "fell off")
    #expect(run.scheduler.endings == ["main fell off", "main:3#0 finished 1"])
  }

  @Test("Sleepers wake by instant, and those of one instant in the order in which they lay down")
  func timers() throws {
    let run = try schedule(
      """
      process p(n: int, d: int) { sleep for d
        yield n }
      hs = [start p(n: i, d: [30, 10, 30, 10, 0][i]) for i in range(5)]
      x = await hs
      sleep until 25
      print "late"
      sleep until 40
      print "end"
      """)
    #expect(
      run.heard.map { $0.split(separator: " ").last.map(String.init) ?? "" }
        == ["4", "1", "3", "0", "2", "late", "end"])
    #expect(run.scheduler.now == 40)
  }

  @Test("Slow answers come in virtual time; runs wait for them side by side")
  func delays() throws {
    let run = try schedule(
      """
      process p(d: int) { x = await m.b(d)
        finish d }
      a = start p(d: 50)
      b = start p(d: 20)
      print await [a, b]
      """)
    #expect(run.heard.last == "50 main print [ok(50),ok(20)]")
    #expect(run.scheduler.now == 50)
  }

  @Test("Signals are queued by name, and each is taken once")
  func signals() throws {
    let run = try schedule(
      """
      process p(n: int) signals { a: any, b: any } {
        x = wait_signal("b")
        y = wait_signal("a")
        z = wait_signal("a")
        finish [x, y, z]
      }
      h = start p(n: 1)
      signal_run(h, "a", 1)
      signal_run(h, "a", 2)
      signal_run(h, "b", 3)
      r = (await h)?
      x = signal_run(h, "a", 4)
      finish [r, x]
      """)
    #expect(run.main == "finished [[3,1,2],null]")
  }

  @Test("Cancelling ends a run wherever it waits, and those that wait for it go on")
  func cancel() throws {
    let run = try schedule(
      """
      process sleeper(n: int) { sleep for "1h"
        finish n }
      process waiter(h: any) { r = await h
        finish r.error }
      process stuck(n: int) signals { go: any } { x = wait_signal("go") }
      a = start sleeper(n: 1)
      w = start waiter(h: a)
      s = start stuck(n: 1)
      cancel a
      cancel s
      cancel a
      finish [await w, await a, await s]
      """)
    #expect(
      run.main
        == "finished [ok(the process was cancelled),error(the process was cancelled),error(the process was cancelled)]"
    )
    #expect(run.scheduler.now == 0)
  }

  @Test(
    "When all wait and nothing can come, it is told who waits for what",
    arguments: [
      (
        "process p(n: int) signals { go: any } { x = wait_signal(\"go\") }\nh = start p(n: 1)\nx = await h",
        "deadlock: the main block waits for `main:1#0` to end; `p` (main:1#0) waits for the signal `go`"
      ),
      (
        "process p(n: int) signals { h: any } { h = wait_signal(\"h\")\nx = await h }\na = start p(n: 1)\nb = start p(n: 2)\nsignal_run(a, \"h\", b)\nsignal_run(b, \"h\", a)",
        "deadlock: `p` (main:2#0) waits for `main:3#0` to end; `p` (main:3#0) waits for `main:2#0` to end"
      ),
    ])
  func deadlock(source: String, expected: String) throws {
    #expect(try schedule(source).halt == expected)
  }

  @Test("A run that never asks for anything does not keep the others from going on")
  func slices() throws {
    var limits = SchedulerLimits()
    limits.slice = 100
    let run = try schedule(
      """
      process busy(n: int) { i = 0
        while i < 2000 { i = i + 1 }
        yield "busy" }
      process brief(n: int) { yield "brief" }
      a = start busy(n: 1)
      b = start brief(n: 1)
      print "main"
      """, limits: limits)
    #expect(run.heard.map { $0.split(separator: " ").last } == ["brief", "main", "busy"])
  }

  @Test("A slice that does not cover one step is doubled until it does")
  func largeStep() throws {
    var limits = SchedulerLimits()
    limits.slice = 1
    let run = try schedule("x = sort(range(5000))\nfinish len(x)", limits: limits)
    #expect(run.main == "finished 5000")
  }

  @Test("Processes share a bound of fuel, the main block has its own")
  func fuel() throws {
    var limits = SchedulerLimits()
    limits.fuel = 5_000
    let run = try schedule(
      """
      process spin(n: int) { while true { n = n + 1 } }
      finish [(await start spin(n: 1)).error for i in range(3)]
      """, limits: limits)
    let text = "out of fuel: all 5000 units were used"
    #expect(run.main == "finished [\(text),\(text),\(text)]")
    #expect(run.scheduler.endings.count == 4)
  }

  @Test("Each machine has its own bounds")
  func bounds() throws {
    let run = try schedule(
      """
      process eat(n: int) { xs = [0]
        while true { xs = xs + xs } }
      finish [await start eat(n: 1), await start eat(n: 2)]
      """, bounds: Bounds(fuel: 1_000_000, memory: 1 << 18))
    let text = "error(out of memory: the bound of 262144 bytes was reached)"
    #expect(run.main == "finished [\(text),\(text)]")
  }

  @Test("Processes that start processes without end come to a clear error")
  func recursion() throws {
    var limits = SchedulerLimits()
    limits.living = 50
    let run = try schedule(
      "process p(n: int) { finish (await start p(n: n + 1))? }\nfinish await start p(n: 1)",
      limits: limits)
    #expect(run.main.contains("process start failed: more than 50 processes at a time"))
  }

  @Test("All runs together have a bound of memory")
  func memory() throws {
    var limits = SchedulerLimits()
    limits.memory = 1 << 20
    let run = try schedule(
      """
      process hold(n: int) signals { go: any } { xs = range(10000)
        x = wait_signal("go") }
      hs = [start hold(n: i) for i in range(50)]
      for h in hs { signal_run(h, "go", 1) }
      rs = await hs
      finish len([r for r in rs if r.ok]) < 50
      """, limits: limits)
    #expect(run.main == "finished true" || run.main.contains("out of memory"))
    #expect(run.scheduler.endings.contains { $0.contains("out of memory: the bound of 1048576") })
  }

  @Test("Answers that are put off are taken in the order in which they come")
  func later() throws {
    let program = try compile(
      "process p(n: int) { x = await m.a(n)\nyield x }\nstart p(n: 1)\nstart p(n: 2)",
      host: .testing())
    var scheduler = Scheduler()
    var host = TestHost(putsOff: true)
    scheduler.start(program)
    let halt1 = scheduler.run(&host).text
    #expect(halt1 == "waiting for the host")
    let first = try #require(RunKey("main:2#0"))
    let second = try #require(RunKey("main:3#0"))
    let fact1 = !scheduler.answer(.main, .done)
    #expect(fact1)
    let fact2 = scheduler.answer(second, .call(.success(.integer(20))))
    #expect(fact2)
    let fact3 = !scheduler.answer(second, .call(.success(.integer(21))))
    #expect(fact3)
    let fact4 = scheduler.answer(first, .call(.success(.integer(10))))
    #expect(fact4)
    let halt2 = scheduler.run(&host).text
    #expect(halt2 == "done")
    #expect(
      host.heard.suffix(2) == ["0 main:3#0 yield ok(20)", "0 main:2#0 yield ok(10)"])
  }

  @Test("Cells of a session: runs live on between them, variables can be read")
  func session() throws {
    var scheduler = Scheduler()
    var host = TestHost()
    let first = try compile(
      "process gate(n: int) signals { go: any } { sleep for 100\nfinish wait_signal(\"go\") }\nh = start gate(n: 1)",
      host: .testing())
    let cell = try #require(RunKey(root: "cell-1"))
    let fact5 = scheduler.start(first, key: cell, keepsMachine: true)
    #expect(fact5)
    let fact6 = !scheduler.start(first, key: cell)
    #expect(fact6)
    var goal = SchedulerGoal()
    goal.ending = cell
    let halt3 = scheduler.run(&host, until: goal).text
    #expect(halt3 == "ended")
    let variables = scheduler.variables(of: cell)
    #expect(variables.map(\.key) == ["h"])
    scheduler.forget(cell)
    let forgotten = scheduler.variables(of: cell)
    #expect(forgotten.isEmpty)
    goal = SchedulerGoal()
    goal.clock = 60
    let halt4 = scheduler.run(&host, until: goal).text
    #expect(halt4 == "sleeping until 100")
    scheduler.advanceClock(to: 60)
    #expect(scheduler.now == 60)
    goal.clock = 1_000
    let gate = try #require(RunKey("cell-1:2#0"))
    let halt5 = scheduler.run(&host, until: goal).text
    #expect(halt5 == "deadlock: `gate` (cell-1:2#0) waits for the signal `go`")
    let fact7 = scheduler.signal(gate, "go", .integer(7))
    #expect(fact7)
    let second = try compile("finish await h", host: .testing(globals: ["h"]))
    let next = try #require(RunKey(root: "cell-2"))
    scheduler.start(second, key: next, globals: variables)
    let halt6 = scheduler.run(&host).text
    #expect(halt6 == "done")
    let ending = scheduler.ending(of: next)
    #expect(ending?.text == "finished ok(7)")
    let fact8 = !scheduler.signal(gate, "go", .null)
    #expect(fact8)
    let views = scheduler.views()
    #expect(views.map(\.run.text) == ["cell-1", "cell-1:2#0", "cell-2"])
  }
}
