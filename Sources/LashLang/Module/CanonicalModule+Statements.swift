extension CanonicalModule {
  mutating func write(_ id: StatementID) {
    let statement = tree[id]
    if statement.label != nil { writeLabel(statement.label) }
    switch statement.kind {
    case .expression(let value): write(.expression, value)
    case .assign(let targets, let value):
      // What is assigned is evaluated first.
      write(.assign, value)
      write(targets)
    case .update(let targets, let operation, let value):
      write(.update, value)
      text(operation.rawValue)
      write(targets)
    case .branch(let branches, let otherwise):
      tag(.branch)
      number(Int(branches.count))
      for branch in tree[branches] {
        write(branch.condition)
        write(branch.block)
      }
      if let otherwise { write(otherwise) } else { tag(.absent) }
    case .iterate(let names, let iterable, let block):
      write(.iterate, iterable)
      bind(names)
      write(block)
      unbind(names)
    case .loop(let condition, let block):
      write(.loop, condition)
      write(block)
    case .break: tag(.breakLoop)
    case .continue: tag(.continueLoop)
    case .print(let value): write(.print, value)
    case .cancel(let value): write(.cancel, value)
    case .finish(let value): write(.finish, value)
    case .fail(let value): write(.fail, value)
    case .yield(let value): write(.yield, value)
    case .wake(let value): write(.wake, value)
    case .error: tag(.absent)
    }
  }

  private mutating func write(_ targets: NodeList<AssignmentTarget>) {
    number(Int(targets.count))
    for target in tree[targets] {
      writeVariable(target.root.symbol)
      number(Int(target.steps.count))
      for step in tree[target.steps] {
        switch step {
        case .field(let name):
          tag(.field)
          symbol(name.symbol)
        case .index(let index): write(.index, index)
        }
      }
    }
  }

  // MARK: Types

  mutating func writeOptional(_ id: TypeID?) {
    if let id { write(id) } else { tag(.absent) }
  }

  mutating func write(_ fields: NodeList<TypeField>) {
    number(Int(fields.count))
    for field in tree[fields] {
      tag(field.isOptional ? .optional : .required)
      symbol(field.name.symbol)
      write(field.type)
    }
  }

  mutating func write(_ id: TypeID) {
    switch tree[id].kind {
    case .scalar(let scalar):
      tag(.scalarType)
      text(scalar.rawValue)
    case .enumeration(let members):
      tag(.enumType)
      number(Int(members.count))
      for member in tree[members] { symbol(member) }
    case .list(let element):
      tag(.listType)
      write(element)
    case .object(let fields, let isOpen):
      tag(isOpen ? .openObjectType : .objectType)
      write(fields)
    case .union(let members):
      tag(.unionType)
      number(Int(members.count))
      for member in tree[members] { write(member) }
    case .process(let input, let output):
      tag(.processType)
      write(input)
      write(output)
    case .triggerHandle(let event):
      tag(.triggerType)
      write(event)
    case .name(let names): writeName(names, module[id])
    case .error: tag(.absent)
    }
  }

  private mutating func writeName(_ names: NodeList<Name>, _ resolution: TypeResolution) {
    guard let first = tree[names].first else { return tag(.absent) }
    switch resolution {
    case .constant:
      tag(.variableType)
      writeMainVariable(first.symbol)
    case .variable:
      tag(.variableType)
      writeVariable(first.symbol)
    case .none, .declaration, .host, .opaque:
      tag(.namedType)
      text(tree[names].map { tree[$0.symbol] }.joined(separator: "."))
    }
  }
}
