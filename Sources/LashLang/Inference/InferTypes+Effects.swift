/// `await`, `?`, `sleep` and signals (rules EFF-3 to EFF-11, EFF-18, EFF-19).
extension InferTypes {
  // MARK: await

  @inline(never)
  mutating func inferAwait(_ id: ExpressionID, _ operand: ExpressionID) -> ValueType {
    // `await e?` is `(await e)?`.
    if case .unwrap(let inner) = tree[operand].kind {
      let awaited = inferAwaited(id, inner)
      let type = unwrapped(awaited, operand, isAggregate: isAggregate(inner, awaited))
      types[Int(operand.index)] = type
      return type
    }
    return inferAwaited(id, operand)
  }

  @inline(never)
  private mutating func inferAwaited(_ id: ExpressionID, _ operand: ExpressionID) -> ValueType {
    let isBatch = isInBatch
    isInBatch = hasCallLeaf(operand)
    let type = infer(operand)
    let isWhole = isInBatch
    isInBatch = isBatch
    if isWhole { return type }
    guard let awaited = awaited(type) else {
      report(
        .notAwaitable, "can't await \(table.text(type))", at: tree[operand].span,
        Advice("`await` takes module calls, handles of runs, and lists or records of these"))
      return .unknown
    }
    return awaited
  }

  /// Whether an operand of `await` is a call, or a literal that holds one as a leaf (rule EFF-6).
  private func hasCallLeaf(_ id: ExpressionID) -> Bool {
    var pending = [id]
    while let next = pending.popLast() {
      switch tree[next].kind {
      case .operation: if isOperation(next) { return true }
      case .unwrap(let operand), .await(let operand): pending.append(operand)
      case .list(let items), .tuple(let items): pending.append(contentsOf: tree[items])
      case .record(let fields): for field in tree[fields] { pending.append(field.value) }
      case .comprehension(let element, _): pending.append(element)
      default: break
      }
    }
    return false
  }

  private func isOperation(_ id: ExpressionID) -> Bool { context.module[id] == .operation }

  /// What waiting for a value gives; nothing if it is nothing to wait for.
  private mutating func awaited(_ type: ValueType) -> ValueType? {
    if type.isOpen { return type }
    let members = table.members(type)
    guard members.count == 1, members[0] == table.expand(type) else {
      var found: [ValueType] = []
      for member in members where member != .absent {
        guard let one = table.kind(member) == .union ? .any : awaited(member) else { return nil }
        found.append(one)
      }
      return table.union(found)
    }
    let type = members[0]
    switch table.kind(type) {
    case .run: return table.result(table.part(type, 1))
    case .success, .failure, .never, .unknown, .any, .absent, .named: return type
    case .list, .tuples:
      guard let item = awaited(table.part(type)) else { return nil }
      return table.kind(type) == .list ? table.list(item) : table.tuples(item)
    case .tuple:
      var items: [ValueType] = []
      for part in table.parts(type) {
        guard let item = awaited(part) else { return nil }
        items.append(item)
      }
      return table.tuple(items)
    case .object:
      var fields = table.fields(type)
      for index in fields.indices {
        guard let item = awaited(fields[index].type) else { return nil }
        fields[index].type = item
      }
      let rest = table.rest(type)
      guard rest == .hidden || rest == .never else {
        guard let rest = awaited(rest) else { return nil }
        return table.object(fields, rest: rest)
      }
      return table.object(fields, rest: rest)
    default: return nil
    }
  }

  // MARK: Unwrapping

  @inline(never)
  mutating func inferUnwrap(_ id: ExpressionID, _ operand: ExpressionID) -> ValueType {
    let type = infer(operand)
    var isAwait = false
    if case .await(let inner) = tree[operand].kind { isAwait = isAggregate(inner, type) }
    return unwrapped(type, id, isAggregate: isAwait)
  }

  /// Whether what was awaited is unwrapped element by element (rule EFF-11).
  private func isAggregate(_ operand: ExpressionID, _ type: ValueType) -> Bool {
    !isResult(type) && !table.isOpen(type)
  }

  @inline(never)
  private mutating func unwrapped(
    _ type: ValueType, _ id: ExpressionID, isAggregate: Bool
  ) -> ValueType {
    if let value = isAggregate ? unwrappedParts(type) : unwrappedOne(type) { return value }
    guard case .unwrap(let operand) = tree[id].kind else { return .unknown }
    report(
      .notUnwrappable, "`?` expected a tool result wrapper, got \(table.text(type))",
      at: tree[operand].span, adviceOnUnwrapping(type, operand, end: tree[id].span.end))
    return .unknown
  }

  private func adviceOnUnwrapping(
    _ type: ValueType, _ operand: ExpressionID, end: UInt32
  ) -> Advice {
    let bytes = tree.source.bytes
    if Int(end) < bytes.count, bytes[Int(end)] == UInt8(ascii: "."), !table.isOpen(type) {
      let mark = SourceSpan(start: tree[operand].span.end, end: end)
      let edit = SourceEdit(span: mark, text: "")
      return Advice(
        "`?.` is no operator: a field of what is null is null; write `.` alone",
        fixes: [FixIt(title: "leave `?` out", edits: [edit])])
    }
    if table.kinds(type) == .handle {
      return Advice("await it first: `(await \(shortText(operand)))?`")
    }
    if table.kinds(type) == .record {
      return Advice(
        "this is a plain record: only what a call gives can be unwrapped; read `.value`")
    }
    return Advice("`?` belongs to calls of module operations and to awaited runs; remove it here")
  }

  private mutating func unwrappedOne(_ type: ValueType) -> ValueType? {
    if type.isOpen { return type }
    var found: [ValueType] = []
    for member in table.members(type) {
      switch table.kind(member) {
      case .success: found.append(table.part(member))
      case .failure: break
      case .never, .unknown, .any, .absent: if member != .absent { found.append(member) }
      default: return nil
      }
    }
    return table.union(found)
  }

  private mutating func unwrappedParts(_ type: ValueType) -> ValueType? {
    if type.isOpen { return type }
    let type = table.expand(type)
    switch table.kind(type) {
    case .list, .tuples:
      guard let item = unwrappedParts(table.part(type)) else { return nil }
      return table.kind(type) == .list ? table.list(item) : table.tuples(item)
    case .tuple:
      var items: [ValueType] = []
      for part in table.parts(type) {
        guard let item = unwrappedParts(part) else { return nil }
        items.append(item)
      }
      return table.tuple(items)
    case .object:
      var fields = table.fields(type)
      for index in fields.indices {
        guard let item = unwrappedParts(fields[index].type) else { return nil }
        fields[index].type = item
      }
      let rest = table.rest(type)
      if rest == .hidden || rest == .never { return table.object(fields, rest: rest) }
      guard let open = unwrappedParts(rest) else { return nil }
      return table.object(fields, rest: open)
    default: return unwrappedOne(type)
    }
  }

  // MARK: Time

  @inline(never)
  mutating func inferSleep(_ kind: SleepKind, _ operand: ExpressionID) -> ValueType {
    let type = inferOutsideBatch(operand)
    let kinds = table.kinds(type)
    if !table.isOpen(type), !kinds.isSubset(of: [.number, .string]) {
      report(
        .typeMismatch,
        kind == .duration
          ? "`sleep for` takes milliseconds or text such as \"30s\", got \(table.text(type))"
          : "`sleep until` takes epoch milliseconds or RFC 3339 text, got \(table.text(type))",
        at: tree[operand].span)
    }
    return .null
  }
}
