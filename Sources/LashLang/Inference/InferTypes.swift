/// The last pass: finds the type of every expression, following the flow of each body, and reports
/// what contradicts (rules TYP-9 …).
///
/// Bodies are walked once, processes before those that start them; loops are walked until the types
/// of their variables stay. Recursion goes as deep as the tree, which the parser bounds; the frames
/// of the recursion are kept small. An expression with an error is `unknown`, so that one mistake is
/// reported once.
struct InferTypes {
  /// The body being walked.
  enum Body {
    case main
    case process(Int)
    case function(Int)
  }

  struct Loop {
    let mark: Int
    var breaks: [TypeFlow.Snapshot] = []
    var continues: [TypeFlow.Snapshot] = []
    /// What a `for` binds.
    var names: [Symbol] = []
    /// Whether some ways out of the body were not kept: all that it assigns is `any` then.
    var isForgetful = false
  }

  let tree: SyntaxTree
  var context: CheckContext
  var table: TypeTable
  /// By expression.
  var types: [ValueType]
  var flow: TypeFlow
  var body = Body.main
  var loops: [Loop] = []
  /// What is found, in the order of finding; a walk that must be repeated takes its part back.
  var problems: [Diagnostic] = []
  /// The errors among what was taken back.
  var hidden: HiddenErrors
  /// Whether the current code never runs, so that nothing is said of it.
  var isMuted = false
  /// Whether variables that nothing reads are named.
  var namesUnused = false
  /// What processes end with, by index, once known.
  var outputs: [ValueType?]
  /// What the current process ends with.
  var finished = ValueType.never
  /// Whether the operand of an `await` being walked is one batch (rule EFF-6).
  var isInBatch = false
  /// The variables' types at the head of a loop when it was last left, by statement.
  var heads: [UInt32: [(symbol: Int32, type: ValueType)]] = [:]
  /// Statements that may still be walked again before loops are judged coarsely.
  var budget: Int
  /// Entries that snapshots of `break` and `continue` may still take.
  var snapshotBudget: Int
  var operations: [OperationKey: OperationTypes] = [:]
  var pendingHostTypes: [Int] = []
  /// What the variables of a cell hold wherever its main block ends.
  var endings = CellEndings()

  init(_ context: consuming CheckContext) {
    tree = context.tree
    table = TypeTable(names: tree.symbols)
    types = Array(repeating: .unknown, count: tree.expressions.count)
    flow = TypeFlow(symbolCount: tree.symbols.count)
    hidden = HiddenErrors(targetCount: tree.targets.count)
    outputs = Array(repeating: nil, count: context.module.processes.count)
    budget = tree.statements.count * 8 + 1_000
    snapshotBudget = tree.statements.count * 32 + 100_000
    self.context = context
  }

  /// Runs the pass.
  consuming func run() -> CheckContext {
    declareTypes()
    for index in processOrder() { walkProcess(index) }
    for index in context.module.functions.indices { walkFunction(index) }
    walkMain()
    problems += hidden.silenced(problems, tree, types, table)
    warnUnused()
    for problem in problems { context.report(problem) }
    context.module.typeTable = table
    context.module.expressionTypes = types
    let walked = tree.statements.count * 8 + 1_000 - budget
    let carried = tree.statements.count * 32 + 100_000 - snapshotBudget
    context.module.work =
      walked + carried + table.nodes.count + table.unions.count + table.relation.count
    return context
  }

  // MARK: Bodies

  private mutating func walkMain() {
    begin(.main)
    let earlier = declareVariables()
    endings.mark = flow.mark
    walk(tree.main)
    if let cell = context.cell { endMain(cell, earlier) }
  }

  private mutating func walkFunction(_ index: Int) {
    let function = context.module.functions[index]
    begin(.function(index))
    for parameter in tree[function.parameters] {
      flow.set(parameter.name.symbol, type(of: parameter))
    }
    let target = type(of: function.returnType)
    walkResult(function.body, Returning(function: function, target: target))
  }

  private mutating func walkProcess(_ index: Int) {
    let process = context.module.processes[index]
    begin(.process(index))
    finished = .never
    for parameter in tree[process.parameters] {
      flow.set(parameter.name.symbol, type(of: parameter))
    }
    walk(process.body)
    if flow.isReachable { endProcess(process) }
    outputs[index] = process.returnType.map { type(of: $0) } ?? finished
  }

  private mutating func endProcess(_ process: ProcessDeclaration) {
    finished = table.union(finished, .null)
    guard let declared = process.returnType else { return }
    let target = type(of: declared)
    guard !table.accepts(target, .null) else { return }
    report(
      .typeMismatch,
      "process `\(tree[process.name.symbol])` return type is incompatible: expected "
        + "\(table.text(target)), got null: it can end without `finish`",
      at: process.name.span, Advice("finish with a value on every way through the body"))
  }

  private mutating func begin(_ body: Body) {
    self.body = body
    flow.reset()
    loops.removeAll(keepingCapacity: true)
    heads.removeAll(keepingCapacity: true)
    isMuted = false
    isInBatch = false
  }

  /// What a parameter holds: null too if it may be left out.
  mutating func type(of parameter: TypeField) -> ValueType {
    let type = type(of: parameter.type)
    return parameter.isOptional ? table.union(type, .absent) : type
  }

  // MARK: Problems

  /// Whether a problem that is found would be kept; what is dear to say is not worked out otherwise.
  var isReporting: Bool { !isMuted && problems.count < 4 * DiagnosticBag.limit }

  @inline(never)
  mutating func report(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan, _ advice: Advice = Advice(),
    notes: [DiagnosticNote] = []
  ) {
    guard isReporting, code.severity == .error || !context.isEcho(span) else { return }
    problems.append(
      Diagnostic(code, message, at: span, notes: notes, hint: advice.hint, fixes: advice.fixes))
  }
}
