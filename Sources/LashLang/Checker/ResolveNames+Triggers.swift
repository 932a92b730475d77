/// The rules of trigger registrations that need no types (rule EFF-20).
extension ResolveNames {
  /// The authority type of the module that registers triggers.
  static var triggersAuthority: String { "Triggers" }

  /// Whether a chain whose root is no variable begins with `trigger.event`.
  func isTriggerEvent(_ chain: Chain) -> Bool {
    guard tree[chain.root.symbol] == "trigger", let field = chain.fields.first else { return false }
    return tree[field.name.symbol] == "event"
  }

  mutating func refuseTriggerEvent(at span: SourceSpan, isProjected: Bool) {
    context.report(
      .invalidTrigger,
      isProjected
        ? "`trigger.event` represents the whole event; projections such as `trigger.event.field` "
          + "are not supported"
        : "`trigger.event` is only valid as a direct value inside trigger definition `inputs`",
      at: span,
      isProjected ? Advice("map the whole event and read the field in the process") : Advice())
  }

  /// Walks the arguments of an operation of the trigger registry.
  mutating func walkTriggerArguments(_ operation: Name, _ arguments: NodeList<ExpressionID>) {
    context.require(
      context.host.surface.abilities.triggers, "triggers", at: operation.span)
    guard ["register", "update", "revive"].contains(tree[operation.symbol]) else {
      for argument in tree[arguments] { walk(argument) }
      return
    }
    guard arguments.count == 1, let argument = tree[arguments].first,
      case .record(let fields) = tree[argument].kind
    else {
      for argument in tree[arguments] { walk(argument) }
      reportIncomplete(at: operation.span)
      return
    }
    checkRegistration(fields, at: tree[argument].span)
  }

  private mutating func checkRegistration(_ list: NodeList<FieldSyntax>, at span: SourceSpan) {
    var fields: [String: ExpressionID] = [:]
    for field in tree[list] {
      let name = tree[field.name.symbol]
      fields[name] = field.value
      if name != "inputs" { walk(field.value) }
    }
    if fields["source"] == nil || fields["target"] == nil || fields["inputs"] == nil {
      reportIncomplete(at: span)
    }
    if let key = fields["subscription_key"] { checkKey(key) }
    var target: ProcessDeclaration?
    if let value = fields["target"] { target = checkTarget(value) }
    guard let inputs = fields["inputs"] else { return }
    guard case .record(let entries) = tree[inputs].kind else {
      walk(inputs)
      context.report(
        .invalidTrigger, "trigger registration `inputs` must be a literal record",
        at: tree[inputs].span)
      return
    }
    checkInputs(entries, of: target, at: tree[inputs].span)
  }

  private mutating func checkTarget(_ value: ExpressionID) -> ProcessDeclaration? {
    if case .process(let index) = context.module[value] { return context.module.processes[index] }
    if ScanAssignments.isPlain(tree[value]) {
      context.report(
        .invalidTrigger, "trigger target must be a process value", at: tree[value].span,
        Advice("write the name of a process, without arguments"))
    }
    return nil
  }

  private mutating func checkKey(_ value: ExpressionID) {
    if case .string(let symbol) = tree[value].kind {
      let key = tree[symbol]
      if !key.isEmpty, !key.hasPrefix("lash.internal/") { return }
    }
    context.report(
      .invalidTrigger,
      "trigger subscription_key must be a non-empty string literal and must not use the reserved "
        + "`lash.internal/` prefix", at: tree[value].span)
  }

  private mutating func checkInputs(
    _ entries: NodeList<FieldSyntax>, of target: ProcessDeclaration?, at span: SourceSpan
  ) {
    var mapped: Set<Symbol> = []
    var hasEvent = false
    let parameters = target.map { tree[$0.parameters].map(\.name.symbol) }
    let known = parameters.map { Set($0) }
    let process = target.map { tree[$0.name.symbol] } ?? ""
    for entry in tree[entries] {
      let name = tree[entry.name.symbol]
      if walkInput(entry.value) { hasEvent = true }
      if !mapped.insert(entry.name.symbol).inserted {
        context.report(
          .invalidTrigger, "trigger registration input `\(name)` is duplicated",
          at: entry.name.span)
      } else if let known, let parameters, !known.contains(entry.name.symbol) {
        let advice = context.advice {
          adviceOnNames("its inputs are", parameters, instead: entry.name)
        }
        context.report(
          .invalidTrigger, "trigger target `\(process)` has no input `\(name)`",
          at: entry.name.span, advice)
      }
    }
    for parameter in parameters ?? [] where !mapped.contains(parameter) {
      context.report(
        .invalidTrigger, "trigger target `\(process)` input `\(tree[parameter])` is not mapped",
        at: span)
    }
    if !hasEvent {
      context.report(
        .invalidTrigger,
        "trigger registration `inputs` must map at least one param to `trigger.event`", at: span)
    }
  }

  /// Walks one mapped value; whether it is `trigger.event`.
  private mutating func walkInput(_ value: ExpressionID) -> Bool {
    if let chain = chain(value).chain, chain.fields.count == 1, isTriggerEvent(chain),
      !scope.isVariable(chain.root.symbol, at: chain.root.span.start)
    {
      set(value, .triggerEvent)
      return true
    }
    walk(value)
    return false
  }

  private mutating func reportIncomplete(at span: SourceSpan) {
    context.report(
      .invalidTrigger, "trigger registration requires { source, target, inputs, name? }", at: span)
  }
}
