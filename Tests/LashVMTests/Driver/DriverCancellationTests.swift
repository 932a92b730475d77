import LashLang
import Testing

@testable import LashVM

/// A driver whose task is cancelled: it ends at once, and the machine can go on.
@Suite("Cancelled drivers")
struct DriverCancellationTests {
  @Test("A call is cancelled; the machine still waits for its answer")
  func call() async throws {
    let holder = try Holder("x = await m.a(1)?\nfinish x + 1")
    let (started, signal) = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      try await holder.machine.drive(
        Operations { _ in
          signal.yield()
          await cancellation()
          throw HostFailure("connection lost")
        })
    }
    for await _ in started { break }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    guard case .call(let call)? = holder.machine.request() else {
      Issue.record("no request")
      return
    }
    #expect(call.arguments[0].text == "1")
    #expect(holder.machine.resume(with: .call(.success(.integer(4)))).text == "5")
  }

  @Test("All calls of a batch in flight are cancelled, the others never begin")
  func batch() async throws {
    let holder = try Holder("finish await [m.a(i)? for i in range(50)]")
    let (started, signal) = AsyncStream.makeStream(of: Int.self)
    let (ended, end) = AsyncStream.makeStream(of: Int.self)
    let task = Task {
      try await holder.machine.drive(
        Operations { call in
          guard case .integer(let number) = call.arguments[0] else { return .null }
          signal.yield(Int(number))
          await cancellation()
          end.yield(Int(number))
          throw CancellationError()
        }, concurrency: 4)
    }
    for await _ in started.prefix(4) {}
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    end.finish()
    var numbers: [Int] = []
    for await number in ended { numbers.append(number) }
    #expect(numbers.sorted() == [0, 1, 2, 3])
    let halt = try await holder.machine.drive(Operations { _ in .integer(7) })
    #expect(halt.text == "[" + Array(repeating: "7", count: 50).joined(separator: ",") + "]")
  }

  @Test("An answer that came in spite of the cancellation is not asked for again")
  func lateAnswer() async throws {
    let holder = try Holder("x = await m.a(1)?\ny = await m.a(2)?\nfinish [x, y]")
    let (started, signal) = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      try await holder.machine.drive(
        Operations { _ in
          signal.yield()
          await cancellation()
          return .string("late")
        })
    }
    for await _ in started { break }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    let halt = try await holder.machine.drive(
      Operations { .string("asked \($0.arguments[0].text)") })
    #expect(halt.text == "[late,asked 2]")
  }

  @Test("A computation without end is left at the next slice")
  func computation() async throws {
    let holder = try Holder("x = await m.a(1)\nwhile true { x = 1 }", bounds: Bounds(fuel: .max))
    let (started, signal) = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      try await holder.machine.drive(
        Operations { _ in
          signal.yield()
          return .null
        }, slice: 10_000)
    }
    for await _ in started { break }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    let isSuspended = holder.machine.request() != nil
    #expect(!isSuspended)
  }
}

/// Waits until the task is cancelled.
private func cancellation() async {
  let (never, continuation) = AsyncStream.makeStream(of: Void.self)
  for await _ in never {}
  continuation.finish()
}

/// A machine that outlives the task which drives it. Used by one task at a time.
private final class Holder: @unchecked Sendable {
  var machine: Machine

  init(_ source: String, bounds: Bounds = Bounds()) throws {
    machine = Machine(try compile(source, host: .testing()), bounds: bounds)
  }
}
