import LashLang
import Testing

@testable import LashVM

/// Copy semantics, paths, numbers and records in a running machine (rules VAL-…, ASG-…).
@Suite("Values in a machine")
struct MachineValueTests {
  @Test(
    "Containers are values: a change is seen through no other name",
    arguments: [
      ("a = [1]\nb = a\nb[0] = 9\nfinish [a, b]", "[[1],[9]]"),
      ("a = {x: {y: 1}}\nb = a\nb.x.y = 2\nfinish [a, b]", "[{x:{y:1}},{x:{y:2}}]"),
      ("a = [[1]]\nb = a[0]\na[0][0] = 2\nfinish [a, b]", "[[[2]],[1]]"),
      ("a = [1]\na[0] = a\nfinish a", "[[1]]"),
      ("r = {n: 1}\nr.r = r\nr.n = 2\nfinish r", "{n:2,r:{n:1}}"),
      ("a = [1, 2]\na = push(a, a)\na[2][0] = 7\nfinish a", "[1,2,[7,2]]"),
      ("a = [1]\na = a + a\na = a + a\nfinish a", "[1,1,1,1]"),
      ("s = \"ab\"\nt = s\ns = s + s\ns = s + t\nfinish [s, t]", "[ababab,ab]"),
      ("a = [1, 2, 3]\nfor x in a { a = push(a, x) }\nfinish a", "[1,2,3,1,2,3]"),
      ("a = [0]\nb = [a for i in range(2)]\nb[0][0] = 1\nfinish [a, b]", "[[0],[[1],[0]]]"),
      ("a, b = [1], 2\na, b = b, a\nfinish [a, b]", "[2,[1]]"),
      ("s = {l: \"x\"}\nk = s.l\ns.l += \"y\"\nfinish [s.l, k]", "[xy,x]"),
      ("m = {xs: []}\nfor i in range(3) { m.xs = push(m.xs, i) }\nfinish m", "{xs:[0,1,2]}"),
      ("t = ([1], 2)\nu = t[0]\nu[0] = 5\nfinish [t, u]", "[([1],2),[5]]"),
      (
        "fn f(xs: list[int]) -> list[int] { xs[0] = 9\nxs }\na = [1]\nb = f(a)\nfinish [a, b]",
        "[[1],[9]]"
      ),
      ("r = await m.a(1)\nq = r\nq.value = 5\nfinish [r.value, q]", "[1,{ok:true,value:5}]"),
    ])
  func copies(_ source: String, _ expected: String) throws {
    #expect(try outcome(source) == expected)
  }

  @Test(
    "Integers are exact within 64 bits, doubles beyond",
    arguments: [
      ("finish 9007199254740992 + 1", "9007199254740993"),
      ("finish 9007199254740991 + 2", "9007199254740993"),
      ("x = 3037000499\nfinish x * x", "9223372030926249001"),
      (
        "x = 9223372036854775807\nfinish [x - 1, x + 1 > x, -x]",
        "[9223372036854775806,true,-9223372036854775807]"
      ),
      ("x = 9223372036854775807\nfinish x + 1 == 9223372036854775808.0", "true"),
      (
        "x = 4611686018427387904\nfinish [x + x, x - x, x % 1000, x / x]",
        "[9.223372036854776e+18,0,904,1]"
      ),
      (
        "x = 9007199254740993\nfinish [x == x + 0, x == 9007199254740992, x > 9007199254740992]",
        "[true,false,true]"
      ),
      ("finish [1 / -0, 1 / (0 * -1), 0 == -0]", "[inf,inf,true]"),
      ("finish [7 % -3, -7 % 3, 7.5 % 2, type_of(1 % 0)]", "[1,-1,1.5,number]"),
      (
        "t = 0\nfor i in range(9007199254740990, 9007199254740995) { t = i }\nfinish t",
        "9007199254740994"
      ),
      (
        "finish [i for i in range(9223372036854775806, 9223372036854775803, -1)]",
        "[9223372036854775806,9223372036854775805,9223372036854775804]"
      ),
      ("x = 1152921504606846976.0\nfinish x + 1", "1152921504606846977"),
    ])
  func numbers(_ source: String, _ expected: String) throws {
    #expect(try outcome(source) == expected)
  }

  @Test("Records keep their order through every representation")
  func records() throws {
    let source = """
      r = {}
      for i in range(2000) { r["k" + (i * 7 % 2000)] = i }
      r.k7 = -1
      ks = keys(r)
      finish [len(r), ks[0], ks[1], ks[1999], r.k7, r["k14"], r.none]
      """
    #expect(try outcome(source) == "[2000,k0,k7,k1993,-1,2,null]")
  }

  @Test("More shapes and keys than there is room for become plain tables")
  func manyShapes() throws {
    let source = """
      n = 0
      for i in range(6000) {
        r = {}
        r["a" + i] = i
        r["b" + i] = i
        if r["a" + i] == i and r["b" + i] == i and len(r) == 2 { n += 1 }
      }
      finish n
      """
    #expect(try outcome(source) == "6000")
  }

  @Test("An unset name stops the program where it is read")
  func unset() throws {
    #expect(
      try outcome("if 1 > 2 { x = 1 }\nprint 0\nfinish x") == "R0001 unknown name `x`")
    #expect(
      try outcome("for i in range(2) { if i == 1 { print y }\ny = 3 }\nfinish y") == "3")
  }

  @Test("A loop gives its variable back")
  func loopVariables() throws {
    #expect(try outcome("v = 7\nfor v in [1] { v = 2 }\nfinish v") == "7")
    #expect(try outcome("v = 7\nx = [v for v in [1, 2]]\nfinish [v, x]") == "[7,[1,2]]")
  }

  @Test("Two machines of one program do not disturb each other, whatever they have cached")
  func interleaved() throws {
    let program = try compile(
      "r = await m.a(0)?\nfor i in range(3) { print r.x }\nfinish r.x", host: .testing())
    var first = Machine(program)
    var second = Machine(program)
    #expect(first.run().text == "suspended")
    #expect(second.run().text == "suspended")
    let one = HostValue.record([HostField("x", .integer(1))])
    let two = HostValue.record([HostField("y", .integer(0)), HostField("x", .integer(2))])
    var a = first.resume(with: .call(.success(one)))
    var b = second.resume(with: .call(.success(two)))
    for _ in 0..<3 {
      a = first.resume(with: .done)
      b = second.resume(with: .done)
    }
    #expect(a.text == "1")
    #expect(b.text == "2")
  }

  @Test("The variables of a program can be read and set from outside")
  func variables() throws {
    var drive = try Drive("x = g + 1\ny = {a: [x]}", globals: [HostField("g", .integer(4))])
    #expect(drive.run().text == "fell off")
    let found = drive.machine.variables().map { "\($0.key)=\($0.value.text)" }
    #expect(Set(found) == ["g=4", "x=5", "y={a:[5]}"])
  }
}
