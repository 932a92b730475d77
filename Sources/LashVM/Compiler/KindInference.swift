import LashLang

/// Infers the `ValueKind` of every expression, from what is assigned to each name anywhere in the
/// module. Names are not told apart by scope, which is coarse and safe.
struct KindInference {
  /// Rounds after which what still changes is taken as anything.
  private static let rounds = 8

  private let module: CheckedModule
  /// By expression.
  private(set) var kinds: [ValueKind]
  /// By symbol: all that a variable or binding of that name may hold.
  private(set) var names: [ValueKind]
  private var functions: [ValueKind]
  private var isStable = true

  /// Infers over all of `module`. O(n) a round.
  init(_ module: CheckedModule) {
    self.module = module
    kinds = Array(repeating: .none, count: module.tree.expressions.count)
    names = Array(repeating: .none, count: module.tree.symbols.count)
    functions = Array(repeating: .none, count: module.functions.count)
    seedInputs()
    for _ in 0..<Self.rounds {
      isStable = true
      inferExpressions()
      inferNames()
      if isStable { return }
    }
    for index in names.indices { names[index] = .any }
    for index in functions.indices { functions[index] = .any }
    inferExpressions()
  }

  /// What the host or a starter gives may be anything.
  private mutating func seedInputs() {
    let inputs = Set(module.host.globals).union(module.host.readOnlyGlobals)
    for (index, name) in module.tree.symbols.enumerated() where inputs.contains(name) {
      names[index] = .any
    }
    for process in module.processes {
      for parameter in module.tree[process.parameters] { learn(parameter.name.symbol, .any) }
    }
  }

  // MARK: Expressions

  private mutating func inferExpressions() {
    for index in kinds.indices { kinds[index] = infer(ExpressionID(UInt32(index))) }
  }

  private subscript(id: ExpressionID) -> ValueKind { kinds[Int(id.index)] }

  private mutating func infer(_ id: ExpressionID) -> ValueKind {
    switch module.tree[id].kind {
    case .null, .sleep, .signalRun: .null
    case .bool: .bool
    case .integer, .number: .number
    case .string, .interpolation: .text
    case .list: .list
    case .comprehension(_, let clauses): inferBindings(clauses)
    case .name(let symbol): module[id] == .variable ? names[Int(symbol.index)] : .any
    case .unary(let operation, _): operation == .negate ? .number : .bool
    case .binary(let operation, let left, let right): infer(operation, self[left], self[right])
    case .conditional(_, let then, let otherwise): self[then].joined(with: self[otherwise])
    case .call(_, let arguments): inferCall(module[id], arguments)
    default: .any
    }
  }

  private func infer(
    _ operation: BinaryOperator, _ left: ValueKind, _ right: ValueKind
  ) -> ValueKind {
    switch operation {
    case .add: .sum(left, right)
    case .subtract, .multiply, .divide, .remainder: .number
    case .coalesce: left == .null ? right : left.joined(with: right)
    default: .bool
    }
  }

  private mutating func inferCall(
    _ callee: Resolution, _ arguments: NodeList<ExpressionID>
  ) -> ValueKind {
    switch callee {
    case .builtin(let builtin): return builtin.resultKind
    case .function(let index):
      let parameters = module.tree[module.functions[index].parameters]
      for (parameter, argument) in zip(parameters, module.tree[arguments]) {
        learn(parameter.name.symbol, self[argument])
      }
      return functions[index]
    default: return .any
    }
  }

  private mutating func inferBindings(_ clauses: NodeList<ComprehensionClause>) -> ValueKind {
    for case .iterate(let names, let iterable) in module.tree[clauses] {
      learnBindings(names, iterable)
    }
    return .list
  }

  // MARK: Names

  private mutating func inferNames() {
    for statement in module.tree.statements {
      switch statement.kind {
      case .assign(let targets, let value):
        for target in module.tree[targets] where target.steps.isEmpty {
          learn(target.root.symbol, targets.count == 1 ? self[value] : .any)
        }
      case .update(let targets, let operation, let value):
        for target in module.tree[targets] where target.steps.isEmpty {
          let old = names[Int(target.root.symbol.index)]
          learn(target.root.symbol, infer(operation, old, self[value]))
        }
      case .iterate(let names, let iterable, _): learnBindings(names, iterable)
      default: break
      }
    }
    for (index, function) in module.functions.enumerated() {
      let result = functions[index].joined(with: resultKind(of: function.body))
      if result != functions[index] { isStable = false }
      functions[index] = result
    }
  }

  private mutating func learnBindings(_ names: NodeList<Name>, _ iterable: ExpressionID) {
    let kind: ValueKind = names.count == 1 && module.isRange(iterable) ? .number : .any
    for name in module.tree[names] { learn(name.symbol, kind) }
  }

  private mutating func learn(_ symbol: Symbol, _ kind: ValueKind) {
    let joined = names[Int(symbol.index)].joined(with: kind)
    if joined != names[Int(symbol.index)] { isStable = false }
    names[Int(symbol.index)] = joined
  }

  /// The kind of a function's last statement; blocks nest to a bounded depth.
  private func resultKind(of block: Block) -> ValueKind {
    guard let last = module.tree[block.statements].last else { return .null }
    switch module.tree[last].kind {
    case .expression(let id): return self[id]
    case .branch(let branches, let otherwise):
      var kind = otherwise.map { resultKind(of: $0) } ?? .null
      for branch in module.tree[branches] { kind = kind.joined(with: resultKind(of: branch.block)) }
      return kind
    default: return .null
    }
  }
}

extension CheckedModule {
  /// Whether an iterable is a direct call of the builtin `range`, which loops need not build.
  func isRange(_ id: ExpressionID) -> Bool {
    if case .call = tree[id].kind { self[id] == .builtin(.range) } else { false }
  }
}
