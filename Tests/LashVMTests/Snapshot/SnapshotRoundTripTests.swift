import LashJSON
import LashLang
import Testing

@testable import LashVM

@Suite("Snapshot round trips")
struct SnapshotRoundTripTests {
  @Test("Looking at the variables does not change the bytes of a machine that has trapped")
  func looking() throws {
    let program = try compile(
      "y = 1\nx = [1]\nfor i in range(200) { x = [x] }\nfinish json_parse(\"{\")")
    var machine = Machine(program)
    let halt = machine.run()
    let before = try machine.snapshot()
    #expect(machine.variables().isEmpty == false)
    #expect(machine.variables().allSatisfy { $0.key != "x" })
    #expect(try machine.snapshot() == before)
    var restored = try Machine(restoring: before, program: program)
    #expect(restored.run().text == halt.text)
  }

  @Test("What a smaller memory bound cannot send is told as that")
  func smallerBounds() throws {
    let program = try compile(
      "s = repeat(\"x\", 6000000)\nawait m.a(s, s, s)?", host: .testing())
    var machine = Machine(program)
    guard case .suspended = machine.run() else {
      Issue.record("no call")
      return
    }
    let bytes = try machine.snapshot()
    do throws(SnapshotError) {
      _ = try Machine(restoring: bytes, program: program, bounds: Bounds(memory: 16 << 20))
      Issue.record("accepted")
    } catch {
      guard case .exceedsBounds = error else {
        Issue.record("\(error)")
        return
      }
    }
    _ = try Machine(restoring: bytes, program: program, bounds: Bounds(memory: 32 << 20))
  }

  static let programs = [
    "x = 1; y = x + 2; finish x * y",
    "total = 0; for x in [1, 2, 3] { for y in range(3) { total = total + x * y } }; finish total",
    "total = 0; for x in range(9007199254740990, 9007199254740995) { total = x }; finish total",
    "for x in range(10, 0, -3) { print x }; for x in [] { print x }; for t in (1, 2) { print t }",
    "fn fib(n: int) -> int { n < 2 ? n : fib(n - 1) + fib(n - 2) }\nfinish fib(7)",
    "fn f(xs: list[int]) -> int { n = 0\nfor x in xs { if x == 3 { break }\nn = n + [y * x for y in range(2)][1] }\nn }\nfinish f([1, 2, 3, 4])",
    "s = \"\"; for c in split(\"grüße 🙂\", \"\") { s = c + s }; finish [s, len(s), s[0]]",
    "xs = []; for i in range(20) { xs = push(xs, {i: i, s: f\"<{i}>\"}) }; finish xs",
    "xs = [[y * x for y in range(x)] for x in range(5) if x != 2]; finish xs",
    "r = {}; for i in range(40) { r[f\"k{i}\"] = i }; r.k3 = null; finish r",
    "r = {a: {b: [1, {c: 2}]}}; s = r; r.a.b[1].c += 5; r.a.b[0] = s; finish [r, s]",
    "big = 9007199254740993; finish [big, big * 3, -big, big / 2, 0 / 0, 1 / 0, 5 % 3]",
    "finish await m.a(1)",
    "finish [await m.a(1)?, (await m.b(\"no\")).error, (await m.a({x: [1]})).value]",
    "finish await {x: m.a(1), y: [m.b(\"no\"), m.a(2)?], z: m.a([3])}",
    "fn g(x: int) -> any { [x, {x: x}] }\nfinish await {x: m.a(g(1)), y: m.a(2), z: [m.a(g(3))?]}",
    "x = (await m.b(\"why\"))?; finish x",
    "finish [1, 2][\"a\"]", "if false { x = 1 }; print x", "finish 1 + {}",
    "T = Type { name: str, age: int }; finish validate({name: \"a\", age: 1}, T)",
    "x = 0; while true { x = x + 1 }", "xs = [1]; while true { xs = xs + xs }",
    "fn down(n: int) -> int { down(n + 1) }\nfinish down(0)",
    "a, b = (1, [2]); print a; print b; finish (a, b, sort([3, 1, 2]), keys({q: 1}))",
    "m1 = m; x = await m1.a(2); finish x.ok ? format(\"{}\", x.value) : null",
  ]

  @Test("A program does the same with a snapshot after each instruction", arguments: programs)
  func everyInstruction(_ source: String) throws {
    guard (try? compile(source, host: .testing())) != nil else {
      Issue.record("does not compile: \(source)")
      return
    }
    try expectSameRestored(source, bounds: Bounds(fuel: 2_000, memory: 1 << 20, depth: 40))
  }

