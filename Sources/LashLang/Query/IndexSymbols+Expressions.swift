extension IndexSymbols {
  mutating func walk(_ id: ExpressionID) {
    let expression = tree[id]
    switch expression.kind {
    case .null, .bool, .integer, .number, .string, .waitSignal, .error: break
    case .name(let symbol): walkName(id, Name(symbol: symbol, span: expression.span))
    case .interpolation(let parts):
      for part in tree[parts] {
        switch part {
        case .text: break
        case .slot(let value), .formatted(let value, _): walk(value)
        }
      }
    case .tuple(let items), .list(let items): for item in tree[items] { walk(item) }
    case .record(let fields):
      for field in tree[fields] {
        noteShared(
          .field, tree[field.name.symbol], at: field.name.span, module.type(of: field.value))
        walk(field.value)
      }
    case .comprehension(let element, let clauses): walkComprehension(id, element, clauses)
    case .field(let target, let name): walkField(id, target, name)
    case .index(let target, let index):
      walk(target)
      walk(index)
    case .call(let name, let arguments): walkCall(id, name, arguments)
    case .operation(let receiver, let name, let arguments):
      walkOperation(id, receiver, name, arguments)
    case .unwrap(let operand), .await(let operand), .unary(_, let operand), .sleep(_, let operand):
      walk(operand)
    case .binary(_, let left, let right):
      walk(left)
      walk(right)
    case .conditional(let condition, let then, let otherwise):
      walk(condition)
      walk(then)
      walk(otherwise)
    case .typeLiteral(let type): walk(type)
    case .start(let name, let fields): walkStart(id, name, fields)
    case .signalRun(let run, _, let payload):
      walk(run)
      walk(payload)
    }
  }

  private mutating func walkName(_ id: ExpressionID, _ name: Name) {
    let type = module.type(of: id)
    switch module[id] {
    case .variable: note(name.span, variable(name.symbol), .use, type)
    case .process(let index): note(name.span, process(index))
    case .type(let index): note(name.span, self.type(index))
    case .function(let index): note(name.span, function(index))
    case .module(let index): noteShared(.module, module.modules[index].path, at: name.span)
    case .hostType: noteShared(.foreignType, tree[name.symbol], at: name.span)
    default:
      // Not resolved: maybe a variable that is assigned only further down.
      if let known = scope[name.symbol] { note(name.span, known, .use, type) }
    }
  }

  private mutating func walkField(_ id: ExpressionID, _ target: ExpressionID, _ name: Name) {
    switch module[id] {
    case .module(let index):
      noteShared(.module, module.modules[index].path, at: tree[id].span)
    case .hostType: noteShared(.foreignType, tree.source.text(tree[id].span), at: tree[id].span)
    case .triggerEvent: break
    default:
      walk(target)
      noteShared(.field, tree[name.symbol], at: name.span, module.type(of: id))
    }
  }

  private mutating func walkCall(
    _ id: ExpressionID, _ name: Name, _ arguments: NodeList<ExpressionID>
  ) {
    switch module[id] {
    case .builtin(let builtin): noteShared(.builtin, builtin.rawValue, at: name.span)
    case .function(let index): note(name.span, function(index))
    case .constructor(let index):
      noteShared(.constructor, module.constructors[index].path, at: name.span)
    default: break
    }
    for argument in tree[arguments] { walk(argument) }
  }

  private mutating func walkOperation(
    _ id: ExpressionID, _ receiver: ExpressionID, _ name: Name,
    _ arguments: NodeList<ExpressionID>
  ) {
    walk(receiver)
    switch module[id] {
    case .constructor(let index):
      noteShared(.constructor, module.constructors[index].path, at: name.span)
    case .operation:
      noteShared(.operation, path(of: receiver) + tree[name.symbol], at: name.span)
    default: break
    }
    for argument in tree[arguments] { walk(argument) }
  }

  /// The module of a receiver with a dot behind it; empty where that is not known.
  private func path(of receiver: ExpressionID) -> String {
    if case .module(let index) = module[receiver] { return module.modules[index].path + "." }
    let type = table.expand(module.type(of: receiver))
    guard table.kind(type) == .named else { return "" }
    let authority = table.name(table.word(type, 0))
    return module.host.modules.first { $0.authority == authority }.map { $0.path + "." } ?? ""
  }

  private mutating func walkComprehension(
    _ id: ExpressionID, _ element: ExpressionID, _ clauses: NodeList<ComprehensionClause>
  ) {
    var hidden: Hidden = []
    for clause in tree[clauses] {
      switch clause {
      case .filter(let condition): walk(condition)
      case .iterate(let names, let iterable):
        walk(iterable)
        hidden += bind(names, of: iterable, in: tree[id].span)
      }
    }
    walk(element)
    unbind(hidden)
  }

  private mutating func walkStart(
    _ id: ExpressionID, _ name: Name, _ fields: NodeList<FieldSyntax>
  ) {
    var known: [Symbol: Int] = [:]
    if case .process(let index) = module[id] {
      note(name.span, process(index))
      known = parameters[index]
    }
    for field in tree[fields] {
      if let parameter = known[field.name.symbol] { note(field.name.span, parameter) }
      walk(field.value)
    }
  }
}
