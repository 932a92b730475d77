/// Finds results of module calls that are used as if they were the value (rules EFF-3, TYP-8).
///
/// A variable counts as a result only if every binding of its name in the text is a module call without
/// `?`, so nothing is refused for a fact that is not known. Linear in the text.
struct CheckResults {
  private var context: CheckContext
  private let tree: SyntaxTree
  /// By symbol: the calls that are all it is bound to, or what is known instead.
  private var bindings: [Binding]
  private var isRead: [Bool]

  private enum Binding {
    case none
    case result(ExpressionID, isOnly: Bool)
    case other
  }

  init(_ context: CheckContext) {
    self.context = context
    tree = context.tree
    bindings = Array(repeating: .none, count: tree.symbols.count)
    isRead = Array(repeating: false, count: tree.symbols.count)
  }

  consuming func run() -> CheckContext {
    collectBindings()
    for expression in tree.expressions { check(expression) }
    for statement in tree.statements { check(statement) }
    return context
  }

  // MARK: Bindings

  private mutating func collectBindings() {
    for statement in tree.statements {
      switch statement.kind {
      case .assign(let targets, let value):
        let isPlain = targets.count == 1
        for target in tree[targets] {
          bind(target.root.symbol, to: isPlain && target.steps.isEmpty ? value : nil)
        }
      case .update(let targets, _, _):
        for target in tree[targets] { bind(target.root.symbol, to: nil) }
      case .iterate(let names, _, _):
        for name in tree[names] { bind(name.symbol, to: nil) }
      default: break
      }
    }
    for clause in tree.clauses {
      if case .iterate(let names, _) = clause {
        for name in tree[names] { bind(name.symbol, to: nil) }
      }
    }
    for field in tree.typeFields { bind(field.name.symbol, to: nil) }
    for expression in tree.expressions {
      if case .name(let symbol) = expression.kind { isRead[Int(symbol.index)] = true }
    }
    let outside = Set(context.module.host.globals + context.module.host.readOnlyGlobals)
    for (index, name) in tree.symbols.enumerated() where outside.contains(name) {
      bindings[index] = .other
    }
  }

  private mutating func bind(_ symbol: Symbol, to value: ExpressionID?) {
    let index = Int(symbol.index)
    guard let value, let call = call(value) else {
      bindings[index] = .other
      return
    }
    switch bindings[index] {
    case .none: bindings[index] = .result(call, isOnly: true)
    case .result(let first, _): bindings[index] = .result(first, isOnly: false)
    case .other: break
    }
  }

  /// The module call that an expression is, with or without `await`, but without `?`.
  private func call(_ id: ExpressionID) -> ExpressionID? {
    switch tree[id].kind {
    case .await(let operand): call(operand)
    case .operation: context.module[id] == .operation ? id : nil
    default: nil
    }
  }

  // MARK: Checks

  private mutating func check(_ expression: Expression) {
    guard case .field(let target, let name) = expression.kind else { return }
    let field = tree[name.symbol]
    guard field != "ok", field != "value", field != "error" else { return }
    var result: ExpressionID?
    var isOnly = true
    if case .name(let symbol) = tree[target].kind, context.module[target] == .variable {
      if case .result(let call, let only) = bindings[Int(symbol.index)] {
        result = call
        isOnly = only
      }
    } else {
      result = call(target)
    }
    guard let result else { return }
    let end = tree[result].span.end
    let place = SourceSpan(start: end, end: end)
    context.report(
      .unknownField, "the result of a module call has no field `\(field)`", at: name.span,
      Advice(
        "add `?` to the call to get its value: the result itself has `.ok`, `.value` and `.error`",
        fixes: isOnly
          ? [FixIt(title: "add `?`", edits: [SourceEdit(span: place, text: "?")])] : []),
      notes: [DiagnosticNote("the call is here", at: tree[result].span)])
  }

  private mutating func check(_ statement: Statement) {
    switch statement.kind {
    case .expression(let value):
      guard let call = call(value) else { return }
      warn(call, "the result of this call is dropped, so a failure would go unnoticed")
    case .assign(let targets, let value):
      guard targets.count == 1, let target = tree[targets].first, let call = call(value),
        case .result = bindings[Int(target.root.symbol.index)],
        !isRead[Int(target.root.symbol.index)]
      else { return }
      warn(
        call, "`\(tree[target.root.symbol])` is never looked at, so a failure would go unnoticed")
    default: break
    }
  }

  private mutating func warn(_ call: ExpressionID, _ message: String) {
    let end = tree[call].span.end
    let place = SourceSpan(start: end, end: end)
    context.report(
      .unusedResult, message, at: tree[call].span,
      Advice(
        "add `?` to stop the program at a failure",
        fixes: [FixIt(title: "add `?`", edits: [SourceEdit(span: place, text: "?")])]))
  }
}
