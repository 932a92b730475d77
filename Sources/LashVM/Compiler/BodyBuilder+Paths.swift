import LashLang

/// A change of a path's target that needs no copy of it: `p += e`, `p = p * e`, `p = push(p, e)`.
struct PathUpdate {
  /// What is done to the target, by number in `updatePath`.
  enum Operation: UInt16 {
    case add, subtract, multiply, divide, push

    init(_ operation: BinaryOperator) {
      switch operation {
      case .add: self = .add
      case .subtract: self = .subtract
      case .multiply: self = .multiply
      case .divide: self = .divide
      default: preconditionFailure("no target is updated by `\(operation.rawValue)`")
      }
    }
  }

  let operation: Operation
  let value: ExpressionID
}

/// One step of a path, its index evaluated.
enum EvaluatedStep {
  case field(UInt32)
  case index(Operand)
}

/// Assignments into records and lists. The indexes are evaluated first, then the value; the root is
/// looked up last (rule ASG-4).
extension BodyBuilder {
  mutating func buildPathAssignment(_ target: AssignmentTarget, _ value: ExpressionID) {
    let path = evaluateSteps(target, copying: false)
    emitPath(.setPath, target, operand(value), path, at: target.span)
  }

  mutating func buildPathUpdate(
    _ target: AssignmentTarget, _ update: PathUpdate, at span: SourceSpan
  ) {
    let path = evaluateSteps(target, copying: false)
    if path.count > Int(UInt8.max) { exceedsOperands = true }
    emitPath(
      .updatePath, target, operand(update.value), path, operation: update.operation.rawValue,
      at: span)
  }

  /// Evaluates the indexes of a target from left to right.
  mutating func evaluateSteps(_ target: AssignmentTarget, copying: Bool) -> [EvaluatedStep] {
    tree[target.steps].map { step in
      switch step {
      case .field(let name): return .field(pool.key(name.symbol))
      case .index(let id):
        guard copying, variable(id) != nil else { return .index(operand(id)) }
        let register = registers.push()
        evaluate(id, into: .temporary(register))
        return .index(Operand(register: register, mustBeCleared: mayHoldHeap(id)))
      }
    }
  }

  /// Emits a path instruction with its step words, and clears what its operands may hold.
  mutating func emitPath(
    _ opcode: Opcode, _ target: AssignmentTarget, _ value: Operand, _ path: [EvaluatedStep],
    operation: UInt16 = 0, at span: SourceSpan
  ) {
    let root = read(target.root.symbol, at: target.root.span)
    code.emit(
      opcode, a: root.offset, b: value.register.offset,
      c: UInt16(truncatingIfNeeded: path.count) | operation << 8, at: span)
    for step in path {
      switch step {
      case .field(let key):
        code.append(PathStepKind.field | UInt64(key) << 16, at: target.span)
        code.append(0, at: target.span)
      case .index(let index):
        code.append(PathStepKind.index | UInt64(index.register.offset) << 16, at: target.span)
      }
    }
    clear(value, at: span)
    for case .index(let index) in path { clear(index, at: span) }
  }

  // MARK: In-place updates

  /// The update that `target = value` amounts to, if `value` is an operator or `push` on the same
  /// path. The path is read once then, so its indexes must be names or literals, and the other
  /// operand must ask the host for nothing.
  func inPlaceUpdate(of target: AssignmentTarget, by value: ExpressionID) -> PathUpdate? {
    let found: (operation: PathUpdate.Operation, left: ExpressionID, right: ExpressionID)
    switch tree[value].kind {
    case .binary(let operation, let left, let right):
      guard [.add, .subtract, .multiply, .divide].contains(operation) else { return nil }
      found = (PathUpdate.Operation(operation), left, right)
    case .call(_, let list) where module[value] == .builtin(.push) && list.count == 2:
      let arguments = Array(tree[list])
      found = (.push, arguments[0], arguments[1])
    default: return nil
    }
    guard target.steps.count <= UInt32(UInt8.max), effects.isPure(found.right),
      isRead(found.left, of: target)
    else { return nil }
    return PathUpdate(operation: found.operation, value: found.right)
  }

  /// Whether `id` reads just what `target` writes.
  private func isRead(_ id: ExpressionID, of target: AssignmentTarget) -> Bool {
    var id = id
    for step in tree[target.steps].reversed() {
      switch (tree[id].kind, step) {
      case (.field(let inner, let name), .field(let written))
      where name.symbol == written.symbol && module[id] == .none:
        id = inner
      case (.index(let inner, let index), .index(let written)) where isSame(index, written):
        id = inner
      default: return false
      }
    }
    return variable(id) == target.root.symbol
  }

  private func isSame(_ left: ExpressionID, _ right: ExpressionID) -> Bool {
    if let name = variable(left) { return variable(right) == name }
    switch (literals[Int(left.index)], literals[Int(right.index)]) {
    case (.integer(let left), .integer(let right)): return left == right
    case (.symbol(let left), .symbol(let right)): return left == right
    default: return false
    }
  }
}
