/// Builds programs in which every expression has a type by construction, without `any`.
///
/// Given a `breaking` number, the site of that number where a type is demanded gets a value that
/// cannot have it; `didBreak` says whether there was such a site.
struct ProgramGenerator {
  struct Variable {
    var name: String
    var type: GeneratedType
  }

  struct Function {
    var name: String
    var parameters: [Variable]
    var result: GeneratedType
  }

  private var random: SplitMix
  private let breaking: Int?
  private var sites = 0
  private(set) var didBreak = false
  var variables: [Variable] = []
  var functions: [Function] = []
  var operations: [Variable] = []
  private var lines: [String] = []
  private var indent = ""
  private var serial = 0
  /// Whether effects are allowed here.
  var isMain = false
  private(set) var mock = "{}"
  var processes: [Function] = []
  /// Operations whose output is the type that their `output` names.
  var spawns: [Variable] = []
  /// The names of types that were declared for a type's text.
  var aliases: [(source: String, name: String)] = []

  init(seed: UInt64, breaking: Int? = nil) {
    random = SplitMix(state: seed)
    self.breaking = breaking
  }

  mutating func program() -> String {
    for _ in 0..<pick(3) { addOperation() }
    addReaders()
    for _ in 0..<pick(4) { addFunction() }
    for _ in 0..<pick(3) { addProcess() }
    isMain = true
    for _ in 0..<(4 + pick(8)) { addStatement(depth: 0) }
    emit("finish \(expression(.text, 2))")
    let answers = operations.map {
      "\"\($0.name)\": {\"value\": \(json($0.type)), \"input\": \"{ n: int, s: str? }\", \"output\": "
        + quoted($0.type.source ?? "any") + "}"
    }
    let spawned = spawns.map {
      "\"\($0.name)\": {\"value\": \(json($0.type)), \"output_from_input\": \"output\"}"
    }
    mock =
      "{\"modules\": {\"m\": {\((answers + spawned).joined(separator: ", "))}}, \"types\": "
      + "{\"Place\": \(quoted(GeneratedType.Named.placeSource))}}"
    let declared = aliases.map { "type \($0.name) = \($0.source)" }
    return (GeneratedType.Named.declarations + declared + lines).joined(separator: "\n")
  }

  // MARK: Declarations

  private mutating func addOperation() {
    operations.append(Variable(name: fresh("op"), type: writable(2)))
  }

  private mutating func addFunction() {
    let parameters = (0..<pick(3)).map { _ in Variable(name: fresh("p"), type: writable(2)) }
    let result = writable(1)
    let outer = variables
    variables = parameters
    let name = fresh("f")
    let list = parameters.map { "\($0.name): \($0.type.source ?? "any")" }
    emit("fn \(name)(\(list.joined(separator: ", "))) -> \(result.source ?? "any") {")
    indented {
      for _ in 0..<$0.pick(3) { $0.addStatement(depth: 1) }
      $0.emit($0.demanded(result, 2))
    }
    emit("}")
    variables = outer
    functions.append(Function(name: name, parameters: parameters, result: result))
  }

  // MARK: Statements

  mutating func addStatement(depth: Int) {
    switch pick(depth > 2 ? 4 : 16) {
    case 0, 1, 2: addVariable()
    case 3: reassign()
    case 4: addBranch(depth)
    case 5: addLoop(depth)
    case 6: addAccumulator(depth)
    case 7: addNullTest(depth)
    case 8: updateField()
    case 9: addCounts()
    case 10: addDestructuring(depth)
    case 11: addLeftLoop(depth)
    case 12: addUpdate()
    case 13: addStart()
    case 14: addBatch()
    default: addResult(depth)
    }
  }

  mutating func addVariable() {
    let type = anyType(2)
    let name = fresh("x")
    emit("\(name) = \(expression(type, 3))")
    variables.append(Variable(name: name, type: type))
  }

  private mutating func reassign() {
    guard let variable = some(where: { _ in true }) else { return addVariable() }
    emit("\(variable.name) = \(expression(variable.type, 2))")
  }

  private mutating func addBranch(_ depth: Int) {
    emit("if \(expression(.bool, 2)) {")
    block(depth)
    if pick(2) == 0 {
      emit("} else {")
      block(depth)
    }
    emit("}")
  }

  mutating func block(_ depth: Int) {
    let outer = variables
    indented { for _ in 0...$0.pick(2) { $0.addStatement(depth: depth + 1) } }
    variables = outer
  }

