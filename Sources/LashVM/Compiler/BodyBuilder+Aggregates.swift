import LashLang

/// Literal lists, tuples and records, comprehensions and Type values.
extension BodyBuilder {
  /// Lists with more items are built in pieces, to keep the number of registers low.
  private static let longestWindow = 128

  /// Evaluates a literal aggregate or comprehension. With a `batch`, call leaves at any depth are
  /// collected into it and placeholders stand for their results.
  mutating func evaluateAggregate(
    _ id: ExpressionID, into destination: Destination, batch: Register?
  ) {
    let span = tree[id].span
    let mark = registers.top
    switch tree[id].kind {
    case .list(let items) where items.count > Self.longestWindow:
      evaluateLongList(items, into: destination, batch, at: span)
    case .list(let items):
      evaluateWindow(.makeList, tree[items], items.count, into: destination, batch, at: span)
    case .tuple(let items):
      evaluateWindow(.makeTuple, tree[items], items.count, into: destination, batch, at: span)
    case .record(let fields):
      let shape = shape(of: fields)
      let values = tree[fields].map(\.value)
      evaluateWindow(.makeRecord, values[...], shape, into: destination, batch, at: span)
    case .comprehension(let element, let clauses):
      evaluateComprehension(element, clauses, into: destination, batch, at: span)
    default: preconditionFailure("only aggregates come here")
    }
    registers.pop(to: mark)
  }

  /// Evaluates an element of an aggregate, which may be a call leaf or a further aggregate.
  private mutating func evaluateElement(
    _ id: ExpressionID, into register: Register, _ batch: Register?
  ) {
    if let batch, effects.isLeaf(id) {
      collectLeaf(id, into: .temporary(register), batch: batch)
    } else if let batch, effects.isBatch(id) {
      evaluateAggregate(id, into: .temporary(register), batch: batch)
    } else {
      evaluate(id, into: .temporary(register))
    }
  }

  private mutating func evaluateWindow(
    _ opcode: Opcode, _ items: ArraySlice<ExpressionID>, _ last: UInt32,
    into destination: Destination, _ batch: Register?, at span: SourceSpan
  ) {
    let base = windowBase(for: destination)
    var slot = base
    for item in items {
      registers.reserve(slot)
      evaluateElement(item, into: slot, batch)
      slot = slot + 1
      registers.pop(to: slot)
    }
    registers.reserve(base)
    code.emit(
      opcode, a: destination.register.offset, b: base.offset, c: narrow(last), at: span)
  }

  private mutating func evaluateLongList(
    _ items: NodeList<ExpressionID>, into destination: Destination, _ batch: Register?,
    at span: SourceSpan
  ) {
    let list = destination.scratch ?? registers.push()
    let item = registers.push()
    code.emit(.makeList, a: list.offset, b: list.offset, at: span)
    for id in tree[items] {
      evaluateElement(id, into: item, batch)
      code.emit(.appendItem, a: list.offset, b: item.offset, at: tree[id].span)
    }
    move(list, into: destination, at: span)
  }

  // MARK: Comprehensions

  private mutating func evaluateComprehension(
    _ element: ExpressionID, _ clauses: NodeList<ComprehensionClause>,
    into destination: Destination, _ batch: Register?, at span: SourceSpan
  ) {
    let list = destination.scratch ?? registers.push()
    code.emit(.makeList, a: list.offset, b: list.offset, at: span)
    let mark = assigned.mark
    var open: [OpenLoop] = []
    let clauses = tree[clauses]
    for (index, clause) in zip(clauses.indices, clauses) {
      switch clause {
      case .iterate(let names, let iterable):
        let filters = clauses[(index + 1)...].prefix {
          if case .filter = $0 { true } else { false }
        }
        var cost: UInt32 = 1
        for case .filter(let condition) in filters { cost += costs[condition] }
        let inner = index + 1 + filters.count
        let next = inner < clauses.endIndex ? clauses[inner].value : element
        // Without a filter in between, a turn always reaches what is inside.
        if filters.isEmpty { cost += costs[next] }
        open.append(openLoop(names, iterable, cost: cost, at: tree[iterable].span))
      case .filter(let condition):
        guard let loop = open.last else { continue }
        jump(to: loop.next, if: condition, is: false)
        let isLast = index + 1 == clauses.endIndex
        if isLast { charge(costs[element], at: tree[element].span) }
        if !isLast, case .iterate(_, let iterable) = clauses[index + 1] {
          charge(costs[iterable], at: tree[iterable].span)
        }
      }
    }
    let item = registers.push()
    evaluateElement(element, into: item, batch)
    code.emit(.appendItem, a: list.offset, b: item.offset, at: tree[element].span)
    for loop in open.reversed() { close(loop) }
    assigned.rewind(to: mark)
    move(list, into: destination, at: span)
  }

  // MARK: Type values

  mutating func evaluateType(_ type: TypeID, into destination: Destination, at span: SourceSpan) {
    evaluateType(typeConstant(of: type), into: destination, at: span)
  }

  /// A named type of the host.
  mutating func evaluateType(
    ofHost index: Int, into destination: Destination, at span: SourceSpan
  ) {
    let schema = pool.append(schema: module.schema(ofHostType: index))
    evaluateType(
      TypeConstant(schema: schema, variables: [], names: pool.shape([])), into: destination,
      at: span)
  }

  private mutating func evaluateType(
    _ known: TypeConstant, into destination: Destination, at span: SourceSpan
  ) {
    let mark = registers.top
    let base = windowBase(for: destination)
    registers.reserve(base)
    for (index, symbol) in known.variables.enumerated() {
      let source = read(symbol, at: span)
      let slot = base + index
      registers.reserve(slot)
      code.emit(.copy, a: slot.offset, b: source.offset, at: span)
    }
    code.emit(
      .makeType, a: destination.register.offset, b: base.offset, c: requiredConstant(known.schema),
      at: span)
    code.append(UInt64(known.variables.count) | UInt64(known.names) << 32, at: span)
    registers.pop(to: mark)
  }

  /// The schema constant of a type expression, made at its first use.
  mutating func typeConstant(of type: TypeID) -> TypeConstant {
    if let known = types[type] { return known }
    let template = module.schemaTemplate(of: type)
    let made = TypeConstant(
      schema: pool.append(schema: template.schema), variables: template.variables,
      names: pool.shape(template.variables.map { pool.key($0) }))
    types[type] = made
    return made
  }
}

extension ComprehensionClause {
  /// The expression of the clause.
  fileprivate var value: ExpressionID {
    switch self {
    case .iterate(_, let value), .filter(let value): value
    }
  }
}
