import LashJSON
import Testing

@testable import LashLang

/// `lashc dump`: the listings of tokens and trees.
@Suite struct DumpTests {
  private let source = SourceFile(name: "", text: "x = 1.5\nprint f\"{x:>3}!\"")

  @Test func tokensAsText() {
    #expect(
      TokenDump(source).text == """
        0..1 identifier "x"
        2..3 =
        4..7 number 1.5
        8..13 ↵ print
        14..16 f-string-start
        16..17 slot-start
        17..18 identifier "x"
        19..21 format-spec ">3"
        21..22 slot-end
        22..23 f-string-text "!"
        23..24 f-string-end
        24..24 end

        """)
  }

  @Test func tokensAsJSON() throws {
    let tokens = try #require(TokenDump(source).json.arrayValue)
    #expect(tokens.count == 12)
    #expect(
      tokens[3].description
        == #"{"kind":"print","start":8,"end":13,"starts_line":true}"#)
    #expect(
      tokens[7].description
        == #"{"kind":"format-spec","start":19,"end":21,"starts_line":false,"value":">3"}"#)
  }

  @Test func treeAsText() {
    #expect(
      SyntaxDump(Parser.parse(source).tree).text == """
        (assign 0..7
          (target x 0..1)
          (number 1.5 4..7))
        (print 8..24
          (f-string 14..24
            (slot ">3" 17..21
              (name x 17..18))
            (text "!" 0..0)))

        """)
  }

  @Test func treeAsJSON() throws {
    let nodes = try #require(SyntaxDump(Parser.parse(source).tree).json.arrayValue)
    #expect(nodes[0].description == #"{"depth":0,"kind":"assign","start":0,"end":7}"#)
    #expect(
      nodes[2].description == #"{"depth":1,"kind":"number","detail":"1.5","start":4,"end":7}"#)
  }

  @Test func typesAsText() {
    let tree = Parser.parse(SourceFile(name: "", text: "x = [\"a\", 1 < 2]\nx[0]")).tree
    let module = CheckModule.check(tree, host: HostSurface())
    #expect(
      SyntaxDump(module).text == """
        (assign 0..16
          (target x 0..1)
          (list 4..16: list[bool | enum["a"]]
            (string "a" 5..8: enum["a"])
            (binary < 10..15: bool
              (number 1 10..11: int)
              (number 2 14..15: int))))
        (index 17..21: bool | enum["a"] | null
          (name x 17..18: list[bool | enum["a"]])
          (number 0 19..20: int))

        """)
    let nodes = SyntaxDump(module).json.arrayValue ?? []
    #expect(
      nodes.last?.description
        == #"{"depth":1,"kind":"number","detail":"0","start":19,"end":20,"type":"int"}"#)
  }
}
