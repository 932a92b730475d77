import LashLang
import Testing

@testable import LashVM

/// Fuel, memory and depth (rules BND-1 …).
@Suite("Bounds of a machine")
struct MachineBoundTests {
  static let programs = [
    "t = 0\nfor i in range(50) { if i % 3 == 0 { t += i } else { t -= 1 } }\nfinish t",
    "xs = []\nwhile len(xs) < 40 { xs = push(xs, len(xs)) }\nfinish sum([x * x for x in xs if x % 2 == 0])",
    "fn fib(n: int) -> int { n < 2 ? n : fib(n - 1) + fib(n - 2) }\nfinish fib(10)",
    "c = {}\nfor w in split(repeat(\"a b c d \", 20), \" \") { c[w] = (c[w] ?? 0) + 1 }\nfinish c",
    "r = await [m.a(i)? for i in range(10)]\nprint len(r)\nfinish join(sort(r, \"desc\"), \"-\")",
    "s = {g: [{n: 0}, {n: 5}]}\nfor i in range(30) { s.g[i % 2].n += i }\nfinish s",
  ]

  @Test("Fuel is the same in one run and in the smallest slices", arguments: programs)
  func slices(_ source: String) throws {
    var whole = try Drive(source)
    let expected = whole.run(echo).text
    var sliced = try Drive(source, bounds: Bounds(fuel: 1))
    var halt = sliced.run(echo)
    var stops = 0
    while case .outOfFuel = halt {
      stops += 1
      sliced.machine.addFuel(1)
      halt = sliced.run(echo)
    }
    #expect(halt.text == expected)
    #expect(stops > 10)
    #expect(sliced.machine.fuelUsed == whole.machine.fuelUsed)
  }

  @Test("With every memory bound a program ends cleanly, and with enough as it should")
  func memory() throws {
    for source in Self.programs {
      var free = try Drive(source)
      let expected = free.run(echo).text
      let peak = free.machine.memoryPeak
      var reached = false
      for limit in stride(from: 0, through: peak + 256, by: max(16, peak / 150 & ~15)) {
        let text = try outcome(source, bounds: Bounds(memory: limit))
        if text == "out of memory" {
          #expect(!reached)
        } else {
          #expect(text == expected)
          reached = true
        }
      }
      #expect(try outcome(source, bounds: Bounds(memory: peak)) == expected)
      #expect(
        try outcome(source, bounds: Bounds(memory: peak - 1)) == "out of memory", "\(source)")
    }
  }

  @Test("Memory that would be asked for at once is refused before it is taken")
  func large() throws {
    #expect(try outcome("finish len(repeat(\"x\", 1e12))") == "out of memory")
    #expect(try outcome("xs = [0]\nwhile true { xs = xs + xs }") == "out of memory")
    #expect(try outcome("s = \"x\"\nwhile true { s = s + s }") == "out of memory")
  }

  @Test("Calls nest as deep as the bound, not deeper")
  func depth() throws {
    let source = "fn f(n: int) -> int { n == 0 ? 0 : f(n - 1) + 1 }\nfinish f(99)"
    #expect(try outcome(source, bounds: Bounds(depth: 100)) == "99")
    #expect(try outcome(source, bounds: Bounds(depth: 99)) == "out of depth")
    #expect(try outcome("fn f(n: int) -> int { f(n + 1) }\nfinish f(0)") == "out of depth")
    let deep = source.replacing("f(99)", with: "f(50000)")
    #expect(try outcome(deep, bounds: Bounds(depth: 60_000)) == "50000")
  }

  @Test("A halted machine stays halted")
  func final() throws {
    var drive = try Drive("finish [1]")
    #expect(drive.run().text == "[1]")
    #expect(drive.machine.run().text == "[1]")
    #expect(drive.machine.resume(with: .done).text == "[1]")
    #expect(drive.machine.request() == nil)
  }

  @Test("Long loops run in constant stack")
  func longLoop() throws {
    let source =
      "n = 0\nfor i in range(1000000) { n += 1 }\nwhile n < 2000000 { n = n + 1 }\nfinish n"
    #expect(try outcome(source) == "2000000")
  }

  @Test("Values that nest deeply are compared, copied and freed without a deep stack")
  func deepValues() throws {
    let source = """
      x = 1
      y = 1
      for i in range(100000) { x = [x]
        y = {k: y} }
      z = x
      z[0] = 5
      same = x == x
      x = null
      finish [same, y == null, type_of(y)]
      """
    #expect(try outcome(source) == "[true,false,record]")
  }
}
