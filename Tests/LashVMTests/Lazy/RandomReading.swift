import LashJSON

/// SplitMix64: the same numbers for the same seed on every machine.
struct Random {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func number(_ count: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((word ^ (word >> 31)) % UInt64(count))
  }

  mutating func one<Element>(of items: [Element]) -> Element { items[number(items.count)] }
}

/// Random JSON texts and programs that read the variable `x`.
struct RandomReading {
  var random: Random

  init(seed: UInt64) { random = Random(seed: seed) }

  // MARK: Texts

  mutating func text(depth: Int = 3) -> String {
    guard depth > 0, random.number(4) > 0 else { return scalar() }
    // Sometimes large, so that directories are made.
    let count = random.number(7) == 0 ? 30 + random.number(15) : random.number(5)
    let space = random.one(of: ["", " ", "\n  "])
    if random.number(2) == 0 {
      let items = (0..<count).map { _ in text(depth: depth - 1) }
      return "[" + space + items.joined(separator: "," + space) + "]"
    }
    let fields = (0..<count).map { place in
      let key = place > 4 ? "k\(place)" : random.one(of: ["a", "b", "c", "\\u0061", "é"])
      return "\"\(key)\":\(space)" + text(depth: depth - 1)
    }
    return "{" + fields.joined(separator: ",") + space + "}"
  }

  private mutating func scalar() -> String {
    switch random.number(8) {
    case 0: "null"
    case 1: random.one(of: ["true", "false"])
    case 2: "\"" + String(repeating: random.one(of: ["ab", "é\\n", "k1 "]), count: 150) + "\""
    case 3, 4:
      random.one(of: ["\"\"", "\"a\"", "\"héllo\"", "\"12\"", "\"k40\"", "\"\\ud83d\\ude00x\""])
    default: random.one(of: ["0", "1", "-1", "2.5", "9007199254740993", "3", "1e3"])
    }
  }

  // MARK: Programs

  mutating func program() -> String {
    var lines = ["r = []"]
    for _ in 0...random.number(2) / 2 { lines += statement() }
    return (lines + ["finish r"]).joined(separator: "\n")
  }

  private mutating func statement() -> [String] {
    let p = place()
    switch random.number(12) {
    case 0: return ["for v in \(p) { r = push(r, v) }"]
    case 1: return ["y = \(p)", "y\(step()) = \(place())", "r = push(r, y)", "r = push(r, \(p))"]
    case 2: return ["y = \(p)", "y\(step()) += \(operand())", "r = push(r, y)"]
    case 3: return ["a, b = \(p)", "r = push(r, [a, b])"]
    case 4: return ["if \(p) { r = push(r, 1) } else { r = push(r, 0) }"]
    case 5: return ["print \(p)"]
    case 6: return ["y = \(p)", "y = push(y, \(operand()))", "r = push(r, y)"]
    case 7: return ["y = {in: \(p)}", "y.in\(step())\(step()) = 1", "r = push(r, y)"]
    default: return ["r = push(r, \(operation()))"]
    }
  }

  private mutating func operation() -> String {
    let p = place()
    let q = operand()
    return random.one(of: [
      "len(\(p))", "empty(\(p))", "keys(\(p))", "values(\(p))", "entries(\(p))", "type_of(\(p))",
      "slice(\(p), \(bound()), \(bound()))", "contains(\(p), \(q))", "\(q) in \(p)",
      "find(\(p), \(q))",
      "find(\(p), \"1\", 1)", "[v for v in \(p)]", "[v for v in \(p) if v]", "to_string(\(p))",
      "f\"{\(p)} {\(q)}\"", "\(p) + \(q)", "\(q) + \(p)", "\(p) - 1", "-\(p)", "\(p) == \(q)",
      "\(p) != \(q)", "\(p) < \(q)", "\(p) >= \(q)", "\(p) ? 1 : 2", "not \(p)", "\(p) and \(q)",
      "\(p) ?? \(q)", "to_json(\(p))", "sort(\(p))", "sum(\(p))", "max(\(p))",
      "unique([\(p), \(q)])",
      "reverse(\(p))", "join(\(p), \",\")", "format(\"{} {}\", \(p), \(q))",
      "index_of([\(p)], \(q))",
      "count(\(p), \(q))", "any(\(p))", "all(\(p))", "flatten([\(p), [\(q)]])", "zip(\(p), [1])",
      "enumerate(\(p))", "merge(\(p), {z: 1})", "without(\(p), \"a\")", "from_entries(\(p))",
      "upper(\(p))", "split(\(p), \"a\")", "starts_with(\(p), \(q))", "to_int(\(p))", "lines(\(p))",
      "pad_start(\(p), 5)", "\(p)?", "await \(p)", "sort_by(\(p), \"a\")",
      "group_by(\(p), \"a.b\")",
      "validate(\(p), Type { a: any })", "validate(\(p), Type list[any])", "x[\(p)]",
      "{a: 1}[\(p)]",
      "(\(p),)", "[\(p), \(q)]", "{f: \(p)}.f", "[\(p)] == [\(q)]", "{k: \(p)} == {k: \(q)}",
      "\(q) in [\(p)]", "\(p) == null", "grep_text(\(p), \"a\")", "repeat(\(p), 2)", "range(\(p))",
      "(m.a(\(p)))?", "await [m.a(\(p))?, \(q)]", "f\"{\(p):>4}\"", "abs(\(p))", "json_parse(\(p))",
    ])
  }

  private mutating func place() -> String {
    "x" + (0..<random.number(4)).map { _ in step() }.joined()
  }

  private mutating func step() -> String {
    random.one(of: [
      ".a", ".b", ".c", "[\"a\"]", "[\"é\"]", ".k40", "[0]", "[1]", "[-1]", "[37]", "[\"k33\"]",
      "[2]",
    ])
  }

  private mutating func operand() -> String {
    random.number(2) == 0
      ? place() : random.one(of: ["1", "\"a\"", "[1]", "null", "{a: 1}", "\"k40\"", "true", "-1"])
  }

  private mutating func bound() -> String { random.one(of: ["null", "0", "1", "-1", "35", "3"]) }
}
