/// The types of trigger registrations (rule EFF-20): the source must be one, and what it emits must
/// fit the parameter that takes it.
extension InferTypes {
  mutating func checkRegistration(
    _ operation: Name, _ arguments: NodeList<ExpressionID>, _ authority: ValueType
  ) {
    guard ["register", "update", "revive"].contains(tree[operation.symbol]),
      table.kind(authority) == .named,
      table.name(table.word(authority, 0)) == ResolveNames.triggersAuthority,
      arguments.count == 1, let argument = tree[arguments].first,
      case .record(let fields) = tree[argument].kind
    else { return }
    var found: [String: ExpressionID] = [:]
    for field in tree[fields] { found[tree[field.name.symbol]] = field.value }
    let event = found["source"].flatMap { checkSource($0) }
    guard let target = found["target"] else { return }
    guard case .process(let index) = context.module[target] else {
      checkTarget(target)
      return
    }
    guard let inputs = found["inputs"], case .record(let entries) = tree[inputs].kind else {
      return
    }
    let process = context.module.processes[index]
    for entry in tree[entries] { checkInput(entry, of: process, event) }
  }

  /// The type of a source's events, if it is known.
  private mutating func checkSource(_ id: ExpressionID) -> ValueType? {
    let type = types[Int(id.index)]
    if table.isOpen(type) { return nil }
    let text = table.text(type)
    let sources = context.host.surface.triggerSources
    if let source = sources.first(where: { $0.source == text }) {
      return hostType(named: source.event)
    }
    let known = sources.map { "`\($0.source)`" }.joined(separator: ", ")
    report(
      .invalidTrigger, "trigger source type `\(text)` is not registered as a TriggerSource",
      at: tree[id].span,
      Advice(known.isEmpty ? "this host has no sources" : "the sources of this host are \(known)"))
    return nil
  }

  private mutating func checkTarget(_ id: ExpressionID) {
    let type = types[Int(id.index)]
    guard !table.isOpen(type), !table.kinds(type).contains(.process) else { return }
    // What is plainly no process was reported with the form of the registration.
    if ScanAssignments.isPlain(tree[id]) { return }
    report(
      .invalidTrigger, "trigger target must be a process value, got \(table.text(type))",
      at: tree[id].span)
  }

  private mutating func checkInput(
    _ entry: FieldSyntax, of process: ProcessDeclaration, _ event: ValueType?
  ) {
    guard
      let parameter = tree[process.parameters].first(where: { $0.name.symbol == entry.name.symbol })
    else { return }
    let name = tree[entry.name.symbol]
    let target = type(of: parameter.type)
    let notes = [DiagnosticNote("the parameter is declared here", at: parameter.name.span)]
    if context.module[entry.value] == .triggerEvent {
      guard let event else { return }
      types[Int(entry.value.index)] = event
      if table.accepts(target, event) { return }
      report(
        .typeMismatch,
        "trigger source emits \(table.text(event)), but target input `\(name)` expects "
          + table.text(target), at: tree[entry.value].span, notes: notes)
    } else if let problem = mismatch(entry.value, target) {
      report(problem, target, lead: "trigger target input `\(name)` expects ", notes: notes)
    }
  }
}
