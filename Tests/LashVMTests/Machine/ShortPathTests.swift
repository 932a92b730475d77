import Testing

@testable import LashVM

/// What handlers do on their own is what the worker would do: at the borders between the two.
@Suite("Short paths of instructions")
struct ShortPathTests {
  @Test(
    "Indexes that are nearly small integers",
    arguments: [
      ("0", "10"), ("2", "30"), ("3", "null"), ("-1", "30"), ("-3", "10"), ("-4", "null"),
      ("0 * -1", "10"), ("4294967296", "null"), ("4503599627370496", "null"),
      ("-4503599627370496", "null"), ("9007199254740991", "null"), ("9007199254740993", "null"),
      ("1e300", "null"), ("true", "20"), ("\"2\"", "30"),
    ])
  func index(_ index: String, _ expected: String) throws {
    #expect(try outcome("xs = [10, 20, 30]\ni = \(index)\nfinish xs[i]") == expected)
  }

  @Test("An index with a fraction is refused")
  func fraction() throws {
    #expect(try outcome("xs = [10]\ni = 0.5\nfinish xs[i]").contains("index must be an integer"))
    #expect(try outcome("xs = [10]\ni = 0.5\nxs[i] = 1").contains("must be an integer"))
  }

  @Test(
    "Remainders by integer division and otherwise",
    arguments: [
      ("7", "3", "1"), ("-7", "3", "-1"), ("7", "-3", "1"), ("-6", "3", "0"), ("7", "-1", "0"),
      ("-2147483648", "-1", "0"), ("2147483648", "7", "2"), ("4294967295", "65536", "65535"),
      ("7.5", "2", "1.5"), ("9007199254740993", "2", "1"), ("7", "0", "nan"), ("\"7\"", "4", "3"),
      ("1e300", "1", "0"),
    ])
  func remainder(_ left: String, _ right: String, _ expected: String) throws {
    #expect(try outcome("a = \(left)\nb = \(right)\nfinish a % b") == expected)
    #expect(try outcome("a = \(left)\nfinish a % \(right)") == expected)
  }

  @Test(
    "Comparisons of what is no pair of numbers, as values and as conditions",
    arguments: [
      ("nan == nan", false), ("nan != nan", true), ("nan < 1", false), ("not (nan < 1)", true),
      ("nan >= 1", false), ("not (nan >= 1)", true), ("big == big", true), ("big > 1", true),
      ("1 < big", true), ("\"a\" < \"b\"", true), ("\"b\" <= \"a\"", false), ("true == 1", false),
      ("null < 1", true), ("\"10\" > 9", true), ("text == \"x\"", true), ("text != \"x\"", false),
      ("text == null", false), ("text != 1", true), ("text == \"y\"", false),
      ("text != \"xx\"", true), ("long == long + \"\"", true), ("long == \"x\"", false),
      ("null == 0", false), ("yes == true", true), ("9007199254740993 == 9007199254740992", false),
    ])
  func comparison(_ condition: String, _ expected: Bool) throws {
    let start = """
      nan = to_float("nan")
      big = 9007199254740993
      text = "x"
      long = repeat("x", 64)
      yes = true
      """
    #expect(try outcome("\(start)\nfinish \(condition)") == "\(expected)")
    let branch = "r = \"else\"\nif \(condition) { r = \"then\" }\nfinish r"
    #expect(try outcome("\(start)\n\(branch)") == (expected ? "then" : "else"))
  }

  @Test(
    "Conditions that are no booleans, in variables and in temporaries",
    arguments: [
      ("null", false), ("0", false), ("2", true), ("\"\"", false), ("\"x\"", true), ("[]", false),
      ("[0]", true), ("{}", false), ("{a: 1}", true), ("false", false),
    ])
  func condition(_ value: String, _ expected: Bool) throws {
    let branches = ["x", "xs[0]", "[x][0]", "not not x"]
    for condition in branches {
      let source = """
        x = \(value)
        xs = [x]
        r = false
        if \(condition) { r = true }
        while not (\(condition)) { r = not r
        break }
        finish [r, xs == [x]]
        """
      // Both loops run once or not at all, so that a false condition turns `r` once.
      #expect(try outcome(source) == "[true,true]", "\(condition) of \(value)")
      let branch = "x = \(value)\nxs = [x]\nr = 1\nif \(condition) { r = 2 }\nfinish r"
      #expect(try outcome(branch) == (expected ? "2" : "1"))
    }
  }

