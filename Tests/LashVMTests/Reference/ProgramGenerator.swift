/// Writes programs at random: nearly all run, most for a while, and some end in an error.
///
/// A name tells what a variable mostly holds: `n` a number, `t` a text, `l` a list, `r` a record, `x`
/// anything. The programs ask the host for nothing and use what the reference evaluator knows.
struct ProgramGenerator {
  var random: SeededGenerator
  private var lines: [String] = []
  private var indent = ""
  private var loops = 0
  /// Functions that may be called.
  private(set) var functionCount = 0
  private var isInFunction = false

  enum Kind: CaseIterable { case number, text, bool, list, record, any }

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// The program of the seed.
  static func program(seed: UInt64) -> String {
    var generator = ProgramGenerator(seed: seed)
    generator.write()
    return generator.lines.joined(separator: "\n") + "\n"
  }

  // MARK: Choices

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

  mutating func name(_ kind: Kind) -> String {
    if isInFunction, kind == .any, chance(40) { return pick(["p", "q"]) }
    switch kind {
    case .number: return "n\(below(3))"
    case .text: return "t\(below(3))"
    case .list: return "l\(below(4))"
    case .record: return "r\(below(3))"
    case .bool, .any:
      return chance(50) ? "x\(below(3))" : name(pick([.number, .text, .list, .record]))
    }
  }

  /// A key of records; `xs` holds lists and `n` numbers.
  mutating func key() -> String { pick(["a", "b", "c", "k"]) }

  /// A small integral number.
  mutating func offset() -> String { pick(["0", "0", "1", "1", "2", "-1", "len(t0) % 3"]) }

  // MARK: Statements

  private mutating func write() {
    for _ in 0..<below(3) { writeFunction() }
    declareNames()
    for _ in 0..<(4 + below(14)) { writeStatement(3) }
    if chance(60) { add("finish [n0, t0, l0, r0, x0, \(expression(.any, 2))]") }
  }

  /// Assigns all names, so that they are known; a few on a path that is not taken.
  private mutating func declareNames() {
    for (letter, kind) in [
      ("n", Kind.number), ("t", .text), ("l", .list), ("r", .record), ("x", .any),
    ] {
      for place in 0..<(kind == .list ? 4 : 3) {
        let value = isInFunction && chance(30) ? pick(["p", "q"]) : literal(kind)
        let line = "\(letter)\(place) = \(value)"
        add(below(500) == 0 ? "if type_of(0) == \"\" { \(line) }" : line)
      }
    }
  }

  private mutating func add(_ line: String) { lines.append(indent + line) }

  private mutating func writeBlock(_ header: String, _ depth: Int, _ first: String? = nil) {
    add(header + " {")
    let outer = indent
    indent += "  "
    if let first { add(first) }
    for _ in 0..<(1 + below(3)) { writeStatement(depth - 1) }
    indent = outer
    add("}")
  }

  private mutating func writeFunction() {
    isInFunction = true
    add("fn f\(functionCount)(p: any, q: any) -> any {")
    indent = "  "
    declareNames()
    for _ in 0..<below(4) { writeStatement(2) }
    add(expression(.any, 2))
    functionCount += 1
    indent = ""
    add("}")
    isInFunction = false
  }

