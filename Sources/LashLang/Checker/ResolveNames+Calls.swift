extension ResolveNames {
  /// Resolves `name(arguments)` (rule EXP-14): constructor, function, builtin.
  mutating func resolveCall(
    _ id: ExpressionID, _ name: Name, _ arguments: NodeList<ExpressionID>
  ) {
    for argument in tree[arguments] { walk(argument) }
    let span = tree[id].span
    if let entry = root(name.symbol), let index = context.host.entries[entry].constructor {
      resolveConstructor(id, index, arguments)
    } else if let index = context.declarations.index(of: name.symbol, in: .function) {
      set(id, .function(index))
      checkArity(of: index, arguments, at: span)
    } else if let builtin = builtin(named: name.symbol) {
      set(id, .builtin(builtin))
      checkArity(of: builtin, arguments, at: span)
    } else if let index = context.declarations.index(of: name.symbol, in: .process) {
      reportProcessCall(context.module.processes[index], name)
    } else {
      reportUnknownFunction(name)
    }
  }

  private mutating func checkArity(
    of function: Int, _ arguments: NodeList<ExpressionID>, at span: SourceSpan
  ) {
    let function = context.module.functions[function]
    guard function.parameters.count != arguments.count else { return }
    let name = tree[function.name.symbol]
    let advice = context.advice { Advice("it is declared as `\(signature(of: function))`") }
    context.report(
      .wrongArity,
      "function `\(name)` expects \(function.parameters.count) argument(s), "
        + "got \(arguments.count)",
      at: span, advice,
      notes: [DiagnosticNote("declared here", at: function.name.span)])
  }

  private func signature(of function: FunctionDeclaration) -> String {
    let parameters = tree[function.parameters].map {
      "\(tree[$0.name.symbol]): \(tree.source.text(tree[$0.type].span))"
    }
    let result = tree.source.text(tree[function.returnType].span)
    return "fn \(tree[function.name.symbol])(\(parameters.joined(separator: ", "))) -> \(result)"
  }

  private mutating func checkArity(
    of builtin: Builtin, _ arguments: NodeList<ExpressionID>, at span: SourceSpan
  ) {
    let least = builtin.minimumArguments
    let most = builtin.maximumArguments
    let count = Int(arguments.count)
    guard count < least || count > most ?? .max else { return }
    context.report(
      .wrongArity,
      builtin == .format
        ? "`format` requires at least a template string"
        : "`\(builtin.rawValue)` takes \(Self.range(least, most)) arg(s), got \(count)",
      at: span)
  }

  private static func range(_ least: Int, _ most: Int?) -> String {
    guard let most else { return "at least \(least)" }
    switch most - least {
    case 0: return "\(least)"
    case 1: return "\(least) or \(most)"
    default: return (least..<most).map { "\($0), " }.joined() + "or \(most)"
    }
  }

  private mutating func reportProcessCall(_ process: ProcessDeclaration, _ name: Name) {
    let text = tree[name.symbol]
    let parameters = tree[process.parameters].map { "\(tree[$0.name.symbol]): …" }
    context.report(
      .notAValue, "`\(text)` is a process; it is started, not called like a function",
      at: name.span, Advice("write `start \(text)(\(parameters.joined(separator: ", ")))`"))
  }

  private mutating func reportUnknownFunction(_ name: Name) {
    let text = tree[name.symbol]
    if context.host.offers(operation: text) {
      reportBareToolCall(name)
      return
    }
    let advice = context.advice { self.advice(forFunction: name) }
    context.report(.unknownFunction, "unknown function `\(text)`", at: name.span, advice)
  }

  private mutating func reportBareToolCall(_ name: Name) {
    let text = tree[name.symbol]
    let tools = context.host.modules(offering: text).map { "\($0.path).\(text)" }
    let advice = Advice.replace(
      name.span, by: tools[0], hint: "this host has \(listed(tools))")
    context.report(
      .bareToolCall, "tools must be called through module paths, e.g. `\(tools[0])`",
      at: name.span, advice)
  }

  private func advice(forFunction name: Name) -> Advice {
    let text = tree[name.symbol]
    if let builtin = ForeignHabit.function(text) {
      return .replace(name.span, by: builtin, hint: "in lashlang it is `\(builtin)(…)`")
    }
    if let advice = ForeignHabit.functionAdvice(text) { return Advice(advice) }
    if scope.isVariable(name.symbol, at: name.span.start) {
      return Advice(
        "`\(text)` is a variable; only builtins, functions and module operations are called")
    }
    let functions = context.module.functions.map { tree[$0.name.symbol] }
    let builtins = Builtin.allCases.map(\.rawValue)
    if let advice = Advice.closest(to: text, at: name.span, among: functions + builtins) {
      return advice
    }
    // A misspelt `length` is `len` all the same.
    let foreign = Spelling.closest(to: text, among: ForeignHabit.functionNames)
    if let builtin = foreign.flatMap(ForeignHabit.function) {
      return .replace(name.span, by: builtin, hint: "did you mean `\(builtin)`?")
    }
    return Advice("declare it with `fn \(text)(…) -> T { … }`, or call a module operation")
  }

  // MARK: Constructors

  /// Resolves a call of a pure constructor of the host (rule HST-9).
  mutating func resolveConstructor(
    _ id: ExpressionID, _ index: Int, _ arguments: NodeList<ExpressionID>
  ) {
    let constructor = context.host.surface.constructors[index]
    if constructorReferences[index] == nil {
      context.module.constructors.append(constructor)
      constructorReferences[index] = context.module.constructors.count - 1
    }
    set(id, .constructor(constructorReferences[index] ?? 0))
    guard arguments.count == 1 else {
      context.report(
        .wrongArity,
        "constructor `\(constructor.path)` expects \(constructor.input.displayText), "
          + "got \(arguments.count) arguments",
        at: tree[id].span, Advice("it takes exactly one argument"))
      return
    }
  }
}
