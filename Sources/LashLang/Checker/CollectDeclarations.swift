/// The first pass: gathers the declarations of a module and the module-level type constants, and
/// resolves the type names of declarations (rules GRM-3, TYP-2).
struct CollectDeclarations {
  private var context: CheckContext

  init(_ context: consuming CheckContext) {
    self.context = context
  }

  /// Runs the pass. O(text).
  mutating func run() -> CheckContext {
    let tree = context.tree
    if !context.host.surface.allowsLabels, let label = tree.labels.first {
      context.require(false, "label annotations", at: label.span)
    }
    for declaration in tree.declarations { declare(declaration) }
    collectConstants(tree)
    for declaration in tree.declarations { resolveTypes(of: declaration, tree) }
    refuseEmptyCycles(tree)
    return context
  }

  // MARK: Declarations

  private mutating func declare(_ declaration: Declaration) {
    switch declaration {
    case .type(let type):
      if enter(type.name, in: .type, index: context.module.typeDeclarations.count) {
        context.module.typeDeclarations.append(type)
      }
    case .process(let process):
      let surface = context.host.surface
      context.require(surface.abilities.processes, "processes", at: process.name.span)
      if !process.signals.isEmpty {
        context.require(
          surface.abilities.processSignals, "process signals", at: process.name.span)
      }
      if enter(process.name, in: .process, index: context.module.processes.count) {
        context.module.processes.append(process)
      }
      refuseDuplicates(process.parameters, what: "process parameter")
      refuseDuplicates(process.signals, what: "process signal")
    case .function(let function):
      if let builtin = Builtin(rawValue: context.tree[function.name.symbol]), builtin.isReserved {
        context.report(
          .reservedName, "function `\(builtin.rawValue)` cannot reuse the name of a builtin",
          at: function.name.span, Advice("choose another name for the function"))
      } else if enter(function.name, in: .function, index: context.module.functions.count) {
        context.module.functions.append(function)
      }
      refuseDuplicates(function.parameters, what: "function parameter")
    }
  }

  /// Enters a name unless it is taken, which is reported.
  private mutating func enter(
    _ name: Name, in space: DeclarationTable.Space, index: Int
  ) -> Bool {
    let earlier =
      switch space {
      case .type:
        context.declarations.index(of: name.symbol, in: .type).map {
          context.module.typeDeclarations[$0].name.span
        }
      case .process, .function:
        context.declarations.index(of: name.symbol, in: .process).map {
          context.module.processes[$0].name.span
        }
          ?? context.declarations.index(of: name.symbol, in: .function).map {
            context.module.functions[$0].name.span
          }
      }
    guard let earlier else {
      context.declarations.declare(name.symbol, in: space, index: index)
      return true
    }
    let text = context.tree[name.symbol]
    context.report(
      .duplicateDeclaration, "duplicate declaration `\(text)`", at: name.span,
      notes: [DiagnosticNote("the first declaration is here", at: earlier)])
    return false
  }

  private mutating func refuseDuplicates(_ fields: NodeList<TypeField>, what: String) {
    var first: [Symbol: SourceSpan] = [:]
    for field in context.tree[fields] {
      if let earlier = first[field.name.symbol] {
        let name = context.tree[field.name.symbol]
        context.report(
          .duplicateParameter, "duplicate \(what) `\(name)`",
          at: field.name.span, notes: [DiagnosticNote("the first one is here", at: earlier)])
      } else {
        first[field.name.symbol] = field.name.span
      }
    }
  }

  private mutating func resolveTypes(of declaration: Declaration, _ tree: SyntaxTree) {
    switch declaration {
    case .type(let type):
      context.resolveType(type.type)
    case .process(let process):
      for field in tree[process.parameters] { context.resolveType(field.type) }
      for field in tree[process.signals] { context.resolveType(field.type) }
      if let type = process.returnType { context.resolveType(type) }
    case .function(let function):
      for field in tree[function.parameters] { context.resolveType(field.type) }
      context.resolveType(function.returnType)
    }
  }

