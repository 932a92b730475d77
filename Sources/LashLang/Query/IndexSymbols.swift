/// Walks a checked program and notes every name with what it stands for.
///
/// A body is one flat scope; loops and comprehensions hide names in their part of it (rule STM-9).
/// Recursion goes as deep as the tree, which the parser bounds.
struct IndexSymbols {
  let module: CheckedModule
  let tree: SyntaxTree
  var table: TypeTable
  var symbols: [ProgramSymbol] = []
  var occurrences: [SymbolOccurrence] = []
  /// What the names of the current body stand for.
  var scope: [Symbol: Int] = [:]
  /// The variables of the main block, which types in signatures may name (rule TYP-4).
  var mainScope: [Symbol: Int] = [:]
  /// The current declaration.
  var body: Int?
  private var shared: [String: Int] = [:]
  private var functions: [Int] = []
  private var processes: [Int] = []
  private var types: [Int] = []
  /// Parameters by process and name.
  var parameters: [[Symbol: Int]] = []

  init(_ module: CheckedModule) {
    self.module = module
    tree = module.tree
    table = module.types
  }

  mutating func run() {
    functions = module.functions.map { add(.function, $0.name) }
    processes = module.processes.map { add(.process, $0.name) }
    types = module.typeDeclarations.map { add(.type, $0.name) }
    parameters = Array(repeating: [:], count: processes.count)
    declareParametersOfProcesses()
    walk(tree.main)
    mainScope = scope
    for (index, declaration) in tree.declarations.enumerated() {
      body = index
      scope = [:]
      walk(declaration)
    }
  }

  // MARK: Symbols

  mutating func add(
    _ kind: ProgramSymbol.Kind, _ name: Name, in scope: SourceSpan? = nil, type: ValueType? = nil
  ) -> Int {
    symbols.append(
      ProgramSymbol(
        name: tree[name.symbol], kind: kind, body: body, scope: scope, definitions: [name.span]))
    note(name.span, symbols.count - 1, .definition, type)
    return symbols.count - 1
  }

  mutating func note(
    _ span: SourceSpan, _ symbol: Int, _ role: SymbolOccurrence.Role = .use,
    _ type: ValueType? = nil
  ) {
    guard span.end > span.start else { return }
    occurrences.append(SymbolOccurrence(span: span, symbol: symbol, role: role, type: type))
  }

  /// A use of something that the program does not declare: one symbol for each kind and name.
  mutating func noteShared(
    _ kind: ProgramSymbol.Kind, _ name: String, at span: SourceSpan, _ type: ValueType? = nil
  ) {
    let key = "\(kind.rawValue) \(name)"
    let index = shared[key] ?? symbols.count
    if index == symbols.count {
      symbols.append(ProgramSymbol(name: name, kind: kind, body: nil, scope: nil))
      shared[key] = index
    }
    note(span, index, .use, type)
  }

  /// A variable of the current body, made if it is new: one that is only read comes from outside.
  mutating func variable(_ symbol: Symbol) -> Int {
    if let known = scope[symbol] { return known }
    symbols.append(ProgramSymbol(name: tree[symbol], kind: .variable, body: body, scope: nil))
    scope[symbol] = symbols.count - 1
    return symbols.count - 1
  }

  mutating func assign(_ name: Name, _ type: ValueType?) {
    let index = variable(name.symbol)
    symbols[index].definitions.append(name.span)
    note(name.span, index, .definition, type)
  }

  func function(_ index: Int) -> Int { functions[index] }
  func process(_ index: Int) -> Int { processes[index] }
  func type(_ index: Int) -> Int { types[index] }

  // MARK: Declarations

  private mutating func declareParametersOfProcesses() {
    for (index, declaration) in tree.declarations.enumerated() {
      guard case .process(let process) = declaration,
        let place = module.processes.firstIndex(where: { $0.name == process.name })
      else { continue }
      body = index
      for field in tree[process.parameters] where parameters[place][field.name.symbol] == nil {
        parameters[place][field.name.symbol] = add(.parameter, field.name)
      }
    }
    body = nil
  }

  private mutating func walk(_ declaration: Declaration) {
    switch declaration {
    case .type(let type): walk(type.type)
    case .function(let function):
      for field in tree[function.parameters] {
        scope[field.name.symbol] = add(.parameter, field.name)
        walk(field.type)
      }
      walk(function.returnType)
      walk(function.body)
    case .process(let process):
      if let place = module.processes.firstIndex(where: { $0.name == process.name }) {
        scope = parameters[place]
      }
      for field in tree[process.parameters] { walk(field.type) }
      for field in tree[process.signals] {
        noteShared(.field, tree[field.name.symbol], at: field.name.span)
        walk(field.type)
      }
      if let type = process.returnType { walk(type) }
      walk(process.body)
    }
  }

  mutating func walk(_ type: TypeID) {
    switch tree[type].kind {
    case .scalar(let scalar):
      noteShared(.foreignType, scalar.rawValue, at: tree[type].span)
    case .enumeration, .error: break
    case .list(let element), .triggerHandle(let element): walk(element)
    case .process(let input, let output):
      walk(input)
      walk(output)
    case .union(let members): for member in tree[members] { walk(member) }
    case .object(let fields, _):
      for field in tree[fields] {
        noteShared(.field, tree[field.name.symbol], at: field.name.span)
        walk(field.type)
      }
    case .name(let names): walkTypeName(type, names)
    }
  }

  private mutating func walkTypeName(_ type: TypeID, _ names: NodeList<Name>) {
    let span = tree[type].span
    switch module[type] {
    case .none: break
    case .declaration(let index): note(span, self.type(index))
    case .host, .opaque: noteShared(.foreignType, tree.dotted(names), at: span)
    case .constant, .variable:
      guard let name = tree[names].first,
        let index = scope[name.symbol] ?? mainScope[name.symbol]
      else { break }
      note(span, index)
    }
  }
}
