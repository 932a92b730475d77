/// What the variables of a cell hold wherever its main block ends.
struct CellEndings {
  /// The place on the trail behind what earlier cells left.
  var mark = 0
  var snapshots: [TypeFlow.Snapshot] = []
  /// Whether some endings were not kept: all that the cell assigns is `any` then.
  var isForgetful = false
}

/// Cells of a session: their variables come from earlier cells and go to later ones (rule HST-7).
extension InferTypes {
  /// Gives the variables that exist before the program their types; those of earlier cells.
  mutating func declareVariables() -> [(name: String, type: ValueType)] {
    let surface = context.host.surface
    var symbols: [String: Symbol] = [:]
    let outside = Set(surface.globals + surface.readOnlyGlobals)
    if outside.isEmpty, context.cell == nil { return [] }
    for (index, name) in tree.symbols.enumerated() where outside.contains(name) {
      symbols[name] = Symbol(UInt32(index))
      flow.set(Symbol(UInt32(index)), .any)
    }
    guard let cell = context.cell else { return [] }
    var transfer = TypeTransfer(from: cell.variables, names(for: cell))
    var earlier: [(name: String, type: ValueType)] = []
    for name in cell.variables.names {
      guard let old = cell.variables.type(of: name) else { continue }
      let type = transfer.type(old, into: &table)
      earlier.append((name, type))
      if let symbol = symbols[name], !surface.readOnlyGlobals.contains(name) {
        flow.set(symbol, type)
      }
    }
    return earlier
  }

  /// What the names in the types of earlier cells mean in this one.
  private mutating func names(for cell: CellContext) -> TypeTransfer.Names {
    var names = TypeTransfer.Names()
    for (index, process) in context.module.processes.enumerated()
    where process.span.start >= cell.end {
      names.processes[tree[process.name.symbol]] = index
    }
    guard cell.keepsTypeNames else { return names }
    for (index, declaration) in context.module.typeDeclarations.enumerated()
    where declaration.span.start >= cell.end {
      let alias = table.make(.alias, [Int32(index)])
      names.types[tree[declaration.name.symbol]] = alias
    }
    for name in cell.variables.table.hostAliasNames {
      guard case .host(let index)? = context.host.type(named: name) else { continue }
      names.hostTypes[name] = hostType(index)
    }
    importPendingHostTypes()
    return names
  }

  /// Notes what the variables of a cell hold where its main block ends before its last statement.
  @inline(never)
  mutating func recordEnding() {
    guard case .main = body, context.cell != nil, flow.isReachable else { return }
    guard snapshotBudget > 0 else {
      endings.isForgetful = true
      return
    }
    var snapshot = flow.capture(since: endings.mark)
    snapshotBudget -= snapshot.changes.count + 1
    // A name that a loop binds stands for the item there, and hides the variable.
    snapshot.forget(loops.flatMap(\.names))
    endings.snapshots.append(snapshot)
  }

  /// Finds what the cell leaves, at the end of its main block.
  mutating func endMain(_ cell: CellContext, _ earlier: [(name: String, type: ValueType)]) {
    recordEnding()
    let assigned = assigned(in: tree.main)
    if endings.isForgetful { endings.snapshots.append(TypeFlow.Snapshot(forgetting: assigned)) }
    flow.undo(to: endings.mark)
    flow.merge(endings.snapshots, &table)
    var left = CellLeaving()
    let isAssigned = Set(assigned)
    let symbols = Dictionary(
      assigned.map { (tree[$0], $0) }, uniquingKeysWith: { first, _ in first })
    for (name, type) in earlier {
      let after = symbols[name].map { settled(flow[$0]) } ?? type
      left.variables.append(
        CellLeaving.Variable(
          name: name, before: type, after: after, isAssigned: symbols[name] != nil))
    }
    let known = Set(earlier.map(\.name))
    for symbol in isAssigned.sorted(by: { $0.index < $1.index }) where !known.contains(tree[symbol])
    {
      left.variables.append(
        CellLeaving.Variable(
          name: tree[symbol], before: nil, after: settled(flow[symbol]), isAssigned: true))
    }
    left.constants = constants()
    context.module.leaving = left
  }

  private func constants() -> [CellLeaving.Constant] {
    context.declarations.constants
      .map { CellLeaving.Constant(name: tree[$0.key], span: tree[$0.value].span) }
      .sorted { $0.span.start < $1.span.start }
  }

  /// What is not known to have a value, or has an error, may hold anything.
  private func settled(_ type: ValueType) -> ValueType { type.isOpen ? .any : type }
}
