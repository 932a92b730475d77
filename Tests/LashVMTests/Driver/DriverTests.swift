import LashLang
import Testing

@testable import LashVM

/// The asynchronous driver. Handlers wait for one another, never for time.
@Suite("Driver")
struct DriverTests {
  @Test("Effects go to the handler, answers and errors back to the program")
  func effects() async throws {
    let source = """
      print 1
      a = await m.a(2)
      b = await m.b(3)
      c = await [m.a(4)?, m.b(5), m.a(6)?]
      finish [a.value, b.error, c[0], c[1].error, c[2]]
      """
    var machine = Machine(try compile(source, host: .testing()))
    let handler = Recorder()
    #expect(try await machine.drive(handler).text == "[2,no b,4,no b,6]")
    #expect(await handler.seen.sorted() == ["a 2", "a 4", "a 6", "b 3", "b 5", "print"])
  }

  @Test("An error of another effect stops the program with its text, as a default handler's does")
  func refusal() async throws {
    let source = "print 1\nfinish 2"
    var machine = Machine(try compile(source, host: .testing()))
    let halt = try await machine.drive(Operations { _ in .null })
    #expect(halt.text == "R0005 print failed: this host does not offer it")
  }

  @Test(
    "A batch has as many calls in flight as allowed and no more, and keeps their order",
    arguments: [3, 1, 0, -1])
  func concurrency(_ limit: Int) async throws {
    let source = "finish await [m.a(i)? for i in range(21)]"
    var machine = Machine(try compile(source, host: .testing()))
    let rounds = Rounds(width: max(limit, 1))
    let halt = try await machine.drive(
      Operations { call in
        await rounds.meet()
        return call.arguments[0]
      }, concurrency: limit)
    #expect(halt.text == "[" + (0..<21).map(String.init).joined(separator: ",") + "]")
    #expect(await rounds.most == max(limit, 1))
  }

  @Test("Slices change neither the result nor the fuel", arguments: [1, 7, 1_000])
  func slices(_ slice: Int) async throws {
    let source = "t = 0\nfor i in range(500) { t += (await m.a(i))? }\nfinish t"
    let program = try compile(source, host: .testing())
    var whole = Machine(program)
    var sliced = Machine(program)
    let handler = Operations { $0.arguments[0] }
    #expect(try await whole.drive(handler).text == "124750")
    #expect(try await sliced.drive(handler, slice: slice).text == "124750")
    #expect(sliced.fuelUsed == whole.fuelUsed)
    #expect(whole.fuelUsed > 1_000)
  }

  @Test("A charge that no slice covers is covered all the same")
  func smallSlices() async throws {
    let body = String(repeating: "t += 1\n", count: 100)
    let source = """
      t = 0
      for i in range(3) {
      \(body)}
      xs = range(1000)
      finish [t, count([xs for i in range(2000)], range(1000))]
      """
    let program = try compile(source, host: .testing())
    var whole = Machine(program)
    #expect(whole.run().text == "[300,2000]")
    var sliced = Machine(program)
    #expect(try await sliced.drive(Operations { _ in .null }, slice: 10).text == "[300,2000]")
    #expect(sliced.fuelUsed == whole.fuelUsed)
  }

  @Test("Out of fuel is a halt, and more fuel goes on")
  func outOfFuel() async throws {
    let source = "t = 0\nfor i in range(1000) { t += i }\nfinish t"
    var machine = Machine(try compile(source, host: .testing()), bounds: Bounds(fuel: 100))
    let handler = Operations { _ in .null }
    guard case .outOfFuel = try await machine.drive(handler, slice: 10) else {
      Issue.record("not out of fuel")
      return
    }
    #expect((100..<150).contains(machine.fuelUsed))
    machine.addFuel(1_000_000)
    #expect(try await machine.drive(handler, slice: 10).text == "499500")
  }

  @Test("Many drivers share the threads")
  func manyDrivers() async throws {
    let source = """
      t = await m.b(0)?
      for i in range(20) { t += await m.a(i)? }
      finish t + len(await [m.a(i)? for i in range(10)])
      """
    let program = try compile(source, host: .testing())
    // The first call of each machine is answered when all of them have come.
    let rounds = Rounds(width: 100)
    let results = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<100 {
        group.addTask {
          var machine = Machine(program)
          let handler = Operations { call in
            if case .integer(0) = call.arguments[0], call.operation == "b" { await rounds.meet() }
            return call.arguments[0]
          }
          return try await machine.drive(handler, slice: 50).text
        }
      }
      var results: [String] = []
      for try await result in group { results.append(result) }
      return results
    }
    #expect(results == Array(repeating: "200", count: 100))
    #expect(await rounds.most == 100)
  }
}

/// A host of operations only.
struct Operations: EffectHandler {
  let body: @Sendable (ModuleCall) async throws -> HostValue

  init(_ body: @escaping @Sendable (ModuleCall) async throws -> HostValue) {
    self.body = body
  }

  func call(_ call: ModuleCall) async throws -> HostValue { try await body(call) }
}

/// A host whose operation `b` fails and which notes what it was asked.
private actor Recorder: EffectHandler {
  private(set) var seen: [String] = []

  func call(_ call: ModuleCall) async throws -> HostValue {
    seen.append("\(call.operation) \(call.arguments[0].text)")
    if call.operation == "b" { throw HostFailure("no b") }
    return call.arguments[0]
  }

  func perform(_ request: EffectRequest) async throws -> EffectOutcome {
    seen.append(request.name)
    return .done
  }
}

/// A place where callers wait until `width` of them are there, then all go on, the last one first.
actor Rounds {
  private let width: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private var present = 0
  /// The most callers that were there at once.
  private(set) var most = 0

  init(width: Int) {
    self.width = width
  }

  func meet() async {
    present += 1
    most = max(most, present)
    if waiting.count + 1 == width {
      for continuation in waiting.reversed() { continuation.resume() }
      waiting = []
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
    present -= 1
  }
}
