extension ProgramGenerator {
  mutating func literal(_ kind: Kind) -> String {
    switch kind {
    case .number:
      return pick([
        "0", "1", "2", "3", "-1", "7", "10", "0.5", "2.25", "1e3", "-2.5", "9007199254740991",
        "9007199254740993", "-9007199254740992", "9223372036854775807", "1e21", "1e-7", "4", "5",
        "(1 / 3)",
        "100", "(0 / 0)", "(1 / 0)", "0.1",
      ])
    case .text:
      return pick([
        "\"\"", "\"a\"", "\"b\"", "\"abc\"", "\"é😀\"", "\"12\"", "\" 1.5 \"", "\"k\"",
        "\"x\\\"y\\n\"", "'it'",
        "\"a,b,,c\"", "\"xs\"", "\"e\\u0301\"", "\"-3e2\"",
        "\"a longer text of more than sixteen bytes\"",
      ])
    case .bool: return pick(["true", "false"])
    case .list:
      return pick([
        "[]", "[1]", "[1, 2, 3]", "[\"a\", \"b\"]", "[[1], [2, 3]]", "[null, true]", "[{a: 1}]",
      ])
    case .record:
      return pick([
        "{xs: [], n: 0}", "{a: 1, xs: [1], n: 2}", "{a: 1, b: \"x\", n: 0.5, xs: [[1], {a: 2}]}",
        "{xs: [1], n: 0, k: \"s\"}", "{c: {a: [1, 2], n: 1}, xs: [], n: -1}",
        "{k: null, n: 7, xs: [2]}", "{}",
      ])
    case .any:
      return chance(15)
        ? pick(["null", "()", "(1, \"b\")", "((1,), [2])"])
        : literal(pick([.number, .text, .bool, .list, .record]))
    }
  }

  mutating func expression(_ kind: Kind, _ depth: Int) -> String {
    if depth <= 0 || chance(15) { return chance(60) ? name(kind) : literal(kind) }
    if chance(1) { return expression(.any, depth - 1) }
    if chance(6) {
      return
        "(\(expression(.bool, depth - 1)) ? \(expression(kind, depth - 1)) : \(expression(kind, depth - 1)))"
    }
    switch kind {
    case .number: return number(depth - 1)
    case .text: return text(depth - 1)
    case .bool: return bool(depth - 1)
    case .list: return list(depth - 1)
    case .record: return record(depth - 1)
    case .any: return any(depth - 1)
    }
  }

  private mutating func number(_ depth: Int) -> String {
    switch below(12) {
    case 0, 1, 2, 3:
      return
        "(\(expression(.number, depth)) \(pick(["+", "-", "*", "/", "%"])) \(expression(.number, depth)))"
    case 4: return "len(\(expression(pick([.text, .list, .record]), depth)))"
    case 5: return "-\(expression(.number, depth))"
    case 6: return "sum([\(expression(.number, depth)), \(expression(.number, depth))])"
    case 7: return "sum([v for v in \(name(.list)) if type_of(v) == \"number\"])"
    case 8: return "\(pick(["abs", "floor", "ceil", "to_int"]))(\(expression(.number, depth)))"
    case 9:
      return
        "\(pick(["count", "index_of"]))(\(expression(.list, depth)), \(expression(.any, depth)))"
    case 10: return "(find(\(expression(.text, depth)), \(expression(.text, depth))) ?? -1)"
    default:
      return
        "\(pick(["min", "max"]))([\(expression(.number, depth)), \(expression(.number, depth))])"
    }
  }

  private mutating func text(_ depth: Int) -> String {
    switch below(12) {
    case 0, 1, 2: return "(\(expression(.text, depth)) + \(expression(.any, depth)))"
    case 3: return "(\(expression(.any, depth)) + \(expression(.text, depth)))"
    case 4, 5: return "f\"<{\(expression(.any, depth))}|{\(expression(.any, depth))}>\""
    case 6: return "\(pick(["to_string", "to_json", "type_of"]))(\(expression(.any, depth)))"
    case 7:
      return
        "join([\(expression(.text, depth)), \(expression(.number, 0))], \(expression(.text, 0)))"
    case 8:
      return
        "slice(\(expression(.text, depth)), \(expression(.number, 0)), \(pick(["null", "2", "-1"])))"
    case 9: return "(\(expression(.text, depth))[\(offset())] ?? \"\")"
    case 10: return "repeat(\(expression(.text, 0)), \(below(4)))"
    default: return "trim(\(expression(.text, depth)))"
    }
  }