  private mutating func addLoop(_ depth: Int) {
    let element = anyType(1)
    let name = fresh("v")
    emit("for \(name) in \(demanded(.list(element), 2)) {")
    let outer = variables
    variables.append(Variable(name: name, type: element))
    block(depth)
    variables = outer
    emit("}")
  }

  private mutating func addAccumulator(_ depth: Int) {
    let element = anyType(1)
    let list = fresh("xs")
    let counter = fresh("i")
    emit("\(list) = []")
    emit("\(counter) = 0")
    emit("while \(counter) < \(pick(4)) {")
    indented {
      $0.emit("\(list) = push(\(list), \($0.expression(element, 2)))")
      $0.emit("\(counter) += 1")
    }
    emit("}")
    variables.append(Variable(name: list, type: .list(element)))
    variables.append(Variable(name: counter, type: .int))
  }

  private mutating func addNullTest(_ depth: Int) {
    let type = writable(1)
    if case .nullable = type { return addVariable() }
    let name = fresh("n")
    emit("\(name) = \(expression(.nullable(type), 2))")
    emit(pick(2) == 0 ? "if \(name) != null {" : "if not (\(name) == null) {")
    let outer = variables
    variables.append(Variable(name: name, type: type))
    block(depth)
    variables = outer
    emit("}")
    variables.append(Variable(name: name, type: .nullable(type)))
  }

  private mutating func updateField() {
    guard
      let variable = some(where: {
        if case .record(let fields) = $0.type { return !fields.isEmpty }
        return false
      }), case .record(let fields) = variable.type
    else { return addVariable() }
    let field = fields[pick(fields.count)]
    emit("\(variable.name).\(field.name) = \(expression(field.type, 2))")
  }

  private mutating func addCounts() {
    let name = fresh("counts")
    let key = fresh("k")
    emit("\(name) = {}")
    emit(
      "for \(key) in \(demanded(.list(.text), 1)) { \(name)[\(key)] = (\(name)[\(key)] ?? 0) + 1 }")
    variables.append(Variable(name: fresh("total"), type: .int))
    emit("\(variables[variables.count - 1].name) = sum(values(\(name)))")
  }

  private mutating func addResult(_ depth: Int) {
    guard isMain, !operations.isEmpty else { return addVariable() }
    let operation = operations[pick(operations.count)]
    let name = fresh("r")
    let input = "{n: \(demanded(.int, 1))\(pick(2) == 0 ? ", s: \(demanded(.text, 1))" : "")}"
    if pick(2) == 0 {
      emit("\(name) = await m.\(operation.name)(\(input))?")
      variables.append(Variable(name: name, type: operation.type))
      return
    }
    emit("\(name) = await m.\(operation.name)(\(input))")
    let value = fresh("w")
    emit("if \(name).ok {")
    indented {
      $0.emit("\(value) = \(name).value")
      let outer = $0.variables
      $0.variables.append(Variable(name: value, type: operation.type))
      $0.addStatement(depth: depth + 1)
      $0.variables = outer
    }
    emit("} else { print upper(\(name).error) }")
  }

  // MARK: Expressions

  /// An expression where exactly this type is demanded; the place to break a program.
  mutating func demanded(_ type: GeneratedType, _ depth: Int) -> String {
    defer { sites += 1 }
    guard sites == breaking else { return expression(type, depth) }
    didBreak = true
    return type.contradiction
  }

  mutating func expression(_ type: GeneratedType, _ depth: Int) -> String {
    if pick(3) == 0, let variable = some(where: { $0.type == type }) { return variable.name }
    guard depth > 0 else { return literal(type) }
    if pick(4) == 0, let common = common(type, depth - 1) { return common }
    let next = depth - 1
    switch type {
    case .int: return int(next)
    case .float: return float(next)
    case .text: return text(next)
    case .bool: return bool(next)
    case .words: return literal(type)
    case .list(let element): return list(element, next)
    case .tuple(let items):
      let parts = items.map { expression($0, next) }
      return "(\(parts.joined(separator: ", "))\(items.count == 1 ? "," : ""))"
    case .record(let fields):
      return
        "{\(fields.map { "\($0.name): \(expression($0.type, next))" }.joined(separator: ", "))}"
    case .nullable(let inner):
      return pick(3) == 0 ? "null" : expression(inner, next)
    case .named(let name): return named(name, next)
    }
  }