  @Test("Every kind of value comes back as it was")
  func everyKind() throws {
    let values: [HostValue] = [
      .null, .bool(true), .bool(false), .integer(0), .integer(-1), .integer(1 << 53),
      .integer(.min),
      .integer(.max), .integer((1 << 53) - 1), .integer(1 - 1 << 53), .double(0.1), .double(-0.0),
      .double(.nan), .double(.infinity), .double(1e300), .string(""), .string("é🙂"),
      .string(String(repeating: "x", count: 1_000)), .list([]), .tuple([]),
      .tuple([.null, .list([])]),
      .record([]), .record([HostField("k", .integer(1))]),
      .record((0..<100).map { HostField("key\($0)", .integer($0)) }),
      .image(
        HostImage(id: "i", label: "l", mime: "image/png", size: 1 << 60, width: 2, height: nil)),
      .run(RunHandle(id: "r", process: "p")), .module(path: "a.b", authority: "A"),
      .type(["type": "object", "properties": ["x": ["type": "string"]]]),
      .descriptor(type: "D", value: .list([.integer(1)])), .process("p"), .triggerEvent,
      .result(.success(.list([.null]))), .result(.failure("why")),
    ]
    let program = try compile("print v", host: .testing(globals: ["v"]))
    var machine = Machine(program, globals: [HostField("v", .list(values))])
    _ = machine.run()
    let bytes = try machine.snapshot()
    let restored = try Machine(restoring: bytes, program: program)
    guard case .print(let before)? = machine.request(), case .print(let after)? = restored.request()
    else {
      Issue.record("no request")
      return
    }
    #expect("\(after)" == "\(before)")
    #expect(restored.memoryUsed == machine.memoryUsed)
    #expect(try restored.snapshot() == bytes)
  }

  @Test("What is shared stays shared, and is written once")
  func sharing() throws {
    let source = """
      row = ["a", "b", "c"]
      rows = [row for i in range(1000)]
      grid = [rows, rows, {k: rows}]
      print 1
      rows[0][0] = "z"
      finish [len(grid[0]), grid[0][0], grid[1][0][0], rows[0], rows[1], row]
      """
    let (program, bytes) = try suspended(source)
    #expect(bytes.count < 3_000)
    var restored = try Machine(restoring: bytes, program: program)
    var plain = Machine(program, bounds: Bounds(memory: 16 << 20))
    _ = plain.run()
    #expect(restored.memoryUsed == plain.memoryUsed)
    let ending = restored.resume(with: .done).text
    #expect(ending == "[1000,[a,b,c],a,[z,b,c],[a,b,c],[a,b,c]]")
    #expect(plain.resume(with: .done).text == ending)
    #expect(restored.memoryUsed == plain.memoryUsed)
    #expect(restored.memoryPeak == plain.memoryPeak)
  }

  @Test("Values that nest deeply need no native stack")
  func deepValues() throws {
    let source = """
      x = []
      r = {}
      for i in range(100000) { x = [x]
        r = {next: r, i: i} }
      print 1
      finish [len(x), r.i, r.next.i]
      """
    let (program, bytes) = try suspended(source)
    var restored = try Machine(restoring: bytes, program: program)
    #expect(restored.resume(with: .done).text == "[1,99999,99998]")
  }

  @Test("Deep recursion comes back with all its frames")
  func deepFrames() throws {
    let source = """
      fn f(n: int, s: list[str]) -> int { n == 0 ? len(range(80000)) : n + f(n - 1, s) }
      finish f(900, ["x"])
      """
    let program = try compile(source)
    // The fuel ends in the innermost call.
    var machine = Machine(program, bounds: Bounds(fuel: 9_000))
    #expect(machine.run().text == "out of fuel")
    var restored = try Machine(restoring: machine.snapshot(), program: program)
    #expect(restored.memoryUsed == machine.memoryUsed)
    restored.addFuel(100_000)
    machine.addFuel(100_000)
    #expect(restored.run().text == "485450")
    #expect(machine.run().text == "485450")
    #expect(restored.fuelUsed == machine.fuelUsed)
  }

  @Test("A process comes back as a process, without variables")
  func process() throws {
    let source = "process p(x: int) { y = x + 1\n yield y\n finish [x, y] }\nz = 1"
    let program = try compile(source)
    var machine = Machine(program, process: 0, arguments: [HostField("x", .integer(4))])
    #expect(machine.run().text == "suspended")
    var restored = try Machine(restoring: machine.snapshot(), program: program)
    #expect(restored.variables().isEmpty)
    #expect(restored.resume(with: .done).text == "[4,5]")
  }

  @Test("Final halts come back, with their trap and its place")
  func finalHalts() throws {
    let source = "fn f(x: any) -> any { x.y }\nx = 1\nfinish f(x)"
    let program = try compile(source)
    var machine = Machine(program)
    guard case .trapped(let trap) = machine.run() else {
      Issue.record("no trap")
      return
    }
    var restored = try Machine(restoring: machine.snapshot(), program: program)
    guard case .trapped(let again) = restored.run() else {
      Issue.record("no trap")
      return
    }
    #expect("\(again)" == "\(trap)")
    #expect(restored.variables().map(\.key) == ["x"])
  }

  @Test("A record turns into a hash table at the same key before and after")
  func shapeLimits() throws {
    try expectSameRestored(
      """
      all = []
      for i in range(70) { r = {}
        r[f"first{i}"] = 1
        all = push(all, r) }
      w = {}
      for i in range(30) { w[f"w{i}"] = i }
      finish [len(all), w]
      """, bounds: Bounds(fuel: 100_000, memory: 4 << 20))
  }
}
