import LashLang

/// `await`, `?` and the effects that have a form of their own.
extension BodyBuilder {
  // MARK: await and `?`

  mutating func evaluateAwait(
    _ operand: ExpressionID, into destination: Destination, at span: SourceSpan
  ) {
    if effects.isCall(operand) {
      evaluate(operand, into: destination)
    } else if case .unwrap(let inner) = tree[operand].kind {
      // A `?` that ends the operand applies to what was awaited (rule EFF-5).
      unwrapAwaited(inner, into: destination, at: span)
    } else if effects.isBatch(operand) {
      evaluateBatch(operand, into: destination, at: span)
    } else {
      let result = destination.scratch ?? registers.push()
      evaluate(operand, into: .temporary(result))
      code.emit(.awaitValue, a: result.offset, at: span)
      move(result, into: destination, at: span)
      if !destination.isTemporary { registers.pop(to: result) }
    }
  }

  mutating func evaluateUnwrap(
    _ operand: ExpressionID, into destination: Destination, at span: SourceSpan
  ) {
    if case .await(let inner) = tree[operand].kind {
      unwrapAwaited(inner, into: destination, at: span)
      return
    }
    let mark = registers.top
    let source = self.operand(operand, scratch: destination.scratch)
    let isCall = effects.isCall(operand)
    emitResult(destination, source, at: span) { code, result in
      code.emit(
        .unwrap, a: result.offset, b: source.register.offset, c: isCall ? 1 : 0, at: span)
    }
    registers.pop(to: mark)
  }

  /// Awaits `operand` and unwraps what comes: one wrapper of a call, or each of an aggregate.
  private mutating func unwrapAwaited(
    _ operand: ExpressionID, into destination: Destination, at span: SourceSpan
  ) {
    let mark = registers.top
    let result = destination.scratch ?? registers.push()
    evaluateAwait(operand, into: .temporary(result), at: span)
    let isCall = effects.isCall(operand)
    // What a `?` has unwrapped already is one value, with no shape of wrappers.
    let isSingle = if case .unwrap = tree[operand].kind { true } else { isCall }
    code.emit(
      isSingle ? .unwrap : .unwrapEach, a: result.offset, b: result.offset, c: isCall ? 1 : 0,
      at: span)
    move(result, into: destination, at: span)
    registers.pop(to: mark)
  }

  /// Collects the calls of an aggregate and sends them together (rules EFF-6 … EFF-9).
  private mutating func evaluateBatch(
    _ aggregate: ExpressionID, into destination: Destination, at span: SourceSpan
  ) {
    let mark = registers.top
    let result = destination.scratch ?? registers.push()
    let batch = registers.push()
    code.emit(.batchBegin, a: batch.offset, at: span)
    evaluateAggregate(aggregate, into: .temporary(result), batch: batch)
    code.emit(.batchRun, a: result.offset, b: batch.offset, at: span)
    move(result, into: destination, at: span)
    registers.pop(to: mark)
  }

  // MARK: Others

  /// An effect with one operand, which it takes over, and the result null.
  mutating func evaluateEffect(
    _ opcode: Opcode, _ operand: ExpressionID, into destination: Destination, _ span: SourceSpan
  ) {
    let mark = registers.top
    let base = windowBase(for: destination)
    fill(base, 0, with: operand)
    code.emit(opcode, a: base.offset, at: span)
    move(base, into: destination, at: span)
    registers.pop(to: mark)
  }

  mutating func evaluateStart(
    _ id: ExpressionID, _ fields: NodeList<FieldSyntax>, into destination: Destination
  ) {
    guard case .process(let process) = module[id] else {
      preconditionFailure("a checked `start` names a process")
    }
    let span = tree[id].span
    let mark = registers.top
    let base = windowBase(for: destination)
    registers.reserve(base)
    for (index, field) in tree[fields].enumerated() { fill(base, index, with: field.value) }
    code.emit(.start, a: base.offset, c: narrow(UInt32(process)), at: span)
    code.append(UInt64(shape(of: fields)), at: span)
    move(base, into: destination, at: span)
    registers.pop(to: mark)
  }

  mutating func evaluateSignal(
    _ run: ExpressionID, _ name: Name, _ payload: ExpressionID, into destination: Destination,
    at span: SourceSpan
  ) {
    let mark = registers.top
    let base = windowBase(for: destination)
    fill(base, 0, with: run)
    fill(base, 1, with: payload)
    code.emit(.signal, a: base.offset, c: key(name.symbol), at: span)
    move(base, into: destination, at: span)
    registers.pop(to: mark)
  }

  /// The interned key list of a record literal or of `start` arguments.
  mutating func shape(of fields: NodeList<FieldSyntax>) -> UInt32 {
    pool.shape(tree[fields].map { pool.key($0.name.symbol) })
  }
}