  private mutating func writeStatement(_ depth: Int) {
    switch below(depth > 0 ? 22 : 14) {
    case 0, 1:
      let kind = pick([Kind.number, .text, .list, .record, .any])
      add("\(name(kind)) = \(expression(chance(98) ? kind : .any, 3))")
    case 2:
      let kind = pick([Kind.number, .text, .list])
      let operation = kind == .number ? pick(["+", "-", "*", "/"]) : "+"
      add("\(name(kind)) \(operation)= \(expression(kind, 2))")
    case 3:
      if chance(12) { return add("\(path()) = \(expression(.any, 2))") }
      let (path, guarded) = safePath()
      add("\(guarded){ \(path) = \(expression(.any, 2)) }")
    case 4, 5:
      let place = chance(10) ? path() : "\(name(.record)).n"
      let operand = expression(chance(96) ? .number : .any, 2)
      let operation = pick(["+", "-", "*", "/"])
      add(
        chance(50)
          ? "\(place) \(operation)= \(operand)" : "\(place) = \(place) \(operation) \(operand)")
    case 6:
      let record = name(.record)
      let place = chance(10) ? path() : "\(record).xs"
      let list =
        chance(50)
        ? "\(place) = push(\(place), \(expression(.any, 2)))"
        : "\(place) += \(expression(.list, 2))"
      add("if type_of(\(record).xs) == \"list\" { \(list) }")
    case 7:
      let list = name(.list)
      add("\(list) = push(\(list), \(expression(.any, 2)))")
    case 8:
      // Into itself.
      let list = name(.list)
      add(
        "if len(\(list)) > 0 and type_of(\(list)[0]) == \"list\" { "
          + pick([
            "\(list)[0] = \(list)", "\(list)[0] += \(list)", "\(list) += [\(list)]",
            "\(list) = push(\(list), \(list))", "\(list)[0] = push(\(list)[0], \(list))",
          ]) + " }")
    case 9:
      let record = name(.record)
      let key = key()
      add(
        pick([
          "\(record).\(key) = \(record)", "\(record).\(key) = [\(record), \(record).\(key)]",
          "if type_of(\(record).xs) == \"list\" { \(record).xs = push(\(record).xs, \(record)) }",
          "if type_of(\(record).xs) == \"list\" { \(record).xs += [\(record)] }",
          "\(record).\(key) = {\(key): \(record)}\n\(indent)\(record).\(key).\(key) = \(record)",
          "if type_of(\(record).\(key)) == \"string\" { \(record).\(key) += \(record) }",
        ]))
    case 10:
      let first = chance(80) ? target() : "\(name(.record)).\(key())"
      let second = chance(80) ? target() : chance(20) ? path() : "\(name(.record)).\(key())"
      add(
        "\(first), \(second) = "
          + (chance(92)
            ? "\(expression(.any, 2)), \(expression(.any, 2))" : expression(.list, 2)))
    case 11: add("if \(expression(.bool, 2)) { \(target()) = \(expression(.any, 2)) }")
    case 12:
      add("\(name(.text)) = \(name(.text)) + \(expression(.any, 1)) + \(expression(.text, 1))")
    case 13: add(expression(.any, 2))
    case 14, 15:
      writeBlock("if \(expression(.bool, 2))", depth)
      if chance(40) {
        lines[lines.count - 1] += " else {"
        let outer = indent
        indent += "  "
        writeStatement(depth - 1)
        indent = outer
        add("}")
      }
    case 16, 17:
      loops += 1
      let item = chance(30) ? target() : "i\(loops % 3)"
      writeLoop("for \(item) in \(chance(50) ? "range(\(below(5)))" : expression(.list, 2))", depth)
    case 18:
      let pairs = pick([
        "entries(\(name(.record)))", "enumerate(\(name(.list)))", "[(1, [2]), [3, t0]]",
      ])
      writeLoop("for a\(below(2)), \(target()) in \(pairs)", depth)
    case 19:
      loops += 1
      let counter = "w\(loops)"
      add("\(counter) = 0")
      writeLoop("while \(counter) < \(1 + below(4))", depth, "\(counter) += 1")
    case 20: add("\(name(.list)) = [\(expression(.any, 2)) \(clauses(2))]")
    default: add("\(target()) = \(expression(.any, 4))")
    }
  }

  private mutating func writeLoop(_ header: String, _ depth: Int, _ first: String? = nil) {
    writeBlock(header, depth, first)
    guard chance(30), let last = lines.popLast() else { return }
    add("  if \(expression(.bool, 1)) { \(pick(["break", "continue"])) }")
    lines.append(last)
  }

  // MARK: Paths

  /// A variable for any value: seldom one whose name tells of another kind.
  private mutating func target() -> String { chance(97) ? "x\(below(3))" : name(.any) }

  /// A place with the test under which it can be assigned.
  private mutating func safePath() -> (place: String, test: String) {
    let list = name(.list)
    let record = name(.record)
    let key = key()
    return pick([
      ("\(record).\(key)", "if true "), ("\(record)[\"\(key)\"]", "if true "),
      ("\(record)[t0]", "if true "), ("\(list)[0]", "if len(\(list)) > 0 "),
      ("\(list)[-1]", "if len(\(list)) > 0 "),
      ("\(record).xs[0]", "if type_of(\(record).xs) == \"list\" and len(\(record).xs) > 0 "),
      ("\(record).\(key).n", "if type_of(\(record).\(key)) == \"record\" "),
      ("\(list)[0].\(key)", "if type_of(\(list)[0]) == \"record\" "),
      ("\(list)[0][0]", "if type_of(\(list)[0]) == \"list\" and len(\(list)[0]) > 0 "),
    ])
  }

  /// An assignable place, which need not be there.
  private mutating func path() -> String {
    var path = name(chance(60) ? .record : .list)
    var isList = path.hasPrefix("l")
    for _ in 0..<(1 + below(chance(70) ? 1 : 3)) {
      if isList != chance(4) {
        path += "[\(pick(["0", "0", "1", "-1", "n0", "2", "len(t0) % 2", "x0"]))]"
      } else {
        let key = key()
        path += pick([".\(key)", ".\(key)", "[\"\(key)\"]", "[t0]", "[x1]"])
      }
      isList = chance(40)
    }
    return path
  }
}
