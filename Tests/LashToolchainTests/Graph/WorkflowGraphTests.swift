import Foundation
import LashJSON
import LashLang
import Testing

@testable import LashToolchain

/// Nodes, edges, sites and ids of graphs (rule MOD-8).
@Suite struct WorkflowGraphTests {
  private func name(_ end: GraphEdge.End, _ graph: WorkflowGraph) -> String {
    switch end {
    case .start(let body): "start\(body)"
    case .end(let body): "end\(body)"
    case .node(let node): graph.source.text(graph.nodes[node].text)
    }
  }

  private func edges(_ text: String) throws -> [String] {
    let graph = try #require(GraphFixture.graph(text))
    return graph.edges.map { "\(name($0.from, graph)) \($0.kind) \(name($0.to, graph))" }
  }

  @Test func waysThroughBranchesAndLoops() throws {
    #expect(try edges("") == ["start0 next end0"])
    #expect(
      try edges("a = 1\nif a { b = 2 } else if 0 { finish 1 }\nc = 3").sorted() == [
        "a = 1 next if a", "b = 2 next c = 3", "c = 3 next end0", "finish 1 next end0",
        "if 0 else c = 3", "if 0 then finish 1", "if a else if 0", "if a then b = 2",
        "start0 next a = 1",
      ])
    #expect(
      try edges("for x in [1] { if x { break }\nif 1 { continue }\na = 1 }").sorted() == [
        "a = 1 repeat for x in [1]", "break break end0", "continue continue for x in [1]",
        "for x in [1] body if x", "for x in [1] done end0", "if 1 else a = 1",
        "if 1 then continue", "if x else if 1", "if x then break", "start0 next for x in [1]",
      ])
    // Without `break` an endless loop leads nowhere; a loop in a loop leads back to the outer one.
    #expect(
      try edges("while true { while 1 { } }").sorted() == [
        "start0 next while true", "while 1 body while 1", "while 1 repeat while true",
        "while true body while 1",
      ])
  }

  @Test func nodesSayWhatTheyAreAndDo() throws {
    let graph = try #require(GraphFixture.graph(GraphFixture.everything))
    #expect(graph.bodies.map(\.name) == ["main", "watch", "twice"])
    let watch = graph.bodies[1]
    #expect(watch.label?.title == "Wait for \"stop\" & <go>" && watch.result == "int")
    #expect(watch.parameters.map(\.name) == ["path", "mail"] && watch.signals.count == 1)
    let node = { (text: String) in graph.nodes.first { graph.source.text($0.text) == text } }
    #expect(node("while true")?.kind == .loop && node("for y in [1, 2]")?.kind == .each)
    #expect(node("for y in [1, 2]")?.parent == node("for x in xs").flatMap { graph.node($0.id) })
    #expect(node("for x in xs")?.label?.title == "Go through all")
    #expect(node("if s == 2")?.kind == .branch && node("fail \"two\"")?.kind == .fail)
    #expect(node("signal_run(h, \"stop\", {now: true})")?.reads == ["h"])
    #expect(node("r = await h")?.writes == ["r"] && node("r = await h")?.kind == .effect)
    #expect(node("n * 2")?.kind == .step && node("finish 1")?.type == "int")
  }

  @Test func sitesAreNumberedInSourceOrderOverTheWholeText() throws {
    let graph = try #require(
      GraphFixture.graph(
        """
        print await a.b({x: await c.d(1)})
        process p() { wake 1
        sleep for 2 }
        x = await [e.f(i)? for i in [g.h()]]
        y = x ? await (start p()) : await x
        cancel y
        """))
    let sites = graph.sites.map { "\($0.kind)\($0.name.map { " " + $0 } ?? "") \($0.isCertain)" }
    #expect(
      sites == [
        "print true", "call a.b true", "call c.d true", "wake true", "sleep true",
        "call e.f false", "call g.h true", "await false", "start p false", "await false",
        "cancel true",
      ])
    #expect(graph.nodes[0].sites == [0, 1, 2])
  }

  @Test func idsDependOnTheNodesThemselves() throws {
    for example in try GraphFixture.examples() {
      let graph = try #require(GraphFixture.graph(example.text))
      let ids = graph.nodes.map(\.id)
      #expect(Set(ids).count == ids.count, "\(example.name)")
      let wide = example.text.replacing("\n", with: "\n\n  # remark\n")
      let formatted = SourceFormatter.format(SourceFile(name: "", text: wide)).bytes
      let other = GraphFixture.graph(String(decoding: formatted, as: UTF8.self))
      #expect(other?.nodes.map(\.id) == ids, "\(example.name)")
      let longer = GraphFixture.graph("unheard_of = 1\n" + example.text)
      #expect(longer?.nodes.map(\.id).dropFirst() == ids[...], "\(example.name)")
    }
  }

  @Test func aTextThatDoesNotCheckHasAGraphToo() throws {
    let graph = try #require(GraphFixture.graph("x = nosuch\nfinish x + 1", HostSurface()))
    #expect(graph.nodes.count == 2)
  }

  /// Lines of a flowchart as Mermaid 11 reads them; it takes names that begin with one of its keywords
  /// for the keyword, and text outside of quotes for markup.
  @Test func mermaidHasOnlyLinesThatItsGrammarHas() throws {
    let name = "(?!end|default|style|graph|click|class|subgraph|href|call)[a-z0-9-]+"
    let text = #""(?:[A-Za-z0-9 .,:()=+/?]|<br>|[^\x00-\x7F]|#[0-9]+;)*""#
    let shapes = [
      #"\[\#(text)\]"#, #"\[\[\#(text)\]\]"#, #"\{\#(text)\}"#, #"\{\{\#(text)\}\}"#,
      #"\(\[\#(text)\]\)"#, #"\(\(\#(text)\)\)"#,
    ]
    let lines = [
      "flowchart TD", #"  subgraph body-[0-9]+\[\#(text)\]"#, "  end", "    direction TB",
      "    \(name)(?:\(shapes.joined(separator: "|")))",
      #"  \#(name) -->(?:\|[a-z]+\|)? \#(name)"#,
      "  classDef [a-z]+Node stroke:#[0-9a-f]{6}(?:,stroke-width:2px)?",
      "  class \(name)(?:,\(name))* [a-z]+Node",
    ]
    let line = try Regex(lines.joined(separator: "|"))
    for example in try GraphFixture.examples() + [("everything", GraphFixture.everything)] {
      let graph = try #require(GraphFixture.graph(example.text))
      for part in GraphMermaid.text(of: graph).split(separator: "\n") {
        #expect(String(part).wholeMatch(of: line) != nil, "\(example.name): \(part)")
      }
    }
  }

  // MARK: Goldens

  /// Looked at by people; `LASH_RECORD=1 swift test` rewrites them and fails.
  @Test(arguments: ["graph-research", "graph-retry_with_budget", "graph-everything"])
  func goldens(name: String) throws {
    let example = String(name.dropFirst("graph-".count))
    let text =
      try GraphFixture.examples().first { $0.name == example + ".lash" }?.text
      ?? GraphFixture.everything
    let graph = try #require(GraphFixture.graph(text))
    let folder = GraphFixture.root.appendingPathComponent("Tests/LashToolchainTests/Goldens")
    let forms = [
      ("json", GraphJSON.json(of: graph).description + "\n"), ("mmd", GraphMermaid.text(of: graph)),
      ("txt", GraphOutline.text(of: graph)),
    ]
    for (suffix, actual) in forms {
      let url = folder.appendingPathComponent("\(name).\(suffix)")
      if ProcessInfo.processInfo.environment["LASH_RECORD"] != nil {
        try actual.write(to: url, atomically: true, encoding: .utf8)
        Issue.record("recorded \(url.lastPathComponent): look at what changed")
      } else {
        #expect(try String(contentsOf: url, encoding: .utf8) == actual, "\(name).\(suffix)")
      }
    }
  }
}