  /// Forms that give any type.
  private mutating func common(_ type: GeneratedType, _ depth: Int) -> String? {
    switch pick(7) {
    case 6:
      return type.source.map { "validate(\(expression(type, depth)), \(alias(of: $0)))" }
    case 0:
      return
        "(\(expression(.bool, depth)) ? \(expression(type, depth)) : \(expression(type, depth)))"
    case 1:
      let fitting = functions.filter { $0.result == type }
      guard !fitting.isEmpty else { return nil }
      let function = fitting[pick(fitting.count)]
      let arguments = function.parameters.map { demanded($0.type, depth) }
      return "\(function.name)(\(arguments.joined(separator: ", ")))"
    case 2: return "(\(expression(.nullable(type), depth)) ?? \(expression(type, depth)))"
    case 3: return "(\(expression(type, depth)), \(expression(.int, depth)))[0]"
    case 4: return "{a: \(expression(type, depth)), b: 1}.a"
    default: return "[\(expression(type, depth))][0]"
    }
  }

  private mutating func int(_ depth: Int) -> String {
    if pick(3) == 0, let more = moreInt(depth) { return more }
    switch pick(11) {
    case 0: return "(\(demanded(.int, depth)) + \(demanded(.int, depth)))"
    case 1: return "(\(demanded(.int, depth)) - \(demanded(.int, depth)))"
    case 2: return "(\(demanded(.int, depth)) * \(pick(9)))"
    case 3: return "(\(demanded(.int, depth)) % \(1 + pick(9)))"
    case 4: return "len(\(demanded(.text, depth)))".replacingContradiction
    case 5: return "floor_div(\(demanded(.int, depth)), \(1 + pick(5)))"
    case 6: return "to_int(\(demanded(.float, depth)))"
    case 7: return "sum(\(demanded(.list(.int), depth)))"
    case 8: return "count(\(demanded(.list(.text), depth)), \(expression(.text, depth)))"
    case 9: return "(find(\(demanded(.text, depth)), \"a\") ?? -1)"
    default: return "-\(pick(9))"
    }
  }

  private mutating func float(_ depth: Int) -> String {
    switch pick(4) {
    case 0: return "(\(demanded(.int, depth)) / \(1 + pick(9)))"
    case 1: return "abs(\(demanded(.float, depth)))"
    case 2: return "(\(demanded(.float, depth)) * 0.5)"
    default: return expression(.int, depth)
    }
  }

  private mutating func text(_ depth: Int) -> String {
    if pick(3) == 0, let more = moreText(depth) { return more }
    switch pick(10) {
    case 0: return "upper(\(demanded(.text, depth)))"
    case 1: return "trim(\(demanded(.text, depth)))"
    case 2: return "join(\(demanded(.list(.int), depth)), \"-\")"
    case 3: return "to_string(\(expression(anyType(1), depth)))"
    case 4: return "(\(demanded(.text, depth)) + \(expression(.int, depth)))"
    case 5: return "slice(\(demanded(.text, depth)), 0, 2)".replacingContradiction
    case 6: return "replace(\(demanded(.text, depth)), \"a\", \"b\")"
    case 7: return "pad_start(\(demanded(.text, depth)), \(demanded(.int, depth)) * 0)"
    case 8: return "type_of(\(expression(anyType(1), depth)))"
    default: return "(\"<\" + \(demanded(.text, depth)) + \">\")"
    }
  }

  private mutating func bool(_ depth: Int) -> String {
    switch pick(9) {
    case 0: return "(\(demanded(.int, depth)) < \(demanded(.float, depth)))"
    case 1: return "(\(demanded(.bool, depth)) and \(demanded(.bool, depth)))"
    case 2: return "(\(demanded(.bool, depth)) or \(demanded(.bool, depth)))"
    case 3: return "(not \(expression(anyType(1), depth)))"
    case 4: return "(\(expression(.int, depth)) in \(demanded(.list(.int), depth)))"
    case 5: return "starts_with(\(demanded(.text, depth)), \"a\")"
    case 6: return "empty(\(demanded(.list(.int), depth)))"
    case 7:
      let type = anyType(1)
      return "(\(expression(type, depth)) == \(expression(type, depth)))"
    default: return "any(\(demanded(.list(.bool), depth)))"
    }
  }

