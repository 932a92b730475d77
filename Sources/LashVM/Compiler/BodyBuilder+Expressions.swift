import LashLang

/// Expressions as values.
extension BodyBuilder {
  /// Evaluates `id` into `destination`.
  mutating func evaluate(_ id: ExpressionID, into destination: Destination) {
    let span = tree[id].span
    if let literal = literals[Int(id.index)] {
      load(literal, into: destination.register, at: span)
      return
    }
    switch tree[id].kind {
    case .null, .bool, .integer, .number, .string, .error:
      load(.null, into: destination.register, at: span)
    case .name(let symbol): evaluateName(symbol, id, into: destination.register)
    case .interpolation(let parts): evaluateInterpolation(parts, into: destination, at: span)
    case .tuple, .list, .record, .comprehension:
      evaluateAggregate(id, into: destination, batch: nil)
    case .field(let target, let name): evaluateField(id, target, name, into: destination)
    case .index(let target, let index): evaluateIndex(target, index, into: destination, at: span)
    case .call(_, let arguments): evaluateCall(id, arguments, into: destination)
    case .operation(let receiver, let name, let arguments):
      evaluateOperation(id, receiver, name, arguments, into: destination)
    case .unwrap(let operand): evaluateUnwrap(operand, into: destination, at: span)
    case .await(let operand): evaluateAwait(operand, into: destination, at: span)
    case .unary(let operation, let operand):
      evaluateUnary(operation, operand, into: destination, at: span)
    case .binary(let operation, let left, let right):
      evaluateBinary(operation, left, right, into: destination, at: span)
    case .conditional(let condition, let then, let otherwise):
      evaluateConditional(condition, then, otherwise, into: destination, at: span)
    case .typeLiteral(let type): evaluateType(type, into: destination, at: span)
    case .start(_, let fields): evaluateStart(id, fields, into: destination)
    case .sleep(let kind, let operand):
      evaluateEffect(kind == .duration ? .sleepFor : .sleepUntil, operand, into: destination, span)
    case .waitSignal(let name):
      code.emit(.waitSignal, a: destination.register.offset, c: key(name.symbol), at: span)
    case .signalRun(let run, let name, let payload):
      evaluateSignal(run, name, payload, into: destination, at: span)
    }
  }

  /// Evaluates `id` for an instruction that reads it: a variable stays where it is, anything else
  /// goes into `scratch` or a new temporary.
  mutating func operand(_ id: ExpressionID, scratch: Register? = nil) -> Operand {
    if let symbol = variable(id) {
      return Operand(register: read(symbol, at: tree[id].span), mustBeCleared: false)
    }
    let register = scratch ?? registers.push()
    evaluate(id, into: .temporary(register))
    return Operand(
      register: register,
      // The constant itself is a second reference to a literal text.
      mustBeCleared: literals[Int(id.index)] == nil && mayHoldHeap(id))
  }

  /// The name if `id` is a variable or binding.
  func variable(_ id: ExpressionID) -> Symbol? {
    if case .name(let symbol) = tree[id].kind, module[id] == .variable { symbol } else { nil }
  }

  /// Emits an instruction that reads `operands` and writes the destination, so that no operand's
  /// value stays behind: the result replaces one of them if it can, the others are cleared.
  mutating func emitResult(
    _ destination: Destination, _ first: Operand, _ second: Operand? = nil, at span: SourceSpan,
    _ emit: (inout CodeBuffer, Register) -> Void
  ) {
    var result = destination.register
    if !destination.isTemporary, first.register != result {
      if first.mustBeCleared {
        result = first.register
      } else if let second, second.mustBeCleared {
        result = second.register
      }
    }
    emit(&code, result)
    if first.register != result { clear(first, at: span) }
    if let second, second.register != result { clear(second, at: span) }
    move(result, into: destination, at: span)
  }

  /// Moves a temporary to where it shall be.
  mutating func move(_ register: Register, into destination: Destination, at span: SourceSpan) {
    guard register != destination.register else { return }
    code.emit(.move, a: destination.register.offset, b: register.offset, at: span)
  }

  /// Loads a literal.
  mutating func load(_ literal: Literal, into register: Register, at span: SourceSpan) {
    switch literal {
    case .null: code.emit(.loadNull, a: register.offset, at: span)
    case .bool(let value): code.emit(.loadBool, a: register.offset, b: value ? 1 : 0, at: span)
    case .integer(let value):
      if let small = Int32(exactly: value) {
        code.emit(.loadInteger, a: register.offset, wide: UInt32(bitPattern: small), at: span)
      } else {
        loadConstant(pool.constant(literal), into: register, at: span)
      }
    case .double, .symbol, .text:
      loadConstant(pool.constant(literal), into: register, at: span)
    }
  }

