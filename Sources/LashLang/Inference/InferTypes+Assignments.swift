/// Assignments (rules ASG-1 to ASG-6, TYP-15).
extension InferTypes {
  @inline(never)
  mutating func walkAssignment(_ targets: NodeList<AssignmentTarget>, _ value: ExpressionID) {
    for target in tree[targets] { walkIndexes(target) }
    let type = infer(value)
    guard targets.count > 1 else {
      if let target = tree[targets].indices.first { assign(target, type) }
      return
    }
    let parts = destructured(type, into: Int(targets.count), at: tree[value].span, isItem: false)
    for (target, part) in zip(tree[targets].indices, parts) { assign(target, part) }
  }

  @inline(never)
  mutating func walkUpdate(
    _ id: StatementID, _ targets: NodeList<AssignmentTarget>, _ operation: BinaryOperator,
    _ value: ExpressionID
  ) {
    guard let target = tree[targets].indices.first else { return }
    walkIndexes(tree.targets[target])
    let old = current(tree.targets[target])
    let type = infer(value)
    hidden.targets[target] = old
    assign(target, updated(id, operation, old, type))
  }

  private mutating func updated(
    _ id: StatementID, _ operation: BinaryOperator, _ old: ValueType, _ new: ValueType
  ) -> ValueType {
    if operation == .add {
      if let sum = sum(old, new) { return sum }
    } else if [old, new].allSatisfy({ table.isOpen($0) || table.kinds($0).isSubset(of: .scalar) }) {
      return operation == .divide ? .float : arithmetic(old, new)
    }
    let kinds = table.kinds(old)
    report(
      .operandTypes,
      "operator `\(operation.rawValue)=` does not accept \(table.text(old)) and \(table.text(new))",
      at: tree[id].span,
      Advice(
        kinds == .list && operation == .add
          ? "add one item with `push`, or `+= […]`"
          : kinds == .string ? "write `to_string(…)` around the right side" : nil))
    return .unknown
  }

  private mutating func walkIndexes(_ target: AssignmentTarget) {
    for step in tree[target.steps] {
      if case .index(let index) = step { inferOutsideBatch(index) }
    }
  }

  /// What a target holds before it is assigned.
  private mutating func current(_ target: AssignmentTarget) -> ValueType {
    var type = flow[target.root.symbol]
    for step in tree[target.steps] {
      let access: TypeTable.Access
      switch step {
      case .field(let name): access = table.read(type, field: Int32(name.symbol.index))
      case .index(let index):
        access = table.read(type, position: position(index), key: key(index))
      }
      switch access {
      case .type(let found): type = found
      // A missing field counts as null; what cannot be assigned is reported with the assignment.
      case .noField, .wrapper: type = .absent
      case .refused: return .unknown
      }
    }
    return type
  }

  // MARK: Targets

  private mutating func assign(_ index: Int, _ value: ValueType) {
    let target = tree.targets[index]
    let root = target.root.symbol
    guard !target.steps.isEmpty else {
      flow.set(root, value)
      return
    }
    hidden.targets[index] = flow[root]
    var steps: [TypeTable.UpdateStep] = []
    for step in tree[target.steps] {
      switch step {
      case .field(let name): steps.append(.key(Int32(name.symbol.index), isField: true))
      case .index(let index):
        if let key = key(index) {
          steps.append(.key(key, isField: false))
        } else {
          steps.append(.index(types[Int(index.index)], position: position(index)))
        }
      }
    }
    do throws(TypeTable.UpdateProblem) {
      flow.set(root, try table.assigning(flow[root], steps[...], value))
    } catch {
      report(error, target)
      flow.set(root, .unknown)
    }
  }

  @inline(never)
  private mutating func report(
    _ problem: TypeTable.UpdateProblem, _ target: AssignmentTarget
  ) {
    switch problem {
    case .missing(let name, let step):
      let span = span(of: step, target)
      report(
        .unknownField, "can't assign through missing field `.\(table.name(name))`", at: span,
        Advice("assign the record first, for example `\(prefix(target, step)) = {}`"))
    case .key(let type, let step):
      report(
        .notAssignable, "a record's key must be text, got \(table.text(type))",
        at: span(of: step, target))
    case .index(let type, let step):
      report(
        .notAssignable,
        "list assignment index must be an integer, got \(table.text(type))",
        at: span(of: step, target))
    case .kind(let type, let step):
      report(.notAssignable, message(type, step, target), at: target.span, advice(type, target))
    }
  }

  private func message(_ type: ValueType, _ step: Int, _ target: AssignmentTarget) -> String {
    let steps = Array(tree[target.steps])
    var name = "index"
    if case .field(let field) = steps[step] { name = "`.\(tree[field.symbol])`" }
    switch table.kind(type) {
    case .tuple, .tuples: return "can't assign tuple indexes; tuples are immutable"
    case .image: return "can't assign image fields; images are immutable"
    default:
      return step == steps.count - 1
        ? "can't assign \(name) on \(table.text(type))"
        : "can't assign through \(name) on \(table.text(type))"
    }
  }

  private func advice(_ type: ValueType, _ target: AssignmentTarget) -> Advice {
    let root = tree[target.root.symbol]
    switch table.kinds(type) {
    case .null: return Advice("give it a record first, for example `\(root) = {}`")
    case .tuple: return Advice("make it a list, or build a new tuple")
    default: return Advice()
    }
  }

  private func span(of step: Int, _ target: AssignmentTarget) -> SourceSpan {
    switch Array(tree[target.steps])[step] {
    case .field(let name): name.span
    case .index(let index): tree[index].span
    }
  }

  /// The text of a target up to and with a step.
  private func prefix(_ target: AssignmentTarget, _ step: Int) -> String {
    let end = span(of: step, target).end
    return tree.source.text(SourceSpan(start: target.span.start, end: end))
  }

  // MARK: Destructuring

  /// The parts of a value that several names take (rule ASG-6).
  mutating func destructured(
    _ type: ValueType, into count: Int, at span: SourceSpan, isItem: Bool
  ) -> [ValueType] {
    var parts = Array(repeating: ValueType.never, count: count)
    for member in table.members(type) {
      switch table.kind(member) {
      case .never, .unknown, .any, .absent:
        for index in parts.indices where member != .absent {
          parts[index] = table.union(parts[index], member)
        }
      case .list, .tuples:
        for index in parts.indices {
          parts[index] = table.union(parts[index], table.part(member))
        }
      case .tuple where table.count(member) == count:
        for index in parts.indices {
          parts[index] = table.union(parts[index], table.part(member, index))
        }
      case .tuple:
        return refused(
          "expected \(count) items, got \(table.count(member))", count, at: span)
      default:
        return refused(
          "can't destructure \(table.text(member))\(isItem ? ", which each item is" : "")", count,
          at: span)
      }
    }
    return parts
  }

  private mutating func refused(
    _ message: String, _ count: Int, at span: SourceSpan
  ) -> [ValueType] {
    report(.typeMismatch, message, at: span)
    return Array(repeating: .unknown, count: count)
  }
}
