import Testing

@testable import LashVM

/// Every allocation of a program may be the one that fails (rule BND-6).
@Suite("Allocations that fail")
struct MemoryFailureTests {
  static let programs =
    FuelTests.programs + [
      "r = {}\nfor i in range(60) { r[f\"key {i}\"] = [i] }\ns = r\ns.x = 1\nfinish merge(r, s)",
      "x = json_parse(\"{\\\"a\\\":[1,{\\\"b\\\":\\\"c\\\"},9007199254740993],\\\"a\\\":[]}\")\nfinish x",
      "a = [[1], 2]\nb = a\nb[0][0] += 9007199254740993\nb[1], a = a, b\nfinish [a, b]",
      "w = await {a: m.a([1]), b: [m.b(\"x\"), m.a(2)?]}\nw.a.x = w\nfinish w",
      "x = group_by([{k: \"a\"}, {k: \"b\"}, {k: \"a\"}], \"k\")\nfinish [entries(x), unique([x, x])]",
      "s = grep_text(\"a\\nba\\nc\", \"a\")\nfinish sort_by(s, \"line\", \"desc\")",
      "xs = range(9)\nfinish f\"{xs} {(xs, \"q\")} {to_json({a: xs}, 2)} {replace(\"aba\", \"b\", \"cc\")}\"",
      "type T = { a: list[int] }\nfinish validate({a: [1, 2]}, T)",
      "process p(a: any) { finish a }\nh = start p(a: [1])\nfinish (await [h, h])?",
      "fn f(n: int, a: any) -> any { n == 0 ? a : f(n - 1, [a, f\"{n}\"]) }\nfinish f(20, {})",
      "t = (1, \"a\") + ((2,),)\nx, y, z = t\nfinish [z, zip([x], [y]), without({a: 1, b: 2}, [\"a\"])]",
    ]

  @Test("A program ends cleanly under every memory bound", arguments: programs)
  func everyBound(_ source: String) throws {
    let program = try compile(source, host: .testing())
    var free = Machine(program)
    let expected = Self.end(&free)
    #expect(HeapAudit.problems(of: free) == [])
    let peak = free.memoryPeak
    // Every bound where that is quick, else the last of them and some below.
    let step = peak <= 12_000 ? 16 : max(16, (peak - 4_096) / 200 & ~15)
    let bounds =
      Array(stride(from: 0, to: max(0, peak - 4_096), by: step))
      + stride(from: max(0, peak - 4_096) & ~15, through: peak + 16, by: 16)
    for limit in bounds {
      var machine = Machine(program, bounds: Bounds(memory: limit))
      let text = Self.end(&machine)
      #expect(text == (limit < peak ? "out of memory" : expected), "with \(limit) of \(peak)")
      #expect(HeapAudit.problems(of: machine) == [], "with \(limit) of \(peak)")
      #expect(machine.run().text == text)
    }
  }

  private static func end(_ machine: inout Machine) -> String {
    var halt = machine.run()
    while case .suspended = halt, let request = machine.request() {
      halt = machine.resume(with: echo(request))
    }
    return halt.text
  }
}

/// The audit itself finds what it is for.
@Suite("Heap audit")
struct HeapAuditTests {
  @Test("A reference too many, a lost block and a cycle are found")
  func finds() throws {
    var drive = try Drive("a = [[1]]\nb = \"text\"")
    _ = drive.run()
    let heap = drive.machine.vm.pointee.heap
    #expect(HeapAudit.problems(of: drive.machine) == [])
    let list = slot(drive.machine.vm.pointee.stack, 0).pointee.object
    list.pointee.references += 1
    #expect(HeapAudit.problems(of: drive.machine).count == 1)
    list.pointee.references -= 1
    let lost = try heap.makeList(capacity: 2)
    #expect(HeapAudit.problems(of: drive.machine).count == 1)
    heap.release(lost)
    let inner = list.values[0].object
    let old = inner.values[0]
    inner.values[0] = heap.copy(Value(list))
    #expect(HeapAudit.problems(of: drive.machine) == ["2 blocks lie within themselves"])
    inner.values[0] = old
    heap.release(Value(list))
    #expect(HeapAudit.problems(of: drive.machine) == [])
  }
}
