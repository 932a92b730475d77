/// Module operations (rules EFF-1, EFF-2): inputs and outputs as the host states them.
struct OperationKey: Hashable {
  var module: Int
  var name: Symbol
}

struct OperationTypes {
  /// What it takes; nothing where the host does not say.
  var input: ValueType?
  var output: ValueType
  /// The field of the argument that gives the output type, if any.
  var outputField: String?
}

extension InferTypes {
  @inline(never)
  mutating func inferOperation(_ id: ExpressionID) -> ValueType {
    guard case .operation(let receiver, let name, let arguments) = tree[id].kind else {
      return .unknown
    }
    let isBatch = isInBatch
    isInBatch = false
    let authority = infer(receiver)
    for argument in tree[arguments] { infer(argument) }
    isInBatch = isBatch
    switch context.module.resolutions[Int(id.index)] {
    case .constructor: return inferConstructor(id, arguments)
    case .operation: break
    default: return .unknown
    }
    guard let found = operation(name, receiver, authority) else { return table.result(.any) }
    guard let operation = found.types else {
      report(
        .unknownOperation,
        "receiver for operation `\(tree[name.symbol])` is not a module authority",
        at: tree[receiver].span,
        Advice("it is \(table.text(authority)); only modules of the host have operations"))
      return .unknown
    }
    check(arguments, of: name, operation.input, at: tree[id].span)
    checkRegistration(name, arguments, authority)
    let output = output(of: operation, arguments)
    return table.result(output)
  }

  private mutating func inferConstructor(
    _ id: ExpressionID, _ arguments: NodeList<ExpressionID>
  ) -> ValueType {
    guard case .constructor(let index) = context.module.resolutions[Int(id.index)] else {
      return .unknown
    }
    return construct(index, arguments)
  }

  /// The types of an operation. Nothing where the receiver is not known; without types where it is
  /// surely no module.
  private mutating func operation(
    _ name: Name, _ receiver: ExpressionID, _ authority: ValueType
  ) -> (types: OperationTypes?, Void)? {
    let surface = context.host.surface
    if case .module(let index) = context.module.resolutions[Int(receiver.index)] {
      let path = context.module.modules[index].path
      guard let module = surface.modules.firstIndex(where: { $0.path == path }) else { return nil }
      return types(of: name, module: module).map { ($0, ()) }
    }
    if table.isOpen(authority) { return nil }
    let members = table.members(authority).filter { $0 != .absent && $0 != .null }
    guard let first = members.first, table.kind(first) == .named else { return (nil, ()) }
    guard members.count == 1 else { return nil }
    let text = table.name(table.word(first, 0))
    let modules = surface.modules.indices.filter { surface.modules[$0].authority == text }
    for module in modules {
      if let types = types(of: name, module: module) { return (types, ()) }
    }
    return modules.isEmpty && !surface.acceptsAnyModule ? (nil, ()) : nil
  }

  private mutating func types(of name: Name, module: Int) -> OperationTypes? {
    let key = OperationKey(module: module, name: name.symbol)
    if let known = operations[key] { return known }
    guard let operation = context.host.operation(named: tree[name.symbol], of: module) else {
      return nil
    }
    let types = OperationTypes(
      input: operation.input.map { type(of: $0) },
      output: operation.output.map { type(of: $0) } ?? .any,
      outputField: operation.outputFromInput)
    operations[key] = types
    return types
  }

  // MARK: Arguments

  private mutating func check(
    _ arguments: NodeList<ExpressionID>, of name: Name, _ input: ValueType?, at span: SourceSpan
  ) {
    guard let input else { return }
    let lead = "operation `\(tree[name.symbol])` expects "
    if arguments.count == 1, let argument = tree[arguments].first {
      if let problem = mismatch(argument, input) { report(problem, input, lead: lead) }
      return
    }
    var given = table.object([], rest: .never)
    if !arguments.isEmpty {
      let item = table.union(tree[arguments].map { types[Int($0.index)] })
      given = table.list(item)
    }
    guard !table.accepts(input, given), !table.accepts(input, .null) else { return }
    report(
      .typeMismatch,
      lead + "\(table.text(input)), got \(arguments.isEmpty ? "nothing" : table.text(given))",
      at: span, Advice("pass one record, as in `\(tree[name.symbol])({…})`"))
  }

  // MARK: Outputs

  /// The output type, which a field of the argument may give (rule TYP-18).
  private mutating func output(
    of operation: OperationTypes, _ arguments: NodeList<ExpressionID>
  ) -> ValueType {
    guard let field = operation.outputField, arguments.count == 1,
      let argument = tree[arguments].first
    else { return operation.output }
    let name = table.name(field)
    let record = table.expand(types[Int(argument.index)])
    guard table.kind(record) == .object, let given = table.field(record, named: name) else {
      return operation.output
    }
    let type = table.expand(given.type)
    switch table.kind(type) {
    case .typeValue: return table.part(type)
    case .object: return shorthand(type) ?? operation.output
    default: return given.isOptional ? operation.output : .any
    }
  }

  /// A record of type names, such as `{title: "str"}`.
  private mutating func shorthand(_ record: ValueType) -> ValueType? {
    var fields: [ObjectField] = []
    for field in table.fields(record) {
      guard table.kind(field.type) == .literal else { return nil }
      var text = table.name(table.word(field.type, 0))[...]
      var isList = false
      if text.hasPrefix("list["), text.hasSuffix("]") {
        isList = true
        text = text.dropFirst(5).dropLast()
      }
      guard var type = scalar(text) else { return nil }
      if isList { type = table.list(type) }
      fields.append(ObjectField(name: field.name, type: type, isOptional: false))
    }
    return fields.isEmpty ? nil : table.object(fields, rest: .hidden)
  }

  private mutating func scalar(_ text: Substring) -> ValueType? {
    switch text {
    case "str", "string": .string
    case "int", "integer": .int
    case "float", "number": .float
    case "bool", "boolean": .bool
    case "dict", "record", "object": table.dictionary()
    case "any": .any
    default: nil
    }
  }
}
