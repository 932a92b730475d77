import LashLang

/// Windows of moved operands, and calls that take them.
extension BodyBuilder {
  // MARK: Windows

  /// Where the operands of an instruction that takes them over begin: at the destination if it is
  /// the topmost temporary, so that the result need not be moved; else at the top.
  func windowBase(for destination: Destination) -> Register {
    if destination.isTemporary, destination.register + 1 == registers.top {
      destination.register
    } else {
      registers.top
    }
  }

  /// Evaluates `id` into place `index` of a window, which owns the value. Places above are free.
  mutating func fill(_ base: Register, _ index: Int, with id: ExpressionID) {
    let slot = base + index
    registers.reserve(slot)
    registers.pop(to: slot + 1)
    evaluate(id, into: .temporary(slot))
  }

  private mutating func fill(_ base: Register, with ids: NodeList<ExpressionID>) {
    for (index, id) in tree[ids].enumerated() { fill(base, index, with: id) }
    if ids.isEmpty { registers.reserve(base) }
  }

  // MARK: Calls by name

  mutating func evaluateCall(
    _ id: ExpressionID, _ arguments: NodeList<ExpressionID>, into destination: Destination
  ) {
    let span = tree[id].span
    let mark = registers.top
    if module[id] == .builtin(.len), let measured = tree[arguments].first {
      let source = operand(measured, scratch: destination.scratch)
      emitResult(destination, source, at: span) { code, result in
        code.emit(.length, a: result.offset, b: source.register.offset, at: span)
      }
      registers.pop(to: mark)
      return
    }
    let base = windowBase(for: destination)
    fill(base, with: arguments)
    switch module[id] {
    case .builtin(let builtin):
      code.emit(
        .builtin, a: base.offset, b: UInt16(truncatingIfNeeded: arguments.count),
        c: UInt16(builtin.ordinal), at: span)
    case .function(let index):
      code.emit(.call, a: base.offset, c: narrow(UInt32(index + 1)), at: span)
    case .constructor(let index): makeDescriptor(index, base, at: span)
    default: preconditionFailure("a checked call means a builtin, function or constructor")
    }
    move(base, into: destination, at: span)
    registers.pop(to: mark)
  }

  private mutating func makeDescriptor(_ index: Int, _ base: Register, at span: SourceSpan) {
    let key = narrow(pool.key(text: module.constructors[index].output))
    code.emit(.makeDescriptor, a: base.offset, b: base.offset, c: key, at: span)
  }

  // MARK: Operations

  mutating func evaluateOperation(
    _ id: ExpressionID, _ receiver: ExpressionID, _ name: Name,
    _ arguments: NodeList<ExpressionID>, into destination: Destination
  ) {
    let span = tree[id].span
    let mark = registers.top
    let base = windowBase(for: destination)
    if case .constructor(let index) = module[id] {
      fill(base, with: arguments)
      makeDescriptor(index, base, at: span)
    } else {
      fillCall(base, receiver, arguments)
      code.emit(
        .operation, a: base.offset, b: UInt16(truncatingIfNeeded: arguments.count),
        c: key(name.symbol), at: span)
    }
    move(base, into: destination, at: span)
    registers.pop(to: mark)
  }

  /// Collects an operation into the batch that `batch` holds; a placeholder goes to `destination`.
  mutating func collectLeaf(
    _ id: ExpressionID, into destination: Destination, batch: Register
  ) {
    guard case .operation(let receiver, let name, let arguments) = tree[operation(of: id)].kind
    else { preconditionFailure("a call leaf is an operation") }
    let span = tree[id].span
    let mark = registers.top
    let base = windowBase(for: destination)
    fillCall(base, receiver, arguments)
    code.emit(
      .batchAdd, a: base.offset, b: batch.offset, c: key(name.symbol), at: span)
    let isUnwrapped: UInt64 = effects.isUnwrappedLeaf(id) ? 1 << 16 : 0
    code.append(UInt64(arguments.count) | isUnwrapped, at: span)
    move(base, into: destination, at: span)
    registers.pop(to: mark)
  }

  private mutating func fillCall(
    _ base: Register, _ receiver: ExpressionID, _ arguments: NodeList<ExpressionID>
  ) {
    fill(base, 0, with: receiver)
    for (index, argument) in tree[arguments].enumerated() { fill(base, index + 1, with: argument) }
  }

  /// The operation inside a call leaf.
  private func operation(of leaf: ExpressionID) -> ExpressionID {
    var id = leaf
    while true {
      switch tree[id].kind {
      case .await(let operand), .unwrap(let operand): id = operand
      default: return id
      }
    }
  }
}

extension Builtin {
  /// Its place in `allCases`, by which instructions name it.
  var ordinal: Int { Self.ordinals[self] ?? 0 }

  private static let ordinals = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}
