import LashLang
import Testing

@testable import LashVM

/// Fuel (rules BND-3 … BND-5).
@Suite("Fuel of a machine")
struct FuelTests {
  static let programs =
    MachineBoundTests.programs + [
      "finish 1",
      "x = [i for i in []]\nfor i in [] { x = 1 }",
      "fn f(n: int) -> int { n }\nfinish f(f(2))",
      "s = repeat(\"ab\", 1000)\nt = s + s\nt += s\nfinish t == s + s + s",
      "xs = range(1000)\nys = xs + xs\nys += xs\nfinish [500 in ys, ys == xs, len(f\"{ys}\")]",
      "s = repeat(\"x\", 640)\nt = s + \"y\"\nif s < t { finish \"less\" }",
      "print repeat(\"x\", 6400)\nprint range(800)\nfinish to_json(json_parse(to_json(range(99))))",
      "a = [range(80), 1]\na[0] += range(80)\na[0] = push(a[0], a)\nfinish len(a[0])",
      "ws = [m.a(i) for i in range(40)]\nvs = (await ws)?\nfinish sum(vs)",
    ]

  @Test("A program that needs n units ends with n and stops with n − 1", arguments: programs)
  func exact(_ source: String) throws {
    var free = try Drive(source)
    let expected = free.run(echo).text
    let needed = free.machine.fuelUsed
    #expect(needed > 0)
    var enough = try Drive(source, bounds: Bounds(fuel: needed))
    #expect(enough.run(echo).text == expected)
    #expect(enough.machine.fuelUsed == needed)
    var short = try Drive(source, bounds: Bounds(fuel: needed - 1))
    #expect(short.run(echo).text == "out of fuel")
    short.machine.addFuel(1)
    #expect(short.run(echo).text == expected)
    #expect(short.machine.fuelUsed == needed)
  }

  @Test("Every bound gives the same end and the same count", arguments: programs)
  func everyBound(_ source: String) throws {
    var free = try Drive(source)
    let expected = free.run(echo).text
    let needed = free.machine.fuelUsed
    for bound in stride(from: 0, to: needed, by: max(1, needed / 50)) {
      var drive = try Drive(source, bounds: Bounds(fuel: bound))
      #expect(drive.run(echo).text == "out of fuel")
      drive.machine.addFuel(needed - bound)
      #expect(drive.run(echo).text == expected)
      #expect(drive.machine.fuelUsed == needed)
    }
  }

  @Test("Without fuel a machine stops at once, and goes on with some")
  func none() throws {
    for bound in [0, -5] {
      var drive = try Drive("print 1\nfinish 2", bounds: Bounds(fuel: bound))
      #expect(drive.run(echo).text == "out of fuel")
      #expect(drive.run(echo).text == "out of fuel")
      #expect(drive.requests == [])
      drive.machine.addFuel(-1)
      #expect(drive.run(echo).text == "out of fuel")
      drive.machine.addFuel(2)
      #expect(drive.run(echo).text == "2")
    }
    var empty = try Drive("", bounds: Bounds(fuel: 0))
    #expect(empty.run().text == "fell off")
    #expect(empty.machine.fuelUsed == 0)
  }

  @Test("The bound may be as large as numbers go")
  func greatest() throws {
    var drive = try Drive("finish 2", bounds: Bounds(fuel: .max))
    drive.machine.addFuel(.max)
    #expect(drive.run().text == "2")
    #expect(drive.machine.fuelUsed == 1)
  }

  @Test("To look in costs nothing")
  func lookingIn() throws {
    var drive = try Drive("xs = range(10000)\nprint xs\nfinish xs")
    guard case .suspended = drive.machine.run() else {
      Issue.record("not suspended")
      return
    }
    let used = drive.machine.fuelUsed
    for _ in 0..<3 {
      _ = drive.machine.request()
      #expect(drive.machine.variables().count == 1)
    }
    #expect(drive.machine.fuelUsed == used)
    _ = drive.machine.resume(with: .done)
    // `print` 1, `finish` 1, the assignment 2; 1,250 to make the list, 1,250 as it leaves.
    #expect(drive.machine.fuelUsed == 4 + 2 * 1_250)
  }
}
