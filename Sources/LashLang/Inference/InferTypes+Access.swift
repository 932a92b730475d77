/// Fields and indexes (rules EXP-12, EXP-13).
extension InferTypes {
  /// Infers a chain of fields and indexes, from its root on, without recursion.
  @inline(never)
  mutating func inferAccess(_ id: ExpressionID) -> ValueType {
    var chain = [id]
    var root = id
    while let target = target(of: root) {
      root = target
      chain.append(target)
    }
    chain.removeLast()
    var type = inferOutsideBatch(root)
    for node in chain.reversed() {
      type = access(node, type)
      types[Int(node.index)] = type
    }
    return type
  }

  private func target(of id: ExpressionID) -> ExpressionID? {
    switch tree[id].kind {
    case .field(let target, _), .index(let target, _): target
    default: nil
    }
  }

  /// The type of one access to a value that is inferred already.
  @inline(never)
  private mutating func access(_ id: ExpressionID, _ type: ValueType) -> ValueType {
    switch tree[id].kind {
    case .field(let target, let name): readField(id, target, name, type)
    case .index(let target, let index): readIndex(id, target, index, type)
    default: .unknown
    }
  }

  private mutating func readField(
    _ id: ExpressionID, _ target: ExpressionID, _ name: Name, _ type: ValueType
  ) -> ValueType {
    switch context.module.resolutions[Int(id.index)] {
    case .none: break
    case let resolution: return value(of: resolution)
    }
    if case .module = context.module.resolutions[Int(target.index)] { return .unknown }
    switch table.read(type, field: Int32(name.symbol.index)) {
    case .type(let type): return type
    case .wrapper: reportWrapperField(name, target)
    case .noField(let type): reportNoField(name, type)
    case .refused(let type): reportFieldOf(type, name, target)
    }
    return .unknown
  }

  mutating func reportNoField(_ name: Name, _ type: ValueType) {
    guard isReporting else { return }
    let text = tree[name.symbol]
    report(
      .unknownField, "object type has no field `\(text)`: it is \(table.text(type))",
      at: name.span, adviceOnField(name, type))
  }

  private func adviceOnField(_ name: Name, _ type: ValueType) -> Advice {
    let known = fieldNames(type)
    let text = tree[name.symbol]
    if let advice = Advice.closest(to: text, at: name.span, among: known) { return advice }
    if known.isEmpty { return Advice("it has no fields yet; assign one before reading it") }
    let shown = known.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
    return Advice(
      "its fields are \(shown)\(known.count > 8 ? ", …" : ""); where it may be missing, write "
        + "`[\"\(text)\"]`")
  }

  func fieldNames(_ type: ValueType) -> [String] {
    var names: [String] = []
    for member in table.members(type) where table.kind(member) == .object {
      for field in table.fields(member) {
        let name = table.name(field.name)
        if !names.contains(name) { names.append(name) }
        if names.count > 200 { return names }
      }
    }
    return names
  }

  private mutating func reportFieldOf(
    _ type: ValueType, _ name: Name, _ target: ExpressionID
  ) {
    guard isReporting else { return }
    let field = tree[name.symbol]
    let text = shortText(target)
    if table.kind(type) == .named {
      report(
        .unknownField, "cannot access `.\(field)` on opaque host descriptor `\(table.text(type))`",
        at: name.span, Advice("only the host can look into it"))
      return
    }
    let kinds = table.kinds(type)
    var advice = Advice()
    if kinds == .handle {
      advice = Advice("await it first: `(await \(text))?`")
    } else if let call = ForeignHabit.method(field, receiver: text) {
      let whole = SourceSpan(start: tree[target].span.start, end: name.span.end)
      advice =
        call.contains(" = ")
        ? Advice("write `\(call)`")
        : .replace(whole, by: call, hint: "write `\(call)`")
    } else if kinds == .type {
      advice = Advice("a type makes no value; write the record itself: `{\(field): …}`")
    } else if kinds == .list {
      advice = Advice("read a field of one item, `\(text)[0].\(field)`, or of each in a loop")
    }
    report(
      .unknownField, "can't read `.\(field)` from \(table.text(type))", at: name.span, advice)
  }

  // MARK: Indexes

  private mutating func readIndex(
    _ id: ExpressionID, _ target: ExpressionID, _ index: ExpressionID, _ type: ValueType
  ) -> ValueType {
    let key = inferOutsideBatch(index)
    if !isIndex(key, of: type) {
      report(
        .notIndexable,
        "\(table.text(type)) has no index of type \(table.text(key))", at: tree[index].span,
        Advice(
          table.kinds(key).contains(.tuple) ? "index twice, as in `x[0][1]`" : nil))
      return .unknown
    }
    switch table.read(type, position: position(index), key: self.key(index)) {
    case .type(let type): return type
    case .refused(let type), .noField(let type):
      if table.kind(type) == .named {
        report(
          .notIndexable, "cannot access `[]` on opaque host descriptor `\(table.text(type))`",
          at: tree[id].span, Advice("only the host can look into it"))
      } else {
        report(
          .notIndexable, "can't index \(table.text(type))", at: tree[id].span,
          Advice(
            table.kinds(type) == .handle ? "await it first: `(await \(shortText(target)))?`" : nil))
      }
    case .wrapper: return .any
    }
    return .unknown
  }

  /// Whether a type may be an index at all: scalars are, and nothing else is.
  private func isIndex(_ key: ValueType, of target: ValueType) -> Bool {
    let kinds = table.kinds(target)
    return table.isOpen(key) || table.isOpen(target) || kinds.isSubset(of: .null)
      || (kinds == .record ? table.isKey(key) : table.kinds(key).isSubset(of: .scalar))
  }

  /// The position that an index surely is.
  func position(_ index: ExpressionID) -> Int64? {
    switch tree[index].kind {
    case .integer(let value): return value
    case .unary(.negate, let operand):
      if case .integer(let value) = tree[operand].kind, value != .min { return -value }
      return nil
    default: return nil
    }
  }

  /// The key that an index surely is.
  func key(_ index: ExpressionID) -> Int32? {
    if case .string(let symbol) = tree[index].kind { return Int32(symbol.index) }
    let type = types[Int(index.index)]
    return table.kind(type) == .literal ? table.word(type, 0) : nil
  }
}
