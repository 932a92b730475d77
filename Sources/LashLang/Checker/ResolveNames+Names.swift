extension ResolveNames {
  // MARK: Bare names

  /// Resolves a bare name (rule HST-2): variable, process, module, type.
  mutating func resolve(_ id: ExpressionID, _ name: Name) {
    let reading = scope.reading(name.symbol, at: name.span.start)
    switch reading {
    case .variable:
      set(id, .variable)
      warnHidden(Chain(root: name, fields: []), isCall: false)
      return
    case .maybeUnset:
      set(id, .variable)
      warnUnset(name)
      return
    case .assignedLater, .unknown:
      break
    }
    if let index = context.declarations.index(of: name.symbol, in: .process), !isInFunction {
      set(id, .process(index))
    } else if !isInFunction, let entry = root(name.symbol),
      let module = context.host.entries[entry].module
    {
      set(id, .module(reference(toModule: module)))
    } else if let index = context.declarations.index(of: name.symbol, in: .type) {
      set(id, .type(index))
    } else if case .host(let index)? = context.host.type(named: tree[name.symbol]) {
      set(id, .hostType(index))
    } else if context.declarations.index(of: name.symbol, in: .function) != nil {
      let text = tree[name.symbol]
      context.report(
        .notAValue, "`\(text)` names a function; call it as `\(text)(...)` — it is not a value",
        at: name.span)
    } else if reading == .assignedLater {
      reportAssignedLater(name)
    } else {
      reportUnknown(name)
    }
  }

  // MARK: Chains

  /// `root.a.b` taken apart; `fields` from the root outwards.
  struct Chain {
    var root: Name
    var fields: [(id: ExpressionID, name: Name)]
  }

  /// The chain that ends with an expression; without a root if something else than a name begins it.
  func chain(_ id: ExpressionID) -> (chain: Chain?, base: ExpressionID) {
    var fields: [(id: ExpressionID, name: Name)] = []
    var current = id
    while case .field(let target, let name) = tree[current].kind {
      fields.append((current, name))
      current = target
    }
    guard case .name(let symbol) = tree[current].kind else { return (nil, current) }
    fields.reverse()
    let root = Name(symbol: symbol, span: tree[current].span)
    return (Chain(root: root, fields: fields), current)
  }

  /// Resolves `root.a.b`: fields of a variable, or the longest module path with what follows.
  mutating func resolveChain(_ id: ExpressionID) {
    let (found, base) = chain(id)
    guard let chain = found else {
      walk(base, .postfix)
      return
    }
    let root = chain.root
    if scope.isVariable(root.symbol, at: root.span.start) {
      resolve(base, root)
      warnHidden(chain, isCall: false)
    } else if isTriggerEvent(chain) {
      refuseTriggerEvent(at: tree[id].span, isProjected: chain.fields.count > 1)
    } else if !isInFunction, let entry = self.root(root.symbol) {
      resolveModuleChain(base, entry, chain)
    } else {
      resolve(base, root)
    }
  }

  /// Resolves a chain whose root begins module paths and is no variable.
  private mutating func resolveModuleChain(
    _ root: ExpressionID, _ entry: Int, _ chain: Chain
  ) {
    let fields = chain.fields
    var entry: Int? = entry
    var found: (id: ExpressionID, module: Int, next: Int)?
    for step in 0...fields.count {
      guard let current = entry else { break }
      if let module = context.host.entries[current].module {
        found = (step == 0 ? root : fields[step - 1].id, module, step)
      }
      guard step < fields.count else { break }
      entry = context.host.child(of: current, named: tree[fields[step].name.symbol])
    }
    guard let found else {
      let last = fields.last?.id ?? root
      if case .host(let type)? = context.host.type(named: path(chain)) {
        set(last, .hostType(type))
      } else {
        reportUnknownModule(path(chain), at: tree[last].span)
      }
      return
    }
    set(found.id, .module(reference(toModule: found.module)))
    guard found.next < fields.count else { return }
    let field = fields[found.next].name
    let module = context.host.surface.modules[found.module]
    let name = tree[field.symbol]
    if module.operation(named: name) != nil {
      context.report(
        .notAValue, "`\(name)` is an operation of module `\(module.path)`, not a value",
        at: field.span, Advice("call it: `await \(module.path).\(name)({…})`"))
    } else {
      let advice = context.advice { self.advice(forOperation: name, of: module, at: field.span) }
      context.report(
        .unknownOperation, "module `\(module.path)` has no `\(name)`", at: field.span, advice)
    }
  }

  /// Warns, once a name and body, that a variable hides a module path (rule HST-2): wherever one of
  /// an earlier cell is read, and where an operation is called on one of the program.
  mutating func warnHidden(_ chain: Chain, isCall: Bool) {
    let root = chain.root
    // A parameter is named by who writes the body; nobody expects a module there.
    let counts =
      isInMain ? isCall || scope.isOutside(root.symbol) : isCall && !scope.isOutside(root.symbol)
    guard counts, !scope.isBound(root.symbol), let path = modulePath(in: chain),
      hiddenModules.insert(root.symbol).inserted
    else { return }
    context.report(
      .shadowedModule, "the variable `\(tree[root.symbol])` hides the module `\(path)` here",
      at: root.span, Advice("give the variable another name to reach the module"))
  }

  /// The shortest module path that a chain begins with.
  private mutating func modulePath(in chain: Chain) -> String? {
    var entry = root(chain.root.symbol)
    for step in 0...chain.fields.count {
      guard let current = entry else { return nil }
      if let module = context.host.entries[current].module {
        return context.host.surface.modules[module].path
      }
      guard step < chain.fields.count else { break }
      let segment = tree[chain.fields[step].name.symbol]
      entry = context.host.child(of: current, named: segment)
    }
    return nil
  }

  /// The index of a module in the list of those that the program uses.
  mutating func reference(toModule index: Int) -> Int {
    let module = context.host.surface.modules[index]
    return reference(to: module.path, authority: module.authority)
  }

  mutating func reference(to path: String, authority: String) -> Int {
    if let known = moduleReferences[path] { return known }
    context.module.modules.append(ModuleReference(path: path, authority: authority))
    moduleReferences[path] = context.module.modules.count - 1
    return context.module.modules.count - 1
  }
}