  // MARK: Constants

  /// Finds the variables of the main block that are assigned once, by a statement of the block
  /// itself, from a `Type {…}` whose own names are types or earlier such constants.
  private mutating func collectConstants(_ tree: SyntaxTree) {
    var assignments: [Symbol: Int] = [:]
    count(in: tree.main, &assignments)
    for id in tree[tree.main.statements] {
      guard case .assign(let targets, let value) = tree[id].kind, targets.count == 1,
        case .typeLiteral(let type) = tree[value].kind,
        let target = tree[targets].first, target.steps.isEmpty,
        assignments[target.root.symbol] == 1, isClosed(type)
      else { continue }
      context.declarations.declareConstant(target.root.symbol, type)
    }
  }

  private func count(in block: Block, _ assignments: inout [Symbol: Int]) {
    let tree = context.tree
    for id in tree[block.statements] {
      switch tree[id].kind {
      case .assign(let targets, _), .update(let targets, _, _):
        for target in tree[targets] { assignments[target.root.symbol, default: 0] += 1 }
      case .branch(let branches, let otherwise):
        for branch in tree[branches] { count(in: branch.block, &assignments) }
        if let otherwise { count(in: otherwise, &assignments) }
      case .iterate(let names, _, let body):
        for name in tree[names] { assignments[name.symbol, default: 0] += 1 }
        count(in: body, &assignments)
      case .loop(_, let body):
        count(in: body, &assignments)
      default:
        break
      }
    }
  }

  private func isClosed(_ type: TypeID) -> Bool {
    let tree = context.tree
    switch tree[type].kind {
    case .scalar, .enumeration, .error: return true
    case .list(let element), .triggerHandle(let element): return isClosed(element)
    case .process(let input, let output): return isClosed(input) && isClosed(output)
    case .object(let fields, _): return tree[fields].allSatisfy { isClosed($0.type) }
    case .union(let members): return tree[members].allSatisfy { isClosed($0) }
    case .name(let names):
      guard let first = tree[names].first else { return false }
      if names.count == 1 {
        if context.declarations.index(of: first.symbol, in: .type) != nil { return true }
        if context.declarations.constants[first.symbol] != nil { return true }
      }
      return context.host.type(named: tree.dotted(names)) != nil
    }
  }

  // MARK: Cycles

  /// Reports types that stand for themselves without a list or object in between, such as
  /// `type A = A | null`. Iterative, since aliases may form long chains.
  private mutating func refuseEmptyCycles(_ tree: SyntaxTree) {
    let declarations = context.module.typeDeclarations
    var isDone = Array(repeating: false, count: declarations.count)
    var isOpen = isDone
    for start in declarations.indices where !isDone[start] {
      var path: [(declaration: Int, pending: [Int])] = [(start, aliases(of: start, tree))]
      isOpen[start] = true
      while let top = path.last {
        guard let next = top.pending.last else {
          isOpen[top.declaration] = false
          isDone[top.declaration] = true
          path.removeLast()
          continue
        }
        path[path.count - 1].pending.removeLast()
        if isOpen[next] {
          let name = declarations[next].name
          context.report(
            .unknownType, "type `\(tree[name.symbol])` stands for itself", at: name.span,
            Advice("put the inner use into an object or a list"))
        } else if !isDone[next] {
          isOpen[next] = true
          path.append((next, aliases(of: next, tree)))
        }
      }
    }
  }

  /// The declarations that a declared type is, or is a union of.
  private func aliases(of declaration: Int, _ tree: SyntaxTree) -> [Int] {
    var found: [Int] = []
    var pending = [context.module.typeDeclarations[declaration].type]
    while let type = pending.popLast() {
      switch tree[type].kind {
      case .union(let members): pending.append(contentsOf: tree[members])
      case .name:
        if case .declaration(let index) = context.module[type] { found.append(index) }
      default: break
      }
    }
    return found
  }
}
