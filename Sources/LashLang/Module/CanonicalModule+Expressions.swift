extension CanonicalModule {
  mutating func write(_ tag: Tag, _ operand: ExpressionID) {
    self.tag(tag)
    write(operand)
  }

  mutating func write(_ id: ExpressionID) {
    switch module[id] {
    case .module(let index):
      tag(.modulePath)
      text(module.modules[index].path)
      text(module.modules[index].authority)
    case .process(let index) where !isStart(id):
      tag(.processName)
      symbol(module.processes[index].name.symbol)
    case .type(let index):
      tag(.typeName)
      symbol(module.typeDeclarations[index].name.symbol)
    case .hostType(let index):
      tag(.hostTypeName)
      text(module.host.types[index].name)
    case .triggerEvent: tag(.triggerEvent)
    default: writeKind(id)
    }
  }

  private func isStart(_ id: ExpressionID) -> Bool {
    if case .start = tree[id].kind { true } else { false }
  }

  private mutating func writeKind(_ id: ExpressionID) {
    switch tree[id].kind {
    case .null: tag(.null)
    case .bool(let value): tag(value ? .yes : .no)
    case .integer(let value): write(value)
    case .number(let value):
      // An integral double is the same value as the integer (rule VAL-3).
      if let integer = Int64(exactly: value) { return write(integer) }
      tag(.double)
      number(value.bitPattern)
    case .string(let symbol):
      tag(.string)
      self.symbol(symbol)
    case .interpolation(let parts): write(parts)
    case .name(let symbol): writeVariable(symbol)
    case .tuple(let items): write(.tuple, items)
    case .list(let items): write(.list, items)
    case .record(let fields): write(.record, fields)
    case .comprehension(let element, let clauses): write(clauses, element)
    case .field(let target, let name):
      write(.field, target)
      symbol(name.symbol)
    case .index(let target, let index):
      write(.index, target)
      write(index)
    default: writeOperator(id)
    }
  }

  private mutating func writeOperator(_ id: ExpressionID) {
    switch tree[id].kind {
    case .call(let name, let arguments): writeCall(id, name, arguments)
    case .operation(let receiver, let name, let arguments):
      if case .constructor = module[id] { return writeCall(id, name, arguments) }
      write(.operation, receiver)
      symbol(name.symbol)
      write(.tuple, arguments)
    case .unwrap(let operand): write(.unwrap, operand)
    case .await(let operand): write(.await, operand)
    case .unary(let operation, let operand):
      write(.unary, operand)
      text(operation.rawValue)
    case .binary(let operation, let left, let right):
      write(.binary, left)
      text(operation.rawValue)
      write(right)
    case .conditional(let condition, let then, let otherwise):
      write(.conditional, condition)
      write(then)
      write(otherwise)
    case .typeLiteral(let type):
      tag(.typeLiteral)
      write(type)
    case .start(let name, let fields):
      write(.start, fields)
      symbol(name.symbol)
    case .sleep(let kind, let operand):
      switch kind {
      case .duration: write(.sleepFor, operand)
      case .until: write(.sleepUntil, operand)
      }
    case .waitSignal(let name):
      tag(.waitSignal)
      symbol(name.symbol)
    case .signalRun(let run, let name, let payload):
      write(.signalRun, run)
      symbol(name.symbol)
      write(payload)
    default: tag(.absent)
    }
  }

  private mutating func writeCall(
    _ id: ExpressionID, _ name: Name, _ arguments: NodeList<ExpressionID>
  ) {
    switch module[id] {
    case .builtin(let builtin):
      tag(.builtin)
      text(builtin.rawValue)
    case .constructor(let index):
      tag(.constructor)
      text(module.constructors[index].path)
    default:
      tag(.call)
      symbol(name.symbol)
    }
    write(.tuple, arguments)
  }

  // MARK: Parts

  private mutating func write(_ value: Int64) {
    tag(.integer)
    number(UInt64(bitPattern: value))
  }

  private mutating func write(_ tag: Tag, _ items: NodeList<ExpressionID>) {
    self.tag(tag)
    number(Int(items.count))
    for item in tree[items] { write(item) }
  }

  private mutating func write(_ tag: Tag, _ fields: NodeList<FieldSyntax>) {
    self.tag(tag)
    number(Int(fields.count))
    for field in tree[fields] {
      symbol(field.name.symbol)
      write(field.value)
    }
  }

  private mutating func write(_ parts: NodeList<InterpolationPart>) {
    tag(.interpolation)
    number(Int(parts.count))
    for part in tree[parts] {
      switch part {
      case .text(let symbol):
        tag(.text)
        self.symbol(symbol)
      case .slot(let value): write(.slot, value)
      case .formatted(let value, let spec):
        write(.formattedSlot, value)
        symbol(spec.symbol)
      }
    }
  }

  private mutating func write(
    _ clauses: NodeList<ComprehensionClause>, _ element: ExpressionID
  ) {
    tag(.comprehension)
    number(Int(clauses.count))
    for clause in tree[clauses] {
      switch clause {
      case .iterate(let names, let iterable):
        write(.iterateClause, iterable)
        bind(names)
      case .filter(let condition): write(.filterClause, condition)
      }
    }
    write(element)
    for clause in tree[clauses].reversed() {
      if case .iterate(let names, _) = clause { unbind(names) }
    }
  }
}
