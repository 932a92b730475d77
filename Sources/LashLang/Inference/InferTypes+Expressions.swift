extension InferTypes {
  /// Infers and records the type of an expression.
  ///
  /// The cases are functions of their own, so that the frame of this one, which the recursion
  /// multiplies, stays small.
  @discardableResult
  mutating func infer(_ id: ExpressionID) -> ValueType {
    let type = inferKind(id)
    types[Int(id.index)] = type
    return type
  }

  private mutating func inferKind(_ id: ExpressionID) -> ValueType {
    switch tree.expressions[Int(id.index)].kind {
    case .null: return .null
    case .bool: return .bool
    case .integer: return .int
    case .number: return .float
    case .error: return .unknown
    case .string(let symbol): return table.literal(Int32(symbol.index))
    case .interpolation(let parts): return inferInterpolation(parts)
    case .name: return inferName(id)
    case .tuple(let items): return inferTuple(items)
    case .list(let items): return inferList(items)
    case .record(let fields): return inferRecord(fields)
    case .comprehension(let element, let clauses): return inferComprehension(element, clauses)
    case .field, .index: return inferAccess(id)
    case .call(_, let arguments): return inferCall(id, arguments)
    case .operation: return inferOperation(id)
    case .unwrap(let operand): return inferUnwrap(id, operand)
    case .await(let operand): return inferAwait(id, operand)
    case .unary(let operation, let operand): return inferUnary(id, operation, operand)
    case .binary(let operation, let left, let right):
      return inferBinary(id, operation, left, right)
    case .conditional: return inferConditional(id)
    case .typeLiteral(let type): return inferTypeLiteral(type)
    case .start: return inferStart(id)
    case .sleep(let kind, let operand): return inferSleep(kind, operand)
    case .waitSignal(let name): return inferWaitSignal(name)
    case .signalRun: return inferSignalRun(id)
    }
  }

  // MARK: Names

  @inline(never)
  private mutating func inferName(_ id: ExpressionID) -> ValueType {
    guard case .name(let symbol) = tree[id].kind else { return .unknown }
    switch context.module.resolutions[Int(id.index)] {
    case .variable: return flow[symbol]
    case let resolution: return value(of: resolution)
    }
  }

  /// The type of a name that denotes something else than a variable.
  mutating func value(of resolution: Resolution) -> ValueType {
    switch resolution {
    case .module(let index):
      return table.named(table.name(context.module.modules[index].authority))
    case .process(let index): return processValue(index)
    case .type(let index): return table.typeValue(table.make(.alias, [Int32(index)]))
    case .hostType(let index):
      let type = hostType(index)
      return table.typeValue(type)
    case .triggerEvent: return .any
    default: return .unknown
    }
  }

  @inline(never)
  private mutating func inferTypeLiteral(_ type: TypeID) -> ValueType {
    let type = self.type(of: type)
    return table.typeValue(type)
  }

  // MARK: Literals

  @inline(never)
  private mutating func inferInterpolation(
    _ parts: NodeList<InterpolationPart>
  ) -> ValueType {
    for part in tree[parts] {
      switch part {
      case .text: break
      case .slot(let value): infer(value)
      case .formatted(let value, let spec): checkFormatted(value, infer(value), spec)
      }
    }
    return .string
  }

  /// `,`, `f` and `%` need a number (rule FMT-7).
  private mutating func checkFormatted(
    _ value: ExpressionID, _ type: ValueType, _ spec: Name
  ) {
    let text = tree[spec.symbol]
    guard text.hasSuffix("f") || text.hasSuffix("%") || text.contains(",") else { return }
    let kinds = table.kinds(type)
    guard !table.isOpen(type), !kinds.isSubset(of: .number) else { return }
    report(
      .typeMismatch, "format spec `\(text)` needs a number, got \(table.text(type))",
      at: tree[value].span,
      Advice(
        kinds.contains(.string) ? "convert it with `to_float(…)` first" : nil))
  }

  @inline(never)
  private mutating func inferTuple(_ items: NodeList<ExpressionID>) -> ValueType {
    var types: [ValueType] = []
    types.reserveCapacity(Int(items.count))
    for item in tree[items] { types.append(infer(item)) }
    return table.tuple(types)
  }

  @inline(never)
  private mutating func inferList(_ items: NodeList<ExpressionID>) -> ValueType {
    var element = ValueType.never
    for item in tree[items] { element = table.union(element, infer(item)) }
    return table.list(element)
  }

  @inline(never)
  private mutating func inferRecord(_ list: NodeList<FieldSyntax>) -> ValueType {
    var fields: [ObjectField] = []
    fields.reserveCapacity(Int(list.count))
    var greatest: Int32 = -1
    for field in tree[list] {
      let type = infer(field.value)
      let name = Int32(field.name.symbol.index)
      let new = ObjectField(name: name, type: type, isOptional: false)
      if name > greatest {
        greatest = name
        fields.append(new)
      } else {
        insert(new, into: &fields)
      }
    }
    return table.object(fields, rest: .never)
  }

  /// Keeps fields in the order of their names; the last value of a repeated key counts.
  private func insert(_ field: ObjectField, into fields: inout [ObjectField]) {
    var low = 0
    var high = fields.count
    while low < high {
      let middle = (low + high) / 2
      if fields[middle].name < field.name { low = middle + 1 } else { high = middle }
    }
    if low < fields.count, fields[low].name == field.name {
      fields[low] = field
    } else {
      fields.insert(field, at: low)
    }
  }

  @inline(never)
  private mutating func inferComprehension(
    _ element: ExpressionID, _ clauses: NodeList<ComprehensionClause>
  ) -> ValueType {
    let here = flow.place
    let isBatch = isInBatch
    for clause in tree[clauses] {
      isInBatch = false
      switch clause {
      case .iterate(let names, let iterable):
        let item = inferItem(of: iterable)
        bind(names, to: item, at: iterable)
      case .filter(let condition):
        infer(condition)
        checkCondition(condition)
        narrow(condition, true)
      }
    }
    isInBatch = isBatch
    let type = infer(element)
    flow.goBack(to: here)
    return table.list(type)
  }

  /// What a loop over an expression binds; reports what is no sequence.
  @inline(never)
  mutating func inferItem(of iterable: ExpressionID) -> ValueType {
    let type = infer(iterable)
    if let element = table.element(type) { return element }
    report(
      .notIterable, "cannot iterate over \(table.text(type)); expected a list",
      at: tree[iterable].span, adviceOnIterating(type, iterable))
    return .unknown
  }

  private func adviceOnIterating(_ type: ValueType, _ iterable: ExpressionID) -> Advice {
    let text = shortText(iterable)
    if isResult(type) { return Advice("add `?` to the call to get its value") }
    switch table.kinds(type) {
    case .handle: return Advice("await it first: `(await \(text))?`")
    case .string: return Advice("iterate over `lines(\(text))` or `split(\(text), …)`")
    case .number: return Advice("iterate over `range(\(text))`")
    case .record:
      return Advice("iterate over `keys(\(text))`, `values(\(text))` or `entries(\(text))`")
    case .null: return Advice("give it a list first, for example `[]`")
    default: return Advice()
    }
  }

  /// The text of an expression for use in advice.
  func shortText(_ id: ExpressionID) -> String {
    let span = tree[id].span
    guard span.end - span.start <= 40 else { return "…" }
    return tree.source.text(span)
  }

  /// Binds the names of a loop or clause, which take the item apart if there are several.
  @inline(never)
  mutating func bind(_ names: NodeList<Name>, to item: ValueType, at iterable: ExpressionID) {
    let list = tree[names]
    if let only = list.first, list.count == 1 {
      flow.set(only.symbol, item)
      return
    }
    let parts = destructured(item, into: Int(names.count), at: tree[iterable].span, isItem: true)
    for (name, part) in zip(list, parts) { flow.set(name.symbol, part) }
  }

  // MARK: Conditional

  @inline(never)
  private mutating func inferConditional(_ id: ExpressionID) -> ValueType {
    guard case .conditional(let condition, let then, let otherwise) = tree[id].kind else {
      return .unknown
    }
    inferOutsideBatch(condition)
    checkCondition(condition)
    let here = flow.place
    narrow(condition, true)
    let first = infer(then)
    flow.goBack(to: here)
    narrow(condition, false)
    let second = infer(otherwise)
    flow.goBack(to: here)
    return table.union(first, second)
  }

  /// Infers an operand whose calls, if it has any, belong to no batch around it.
  @discardableResult
  mutating func inferOutsideBatch(_ id: ExpressionID) -> ValueType {
    let isBatch = isInBatch
    isInBatch = false
    let type = infer(id)
    isInBatch = isBatch
    return type
  }
}