  private mutating func loadConstant(
    _ index: UInt32?, into register: Register, at span: SourceSpan
  ) {
    guard let index else { return }
    code.emit(.loadConstant, a: register.offset, wide: index, at: span)
  }

  // MARK: Names, fields, indexes

  private mutating func evaluateName(
    _ symbol: Symbol, _ id: ExpressionID, into register: Register
  ) {
    let span = tree[id].span
    if module[id] == .variable {
      let source = read(symbol, at: span)
      code.emit(.copy, a: register.offset, b: source.offset, at: span)
    } else {
      evaluateReference(module[id], into: register, at: span)
    }
  }

  /// Loads what a name or field chain means that is no variable.
  private mutating func evaluateReference(
    _ reference: Resolution, into register: Register, at span: SourceSpan
  ) {
    switch reference {
    case .module(let index):
      loadConstant(pool.constant(module.modules[index]), into: register, at: span)
    case .process(let index):
      code.emit(.loadProcess, a: register.offset, b: narrow(UInt32(index)), at: span)
    case .type(let index):
      evaluateType(module.typeDeclarations[index].type, into: .temporary(register), at: span)
    case .hostType(let index):
      evaluateType(ofHost: index, into: .temporary(register), at: span)
    case .triggerEvent: code.emit(.loadTriggerEvent, a: register.offset, at: span)
    case .none, .variable, .operation, .builtin, .function, .constructor:
      preconditionFailure("a checked module uses no \(reference) as a value")
    }
  }

  private mutating func evaluateField(
    _ id: ExpressionID, _ target: ExpressionID, _ name: Name, into destination: Destination
  ) {
    let span = tree[id].span
    guard module[id] == .none else {
      evaluateReference(module[id], into: destination.register, at: span)
      return
    }
    let mark = registers.top
    let source = operand(target, scratch: destination.scratch)
    let key = key(name.symbol)
    emitResult(destination, source, at: span) { code, result in
      code.emit(.field, a: result.offset, b: source.register.offset, c: key, at: span)
      code.append(0, at: span)
    }
    registers.pop(to: mark)
  }

  private mutating func evaluateIndex(
    _ target: ExpressionID, _ index: ExpressionID, into destination: Destination,
    at span: SourceSpan
  ) {
    let mark = registers.top
    let source = operand(target, scratch: destination.scratch)
    if let constant = directConstant(index) {
      emitResult(destination, source, at: span) { code, result in
        code.emit(
          .indexConstant, a: result.offset, b: source.register.offset, c: constant, at: span)
      }
    } else {
      let key = operand(index, scratch: freeScratch(of: destination, beside: source))
      emitResult(destination, source, key, at: span) { code, result in
        code.emit(
          .index, a: result.offset, b: source.register.offset, c: key.register.offset, at: span)
      }
    }
    registers.pop(to: mark)
  }

  /// The destination as scratch space for a second operand.
  func freeScratch(of destination: Destination, beside first: Operand) -> Register? {
    first.register == destination.register ? nil : destination.scratch
  }

  /// The byte offset of the constant that `id` is, if it is a number or text within reach.
  mutating func directConstant(_ id: ExpressionID) -> UInt16? {
    guard let literal = literals[Int(id.index)], let index = pool.constant(literal) else {
      return nil
    }
    return constantOffset(index)
  }

  // MARK: F-strings

  private mutating func evaluateInterpolation(
    _ parts: NodeList<InterpolationPart>, into destination: Destination, at span: SourceSpan
  ) {
    let mark = registers.top
    let base = windowBase(for: destination)
    var slot = base
    for part in tree[parts] {
      registers.reserve(slot)
      switch part {
      case .text(let symbol): load(.symbol(symbol), into: slot, at: span)
      case .slot(let value): evaluate(value, into: .temporary(slot))
      case .formatted(let value, let spec):
        evaluate(value, into: .temporary(slot))
        let constant = requiredConstant(pool.constant(spec.symbol))
        code.emit(
          .formatValue, a: slot.offset, b: slot.offset, c: constant, at: tree[value].span)
      }
      slot = slot + 1
      registers.pop(to: slot)
    }
    code.emit(
      .interpolate, a: destination.register.offset, b: base.offset,
      c: UInt16(truncatingIfNeeded: parts.count), at: span)
    registers.pop(to: mark)
  }

  /// A constant that only a 16-bit operand can name.
  mutating func requiredConstant(_ index: UInt32) -> UInt16 {
    if let offset = constantOffset(index) { return offset }
    exceedsOperands = true
    return 0
  }
}
