import Foundation
import LashLang
import Synchronization
import Testing

@testable import LashVM

/// Many machines on several threads share programs and nothing else. Meant for the builds with the
/// sanitizers of addresses and threads (`make asan`, `make tsan`), which see what tests cannot.
@Suite("Machines in parallel")
struct ParallelTests {
  static let sources = [
    "total = 0\nfor i in range(300) { total = total + i * 2 }\nfinish total",
    "fn fib(n: int) -> int { n < 2 ? n : fib(n - 1) + fib(n - 2) }\nfinish fib(10)",
    """
    rows = [{id: i, name: f"row {i}", tags: [i % 3, "x"]} for i in range(60)]
    for r in rows { r.tags[0] += 1 }
    seen = {}
    for i in range(40) { seen[f"k{i}"] = rows[i].name }
    finish [len(rows), sort([r.name for r in rows])[5], join(keys(seen), ","), format("{}", seen.k7)]
    """,
    "x = await {a: m.a(1), b: [m.b(2), m.a([3])?]}\ny = (await m.a({z: 1}))?\nfinish [x, y]",
    "T = Type { n: int }\nfinish validate(json_parse(\"{\\\"n\\\": 3}\"), T)",
    "s = \"\"\nfor i in range(200) { s = s + f\"<{i}>\" }\nfinish [len(s), split(s, \"><\")[7]]",
  ]

  /// Runs a machine that now and then goes on as one made of its bytes.
  private static func ending(_ program: Program, number: Int) throws -> String {
    var bounds = Bounds(memory: 8 << 20)
    bounds.trial = [.none, .moving, .poison][number % 3]
    var machine = Machine(program, bounds: bounds)
    var steps = 0
    while true {
      steps += 1
      if bounds.trial == .none, steps % 50 == 0 {
        machine = try Machine(restoring: machine.snapshot(), program: program)
      }
      guard let halt = machine.step() else { continue }
      guard case .suspended = halt, let request = machine.request() else { return halt.text }
      if let halt = machine.answer(echo(request)) { return halt.text }
    }
  }

  @Test("A hundred machines on eight threads")
  func hundred() throws {
    let programs = try Self.sources.map { try compile($0, host: .testing()) }
    let expected = try programs.map { try Self.ending($0, number: 0) }
    #expect(expected[0] == "89700")
    #expect(expected[1] == "55")
    let wrong = Mutex<[String]>([])
    let finished = DispatchSemaphore(value: 0)
    for thread in 0..<8 {
      let worker = Thread {
        for number in stride(from: thread, to: 100, by: 8) {
          let index = number % programs.count
          let ending = (try? Self.ending(programs[index], number: number)) ?? "threw"
          if ending != expected[index] { wrong.withLock { $0.append("\(number): \(ending)") } }
        }
        finished.signal()
      }
      worker.stackSize = 4 << 20
      worker.start()
    }
    for _ in 0..<8 { finished.wait() }
    #expect(wrong.withLock { $0 } == [])
  }
}
