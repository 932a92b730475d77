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
    "y = f\"{s}\"", "y = f\"{xs}\"", "y = f\"{s:>70000}\"", "y = f\"{s:>9}\"",
    "y = {a: xs} == {a: ys}",
    "y = to_json(xs)", "y = json_parse(j)", "y = join(xs, \"\")", "y = split(s, \"x\")",
    "y = sort(xs)", "y = xs\ny[0] = 1", "y = {a: xs}\ny.a += xs", "y = {a: s}\ny.a += s",
    "if s == t { y = 1 }", "if s < t { y = 1 }", "y = not (xs == ys)", "y = u[5]",
    "y = slice(u, 0, 5)",
    "y = {}\ny[s] = 1", "y = {a: 1}[s]", "y = s in {a: 1}", "y = s * 1", "y = s < 1",
    "y = unique(xs)",
    "y = (1,) + tuple", "y = tuple == tuple2", "y = f\"{tuple}\"", "print xs", "print s",
    "y = range(8000)", "y = validate(xs, Type list[int])", "y = format(\"{}\", s)", "y = len(u)",
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

  /// Each of these has about 10^9 and more steps in one operation, over little memory.
  static let products = [
    "y = count(many, other)", "y = index_of(many, other)", "y = other in many",
    "y = many == manyToo",
    "y = count(texts, near)", "y = near in texts", "y = sort(texts)", "y = max(texts)",
    "y = texts == textsToo", "y = sort_by(rows, \"k\")", "y = sort_by(rows, path)",
    "y = group_by(rows, path)", "y = unique([[nan] for i in range(60000)])",
    "y = from_entries([(big, i) for i in range(20000)])", "y = without({}, texts)",
    "y = validate(texts, Type list[enum[\"a\", \"b\"]])",
  ]

  @Test("An operation whose work is a product of sizes is given up in time", arguments: products)
  func products(_ statement: String) throws {
    let source = """
      big = repeat("x", 200000)
      near = repeat("x", 200000)
      texts = [big for i in range(20000)]
      textsToo = [near for i in range(20000)]
      part = range(20000)
      many = [part for i in range(20000)]
      other = push(range(19999), -1)
      manyToo = [slice(part, 0, 19999) + [19999] for i in range(3)] + slice(many, 3, null)
      nan = 0 / 0
      path = "k" + repeat(".k", 5000)
      deep = {k: 1}
      for i in range(5000) { deep = {k: deep} }
      rows = [{k: big} for i in range(20000)]
      if len(path) > 5 { rows = statementUsesPath ? [deep for i in range(20000)] : rows }
      big2 = big
      \(statement)
      """.replacing("statementUsesPath", with: statement.contains("path") ? "true" : "false")
    var drive = try Drive(source, bounds: Bounds(fuel: 2_000_000))
    let text = drive.run(echo).text
    #expect(text == "out of fuel" || drive.machine.fuelUsed < 2_000_000, "\(text)")
    #expect(drive.machine.fuelUsed <= 2_000_000 + 200_000)
    // Once given up it is done anew when there is fuel, and no sooner.
    drive.machine.addFuel(1)
    #expect(drive.machine.run().text == text)
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
