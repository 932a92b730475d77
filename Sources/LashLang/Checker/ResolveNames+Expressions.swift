extension ResolveNames {
  /// Walks an expression.
  mutating func walk(_ id: ExpressionID, _ position: Position = .plain) {
    let expression = tree[id]
    // What stands in an awaited literal is awaited with it; all other operands are not.
    let inner = position == .awaited ? Position.awaited : .plain
    switch expression.kind {
    case .null, .bool, .integer, .number, .error:
      break
    case .string(let symbol):
      warnOfTemplate(symbol, at: expression.span)
    case .interpolation(let parts):
      for part in tree[parts] {
        switch part {
        case .text: break
        case .slot(let value), .formatted(let value, _): walk(value)
        }
      }
    case .name(let symbol):
      resolve(id, Name(symbol: symbol, span: expression.span))
    case .tuple(let items), .list(let items):
      for item in tree[items] { walk(item, inner) }
    case .record(let fields):
      for field in tree[fields] { walk(field.value, inner) }
    case .comprehension(let element, let clauses):
      walkComprehension(element, clauses, at: expression.span, inner)
    case .field:
      resolveChain(id)
    case .index(let target, let index):
      walk(target, .postfix)
      walk(index)
    case .call(let name, let arguments):
      resolveCall(id, name, arguments)
    case .operation(let receiver, let name, let arguments):
      resolveOperation(id, receiver, name, arguments, position, whole: expression.span)
    case .unwrap(let operand):
      if case .operation(let receiver, let name, let arguments) = tree[operand].kind {
        resolveOperation(operand, receiver, name, arguments, position, whole: expression.span)
      } else {
        walk(operand, position == .awaited ? .awaited : .postfix)
      }
    case .await(let operand):
      // A refused call would be named a second time.
      if !awaitsCall(operand) {
        refuseEffect("`await`", at: SourceSpan(start: expression.span.start, length: 5))
      }
      walk(operand, .awaited)
    case .unary(_, let operand):
      walk(operand)
    case .binary(_, let left, let right):
      walk(left)
      walk(right)
    case .conditional(let condition, let then, let otherwise):
      walk(condition)
      walk(then)
      walk(otherwise)
    case .typeLiteral(let type):
      resolveLiteral(type)
    case .start(let name, let arguments):
      resolveStart(id, name, arguments)
    case .sleep(_, let operand):
      let word = SourceSpan(start: expression.span.start, length: 5)
      if !refuseEffect("`sleep`", at: word) {
        context.require(context.host.surface.abilities.sleep, "sleep", at: word)
      }
      walk(operand)
    case .waitSignal:
      checkWaitSignal(at: SourceSpan(start: expression.span.start, length: 11))
    case .signalRun(let run, _, let payload):
      let word = SourceSpan(start: expression.span.start, length: 10)
      if !refuseEffect("`signal_run`", at: word) {
        context.require(
          context.host.surface.abilities.processSignals, "process signals", at: word)
      }
      walk(run)
      walk(payload)
    }
  }

  /// Whether the operand of `await` is a call, with or without `?`.
  private func awaitsCall(_ operand: ExpressionID) -> Bool {
    var operand = operand
    if case .unwrap(let inner) = tree[operand].kind { operand = inner }
    if case .operation = tree[operand].kind { return true }
    return false
  }

  private mutating func walkComprehension(
    _ element: ExpressionID, _ clauses: NodeList<ComprehensionClause>, at span: SourceSpan,
    _ position: Position
  ) {
    for clause in tree[clauses] {
      switch clause {
      case .iterate(let names, let iterable):
        walk(iterable)
        for name in tree[names] { scope.bind(name.symbol) }
      case .filter(let condition):
        walk(condition)
      }
    }
    walk(element, position)
    for clause in tree[clauses] {
      guard case .iterate(let names, _) = clause else { continue }
      for name in tree[names] { scope.unbind(name.symbol) }
    }
  }

  /// Resolves the names of `Type {…}`; variables in it are read when it is evaluated.
  private mutating func resolveLiteral(_ type: TypeID) {
    let constants = isInMain ? context.declarations.constants : [:]
    var unset: [Name] = []
    context.resolveType(type) { [scope] name in
      switch scope.reading(name.symbol, at: name.span.start) {
      case .variable: break
      case .maybeUnset: unset.append(name)
      case .assignedLater, .unknown: return nil
      }
      if !scope.isBound(name.symbol), let constant = constants[name.symbol] {
        return .constant(constant)
      }
      return .variable
    }
    for name in unset { warnUnset(name) }
  }
}

extension SourceSpan {
  init(start: UInt32, length: UInt32) {
    self.init(start: start, end: start + length)
  }
}