  @Test(
    "Paths through what others own, too",
    arguments: [
      ("a = [[1, 2], 3]\nb = a\na[0][1] = 9\nfinish [a, b]", "[[[1,9],3],[[1,2],3]]"),
      ("r = {g: [{n: 1}]}\nc = r.g\nr.g[0].n += 4\nfinish [r.g, c]", "[[{n:5}],[{n:1}]]"),
      ("a = [1, 2]\na[-1] = 7\nfinish a", "[1,7]"),
      ("a = [\"x\"]\na[0] += 1\nfinish a", "[x1]"),
      ("a = [9007199254740991]\na[0] += 2\nfinish a", "[9007199254740993]"),
      ("a = [[1], [2]]\na[1] = a[0]\na[1][0] = 5\nfinish a", "[[1],[5]]"),
      ("r = {}\nfor k in [\"a\", \"b\", \"a\"] { r[k] += 1 }\nfinish r", "{a:2,b:1}"),
      ("r = {a: 1}\ns = {b: 2, a: 3}\nfor x in [r, s] { x.a += 1\nr.a += x.a }\nfinish r", "{a:7}"),
    ])
  func path(_ source: String, _ expected: String) throws {
    #expect(try outcome(source) == expected)
  }

  @Test(
    "Texts that grow in place",
    arguments: [
      ("s = \"a\"\ns += \"é\"\ns += \"b\"\nfinish [len(s), s[1], s[2]]", "[3,é,b]"),
      ("s = \"ab\"\nt = s\ns += \"c\"\nfinish [s, t]", "[abc,ab]"),
      ("s = \"ab\"\ns += s\ns += s\nfinish s", "abababab"),
      (
        "s = \"\"\nfor i in range(5000) { s += \"0123456789\" }\nfinish [len(s), s[49999]]",
        "[50000,9]"
      ),
      (
        "s = \"xy\"\nfor i in range(16) { t = s\ns += t }\nfinish [len(s), s == repeat(\"xy\", 65536)]",
        "[131072,true]"
      ),
    ])
  func text(_ source: String, _ expected: String) throws {
    #expect(try outcome(source) == expected)
  }

  @Test(
    "Lengths",
    arguments: [
      ("[1, 2]", "2"), ("(1, 2, 3)", "3"), ("\"abc\"", "3"), ("\"é\"", "1"), ("{a: 1}", "1"),
      ("null", "0"), ("m.a([1])", "2"),
    ])
  func length(_ value: String, _ expected: String) throws {
    #expect(try outcome("x = \(value)\nfinish len(x)") == expected)
    #expect(try outcome("finish len(\(value))") == expected)
  }

  @Test("The length of a number is refused")
  func noLength() throws {
    #expect(try outcome("x = 5\nfinish len(x)").contains("`len` requires"))
  }

  @Test("Calls whose results are unwrapped at once, and those that are not")
  func unwrapped() throws {
    #expect(try outcome("finish (await m.a(1))? + m.a(2)?") == "3")
    #expect(try outcome("r = await m.a(1)\nfinish [r.ok, r?]") == "[true,1]")
    #expect(try outcome("x = [m.a([1])?]\nfinish x") == "[[1]]")
    #expect(
      try outcome("finish m.b(\"no\")?").contains("`?` unwrapped failed module operation: no"))
  }

  @Test(
    "Ranges by their borders",
    arguments: [
      ("range(5, 5)", "0"), ("range(5, 0)", "0"), ("range(0, 5, -1)", "0"),
      ("range(5, 0, -2)", "3"),
      ("range(0, 10, 3)", "4"), ("range(-3, 3)", "6"), ("range(1, 2, 9007199254740993)", "1"),
      (
        "range(-9223372036854775807, 9223372036854775807, 4611686018427387904)", "4"
      ),
      (
        "range(9223372036854775807, -9223372036854775807, -4611686018427387904)", "4"
      ),
      ("range(1000000)", "1000000"),
    ])
  func range(_ range: String, _ expected: String) throws {
    #expect(try outcome("n = 0\nfor i in \(range) { n += 1 }\nfinish n") == expected)
    #expect(try outcome("finish len(\(range))") == expected)
  }

  @Test("Memory of a list that grows does not depend on where it lies")
  func growth() throws {
    let program = try compile(
      """
      xs = []
      for i in range(60000) { xs = push(xs, i)
      if i == 20000 { m.a(1)? } }
      """, host: .testing())
    var straight = Machine(program)
    #expect(straight.run().text == "suspended")
    var moved = try Machine(restoring: straight.snapshot(), program: program)
    #expect(straight.resume(with: .call(.success(.null))).text == "fell off")
    #expect(moved.resume(with: .call(.success(.null))).text == "fell off")
    #expect(straight.memoryUsed == moved.memoryUsed)
    #expect(straight.memoryPeak == moved.memoryPeak)
    // 60,000 numbers in a block of twice as many at most, which is counted once.
    #expect(straight.memoryPeak < 60_000 * 8 * 2 + 10_000)
  }
}
