import LashJSON
import LashLang
import LashVM
import Testing

@testable import LashToolchain

/// What ran, from the log of a run to the graph.
@Suite("Overlays of recorded runs") struct RecordedOverlayTests {
  private static let source = """
    process worker(n: int) signals { go: any } {
      sleep for n * 10
      if n == 0 { yield "first" } else { yield n }
      if n > 5 { yield "never" }
      finish n
    }
    process unused(n: int) { yield [n] }
    hs = [start worker(n: i) for i in range(3)]
    both = await [web.get({page: 1})?, web.slow({page: 2})?]
    for h in hs {
      r = await h
      print r.ok
    }
    finish len(both)
    """
  private static let mock = """
    {"modules": {"web": {"get": {"echo": "page"}, "slow": {"value": "s", "delay_ms": 15}}}}
    """

  private final class Lines: @unchecked Sendable {
    var text = ""
  }

  private func log(
    _ source: String = Self.source, _ adjust: (inout RunSetup) -> Void = { _ in }
  ) throws -> String {
    let lines = Lines()
    _ = try run(source, mock: Self.mock) {
      adjust(&$0)
      $0.record = { lines.text += $0 }
    }
    return lines.text
  }

  private func overlay(_ log: String) throws -> (graph: WorkflowGraph, overlay: GraphOverlay) {
    let log = try EffectLog(reading: Array(log.utf8))
    let module = try #require(
      Compile.program(log.program.source, surface: log.surface).module)
    let graph = WorkflowGraph(module)
    return (graph, GraphOverlay(graph, try log.siteUses()))
  }

  /// By the text of a node: what is known of its runs.
  private func facts(_ log: String) throws -> [String: String] {
    let (graph, overlay) = try overlay(log)
    var facts: [String: String] = [:]
    for node in graph.nodes.indices {
      facts[graph.text(node, 60)] = overlay.text(node)?.replacing(#/ · \d+ fuel/#, with: "")
    }
    return facts
  }

  @Test("How often, how long, and which way")
  func counts() throws {
    let facts = try facts(log())
    // 0 + 10 + 20 ms.
    #expect(facts["sleep for n * 10"] == "×3 · 30 ms")
    #expect(facts["if n == 0"] == "×3 · yes ×1 · no ×2")
    #expect(facts["yield \"first\""] == "×1" && facts["yield n"] == "×2")
    #expect(facts["if n > 5"]?.contains("yes not run") == true)
    #expect(facts["yield \"never\""] == "not run")
    #expect(facts["hs = [start worker(n: i) for i in range(3)]"] == "×1")
    // The slower of the two calls took 15 ms; the last worker ended 5 ms later.
    #expect(facts["both = await [web.get({page: 1})?, web.slow({page: 2})?]"] == "×1 · 15 ms")
    #expect(facts["for h in hs"] == "×1 · body ×3")
    #expect(facts["r = await h"] == "×3 · 5 ms")
    #expect(facts["print r.ok"] == "×3")
    #expect(facts["finish len(both)"] == "×1")
  }

  @Test("What stands before an effect in a loop ran as often as it, unless a way leads out between")
  func loops() throws {
    let facts = try facts(
      log(
        """
        n = 0
        while n < 4 {
          n += 1
          twice = n * 2
          print twice
        }
        for i in range(9) {
          half = i / 2
          if i == 3 { break }
          print half
        }
        """))
    #expect(facts["while n < 4"] == "×1 · body ×4")
    #expect(facts["n += 1"] == "×4" && facts["twice = n * 2"] == "×4")
    #expect(facts["for i in range(9)"] == "×1 · body ≥3")
    #expect(facts["half = i / 2"] == "≥3" && facts["print half"] == "×3")
  }

  @Test(
    "A process that never began did not run, and of a process that is run alone the main block did not"
  )
  func bodies() throws {
    var text = try log()
    var (graph, overlay) = try overlay(text)
    let node = try #require(
      graph.nodes.indices.first { graph.text($0, 9) == "yield [n]" && graph.nodes[$0].body == 2 })
    #expect(overlay.runs[node].most == 0)
    text = try log { $0.entry = .process("worker", arguments: [HostField("n", .integer(7))]) }
    (graph, overlay) = try self.overlay(text)
    for (place, node) in graph.nodes.enumerated() where graph.bodies[node.body].kind == .main {
      #expect(overlay.runs[place].most == 0)
    }
    #expect(try facts(text)["if n > 5"] == "×1 · yes ×1 · no not run")
  }

  @Test("A run that stopped in an error, and a log that was broken off, prove less")
  func incomplete() throws {
    let source = "print 1\nx = json_parse(\"{\")\nprint x"
    let facts = try facts(log(source))
    #expect(facts["print 1"] == "×1" && facts["print x"] == nil)
    let whole = try log()
    let cut = whole.split(separator: "\n").prefix(9).map { $0 + "\n" }.joined()
    let (_, overlay) = try overlay(cut)
    #expect(overlay.runs.contains { $0.least > 0 && $0.exact == nil })
  }

  @Test("Another program with the same effects is known, one that does something else is not")
  func programs() throws {
    let log = try EffectLog(reading: Array(try log().utf8))
    func isOf(_ text: String) -> Bool {
      log.isOf(
        Compile.program(SourceFile(name: "t", text: text), surface: log.surface),
        surface: log.surface)
    }
    #expect(isOf(Self.source))
    #expect(isOf("# More\n" + Self.source.replacing("both", with: "pair")))
    #expect(!isOf(Self.source.replacing("n > 5", with: "n > 6")))
    #expect(!isOf("print 1"))
  }

  @Test("All forms show it")
  func forms() throws {
    let (graph, overlay) = try overlay(try log())
    let outline = GraphOutline.text(of: graph, overlay: overlay)
    #expect(outline.contains("×3 · yes ×1 · no ×2"))
    let mermaid = GraphMermaid.text(of: graph, overlay: overlay)
    #expect(mermaid.contains("-->|yes ×1|") && mermaid.contains("-->|no ×2|"))
    let svg = GraphSVG.text(of: graph, overlay: overlay)
    #expect(svg.contains("×3 · yes ×1 · no ×2") && svg.contains(" · 30 ms"))
    let nodes = GraphJSON.json(of: graph, overlay: overlay)["nodes"]?.arrayValue ?? []
    let sleep = try #require(nodes.first { $0["text"] == "sleep for n * 10" })
    #expect(sleep["run"]?["least"] == 3 && sleep["run"]?["most"] == 3)
    #expect(sleep["run"]?["time"] == 30)
  }
}
