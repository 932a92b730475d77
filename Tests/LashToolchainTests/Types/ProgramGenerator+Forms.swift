/// Forms beside the plain ones: declared and host types, processes, batches, output types that an
/// argument gives, `validate`, destructuring, early ways out of loops, updates, more builtins.
///
/// Out of reach: triggers and signals (they need a session), module authorities as parameters, images,
/// and whatever is `any` by its nature (`json_parse`).
extension ProgramGenerator {
  // MARK: Declarations

  /// Functions that look into the named types as only a declared type allows.
  mutating func addReaders() {
    let readers: [(String, GeneratedType.Named, GeneratedType, String)] = [
      ("tree_sum", .tree, .int, "x.v + sum([tree_sum(k) for k in x.kids])"),
      ("side_of", .shape, .int, "x.kind == \"square\" ? x.side : len(x.name)"),
      ("note_of", .note, .text, "x.note ?? \"none\""),
      ("label_of", .place, .text, "x.label != null ? upper(x.label) : \"none\""),
      ("text_of", .either, .text, "type_of(x) == \"string\" ? upper(x) : to_string(x + 1)"),
    ]
    for (name, type, result, body) in readers where pick(2) == 0 {
      emit("fn \(name)(x: \(type.rawValue)) -> \(result.source ?? "any") { \(body) }")
      functions.append(
        Function(
          name: name, parameters: [Variable(name: "x", type: .named(type))], result: result))
    }
  }

  mutating func addProcess() {
    let parameters = (0..<pick(3)).map { _ in Variable(name: fresh("a"), type: writable(1)) }
    let isDeclared = pick(2) == 0
    let result = isDeclared ? writable(1) : anyType(1)
    let outer = variables
    variables = parameters
    let name = fresh("work")
    let list = parameters.map { "\($0.name): \($0.type.source ?? "any")" }
    let arrow = isDeclared ? " -> \(result.source ?? "any")" : ""
    emit("process \(name)(\(list.joined(separator: ", ")))\(arrow) {")
    indented {
      for _ in 0..<$0.pick(3) { $0.addStatement(depth: 1) }
      if $0.pick(3) == 0 { $0.emit("if \($0.expression(.bool, 1)) { fail \"no\" }") }
      $0.emit("finish " + (isDeclared ? $0.demanded(result, 2) : $0.expression(result, 2)))
    }
    emit("}")
    variables = outer
    processes.append(Function(name: name, parameters: parameters, result: result))
  }

  /// A type's name, declared if it has none yet.
  mutating func alias(of source: String) -> String {
    if let known = aliases.first(where: { $0.source == source }) { return known.name }
    let name = fresh("T")
    aliases.append((source, name))
    return name
  }

  // MARK: Statements

  mutating func addDestructuring(_ depth: Int) {
    let first = Variable(name: fresh("d"), type: anyType(1))
    let second = Variable(name: fresh("d"), type: anyType(1))
    let names = "\(first.name), \(second.name)"
    switch pick(3) {
    case 0:
      emit("\(names) = (\(expression(first.type, 1)), \(expression(second.type, 1)))")
      variables += [first, second]
    case 1:
      emit("for \(names) in enumerate(\(demanded(.list(second.type), 1))) {")
      nested(depth, [Variable(name: first.name, type: .int), second])
    default:
      let value = second.type
      emit("for \(names) in entries({p: \(expression(value, 1)), q: \(expression(value, 1))}) {")
      nested(depth, [Variable(name: first.name, type: .text), second])
    }
  }

  private mutating func nested(_ depth: Int, _ bound: [Variable]) {
    let outer = variables
    variables += bound
    block(depth)
    variables = outer
    emit("}")
  }

  /// A loop that is left early, and a variable that changes on some of its ways.
  mutating func addLeftLoop(_ depth: Int) {
    let carried = Variable(name: fresh("best"), type: .nullable(writableScalar()))
    guard case .nullable(let inner) = carried.type else { return }
    let name = fresh("v")
    emit("\(carried.name) = null")
    emit("for \(name) in \(demanded(.list(inner), 2)) {")
    let outer = variables
    variables.append(Variable(name: name, type: inner))
    indented {
      $0.emit("if \($0.expression(.bool, 1)) { continue }")
      $0.emit("if \(carried.name) == null or \($0.expression(.bool, 1)) {")
      $0.emit("  \(carried.name) = \($0.expression(inner, 2))")
      $0.emit("} else { break }")
    }
    variables = outer
    block(depth)
    emit("}")
    variables.append(carried)
  }

  private mutating func writableScalar() -> GeneratedType {
    [GeneratedType.int, .float, .text, .words(["red", "green", "blue"])][pick(4)]
  }

  mutating func addUpdate() {
    let fits = some { variable in
      switch variable.type {
      case .int, .text, .list: true
      default: false
      }
    }
    guard let variable = fits else { return addVariable() }
    if case .list(let element) = variable.type, pick(2) == 0 {
      emit("if len(\(variable.name)) > 0 { \(variable.name)[0] = \(expression(element, 1)) }")
    } else {
      emit("\(variable.name) += \(demanded(variable.type, 1))")
    }
  }

