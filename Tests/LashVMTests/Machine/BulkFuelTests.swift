import LashLang
import Testing

@testable import LashVM

/// Work on much data counts against the fuel bound (rule BND-4).
@Suite("Fuel of bulk work")
struct BulkFuelTests {
  /// One statement that goes through `s`, a text of 64,000 bytes, or `xs`, a list of 8,000 numbers, and
  /// so costs about 1,000 units.
  static let statements = [
    "y = s + \"y\"", "y = \"y\" + s", "y = s\ny += s", "y = s == t", "y = s != t", "y = s < t",
    "y = s >= t", "y = \"q\" in s", "y = xs == ys", "y = -1 in xs", "y = xs + [1]",
    "y = xs\ny += xs",
    "y = f\"{s}\"", "y = f\"{xs}\"", "y = f\"{s:>9}\"",
    "y = {a: xs} == {a: ys}",
    "y = to_json(xs)", "y = json_parse(j)", "y = join(xs, \"\")", "y = split(s, \"x\")",
    "y = sort(xs)", "y = xs\ny[0] = 1", "y = {a: xs}\ny.a += xs", "y = {a: s}\ny.a += s",
    "if s == t { y = 1 }", "if s < t { y = 1 }", "y = not (xs == ys)", "y = u[5]",
    "y = slice(u, 0, 5)",
    "y = {}\ny[s] = 1", "y = {a: 1}[s]", "y = s in {a: 1}", "y = s * 1", "y = s < 1",
    "y = unique(xs)",
    "y = (1,) + tuple", "y = tuple == tuple2", "y = f\"{tuple}\"", "print xs", "print s",
    "y = range(8000)", "y = validate({v: xs}, Type { v: list[int] })", "y = format(\"{}\", s)",
    "y = len(u)",
  ]
  static let data = """
    s = " " + repeat("x", 64000)
    t = " " + repeat("x", 64000)
    u = repeat("é", 32000)
    xs = range(8000)
    ys = range(8000)
    j = to_json(xs)
    tuple = slice((1, 2), 0, 0)
    for i in range(13) { tuple = tuple + (i,) + tuple }
    tuple2 = slice(tuple, 0, null)

    """

  @Test("Each statement over much data pays for it", arguments: statements)
  func charged(_ statement: String) throws {
    var without = try Drive(Self.data)
    #expect(without.run(echo).text == "fell off")
    var with = try Drive(Self.data + statement)
    // Whether it ends well does not matter.
    _ = with.run(echo)
    let cost = with.machine.fuelUsed - without.machine.fuelUsed
    #expect(cost >= 500, "\(cost)")
  }

  @Test("A loop of such statements is stopped in time", arguments: statements)
  func stopped(_ statement: String) throws {
    let source = Self.data + "while true {\n\(statement)\n}"
    var prepared = try Drive(Self.data)
    _ = prepared.run(echo)
    let bound = prepared.machine.fuelUsed + 20_000
    var drive = try Drive(source, bounds: Bounds(fuel: bound))
    let text = drive.run(echo).text
    #expect(text == "out of fuel" || text.hasPrefix("R"), "\(text)")
    #expect(drive.machine.fuelUsed <= bound + 20_000)
  }

  /// The work of each of these is a product of sizes, in one operation over little memory.
  static let products = [
    "y = count(many, other)", "y = index_of(many, other)", "y = other in many",
    "y = count(texts, near)", "y = near in texts", "y = sort(texts)", "y = max(texts)",
    "y = texts == textsToo", "y = sort_by(rows, \"k\")", "y = sort_by(rows, path)",
    "y = group_by(rows, path)", "y = unique([[nan] for i in range(6000)])",
    "y = from_entries([(big, i) for i in range(4000)])", "y = without({}, texts)",
  ]

  @Test("An operation whose work is a product of sizes is given up in time", arguments: products)
  func product(_ statement: String) throws {
    let source = """
      big = repeat("x", 100000)
      near = repeat("x", 99999) + "y"
      same = repeat("x", 100000)
      texts = [big for i in range(2000)]
      textsToo = [same for i in range(2000)]
      part = range(5000)
      many = [part for i in range(2000)]
      other = push(range(4999), -1)
      nan = 0 / 0
      path = "k" + repeat(".k", 1000)
      deep = {k: 1}
      for i in range(1000) { deep = {k: deep} }
      rows = [\(statement.contains("path") ? "deep" : "{k: big}") for i in range(4000)]
      \(statement)
      """
    let bound = 200_000
    var drive = try Drive(source, bounds: Bounds(fuel: bound))
    #expect(drive.run(echo).text == "out of fuel")
    #expect(drive.machine.fuelUsed <= bound + HeapState.overdraft + 5_000)
    // Once given up it is done anew when there is fuel, and no sooner.
    drive.machine.addFuel(1)
    #expect(drive.machine.run().text == "out of fuel")
  }

  @Test("What was given up is done with the same count and result")
  func redone() throws {
    let source = """
      part = range(2000)
      many = [part for i in range(1000)]
      other = range(2000)
      finish [count(many, other), sort([3, 1, 2])]
      """
    var free = try Drive(source)
    #expect(free.run().text == "[1000,[1,2,3]]")
    let needed = free.machine.fuelUsed
    #expect(needed > 250_000)
    var sliced = try Drive(source, bounds: Bounds(fuel: 0))
    var stops = 0
    while case .outOfFuel = sliced.machine.run() {
      stops += 1
      sliced.machine.addFuel(10_000)
    }
    #expect(sliced.machine.run().text == "[1000,[1,2,3]]")
    #expect(sliced.machine.fuelUsed == needed)
    #expect(stops > needed / 10_000 - 2)
  }

  @Test("Literals that are joined pay for long texts", arguments: [(62, 0), (63, 1), (200, 3)])
  func joinedLiterals(length: Int, expected: Int) throws {
    func fuel(_ text: String) throws -> Int {
      var drive = try Drive("finish \"\(text)\" + \"b\"")
      #expect(drive.run().text == text + "b")
      return drive.machine.fuelUsed
    }
    #expect(try fuel(String(repeating: "a", count: length)) == fuel("a") + expected)
  }

  @Test("Keys of records can be many and cost the same")
  func keys() throws {
    // Keys that collided under the hash that had no secret; here they are just keys.
    let source = """
      r = {}
      for i in range(20000) { r[f"key{i}"] = i }
      finish [len(r), r.key19999, r["key7"], "key5" in r]
      """
    #expect(try outcome(source) == "[20000,19999,7,true]")
  }

  @Test("Literals with many first keys load in linear time and are read right")
  func literalShapes() throws {
    let literals = (0..<20_000).map { "{k\($0): \($0), z: 1}" }.joined(separator: ", ")
    let source = "xs = [\(literals)]\nfinish [xs[19999].k19999, keys(xs[600]), xs[5].z]"
    #expect(try outcome(source) == "[19999,[k600,z],1]")
  }
}
