import LashLang
import Testing

@testable import LashToolchain

/// Pictures of graphs: boxes stay apart, lines between them, everything on the page.
@Suite struct GraphLayoutTests {
  private typealias Rectangle = GraphLayout.Rectangle

  private func overlap(_ a: Rectangle, _ b: Rectangle) -> Bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
  }

  private func holds(_ outer: Rectangle, _ inner: Rectangle) -> Bool {
    outer.x <= inner.x && inner.x + inner.width <= outer.x + outer.width && outer.y <= inner.y
      && inner.y + inner.height <= outer.y + outer.height
  }

  private func check(_ graph: WorkflowGraph, _ name: String) {
    let layout = GraphLayout(graph)
    let page = Rectangle(x: 0, y: 0, width: layout.width, height: layout.height)
    let boxes = layout.boxes
    #expect(boxes.count == graph.nodes.count, "\(name)")
    let panels = layout.panels
    for (index, panel) in panels.enumerated() {
      #expect(holds(page, panel.frame), "\(name)")
      for other in panels[(index + 1)...] {
        #expect(!overlap(panel.frame, other.frame), "\(name): panels")
      }
    }
    for (index, box) in boxes.enumerated() {
      let body = graph.nodes[box.node].body
      let panel = panels.first { $0.body == body }
      #expect(panel.map { holds($0.frame, box.frame) } == true, "\(name): \(box)")
      for other in boxes[(index + 1)...] where overlap(box.frame, other.frame) {
        Issue.record("\(name): \(box) and \(other)")
      }
      if let loop = graph.loop(around: box.node) {
        let frame = layout.loops.first { $0.node == loop }?.frame
        #expect(frame.map { holds($0, box.frame) } == true, "\(name): \(box) leaves its loop")
      }
    }
    for line in layout.lines {
      for (from, to) in zip(line.points, line.points.dropFirst()) {
        #expect(from.x == to.x || from.y == to.y, "\(name): a line that is aslant")
        // Strictly inside: lines end at the edges of boxes.
        let segment = Rectangle(
          x: min(from.x, to.x), y: min(from.y, to.y), width: max(1, abs(to.x - from.x)),
          height: max(1, abs(to.y - from.y)))
        for box in boxes {
          let inside = Rectangle(
            x: box.frame.x + 1, y: box.frame.y + 1, width: box.frame.width - 2,
            height: box.frame.height - 2)
          if overlap(segment, inside) {
            Issue.record("\(name): a line \(from)-\(to) runs through \(box)")
            return
          }
        }
      }
    }
  }

  @Test func examples() throws {
    for example in try GraphFixture.examples() {
      check(try #require(GraphFixture.graph(example.text)), example.name)
    }
    check(try #require(GraphFixture.graph(GraphFixture.everything)), "everything")
  }

  @Test func programsOfTheSpecification() throws {
    var count = 0
    for example in try GraphFixture.specification() {
      guard let graph = GraphFixture.graph(example.text) else { continue }
      count += 1
      check(graph, "\(example.name):\n\(example.text)")
    }
    #expect(count > 150)
  }

  @Test func generatedPrograms() throws {
    for seed: UInt64 in 1..<60 {
      var generator = ProgramGenerator(seed: seed)
      check(try #require(GraphFixture.graph(generator.program())), "seed \(seed)")
    }
  }

  @Test func deepAndWidePrograms() throws {
    let deep =
      String(repeating: "if a { while b { for c in d {\n", count: 30) + "print 1"
      + String(repeating: "}}}", count: 30)
    let chain = (0..<200).map { "if a == \($0) { print \($0) }" }.joined(separator: " else ")
    let straight = (0..<500).map { "print \($0)" }.joined(separator: "\n")
    let long = "x = \"" + String(repeating: "long text ", count: 500) + "\""
    for text in [deep, chain, straight, long, "x = \"" + String(repeating: "漢", count: 300) + "\""]
    {
      check(try #require(GraphFixture.graph("a = 1\nb = 2\nd = []\n" + text)), "\(text.prefix(40))")
    }
    // Twice the program, about twice the picture.
    let sizes = try [1, 2].map { count in
      let graph = try #require(
        GraphFixture.graph(
          String(repeating: GraphFixture.everything, count: 1)
            + String(repeating: "\nprint 1", count: 500 * count)))
      return GraphSVG.text(of: graph).utf8.count
    }
    #expect(sizes[1] < sizes[0] * 2)
  }

  @Test func linesAreBrokenAndCut() {
    #expect(DisplayText("a\n    b\n  c", width: 20, height: 5).lines == ["a", "  b", "c"])
    #expect(
      DisplayText("one two three four", width: 10, height: 5).lines == [
        "one two", "  three", "  four",
      ])
    #expect(DisplayText("abcdefghijkl", width: 5, height: 9).lines == ["abcde", " fghi", " jkl"])
    #expect(DisplayText("1\n2\n3", width: 5, height: 2).lines == ["1", "2 …"])
    #expect(
      DisplayText("a\u{7}b\tc\u{202E}", width: 9, height: 2).lines == ["a\u{FFFD}b  c\u{FFFD}"])
    #expect(DisplayText("", width: 5, height: 2).lines == [""])
    #expect(DisplayText.columns("aé漢😀") == 6)
  }

  @Test func textInPicturesIsEscaped() throws {
    let graph = try #require(
      GraphFixture.graph("print \"</text><script>alert('1')</script>&amp; ]]> \u{1}\""))
    let svg = GraphSVG.text(of: graph)
    #expect(!svg.contains("<script") && !svg.contains("\u{1}"))
    #expect(svg.contains("&lt;/text&gt;&lt;script&gt;alert('1')&lt;/script&gt;&amp;amp; ]]&gt;"))
  }
}
