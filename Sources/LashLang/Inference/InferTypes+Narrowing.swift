/// What conditions tell of variables and of what lies in them (rule TYP-13).
extension InferTypes {
  /// Longer chains of `and` and `or` tell nothing where they are false or true as a whole.
  private static let longestAlternative = 16

  /// Takes a condition to be true, or false, from here on.
  @inline(never)
  mutating func narrow(_ id: ExpressionID, _ truth: Bool) {
    switch tree[id].kind {
    case .bool(let value):
      if value != truth { flow.isReachable = false }
    case .unary(.not, let operand):
      narrow(operand, !truth)
    case .binary(let operation, let left, let right):
      narrow(id, operation, left, right, truth)
    default:
      refine(id, .truth(truth))
    }
  }

  @inline(never)
  private mutating func narrow(
    _ id: ExpressionID, _ operation: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID,
    _ truth: Bool
  ) {
    switch operation {
    case .and where truth, .or where !truth:
      for operand in chain(id, operation).operands { narrow(operand, truth) }
    case .and, .or:
      narrowAlternatives(chain(id, operation).operands, truth)
    case .equal: narrowEqual(left, right, truth)
    case .notEqual: narrowEqual(left, right, !truth)
    case .contained where truth: narrowContained(left, right)
    case .notContained where !truth: narrowContained(left, right)
    default: break
    }
  }

  /// A false `and`: the first operand is false, or it is true and the second is false, and so on.
  @inline(never)
  private mutating func narrowAlternatives(_ operands: [ExpressionID], _ truth: Bool) {
    guard operands.count <= Self.longestAlternative else { return }
    let mark = flow.mark
    let wasReachable = flow.isReachable
    var snapshots: [TypeFlow.Snapshot] = []
    for operand in operands {
      let here = flow.mark
      narrow(operand, truth)
      if flow.isReachable { snapshots.append(flow.capture(since: mark)) }
      flow.undo(to: here)
      flow.isReachable = wasReachable
      narrow(operand, !truth)
      if !flow.isReachable { break }
    }
    flow.undo(to: mark)
    flow.isReachable = wasReachable
    guard wasReachable else { return }
    flow.merge(snapshots, &table)
  }

  @inline(never)
  private mutating func narrowEqual(
    _ left: ExpressionID, _ right: ExpressionID, _ isEqual: Bool
  ) {
    for (value, constant) in [(left, right), (right, left)] {
      if let kinds = kindTest(value, constant) {
        refine(kinds.subject, .kinds(kinds.kinds, isEqual))
        return
      }
      guard let refinement = refinement(by: constant, isEqual) else { continue }
      refine(value, refinement)
      return
    }
  }

  /// `type_of(x) == "name"`.
  private func kindTest(
    _ call: ExpressionID, _ constant: ExpressionID
  ) -> (subject: ExpressionID, kinds: KindSet)? {
    guard case .call(_, let arguments) = tree[call].kind,
      context.module[call] == .builtin(.typeOf), let subject = tree[arguments].first,
      case .string(let name) = tree[constant].kind, let kinds = KindSet(named: tree[name])
    else { return nil }
    return (subject, kinds)
  }

  private func refinement(by constant: ExpressionID, _ isEqual: Bool) -> Refinement? {
    switch tree[constant].kind {
    case .null: .null(isEqual)
    case .bool(let value): .bool(value, isEqual)
    case .string(let symbol): .text(Int32(symbol.index), isEqual)
    case .integer where isEqual: .number(isIntegral: true)
    case .number where isEqual: .number(isIntegral: false)
    default: nil
    }
  }

  /// `x in ["a", "b"]`.
  private mutating func narrowContained(_ item: ExpressionID, _ container: ExpressionID) {
    let items: NodeList<ExpressionID>
    switch tree[container].kind {
    case .list(let list), .tuple(let list): items = list
    default: return
    }
    var texts: [Int32] = []
    for item in tree[items] {
      guard case .string(let symbol) = tree[item].kind else { return }
      texts.append(Int32(symbol.index))
    }
    if texts.count <= 32 { refine(item, .oneOf(texts)) }
  }

  // MARK: Places

  private mutating func refine(_ id: ExpressionID, _ refinement: Refinement) {
    guard let place = place(id) else { return }
    let old = flow[place.root]
    let new = table.refine(old, at: place.steps[...], refinement)
    guard new != old else { return }
    flow.set(place.root, new)
    if new == .never { flow.isReachable = false }
  }

  /// The variable that an expression reads, and the way into it; nothing for other expressions.
  private func place(_ id: ExpressionID) -> (root: Symbol, steps: [AccessStep])? {
    var steps: [AccessStep] = []
    var current = id
    while true {
      switch tree[current].kind {
      case .name(let symbol):
        guard context.module.resolutions[Int(current.index)] == .variable else { return nil }
        steps.reverse()
        return (symbol, steps)
      case .field(let target, let name):
        steps.append(.field(Int32(name.symbol.index)))
        current = target
      case .index(let target, let index):
        if case .string(let symbol) = tree[index].kind {
          steps.append(.field(Int32(symbol.index)))
        } else if let position = position(index) {
          steps.append(.position(position))
        } else {
          return nil
        }
        current = target
      default: return nil
      }
    }
  }
}
