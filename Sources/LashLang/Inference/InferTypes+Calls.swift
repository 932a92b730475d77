/// Calls by name: functions, builtins, constructors (rules FN-5, BLT-0, HST-9).
extension InferTypes {
  @inline(never)
  mutating func inferCall(
    _ id: ExpressionID, _ arguments: NodeList<ExpressionID>
  ) -> ValueType {
    let isBatch = isInBatch
    isInBatch = false
    for argument in tree[arguments] { infer(argument) }
    isInBatch = isBatch
    return called(id, arguments)
  }

  @inline(never)
  private mutating func called(
    _ id: ExpressionID, _ arguments: NodeList<ExpressionID>
  ) -> ValueType {
    switch context.module.resolutions[Int(id.index)] {
    case .function(let index): return callFunction(index, arguments)
    case .builtin(let builtin): return callBuiltin(builtin, id, arguments)
    case .constructor(let index): return construct(index, arguments)
    default: return .unknown
    }
  }

  // MARK: Functions

  @inline(never)
  private mutating func callFunction(
    _ index: Int, _ arguments: NodeList<ExpressionID>
  ) -> ValueType {
    let function = context.module.functions[index]
    let parameters = tree[function.parameters]
    for (parameter, argument) in zip(parameters, tree[arguments]) {
      let target = type(of: parameter.type)
      guard let problem = mismatch(argument, target) else { continue }
      let name = tree[function.name.symbol]
      report(
        problem, target,
        lead: "function `\(name)` parameter `\(tree[parameter.name.symbol])` expects ",
        notes: [DiagnosticNote("the parameter is declared here", at: parameter.name.span)])
    }
    return type(of: function.returnType)
  }

  /// What a function body must give.
  struct Returning {
    let function: FunctionDeclaration
    let target: ValueType
  }

  /// Walks a function's body, or a block at its end, whose last statement gives the value.
  @inline(never)
  mutating func walkResult(_ block: Block, _ returning: Returning) {
    let statements = tree[block.statements]
    guard let last = statements.last else {
      refuseNull(block.span, returning)
      return
    }
    let before = NodeList<StatementID>(
      start: block.statements.start, count: block.statements.count - 1)
    walk(Block(before, span: block.span))
    let wasMuted = isMuted
    isMuted = isMuted || !flow.isReachable
    switch tree[last].kind {
    case .expression(let value):
      infer(value)
      if let problem = mismatch(value, returning.target) {
        report(problem, returning.target, lead: lead(returning))
      }
    case .branch(let branches, let otherwise):
      walkResultBranches(branches, otherwise, last, returning)
    default:
      walk(
        Block(NodeList(start: block.statements.start + before.count, count: 1), span: block.span))
      if flow.isReachable { refuseNull(tree[last].span, returning) }
    }
    isMuted = wasMuted
  }

  @inline(never)
  private mutating func walkResultBranches(
    _ branches: NodeList<ConditionalBlock>, _ otherwise: Block?, _ id: StatementID,
    _ returning: Returning
  ) {
    let mark = flow.mark
    var snapshots: [TypeFlow.Snapshot] = []
    for branch in tree[branches] {
      let condition = beginBranch(branch.condition)
      walkResult(branch.block, returning)
      endBranch(condition, branch.condition, since: mark, &snapshots)
    }
    if let otherwise {
      walkResult(otherwise, returning)
    } else if flow.isReachable {
      refuseNull(tree[id].span, returning)
    }
    flow.undo(to: mark)
  }

  private func lead(_ returning: Returning) -> String {
    "function `\(tree[returning.function.name.symbol])` return type is incompatible: expected "
  }

  private mutating func refuseNull(_ span: SourceSpan, _ returning: Returning) {
    guard !table.accepts(returning.target, .null) else { return }
    report(
      .typeMismatch, lead(returning) + "\(table.text(returning.target)), got null", at: span,
      Advice("the last statement must be an expression: its value is the result"),
      notes: [
        DiagnosticNote("the type is declared here", at: tree[returning.function.returnType].span)
      ])
  }

  // MARK: Constructors

  @inline(never)
  mutating func construct(
    _ index: Int, _ arguments: NodeList<ExpressionID>
  ) -> ValueType {
    let constructor = context.module.constructors[index]
    if let argument = tree[arguments].first, arguments.count == 1 {
      let target = type(of: constructor.input)
      if let problem = mismatch(argument, target) {
        report(problem, target, lead: "constructor `\(constructor.path)` expects ")
      }
    }
    let name = table.name(constructor.output)
    return table.named(name)
  }
}
