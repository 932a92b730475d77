import LashJSON
import LashLang
import Testing

@testable import LashVM

/// JSON text that is read in place (rule HST-13).
@Suite("Lazy JSON")
struct LazyJSONTests {
  private static func halt(
    _ source: String, _ text: String, bounds: Bounds = Bounds()
  ) throws -> (text: String, used: Int, peak: Int, fuel: Int) {
    let x = HostValue.lazyJSON(LazyJSON(JSONDocument(text)))
    var drive = try Drive(source, bounds: bounds, globals: [HostField("x", x)])
    let halt = drive.run(echo)
    return (halt.text, drive.machine.memoryUsed, drive.machine.memoryPeak, drive.machine.fuelUsed)
  }

  private static let rows = (0..<2_000).map { "{\"id\": \($0), \"name\": \"row \($0)\"}" }
  private static let table = "{\"rows\": [\(rows.joined(separator: ", "))], \"total\": 2000}"

  @Test("Whether it is JSON is decided by the first read, and for all of it")
  func malformed() throws {
    let text = "{\"a\": 1, \"b\": tru}"
    let error =
      "R0005 the host's JSON text is invalid: expected a value, found `tru` at line 1, column 15"
    for source in [
      "y = x.a", "y = len(x)", "if x { y = 1 }", "for k in keys(x) { y = k }", "y = x == {a: 1}",
    ] {
      #expect(try Self.halt(source, text).text == error)
    }
    // Never read, or only by kind: no error.
    #expect(try Self.halt("y = [x]\nfinish type_of(y[0])", text).text == "record")
    #expect(try Self.halt("finish x == 1", text).text == "false")
    // What is no list or record is decoded when it comes; then the machine is trapped from the start.
    #expect(
      try Self.halt("finish [x]", "tru").text.hasPrefix("R0005 the host's JSON text is invalid"))
    #expect(try Self.halt("finish [x]", "").text.hasPrefix("R0005 the host's JSON text is invalid"))
  }

  @Test("Depth is bounded as in reading")
  func depth() throws {
    let deep = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
    #expect(try Self.halt("finish len(x)", deep).text == "1")
    #expect(
      try Self.halt("finish len(x)", "[" + deep + "]").text
        == "R0005 the host's JSON text is invalid: nested more than 128 levels deep at line 1, column 129"
    )
  }

  @Test("A field costs the index and itself")
  func memory() throws {
    let none = try Self.halt("finish type_of(x)", Self.table)
    let field = try Self.halt("finish x.rows[1999].name", Self.table)
    #expect(field.text == "row 1999")
    // 2002 containers of 16 bytes, 2000 members of 8, and little else.
    #expect((48_032...50_000).contains(field.peak - none.peak))
    let all = try Self.halt("finish len(to_json(x))", Self.table)
    #expect(all.peak - none.peak > 200_000)
    // 64 bytes a unit for the index, 8 members a unit for the directory.
    #expect((field.fuel - none.fuel - Self.table.utf8.count / 64 - 2000 / 8).magnitude < 20)
  }

  @Test("Memory goes when the last value of the text goes")
  func release() throws {
    let before = try Self.halt("finish 1", "[]").used
    let after = try Self.halt("y = x.rows[5].name\nx = null\nfinish 1", Self.table).used
    #expect(after - before < 500)
  }

  @Test("Index and directories count against the bound")
  func bound() throws {
    let none = try Self.halt("finish type_of(x)", Self.table).peak
    #expect(
      try Self.halt("finish x.total", Self.table, bounds: Bounds(memory: none + 20_000)).text
        == "out of memory")
    #expect(
      try Self.halt("finish x.total", Self.table, bounds: Bounds(memory: none + 40_000)).text
        == "2000")
    #expect(
      try Self.halt("finish x.rows[3]", Self.table, bounds: Bounds(memory: none + 40_000)).text
        == "out of memory")
  }

  @Test("It leaves and returns as the same text")
  func sharing() throws {
    let document = JSONDocument(Self.table)
    let x = HostValue.lazyJSON(LazyJSON(document))
    let source = """
      y = await m.a(x)?
      z = await m.a(x.rows[7])?
      finish [y, z, [y.total, z.name, y.rows[7] == z]]
      """
    var drive = try Drive(source, globals: [HostField("x", x)])
    guard case .finished(.list(let parts)) = drive.run(echo), case .lazyJSON(let y) = parts[0],
      case .lazyJSON(let z) = parts[1]
    else {
      Issue.record("another outcome")
      return
    }
    #expect(y.document === document && z.document === document)
    #expect(try z.value() == ["id": 7, "name": "row 7"])
    #expect(parts[2].text == "[2000,row 7,true]")
    // One index for both.
    #expect(drive.machine.memoryPeak < 60_000 + 20_000)
  }

  @Test("Many texts come and go")
  func manyTexts() throws {
    let source = """
      t = 0
      for i in range(300) {
        v = await m.a(i)?
        t += v.n[0]
      }
      finish t
      """
    var drive = try Drive(source)
    let halt = drive.run { request in
      guard case .call(let call) = request else { return .done }
      let text = "{\"n\": [\(call.arguments[0].text)]}"
      return .call(.success(.lazyJSON(LazyJSON(JSONDocument(text)))))
    }
    #expect(halt.text == "44850")
    #expect(drive.machine.memoryPeak < 20_000)
  }
}
