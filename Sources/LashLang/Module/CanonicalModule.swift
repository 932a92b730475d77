/// The bytes over which identities are taken: what a module does, in one form (rules MOD-1 to MOD-3).
///
/// Each node is a tag with its parts in a fixed order, lists have their length before them, texts
/// their length in bytes, so that no two modules share a form. Variables are numbers. The form has a
/// version, and a test keeps its fingerprint. Recurses as deep as the tree, which the parser bounds.
struct CanonicalModule {
  static let version = 1

  /// The first byte of a node. The numbers are part of the form.
  enum Tag: UInt8, CaseIterable {
    case module = 1, process, function, typeDeclaration, label, noLabel, absent, block
    case null = 16, yes, no, integer, double, string, interpolation, variable, outside
    case modulePath = 32, processName, typeName, hostTypeName, triggerEvent, tuple, list, record
    case comprehension = 48, iterateClause, filterClause, field, index, builtin, call, operation
    case constructor = 64, unwrap, await, unary, binary, conditional, typeLiteral, start
    case sleepFor = 80, sleepUntil, waitSignal, signalRun
    case expression = 96, assign, update, branch, iterate, loop, breakLoop, continueLoop
    case print = 112, cancel, finish, fail, yield, wake
    case scalarType = 128, enumType, listType, objectType, openObjectType, unionType, processType
    case triggerType = 144, namedType, variableType, required, optional
    case text = 160, slot, formattedSlot
  }

  let module: CheckedModule
  let tree: SyntaxTree
  private(set) var bytes: [UInt8] = []
  /// The variables from outside that were met.
  private(set) var outsideNames: Set<String> = []
  private var scope: CanonicalScope
  /// The numbers of the main block's variables, which signatures may name (rule TYP-4).
  private var mainScope: CanonicalScope

  init(_ module: CheckedModule) {
    self.module = module
    tree = module.tree
    scope = CanonicalScope(symbolCount: module.tree.symbols.count)
    mainScope = scope
  }

  // MARK: Modules

  /// Writes the whole module.
  mutating func writeModule(_ requirements: ModuleIdentity) {
    tag(.module)
    number(Self.version)
    text(requirements.digits)
    numberMain()
    let types = module.typeDeclarations
    number(types.count)
    for type in types {
      tag(.typeDeclaration)
      symbol(type.name.symbol)
      write(type.type)
    }
    number(module.functions.count)
    for function in module.functions { write(function) }
    number(module.processes.count)
    for process in module.processes {
      // Effects are numbered in the order of the text, so the place among the statements counts.
      number(tree[tree.main.statements].count { tree[$0].span.start < process.span.start })
      write(process)
    }
  }

  /// Writes the main block, which numbers its variables.
  mutating func numberMain() {
    scope.reset()
    scope.outside = Set(module.host.globals + module.host.readOnlyGlobals)
    write(tree.main)
    mainScope = scope
    scope.outside = []
  }

  /// The form of a process alone.
  mutating func bytes(of process: ProcessDeclaration) -> [UInt8] {
    bytes.removeAll(keepingCapacity: true)
    number(Self.version)
    write(process)
    return bytes
  }

  private mutating func write(_ process: ProcessDeclaration) {
    tag(.process)
    symbol(process.name.symbol)
    writeLabel(process.label)
    write(process.parameters)
    write(process.signals)
    writeOptional(process.returnType)
    scope.reset()
    for parameter in tree[process.parameters] { _ = scope.number(of: parameter.name.symbol) }
    write(process.body)
  }

  /// Arguments of functions have no names, so neither do the parameters.
  private mutating func write(_ function: FunctionDeclaration) {
    tag(.function)
    symbol(function.name.symbol)
    number(Int(function.parameters.count))
    for parameter in tree[function.parameters] { write(parameter.type) }
    write(function.returnType)
    scope.reset()
    for parameter in tree[function.parameters] { _ = scope.number(of: parameter.name.symbol) }
    write(function.body)
  }

  mutating func write(_ block: Block) {
    tag(.block)
    number(Int(block.statements.count))
    for statement in tree[block.statements] { write(statement) }
  }

  mutating func writeLabel(_ index: UInt32?) {
    guard let index else { return tag(.noLabel) }
    let label = tree.labels[Int(index)]
    tag(.label)
    symbol(label.title)
    if let description = label.description {
      symbol(description)
    } else {
      tag(.absent)
    }
  }

  // MARK: Variables

  /// A variable that is read or assigned: by number, or by name if it comes from outside.
  mutating func writeVariable(_ symbol: Symbol) {
    if scope.isOutside(symbol, tree) {
      tag(.outside)
      self.symbol(symbol)
      outsideNames.insert(tree[symbol])
    } else {
      tag(.variable)
      number(scope.number(of: symbol))
    }
  }

  /// A variable of the main block that a signature names as a type.
  mutating func writeMainVariable(_ symbol: Symbol) {
    tag(.variable)
    number(mainScope.number(of: symbol))
  }

  mutating func bind(_ names: NodeList<Name>) {
    number(Int(names.count))
    for name in tree[names] { scope.bind(name.symbol) }
  }

  mutating func unbind(_ names: NodeList<Name>) {
    for name in tree[names].reversed() { scope.unbind(name.symbol) }
  }

  // MARK: Bytes

  mutating func tag(_ tag: Tag) { bytes.append(tag.rawValue) }

  mutating func number(_ value: Int) { number(UInt64(value)) }

  mutating func number(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func text(_ text: String) {
    number(text.utf8.count)
    bytes += Array(text.utf8)
  }

  mutating func symbol(_ symbol: Symbol) { text(tree[symbol]) }
}

/// Numbers the variables of one body in the order in which they appear; the bindings of loops and
/// comprehensions are variables of their own (rule STM-9).
struct CanonicalScope {
  /// Names that the main block has from outside.
  var outside: Set<String> = []
  private var numbers: [Int32]
  private var touched: [Symbol] = []
  private var hidden: [Int32] = []
  private var count: Int32 = 0

  init(symbolCount: Int) { numbers = Array(repeating: -1, count: symbolCount) }

  mutating func reset() {
    for symbol in touched { numbers[Int(symbol.index)] = -1 }
    touched.removeAll(keepingCapacity: true)
    hidden.removeAll(keepingCapacity: true)
    count = 0
  }

  /// Whether a name means the variable from outside: no loop binds it here.
  func isOutside(_ symbol: Symbol, _ tree: SyntaxTree) -> Bool {
    !outside.isEmpty && numbers[Int(symbol.index)] < 0 && outside.contains(tree[symbol])
  }

  mutating func number(of symbol: Symbol) -> Int {
    if numbers[Int(symbol.index)] < 0 { give(symbol) }
    return Int(numbers[Int(symbol.index)])
  }

  mutating func bind(_ symbol: Symbol) {
    hidden.append(numbers[Int(symbol.index)])
    give(symbol)
  }

  mutating func unbind(_ symbol: Symbol) {
    numbers[Int(symbol.index)] = hidden.removeLast()
  }

  private mutating func give(_ symbol: Symbol) {
    numbers[Int(symbol.index)] = count
    count += 1
    touched.append(symbol)
  }
}
