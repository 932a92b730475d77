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
    if isInFunction, chance(50) { return pick(["p", "q"]) }
    switch kind {
    case .number: return "n\(below(3))"
    case .text: return "t\(below(3))"
    case .list: return "l\(below(4))"
    case .record: return "r\(below(3))"
    case .bool, .any:
      return chance(50) ? "x\(below(3))" : name(pick([.number, .text, .list, .record]))
    }
  }

  mutating func key() -> String { pick(["a", "b", "c", "k", "xs", "n"]) }

  // MARK: Statements

  private mutating func write() {
    for _ in 0..<below(3) { writeFunction() }
    for kind in [Kind.number, .text, .list, .record] {
      for place in 0..<(kind == .list ? 4 : 3) where !chance(2) {
        let letter = kind == .number ? "n" : kind == .text ? "t" : kind == .list ? "l" : "r"
        add("\(letter)\(place) = \(expression(kind, 2))")
      }
    }
    for place in 0..<3 where !chance(3) { add("x\(place) = \(expression(.any, 2))") }
    for _ in 0..<(4 + below(14)) { writeStatement(3) }
    if chance(60) { add("finish [n0, t0, l0, r0, x0, \(expression(.any, 2))]") }
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
    for kind in [Kind.number, .text, .list, .record, .any] {
      isInFunction = false
      let count = kind == .list ? 4 : 3
      let letter = "\(kind)".first.map { $0 == "a" ? "x" : $0 } ?? "x"
      for place in 0..<count where chance(85) {
        add("\(letter)\(place) = \(chance(30) ? pick(["p", "q"]) : literal(kind))")
      }
      isInFunction = true
    }
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
      let kind = pick(Kind.allCases)
      add("\(name(kind)) = \(expression(chance(92) ? kind : .any, 3))")
    case 2:
      let kind = pick([Kind.number, .text, .list])
      let operation = kind == .number ? pick(["+", "-", "*", "/"]) : "+"
      add("\(name(kind)) \(operation)= \(expression(kind, 2))")
    case 3: add("\(path()) = \(expression(.any, 2))")
    case 4:
      add("\(path()) \(pick(["+", "+", "-", "*", "/"]))= \(expression(pick([.number, .any]), 2))")
    case 5:
      let target = path()
      add(
        "\(target) = \(target) \(pick(["+", "-", "*", "/"])) \(expression(pick([.number, .any]), 2))"
      )
    case 6:
      let target = path()
      add("\(target) = push(\(target), \(expression(.any, 2)))")
    case 7:
      let list = name(.list)
      add("\(list) = push(\(list), \(expression(.any, 2)))")
    case 8:
      // Into itself.
      let list = name(.list)
      add(
        pick([
          "\(list)[0] = \(list)", "\(list)[0] += \(list)", "\(list) += [\(list)]",
          "\(list) = push(\(list), \(list))", "\(list)[-1] = push(\(list)[-1], \(list))",
        ]))
    case 9:
      let record = name(.record)
      let key = key()
      add(
        pick([
          "\(record).\(key) = \(record)", "\(record).\(key) = [\(record), \(record).\(key)]",
          "\(record).\(key) += \(record)", "\(record).xs = push(\(record).xs, \(record))",
        ]))
    case 10:
      let first = chance(70) ? name(.any) : path()
      let second = chance(70) ? name(.any) : path()
      add(
        "\(first), \(second) = "
          + (chance(70)
            ? "\(expression(.any, 2)), \(expression(.any, 2))" : expression(.list, 2)))
    case 11: add("if \(expression(.bool, 2)) { \(name(.any)) = \(expression(.any, 2)) }")
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
      let item = chance(30) ? name(.any) : "i\(loops % 3)"
      writeLoop("for \(item) in \(chance(50) ? "range(\(below(5)))" : expression(.list, 2))", depth)
    case 18:
      let pairs = pick([
        "entries(\(name(.record)))", "enumerate(\(name(.list)))", expression(.list, 1),
      ])
      writeLoop("for a\(below(2)), \(name(.any)) in \(pairs)", depth)
    case 19:
      loops += 1
      let counter = "w\(loops)"
      add("\(counter) = 0")
      writeLoop("while \(counter) < \(1 + below(4))", depth, "\(counter) += 1")
    case 20: add("\(name(.list)) = [\(expression(.any, 2)) \(clauses(2))]")
    default: add("\(name(.any)) = \(expression(.any, 4))")
    }
  }

  private mutating func writeLoop(_ header: String, _ depth: Int, _ first: String? = nil) {
    writeBlock(header, depth, first)
    guard chance(30), let last = lines.popLast() else { return }
    add("  if \(expression(.bool, 1)) { \(pick(["break", "continue"])) }")
    lines.append(last)
  }

  // MARK: Paths

  /// An assignable place.
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
