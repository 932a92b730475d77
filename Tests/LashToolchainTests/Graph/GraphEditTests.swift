import LashLang
import Testing

/// Graph to source: a node gets another text, all else stays (rule MOD-9).
@Suite struct GraphEditTests {
  @Test func everyNodeOfEveryExample() throws {
    var count = 0
    let all = try GraphFixture.examples() + [("everything", GraphFixture.everything)]
    for example in all {
      let graph = try #require(GraphFixture.graph(example.text))
      for node in graph.nodes {
        count += 1
        let what = "\(example.name): \(graph.source.text(node.text))"
        // Its own text gives the same program.
        let same = try graph.replacing(node.id, with: graph.source.text(node.text))
        #expect(same.bytes == graph.source.bytes, "\(what)")
        let text =
          switch node.kind {
          case .branch: "if 41 == 42"
          case .each: "for edited in [42]"
          case .loop: "while 41 == 42"
          default: "edited = [\n  42,\n]"
          }
        let edited = try graph.replacing(node.id, with: " \(text)\n")
        // Every byte before and behind the node's is as it was.
        let before = graph.source.bytes[..<Int(node.text.start)]
        let behind = graph.source.bytes[Int(node.text.end)...]
        #expect(edited.bytes == Array(before) + Array(text.utf8) + Array(behind), "\(what)")
        let after = try #require(
          GraphFixture.graph(String(decoding: edited.bytes, as: UTF8.self)), "\(what)")
        #expect(after.nodes.count == graph.nodes.count, "\(what)")
        // The text of every other node is as it was; of those that hold it, only what stands outside.
        let differing = zip(graph.nodes, after.nodes).filter {
          graph.source.text($0.text) != after.source.text($1.text)
        }
        #expect(differing.count == 1 && differing.first?.0.id == node.id, "\(what)")
      }
    }
    #expect(count > 300)
  }

  @Test(arguments: [
    ("", "exactly one statement"), ("  \n", "exactly one statement"),
    ("x = 1\ny = 2", "exactly one statement"), ("x = 1; y = 2", "exactly one statement"),
    ("x = 1 # remark", "exactly one statement"), ("# remark", "exactly one statement"),
    ("type T = int", "does not parse"), ("fn f() -> int { 1 }", "does not parse"),
    ("@label(title: \"t\")\nx = 1", "exactly one statement"),
    ("x = (", "does not parse"), ("x = 1 }", "does not parse"), ("x = \"", "does not parse"),
    ("} x = 1 {", "does not parse"), ("b = 2\n}\nif a {\n  b = 3", "exactly one statement"),
    ("x +", "does not parse"),
    ("yield 1", "does not parse"),
    ("if true { x = 1", "does not parse"),
  ])
  func refused(_ pair: (String, String)) throws {
    let graph = try #require(
      GraphFixture.graph("a = 1\nif a {\n  b = 2\n  c = 3\n}\nfinish a"))
    let node = graph.nodes[2]
    #expect(graph.source.text(node.text) == "b = 2")
    #expect { try graph.replacing(node.id, with: pair.0) } throws: {
      "\($0)".contains(pair.1)
    }
  }

  @Test(arguments: [
    "if b { x = 1 } if c", "for x in a", "a = 1", "if b # remark", "if b {", "else if b", "if",
  ])
  func refusedHeaders(text: String) throws {
    let graph = try #require(GraphFixture.graph("a = 1\nb = 2\nif a { print 1 } else { print 2 }"))
    let node = graph.nodes[2]
    #expect(graph.source.text(node.text) == "if a")
    #expect(throws: GraphEditError.self) { try graph.replacing(node.id, with: text) }
  }

  @Test func aStatementMayBecomeALongerOne() throws {
    let graph = try #require(GraphFixture.graph("a = 1\nb = 2"))
    let edited = try graph.replacing(graph.nodes[0].id, with: "if true {\n  a = 1\n}")
    #expect(String(decoding: edited.bytes, as: UTF8.self) == "if true {\n  a = 1\n}\nb = 2")
  }

  @Test func unknownNodesAreRefused() throws {
    let graph = try #require(GraphFixture.graph("a = 1"))
    #expect(throws: GraphEditError.unknownNode("x")) { try graph.replacing("x", with: "b = 1") }
  }
}
