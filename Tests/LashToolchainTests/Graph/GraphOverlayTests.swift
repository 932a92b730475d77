import LashJSON
import LashLang
import Testing

@testable import LashToolchain

/// What a record of effects proves of the nodes of a program.
@Suite struct GraphOverlayTests {
  /// Texts of nodes with the bounds on their runs: `2`, `1…3`, `1…` or `…`.
  private func runs(
    _ text: String, _ counts: [Int: Int], isComplete: Bool = true
  ) throws -> [String: String] {
    let graph = try #require(GraphFixture.graph(text))
    let uses = SiteUses(
      counts.mapValues { SiteUses.Use(count: $0, fuel: 10) }, isComplete: isComplete)
    let overlay = GraphOverlay(graph, uses)
    var result: [String: String] = [:]
    for (index, node) in graph.nodes.enumerated() {
      let known = overlay.runs[index]
      let least = known.least == 0 ? "" : "\(known.least)"
      result[graph.source.text(node.text)] =
        known.exact.map { "\($0)" } ?? "\(least)…\(known.most.map { "\($0)" } ?? "")"
    }
    return result
  }

  @Test func statementsBesideEffects() throws {
    let text = "a = 1\nprint a\nb = 2\nprint b\nc = 3"
    #expect(
      try runs(text, [0: 1, 1: 1])
        == ["a = 1": "1", "print a": "1", "b = 2": "1", "print b": "1", "c = 3": "1"])
    // It stopped between the two.
    #expect(
      try runs(text, [0: 1], isComplete: false)
        == ["a = 1": "1", "print a": "1", "b = 2": "…1", "print b": "…1", "c = 3": "0"])
  }

  @Test func branches() throws {
    let text = "if a() { print 1 } else { print 2 }\nprint 3\nfn a() -> bool { true }"
    let found = try runs(text, [0: 1, 2: 1])
    #expect(found["print 1"] == "1" && found["print 2"] == "0" && found["print 3"] == "1")
    let graph = try #require(GraphFixture.graph(text))
    let overlay = GraphOverlay(
      graph, SiteUses([0: .init(count: 1, fuel: 7), 2: .init(count: 1, fuel: 1)], isComplete: true))
    #expect(overlay.blocks[0].map(\.exact) == [1, 0])
    #expect(overlay.costs[1]?.fuel == 7 && overlay.costs[0] == nil)
  }

  /// If the block did not run, the way around it was taken.
  @Test func theOtherWay() throws {
    let text = "for i in x.y() {\n  if i { print i }\n  m.n(i)\n}"
    let graph = try #require(GraphFixture.graph(text))
    let uses: [Int: SiteUses.Use] = [
      0: .init(count: 1, fuel: 1), 1: .init(count: 2, fuel: 1), 2: .init(count: 5, fuel: 1),
    ]
    let overlay = GraphOverlay(graph, SiteUses(uses, isComplete: true))
    #expect(overlay.runs.map(\.least) == [1, 5, 2, 5])
    #expect(overlay.runs.map(\.exact) == [1, 5, 2, 5])
    #expect(overlay.blocks[1].map(\.least) == [2, 3])
  }

  @Test func loopsThatNeverRan() throws {
    let text = "print 0\nwhile a { print 1\nb = 1 }\nfinish a"
    let found = try runs("a = 1\n" + text, [0: 1])
    #expect(found["print 1"] == "0" && found["b = 1"] == "0" && found["finish a"] == "1")
  }

  @Test func sitesThatTheGraphLacksAreLeftOut() throws {
    #expect(try runs("a = 1", [7: 3]) == ["a = 1": "1"])
  }

  @Test func picturesShowWhatRan() throws {
    let graph = try #require(GraphFixture.graph("print 1\nif a.b() { print 2 }"))
    let overlay = GraphOverlay(
      graph, SiteUses([0: .init(count: 1, fuel: 3), 1: .init(count: 1, fuel: 4)], isComplete: true))
    let svg = GraphSVG.text(of: graph, overlay: overlay)
    #expect(svg.contains("×1 · 3 fuel") && svg.contains("not run"))
    #expect(svg.contains("class=\"node effect ran\"") && svg.contains("class=\"node effect idle\""))
    #expect(GraphMermaid.text(of: graph, overlay: overlay).contains("×1 · 3 fuel"))
    let nodes = GraphJSON.json(of: graph, overlay: overlay)["nodes"]?.arrayValue
    #expect(nodes?[2]["run"] == ["least": 0, "most": 0])
    #expect(nodes?[0]["run"] == ["least": 1, "most": 1, "fuel": 3, "time": 0])
  }
}
