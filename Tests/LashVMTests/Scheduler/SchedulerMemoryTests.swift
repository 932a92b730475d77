import LashLang
import Testing

@testable import LashVM

/// What counts towards the memory of all runs: machines, queued signals and results, as long as they are kept.
@Suite("Memory of a scheduler")
struct SchedulerMemoryTests {
  /// The bytes that are counted when a program has run to its end, or waits.
  private func memory(_ source: String, _ check: (inout Scheduler) throws -> Void = { _ in }) throws
    -> Int
  {
    var scheduler = Scheduler()
    var host = TestHost()
    scheduler.start(try compile(source, host: .testing()))
    _ = scheduler.run(&host)
    try check(&scheduler)
    return scheduler.memory
  }

  @Test("Signals that nobody took are not counted any more when their run has ended")
  func droppedSignals() throws {
    let text = String(repeating: "x", count: 1_000)
    func source(_ signals: Int) -> String {
      """
      process p(n: int) signals { a: any, b: any } { x = wait_signal("b") }
      h = start p(n: 1)
      for i in range(\(signals)) { signal_run(h, "a", "\(text)") }
      signal_run(h, "b", 1)
      """
    }
    #expect(try memory(source(50)) == memory(source(1)))
  }

  @Test("Values of `fail` are kept, and count as those of `finish` do")
  func failures() throws {
    func source(_ word: String, _ text: String) -> String {
      "process p(n: int) { \(word) \"\(text)\" }\nstart p(n: 1)"
    }
    let long = String(repeating: "x", count: 1_000)
    for word in ["finish", "fail"] {
      let difference = try memory(source(word, long)) - memory(source(word, "x"))
      #expect(difference == 999, "\(word)")
    }
  }

  @Test("A scheduler that is made of bytes counts what the old one did")
  func restored() throws {
    let source = """
      process p(n: int) signals { a: any, b: any } { x = wait_signal("b")
        finish x }
      process q(n: int) { fail ["no", n] }
      h = start p(n: 1)
      for i in range(20) { signal_run(h, "a", "0123456789") }
      k = start q(n: 3)
      x = await k
      x = await h
      """
    _ = try memory(source) { scheduler in
      let found = scheduler.program(of: .main)
      let program = try #require(found)
      let bytes = try scheduler.snapshot()
      let restored = try Scheduler(restoring: bytes, programs: { _ in program })
      let memory = (old: scheduler.memory, new: restored.memory)
      #expect(memory.old == memory.new && memory.old > 20 * 42)
    }
  }

  @Test("A run whose kept machine is let go still has its result")
  func forgotten() throws {
    var scheduler = Scheduler()
    var host = TestHost()
    scheduler.start(try compile("finish \"0123456789\""), keepsMachine: true)
    _ = scheduler.run(&host)
    scheduler.forget(.main)
    let memory = scheduler.memory
    #expect(memory == 42)
  }

  @Test("A snapshot whose runs hold far more than the limit is refused")
  func limit() throws {
    _ = try memory(
      """
      process p(n: int) { x = [i for i in range(30_000)]
        sleep for 5
        finish x }
      for i in range(20) { start p(n: i) }
      sleep for 1
      """.replacing("30_000", with: "30000")
    ) { scheduler in
      let found = scheduler.program(of: .main)
      let program = try #require(found)
      let bytes = try scheduler.snapshot()
      var limits = SchedulerLimits()
      limits.memory = 1 << 20
      #expect(throws: SchedulerSnapshotError.self) {
        _ = try Scheduler(restoring: bytes, limits: limits, programs: { _ in program })
      }
    }
  }

  @Test("Signals are taken by name, the oldest of it first, however many are queued")
  func order() throws {
    var queue = SignalQueue()
    for number in 0..<3_000 { queue.append(["a", "b", "c"][number % 3], .integer(Int64(number))) }
    #expect(queue.count == 3_000)
    #expect(queue.signals.map(\.name).prefix(1_001).last == "b")
    for number in 0..<1_000 {
      guard case .integer(let b)? = queue.take("b"), case .integer(let a)? = queue.take("a") else {
        Issue.record("\(number) is missing")
        return
      }
      #expect(a == Int64(3 * number) && b == Int64(3 * number + 1))
    }
    #expect(queue.take("a") == nil && queue.take("d") == nil && queue.count == 1_000)
  }

  @Test("Answers that were put off are taken in the order in which they came, each once")
  func inbox() throws {
    let source = """
      process p(n: int) { x = (await m.a(n))?
        yield x }
      hs = [start p(n: i) for i in range(4)]
      cancel hs[2]
      """
    var scheduler = Scheduler()
    var host = TestHost()
    host.putsOff = true
    scheduler.start(try compile(source, host: .testing()))
    guard case .waitingForHost = scheduler.run(&host) else {
      Issue.record("nobody waits for the host")
      return
    }
    let names = scheduler.views().dropFirst().map(\.run)
    let answer = EffectOutcome.call(.success(.integer(7)))
    var taken = [2, 3, 0, 3].map { scheduler.answer(names[$0], answer) }
    let found = scheduler.program(of: .main)
    let program = try #require(found)
    let bytes = try scheduler.snapshot()
    scheduler = try Scheduler(restoring: bytes, programs: { _ in program })
    taken.append(scheduler.cancel(names[0], &host))
    taken.append(scheduler.answer(names[1], answer))
    #expect(taken == [false, true, true, false, true, true])
    guard case .done = scheduler.run(&host) else {
      Issue.record("somebody lives")
      return
    }
    #expect(host.heard.suffix(2) == ["0 \(names[3]) yield 7", "0 \(names[1]) yield 7"])
  }
}