  private mutating func list(_ element: GeneratedType, _ depth: Int) -> String {
    let whole = GeneratedType.list(element)
    if pick(3) == 0 { return moreList(element, depth) }
    switch pick(8) {
    case 0: return "push(\(demanded(whole, depth)), \(expression(element, depth)))"
    case 1: return "(\(demanded(whole, depth)) + \(demanded(whole, depth)))"
    case 2: return "reverse(\(demanded(whole, depth)))"
    case 3: return "unique(\(demanded(whole, depth)))"
    case 4 where element == .int || element == .text: return "sort(\(demanded(whole, depth)))"
    case 5 where element == .int: return "range(\(pick(5)))"
    case 5 where element == .text: return "split(\(demanded(.text, depth)), \"a\")"
    case 6:
      let source = anyType(1)
      let name = fresh("v")
      let iterable = demanded(.list(source), depth)
      let outer = variables
      variables.append(Variable(name: name, type: source))
      let item = expression(element, depth)
      let filter = pick(2) == 0 ? " if \(expression(.bool, depth))" : ""
      variables = outer
      return "[\(item) for \(name) in \(iterable)\(filter)]"
    default:
      return "[\((0..<pick(4)).map { _ in expression(element, depth) }.joined(separator: ", "))]"
    }
  }

  mutating func literal(_ type: GeneratedType) -> String {
    switch type {
    case .int: return "\(pick(20))"
    case .float: return "\(pick(20)).5"
    case .text: return "\"\(["a", "bc", "", "Data"][pick(4)])\""
    case .bool: return pick(2) == 0 ? "true" : "false"
    case .words(let words): return "\"\(words[pick(words.count)])\""
    case .list(let element):
      return "[\((0..<pick(3)).map { _ in literal(element) }.joined(separator: ", "))]"
    case .tuple(let items):
      return "(\(items.map { literal($0) }.joined(separator: ", "))\(items.count == 1 ? "," : ""))"
    case .record(let fields):
      return "{\(fields.map { "\($0.name): \(literal($0.type))" }.joined(separator: ", "))}"
    case .nullable(let inner): return pick(2) == 0 ? "null" : literal(inner)
    case .named(let name): return named(name, 0)
    }
  }

  /// A JSON text of a type without tuples.
  mutating func json(_ type: GeneratedType) -> String {
    if case .record(let fields) = type {
      return "{\(fields.map { "\"\($0.name)\": \(json($0.type))" }.joined(separator: ", "))}"
    }
    if case .list(let element) = type {
      return "[\((0..<pick(3)).map { _ in json(element) }.joined(separator: ", "))]"
    }
    if case .nullable(let inner) = type { return pick(2) == 0 ? "null" : json(inner) }
    if case .named(let name) = type { return name.json }
    return literal(type)
  }

  // MARK: Types

  mutating func anyType(_ depth: Int) -> GeneratedType {
    if depth > 0, pick(7) == 0 {
      return .tuple((0...pick(3)).map { _ in anyType(depth - 1) })
    }
    return writable(depth)
  }

  mutating func writable(_ depth: Int) -> GeneratedType {
    if pick(8) == 0 {
      return .named(GeneratedType.Named.allCases[pick(GeneratedType.Named.allCases.count)])
    }
    switch pick(depth > 0 ? 9 : 5) {
    case 0: return .int
    case 1: return .float
    case 2: return .text
    case 3: return .bool
    case 4: return .words(["red", "green", "blue"])
    case 5, 6: return .list(writable(depth - 1))
    case 7:
      let names = ["id", "name", "tags", "score"].prefix(1 + pick(4))
      return .record(names.map { .init(name: $0, type: writable(depth - 1)) })
    default:
      let inner = writable(depth - 1)
      if case .nullable = inner { return inner }
      return .nullable(inner)
    }
  }

  // MARK: Text

  mutating func pick(_ count: Int) -> Int {
    count < 2 ? 0 : Int(random.next() % UInt64(count))
  }

  mutating func some(where fits: (Variable) -> Bool) -> Variable? {
    let found = variables.filter(fits)
    return found.isEmpty ? nil : found[pick(found.count)]
  }

  mutating func fresh(_ stem: String) -> String {
    serial += 1
    return "\(stem)\(serial)"
  }

  mutating func emit(_ line: String) { lines.append(indent + line) }

  mutating func indented(_ body: (inout ProgramGenerator) -> Void) {
    indent += "  "
    body(&self)
    indent.removeLast(2)
  }

  func quoted(_ text: String) -> String {
    "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"")
      + "\""
  }
}

extension String {
  /// A list where text belongs is no contradiction for what takes both; a record is none either for
  /// `len`, so a number stands there.
  fileprivate var replacingContradiction: String {
    self == "len([1])" ? "len(7)" : self == "slice([1], 0, 2)" ? "slice(7, 0, 2)" : self
  }
}

/// SplitMix64: the same numbers for the same seed on every machine.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
