/// The second pass: resolves the names and calls of all bodies, follows which variables are set,
/// and holds programs to the rules of scopes, calls, effects and triggers.
///
/// Each body is walked once in the order of its text. Recursion goes as deep as the tree, which
/// the parser bounds.
struct ResolveNames {
  /// What kind of body is being walked: it decides which names are seen and which effects allowed.
  enum Body {
    case main
    case process
    case function(Symbol)
  }

  /// Where an expression stands, as far as it matters to a call of a module operation in it.
  enum Position {
    /// Anywhere else.
    case plain
    /// The operand of `await`, or a leaf of its literal.
    case awaited
    /// Before a postfix, which binds tighter than `await`.
    case postfix
  }

  let tree: SyntaxTree
  var context: CheckContext
  var scope: VariableScope
  var body = Body.main
  /// The callee of each symbol in call position, looked up once.
  private var builtins: [Symbol: Builtin?] = [:]
  /// The entry of the host's paths that each symbol begins, looked up once.
  private var roots: [Symbol: Int?] = [:]
  /// Variables whose hiding of a module was warned of in this body.
  var hiddenModules: Set<Symbol> = []
  var moduleReferences: [String: Int] = [:]
  var constructorReferences: [Int: Int] = [:]

  init(_ context: consuming CheckContext) {
    self.tree = context.tree
    self.scope = VariableScope(symbolCount: context.tree.symbols.count)
    self.context = context
  }

  /// Runs the pass. O(text × depth of blocks).
  mutating func run() -> CheckContext {
    for declaration in tree.declarations {
      switch declaration {
      case .type:
        break
      case .process(let process):
        walk(process.body, as: .process, parameters: process.parameters)
      case .function(let function):
        walk(
          function.body, as: .function(function.name.symbol), parameters: function.parameters)
      }
    }
    walk(tree.main, as: .main, parameters: .empty)
    return context
  }

  private mutating func walk(_ block: Block, as body: Body, parameters: NodeList<TypeField>) {
    self.body = body
    scope.reset()
    hiddenModules.removeAll()
    for parameter in tree[parameters] { scope.declare(parameter.name.symbol) }
    if case .main = body { declareGlobals() }
    var scan = ScanAssignments(tree: tree, scope: scope)
    scan.scan(block)
    scope = scan.scope
    walk(block)
  }

  private mutating func declareGlobals() {
    let surface = context.host.surface
    guard !surface.globals.isEmpty || !surface.readOnlyGlobals.isEmpty else { return }
    let symbols = Dictionary(
      tree.symbols.enumerated().map { ($0.element, Symbol(UInt32($0.offset))) },
      uniquingKeysWith: { first, _ in first })
    for name in surface.globals {
      if let symbol = symbols[name] { scope.declare(symbol) }
    }
    for name in surface.readOnlyGlobals {
      if let symbol = symbols[name] { scope.declare(symbol, isReadOnly: true) }
    }
  }

  var isInMain: Bool {
    if case .main = body { true } else { false }
  }

  var isInFunction: Bool {
    if case .function = body { true } else { false }
  }

  /// The builtin of a name.
  mutating func builtin(named symbol: Symbol) -> Builtin? {
    if let known = builtins[symbol] { return known }
    let builtin = Builtin(rawValue: tree[symbol])
    builtins[symbol] = .some(builtin)
    return builtin
  }

  /// The entry of the host's paths that begin with a name.
  mutating func root(_ symbol: Symbol) -> Int? {
    if let known = roots[symbol] { return known }
    let entry = context.host.child(of: HostIndex.root, named: tree[symbol])
    roots[symbol] = .some(entry)
    return entry
  }

  mutating func set(_ id: ExpressionID, _ resolution: Resolution) {
    context.module.resolutions[Int(id.index)] = resolution
  }

  /// Refuses an effect inside a pure function (rule FN-4); true if it was refused.
  @discardableResult
  mutating func refuseEffect(_ construct: String, at span: SourceSpan) -> Bool {
    guard case .function(let name) = body else { return false }
    context.report(
      .effectInFunction,
      "\(construct) can't be used inside function `\(tree[name])`; functions are pure, so keep "
        + "effects at the top level (or in a `process`) and pass their results in as arguments",
      at: span)
    return true
  }
}