  mutating func addStart() {
    guard isMain, !processes.isEmpty else { return addVariable() }
    let process = processes[pick(processes.count)]
    let name = fresh("run")
    switch pick(3) {
    case 0:
      emit("\(name) = (await \(start(process)))?")
      variables.append(Variable(name: name, type: process.result))
    case 1:
      emit("\(name) = start \(call(process))")
      let value = fresh("w")
      emit("\(value) = await \(name)")
      emit("if not \(value).ok { print upper(\(value).error) } else {")
      indented {
        let outer = $0.variables
        $0.emit("\(value)v = \(value).value")
        $0.variables.append(Variable(name: "\(value)v", type: process.result))
        $0.emit("print \($0.expression(.text, 2))")
        $0.variables = outer
      }
      emit("}")
    default:
      emit("\(name) = (await [\(start(process)), \(start(process))])?")
      variables.append(Variable(name: name, type: .list(process.result)))
    }
  }

  private mutating func start(_ process: Function) -> String { "start \(call(process))" }

  private mutating func call(_ process: Function) -> String {
    let arguments = process.parameters.map { "\($0.name): \(demanded($0.type, 1))" }
    return "\(process.name)(\(arguments.joined(separator: ", ")))"
  }

  mutating func addBatch() {
    guard isMain else { return addVariable() }
    let name = fresh("got")
    if operations.isEmpty || pick(3) == 0 {
      let type = writable(1)
      guard let source = type.source else { return addVariable() }
      let operation = fresh("spawn")
      spawns.append(Variable(name: operation, type: type))
      emit(
        "\(name) = await m.\(operation)({task: \(expression(.text, 1)), output: \(alias(of: source))})?"
      )
      variables.append(Variable(name: name, type: type))
      return
    }
    let operation = operations[pick(operations.count)]
    let batch: String
    if pick(2) == 0 {
      batch =
        "[m.\(operation.name)({n: \(demanded(.int, 1))})?, m.\(operation.name)({n: 1, s: \(demanded(.text, 1))})?]"
    } else {
      batch = "[m.\(operation.name)({n: v})? for v in \(demanded(.list(.int), 1))]"
    }
    emit("\(name) = await \(batch)")
    variables.append(Variable(name: name, type: .list(operation.type)))
  }

  // MARK: Expressions

  /// A value of a named type: a literal, or a part of another one.
  mutating func named(_ name: GeneratedType.Named, _ depth: Int) -> String {
    let next = depth - 1
    switch name {
    case .tree:
      let kids = depth > 0 ? list(of: .named(.tree), next) : "[]"
      return "{v: \(expression(.int, next)), kids: \(kids)}"
    case .shape:
      return pick(2) == 0
        ? "{kind: \"square\", side: \(expression(.int, next))}"
        : "{kind: \"circle\", name: \(expression(.text, next))}"
    case .note:
      return pick(2) == 0
        ? "{id: \(expression(.int, next))}"
        : "{id: \(expression(.int, next)), note: \(expression(.text, next))}"
    case .place:
      let label = expression(.nullable(.text), next)
      return "{x: \(expression(.float, next)), label: \(label)}"
    case .either: return expression(pick(2) == 0 ? .int : .text, next)
    }
  }

  private mutating func list(of element: GeneratedType, _ depth: Int) -> String {
    "[\((0..<pick(3)).map { _ in expression(element, depth) }.joined(separator: ", "))]"
  }

  mutating func moreInt(_ depth: Int) -> String? {
    switch pick(6) {
    case 0: return "(max(push(\(demanded(.list(.int), depth)), 1)) ?? 0)"
    case 1: return "round(\(demanded(.float, depth)))"
    case 2:
      guard let shape = some(where: { $0.type == .named(.shape) })?.name else { return nil }
      return "(\(shape).kind == \"square\" ? \(shape).side : len(\(shape).name))"
    case 3:
      guard let either = some(where: { $0.type == .named(.either) })?.name else { return nil }
      return "(type_of(\(either)) == \"string\" ? len(\(either)) : \(either) + 1)"
    case 4:
      guard let tree = some(where: { $0.type == .named(.tree) })?.name else { return nil }
      return "(\(tree).v + sum([k.v for k in \(tree).kids]))"
    default: return "sum([i * v for i, v in enumerate(\(demanded(.list(.int), depth)))])"
    }
  }

  mutating func moreText(_ depth: Int) -> String? {
    switch pick(5) {
    case 0:
      guard let variable = some(where: { _ in true })?.name else { return nil }
      return "f\"<{\(variable)}>\""
    case 1:
      guard let variable = some(where: { $0.type == .int || $0.type == .float })?.name else {
        return nil
      }
      return "f\"{\(variable):.1f}\""
    case 2: return "join(keys({a: \(expression(anyType(1), depth))}), \"\")"
    case 3: return "(min([\(expression(.text, depth)), \"m\"]) ?? \"\")"
    default: return "join(sort(\(demanded(.list(.text), depth)), \"desc\"), \",\")"
    }
  }

  mutating func moreList(_ element: GeneratedType, _ depth: Int) -> String {
    let whole = GeneratedType.list(element)
    switch pick(6) {
    case 0: return "values({a: \(expression(element, depth)), b: \(expression(element, depth))})"
    case 1: return "flatten([\(expression(whole, depth)), \(expression(whole, depth))])"
    case 2: return "slice(\(expression(whole, depth)), 0, 2)"
    case 3: return "[t[0] for t in zip(\(demanded(whole, depth)), \(demanded(.list(.int), depth)))]"
    case 4:
      return
        "[p.k for p in [{k: \(expression(element, depth)), n: 1}, {k: \(expression(element, depth)), n: 2}]]"
    default: return "([\(expression(element, depth))] + \(demanded(whole, depth)))"
    }
  }
}
