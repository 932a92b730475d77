/// Processes, their runs and signals (rules EFF-13 to EFF-18).
extension InferTypes {
  /// The order in which processes are walked: those that are started before those that start them,
  /// as far as they do not start one another.
  func processOrder() -> [Int] {
    let count = context.module.processes.count
    guard count > 0 else { return [] }
    let started = startsByProcess()
    var order: [Int] = []
    var state = Array(repeating: 0, count: count)
    for root in 0..<count where state[root] == 0 {
      var path: [(process: Int, next: Int)] = [(root, 0)]
      state[root] = 1
      while let top = path.last {
        guard top.next < started[top.process].count else {
          order.append(top.process)
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let other = started[top.process][top.next]
        if state[other] == 0 {
          state[other] = 1
          path.append((other, 0))
        }
      }
    }
    return order
  }

  /// By process the processes that its body starts, found by the places of the starts.
  private func startsByProcess() -> [[Int]] {
    let processes = context.module.processes
    var starts: [(place: UInt32, process: Int)] = []
    for (index, expression) in tree.expressions.enumerated() {
      guard case .start = expression.kind,
        case .process(let process) = context.module.resolutions[index]
      else { continue }
      starts.append((expression.span.start, process))
    }
    starts.sort { $0.place < $1.place }
    let places = processes.indices.sorted { processes[$0].span.start < processes[$1].span.start }
    var found = Array(repeating: [Int](), count: processes.count)
    var next = 0
    for index in places {
      let span = processes[index].span
      while next < starts.count, starts[next].place < span.start { next += 1 }
      while next < starts.count, starts[next].place < span.end {
        found[index].append(starts[next].process)
        next += 1
      }
    }
    return found
  }

  // MARK: Values

  /// What runs of a process end with: `any` for one that is not walked yet.
  func output(ofProcess index: Int) -> ValueType { outputs[index] ?? .any }

  mutating func declaredOutput(ofProcess index: Int) -> ValueType {
    if let known = outputs[index] { return known }
    let declared = context.module.processes[index].returnType
    return declared.map { type(of: $0) } ?? .any
  }

  /// A process by its name: what it takes is its parameter, or a record of them.
  mutating func processValue(_ index: Int) -> ValueType {
    let process = context.module.processes[index]
    let parameters = tree[process.parameters]
    let input: ValueType
    if let only = parameters.first, parameters.count == 1 {
      input = type(of: only)
    } else if parameters.isEmpty {
      input = .null
    } else {
      input = record(of: process.parameters, rest: .hidden)
    }
    let output = declaredOutput(ofProcess: index)
    return table.process(input: input, output: output)
  }

  private mutating func record(of list: NodeList<TypeField>, rest: ValueType) -> ValueType {
    var fields: [ObjectField] = []
    for field in tree[list] {
      let name = Int32(field.name.symbol.index)
      if fields.contains(where: { $0.name == name }) { continue }
      fields.append(
        ObjectField(name: name, type: type(of: field.type), isOptional: field.isOptional))
    }
    return table.object(fields, rest: rest)
  }

  @inline(never)
  mutating func inferStart(_ id: ExpressionID) -> ValueType {
    guard case .start(_, let arguments) = tree[id].kind else { return .unknown }
    let isBatch = isInBatch
    isInBatch = false
    for argument in tree[arguments] { infer(argument.value) }
    isInBatch = isBatch
    guard case .process(let index) = context.module.resolutions[Int(id.index)] else {
      return .unknown
    }
    let process = context.module.processes[index]
    for argument in tree[arguments] { check(argument, of: process) }
    let signals = record(of: process.signals, rest: .any)
    let output = declaredOutput(ofProcess: index)
    return table.run(process: index, output: output, signals: signals)
  }

  private mutating func check(_ argument: FieldSyntax, of process: ProcessDeclaration) {
    guard
      let parameter = tree[process.parameters].first(where: {
        $0.name.symbol == argument.name.symbol
      })
    else { return }
    let target = type(of: parameter.type)
    guard let problem = mismatch(argument.value, target) else { return }
    report(
      problem, target,
      lead:
        "process `\(tree[process.name.symbol])` argument `\(tree[argument.name.symbol])` expects ",
      notes: [DiagnosticNote("the parameter is declared here", at: parameter.name.span)])
  }

  // MARK: Signals

  @inline(never)
  mutating func inferWaitSignal(_ name: Name) -> ValueType {
    guard case .process(let index) = body else { return .any }
    let process = context.module.processes[index]
    if process.signals.isEmpty { return .any }
    if let signal = signal(name, of: process) { return type(of: signal.type) }
    warnUnknownSignal(name, process)
    return .any
  }

  @inline(never)
  mutating func inferSignalRun(_ id: ExpressionID) -> ValueType {
    guard case .signalRun(let run, let name, let payload) = tree[id].kind else { return .unknown }
    let handle = inferOutsideBatch(run)
    inferOutsideBatch(payload)
    if table.isOpen(handle) { return .null }
    guard table.kinds(handle).contains(.handle) else {
      report(
        .typeMismatch, "can't signal \(table.text(handle)); expected the handle of a run",
        at: tree[run].span)
      return .null
    }
    let type = table.expand(handle)
    guard table.kind(type) == .run, table.word(type, 0) >= 0 else { return .null }
    let process = context.module.processes[Int(table.word(type, 0))]
    if process.signals.isEmpty { return .null }
    guard let signal = signal(name, of: process) else {
      warnUnknownSignal(name, process)
      return .null
    }
    let target = self.type(of: signal.type)
    if let problem = mismatch(payload, target) {
      report(
        problem, target, lead: "signal `\(tree[name.symbol])` carries ",
        notes: [DiagnosticNote("the signal is declared here", at: signal.name.span)])
    }
    return .null
  }

  private func signal(_ name: Name, of process: ProcessDeclaration) -> TypeField? {
    tree[process.signals].first { $0.name.symbol == name.symbol }
  }

  private mutating func warnUnknownSignal(_ name: Name, _ process: ProcessDeclaration) {
    let known = tree[process.signals].map { tree[$0.name.symbol] }
    let text = tree[name.symbol]
    let list = known.map { "`\($0)`" }.joined(separator: ", ")
    report(
      .unknownSignal, "process `\(tree[process.name.symbol])` declares no signal `\(text)`",
      at: name.span,
      Spelling.closest(to: text, among: known).map { Advice("did you mean \"\($0)\"?") }
        ?? Advice("its signals are \(list)"))
  }
}
