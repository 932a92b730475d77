extension ProgramGenerator {
  mutating func literal(_ kind: Kind) -> String {
    switch kind {
    case .number:
      return pick([
        "0", "1", "2", "3", "-1", "7", "10", "0.5", "2.25", "1e3", "-2.5", "9007199254740991",
        "9007199254740993", "-9007199254740992", "9223372036854775807", "1e21", "1e-7", "(1 / 3)",
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
        "{}", "{a: 1}", "{a: 1, b: \"x\"}", "{xs: []}", "{xs: [1], n: 0}", "{c: {a: [1, 2]}}",
        "{k: null}",
      ])
    case .any:
      return chance(15)
        ? pick(["null", "()", "(1, \"b\")", "((1,), [2])"])
        : literal(pick([.number, .text, .bool, .list, .record]))
    }
  }

  mutating func expression(_ kind: Kind, _ depth: Int) -> String {
    if depth <= 0 || chance(15) { return chance(60) ? name(kind) : literal(kind) }
    if chance(3) { return expression(.any, depth - 1) }
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
    case 7: return "(\(name(.list))[\(below(3))] ?? \(expression(.number, depth)))"
    case 8: return "\(pick(["abs", "floor", "ceil", "to_int"]))(\(expression(.number, depth)))"
    case 9:
      return
        "\(pick(["count", "index_of"]))(\(expression(.list, depth)), \(expression(.any, depth)))"
    case 10: return "find(\(expression(.text, depth)), \(expression(.text, depth)))"
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
    case 7: return "join(\(expression(.list, depth)), \(expression(.text, 0)))"
    case 8:
      return
        "slice(\(expression(.text, depth)), \(expression(.number, 0)), \(pick(["null", "2", "-1"])))"
    case 9: return "\(expression(.text, depth))[\(pick(["0", "-1", "1", name(.number)]))]"
    case 10: return "repeat(\(expression(.text, 0)), \(below(4)))"
    default: return "trim(\(expression(.text, depth)))"
    }
  }

  private mutating func bool(_ depth: Int) -> String {
    switch below(12) {
    case 0, 1:
      return "(\(expression(.any, depth)) \(pick(["==", "!="])) \(expression(.any, depth)))"
    case 2, 3, 4:
      let kind = pick([Kind.number, .number, .text, .any])
      return
        "(\(expression(kind, depth)) \(pick(["<", "<=", ">", ">="])) \(expression(kind, depth)))"
    case 5:
      let whole = expression(pick([.list, .list, .text, .record]), depth)
      return "(\(expression(.any, depth)) \(pick(["in", "not in"])) \(whole))"
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
    case 10: return "range(\(expression(.number, 0)), \(below(6)), \(pick(["1", "2", "-1"])))"
    case 11:
      return
        "slice(\(expression(.list, depth)), \(expression(.number, 0)), \(pick(["null", "2", "-1"])))"
    case 12: return "sort(\(expression(.list, depth))\(pick(["", ", \"desc\""])))"
    case 13: return "\(pick(["reverse", "unique", "flatten"]))(\(expression(.list, depth)))"
    case 14: return "\(pick(["keys", "values", "entries"]))(\(expression(.record, depth)))"
    case 15: return "split(\(expression(.text, depth)), \(expression(.text, 0)))"
    case 16: return "zip(\(expression(.list, depth)), \(expression(.list, depth)))"
    case 17: return "enumerate(\(expression(.list, depth)))"
    default: return "(\(name(.record)).xs ?? \(expression(.list, depth)))"
    }
  }

  private mutating func record(_ depth: Int) -> String {
    switch below(8) {
    case 0, 1, 2:
      let fields = (0..<below(4)).map { _ in "\(key()): \(expression(.any, depth))" }
      return "{\(fields.joined(separator: ", "))}"
    case 3: return "merge(\(expression(.record, depth)), \(expression(.record, depth)))"
    case 4: return "without(\(expression(.record, depth)), \(expression(pick([.text, .list]), 0)))"
    case 5: return "from_entries(entries(\(expression(.record, depth))))"
    case 6: return "from_entries([(\(expression(.text, depth)), \(expression(.any, depth)))])"
    default: return "(\(name(.record)).c ?? \(expression(.record, depth)))"
    }
  }

  private mutating func any(_ depth: Int) -> String {
    switch below(12) {
    case 0: return "(\(expression(.any, depth)), \(expression(.any, depth)))"
    case 1: return "(\(expression(.any, depth)),)"
    case 2: return "\(name(.record)).\(key())"
    case 3: return "\(name(.list))[\(pick(["0", "-1", "n1", "9"]))]"
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
    let name = pick(["v", "v", "n0", "x0"])
    var text = "for \(name) in \(expression(.list, depth))"
    if chance(35) { text += " if \(pick([name, expression(.bool, depth), "\(name) != 1"]))" }
    if chance(15) { text += " for u in \(pick(["[\(name)]", "range(2)", expression(.list, 0)]))" }
    return text
  }
}
