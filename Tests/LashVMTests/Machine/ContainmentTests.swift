import Testing

@testable import LashVM

/// No value comes to contain itself (rule VAL-2), though changes are made in place.
@Suite("Values that are stored into themselves")
struct ContainmentTests {
  @Test(
    "What is stored is the value as it was",
    arguments: [
      ("a = [[1]]\na[0] += a\nfinish a", "[[1,[1]]]"),
      ("a = [[1]]\na[0] = a[0] + a\nfinish a", "[[1,[1]]]"),
      ("a = [[1]]\na[0] = push(a[0], a)\nfinish a", "[[1,[[1]]]]"),
      ("m = {xs: []}\nm.xs = push(m.xs, m)\nfinish m", "{xs:[{xs:[]}]}"),
      ("m = {xs: []}\nm.xs += [m]\nfinish m", "{xs:[{xs:[]}]}"),
      ("m = {a: {xs: []}}\nm.a.xs = push(m.a.xs, m.a)\nfinish m", "{a:{xs:[{xs:[]}]}}"),
      ("m = {a: {xs: []}}\nm.a.xs = push(m.a.xs, m)\nfinish m", "{a:{xs:[{a:{xs:[]}}]}}"),
      ("m = {xs: [1]}\nm.xs += m.xs\nfinish m", "{xs:[1,1]}"),
      ("m = {xs: [1]}\nm.xs = push(m.xs, m.xs)\nfinish m", "{xs:[1,[1]]}"),
      ("a = [1]\na[0] = a\nfinish a", "[[1]]"),
      ("a = {b: 1}\na.b = a\na.b = a\nfinish a", "{b:{b:{b:1}}}"),
      ("a = [1]\na = push(a, a)\na += [a]\nfinish a", "[1,[1],[1,[1]]]"),
      ("a = [1]\na += a\na += a\nfinish a", "[1,1,1,1]"),
      ("a = [[], 2]\na[0], b = a, a\nfinish [a, b]", "[[[[],2],2],[[],2]]"),
      ("a = [1]\na[0], a = a, 5\nfinish a", "5"),
      ("a = [[1], [2]]\nfor x in a { a[0] = push(a[0], a)\na = push(a, x) }\nfinish len(a)", "4"),
      ("a = [[1], [2]]\nfor x in a { x += a\na[1] = x }\nfinish a", "[[1],[2,[1],[1,[1],[2]]]]"),
      (
        "a = [1, 2]\nfor i, x in [(0, a), (1, a)] { a[i] = push(x, a) }\nfinish a",
        "[[1,2,[1,2]],[1,2,[[1,2,[1,2]],2]]]"
      ),
      ("r = {}\nr[\"k\"] = r\nr[\"k\"] += \"\"\nfinish r", "{k:{}}"),
      (
        "r = {n: [0]}\nfn f(x: any) -> any { x.n = push(x.n, x)\nx }\nr.n = push(r.n, f(r))\nfinish r",
        "{n:[0,{n:[0,{n:[0]}]}]}"
      ),
    ])
  func asItWas(_ source: String, _ expected: String) throws {
    #expect(try outcome(source) == expected)
  }

  @Test("A value that was added to itself can be freed")
  func freed() throws {
    let source = """
      for i in range(2000) {
        a = [repeat("x", 1000), []]
        a[1] += a
        m = {xs: [], t: repeat("y", 1000)}
        m.xs = push(m.xs, m)
      }
      """
    #expect(try outcome(source, bounds: Bounds(memory: 64 << 10)) == "fell off")
  }

  @Test("A list loop releases what stood in its registers")
  func loopStart() throws {
    // The place of the hidden position held a text before.
    let source = """
      n = 0
      for i in range(3) {
        n += len("a" + f"{i}" + "some text")
        for x in [1, 2] { n += x }
      }
      finish n
      """
    var drive = try Drive(source)
    #expect(drive.run().text == "42")
  }
}
