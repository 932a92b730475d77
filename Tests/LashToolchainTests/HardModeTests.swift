import LashJSON
import LashLang
import LashVM
import Testing

@testable import LashToolchain

@Suite("Hard modes")
struct HardModeTests {
  private static let source = """
    process p(n: int) { x = (await m.a(n))?
      yield f"p {x}"
      finish [x, n] }
    total = 0
    rows = []
    for i in range(12) { rows = push(rows, {i: i, s: f"<{i}>"})
      total = total + i }
    r = {}
    for row in rows { r[row.s] = row }
    h = await start p(n: 3)
    w = await {a: m.a(total), b: [m.a(r)?, m.b(1)]}
    print len(w.b)
    finish [h, w, r, sort([row.s for row in rows])]
    """

  private func report(_ mode: HardMode?, sampleAfter: Int = .max) throws -> RunReport {
    var setup = RunSetup()
    setup.echoesUnknown = true
    setup.hardMode = mode
    setup.hardSampleAfter = sampleAfter
    return Run.report(SourceFile(name: "hard.lash", text: Self.source), setup)
  }

  @Test("Nothing shows of a hard mode", arguments: HardMode.allCases)
  func same(_ mode: HardMode) throws {
    let plain = try report(nil)
    try #require(plain.outcome == .finish, "\(plain.diagnostics)")
    let hard = try report(mode)
    #expect(hard.jsonValue == plain.jsonValue)
    #expect(hard.prints == plain.prints)
    #expect(hard.calls.map(\.operation) == plain.calls.map(\.operation))
    #expect(hard.calls.map(\.result) == plain.calls.map(\.result))
    #expect(hard.statistics.fuel == plain.statistics.fuel)
    if mode == .snapshot || mode == .fuel {
      #expect(hard.statistics.memoryPeak == plain.statistics.memoryPeak)
    }
  }

  @Test("Snapshots can be sampled")
  func sampled() throws {
    let plain = try report(nil)
    let hard = try report(.snapshot, sampleAfter: 3_000)
    #expect(hard.jsonValue == plain.jsonValue)
    #expect(hard.statistics.fuel == plain.statistics.fuel)
  }

  @Test("One unit of fuel at a time ends at the same bound")
  func bound() {
    for fuel in 1...40 {
      var setup = RunSetup()
      setup.bounds.fuel = fuel
      let source = SourceFile(
        name: "fuel.lash", text: "x = 0\nwhile x < 5 { x = x + len(range(50)) - 49 }\nfinish x")
      let plain = Run.report(source, setup)
      setup.hardMode = .fuel
      let hard = Run.report(source, setup)
      #expect(hard.outcome == plain.outcome, "fuel \(fuel)")
      #expect(hard.statistics.fuel == plain.statistics.fuel, "fuel \(fuel)")
    }
  }

  @Test("A fuel record tells what differs")
  func fuelRecord() throws {
    var summary = ConformanceSummary()
    summary.fuel = [("b", 7), ("a", 5), ("not run", 0)]
    let text = FuelRecord(of: summary).text
    #expect(text == "{\n  \"fuel\": {\n    \"a\": 5,\n    \"b\": 7\n  }\n}\n")
    let files = FileTree(
      list: { _ in nil }, read: { $0 == "fuel.json" ? Array(text.utf8) : Array("[]".utf8) })
    let record = try FuelRecord("fuel.json", in: files)
    #expect(record.problems(of: summary) == [])
    #expect(record.leftovers(among: ["b", "a", "c"]) == [])
    summary.fuel = [("a", 5), ("b", 8), ("new", 1)]
    #expect(
      record.problems(of: summary) == [
        "FUEL b: 8 units, recorded are 7", "FUEL new: 1 units, recorded are 0",
      ])
    #expect(record.leftovers(among: ["a"]) == ["b"])
    #expect(throws: ConformanceError.self) { try FuelRecord("other.json", in: files) }
  }
}