  private mutating func bool(_ depth: Int) -> String {
    switch below(12) {
    case 0, 1:
      return "(\(expression(.any, depth)) \(pick(["==", "!="])) \(expression(.any, depth)))"
    case 2, 3, 4:
      let kind = chance(3) ? Kind.any : pick([Kind.number, .number, .text])
      return
        "(\(expression(kind, depth)) \(pick(["<", "<=", ">", ">="])) \(expression(kind, depth)))"
    case 5:
      let whole = expression(pick([.list, .list, .text, .record]), depth)
      if chance(60) {
        return "(\(expression(.text, depth)) in \(expression(pick([.text, .record]), depth)))"
      }
      return "(\(expression(chance(8) ? .any : .number, depth)) \(pick(["in", "not in"])) \(whole))"
    case 6: return "(\(expression(.bool, depth)) \(pick(["and", "or"])) \(expression(.any, depth)))"
    case 7: return "(not \(expression(.any, depth)))"
    case 8: return "\(pick(["any", "all", "empty"]))(\(expression(.list, depth)))"
    case 9:
      return
        "\(pick(["starts_with", "ends_with"]))(\(expression(.text, depth)), \(expression(.text, depth)))"
    default: return "(\(name(.number)) \(pick(["<", "=="])) \(below(4)))"
    }
  }

  private mutating func list(_ depth: Int) -> String {
    switch below(20) {
    case 0, 1, 2:
      return "[\((0..<below(4)).map { _ in expression(.any, depth) }.joined(separator: ", "))]"
    case 3, 4: return "push(\(expression(.list, depth)), \(expression(.any, depth)))"
    case 5, 6: return "(\(expression(.list, depth)) + \(expression(.list, depth)))"
    case 7, 8: return "[\(expression(.any, depth)) \(clauses(depth))]"
    case 9: return "range(\(below(6)))"
    case 10:
      return
        "range(\(chance(10) ? expression(.number, 0) : offset()), \(below(6)), \(pick(["1", "2", "-1"])))"
    case 11:
      return
        "slice(\(expression(.list, depth)), \(expression(.number, 0)), \(pick(["null", "2", "-1"])))"
    case 12:
      return
        "sort(\(pick(["keys(\(name(.record)))", "[\(name(.number)), \(name(.number)), 1]", "split(\(name(.text)), \"\")", chance(15) ? name(.list) : "[true, false]"]))\(pick(["", ", \"desc\""])))"
    case 13: return "\(pick(["reverse", "unique", "flatten"]))(\(expression(.list, depth)))"
    case 14: return "\(pick(["keys", "values", "entries"]))(\(expression(.record, depth)))"
    case 15: return "split(\(expression(.text, depth)), \(expression(.text, 0)))"
    case 16: return "zip(\(expression(.list, depth)), \(expression(.list, depth)))"
    case 17: return "enumerate(\(expression(.list, depth)))"
    default: return "[v for v in (\(name(.record)).xs ?? [])]"
    }
  }

  private mutating func record(_ depth: Int) -> String {
    switch below(8) {
    case 0, 1, 2:
      let fields =
        (0..<below(4)).map { _ in "\(key()): \(expression(.any, depth))" } + [
          "n: \(expression(.number, 0))", "xs: \(expression(.list, 0))",
        ]
      return "{\(fields.joined(separator: ", "))}"
    case 3: return "merge(\(expression(.record, depth)), \(expression(.record, depth)))"
    case 4:
      return
        "without(\(expression(.record, depth)), \(pick(["\"a\"", "[\"b\", t0]", name(.text)])))"
    case 5: return "from_entries(entries(\(expression(.record, depth))))"
    case 6:
      return "from_entries([(\(expression(.text, depth)), \(expression(.any, depth))), (\"n\", 1)])"
    default: return "merge(\(name(.record)), {n: \(expression(.number, depth))})"
    }
  }

  private mutating func any(_ depth: Int) -> String {
    switch below(12) {
    case 0: return "(\(expression(.any, depth)), \(expression(.any, depth)))"
    case 1: return "(\(expression(.any, depth)),)"
    case 2: return "\(name(.record)).\(key())"
    case 3:
      return "\(name(.list))[\(pick([offset(), offset(), "9", chance(10) ? name(.any) : "0"]))]"
    case 4: return "\(name(.record))[\(expression(.text, depth))]"
    case 5: return "(\(expression(.any, depth)) ?? \(expression(.any, depth)))"
    case 6, 7: return call(depth)
    default: return expression(pick([.number, .text, .bool, .list, .record]), depth)
    }
  }

  /// A call of a function that stands before.
  private mutating func call(_ depth: Int) -> String {
    guard functionCount > 0 else { return expression(.any, depth) }
    return "f\(below(functionCount))(\(expression(.any, depth)), \(expression(.any, depth)))"
  }

  mutating func clauses(_ depth: Int) -> String {
    let name = pick(["v", "v", "x1", "x0"])
    var text = "for \(name) in \(expression(.list, depth))"
    if chance(35) { text += " if \(pick([name, expression(.bool, depth), "\(name) != 1"]))" }
    if chance(15) { text += " for u in \(pick(["[\(name)]", "range(2)", expression(.list, 0)]))" }
    return text
  }
}
