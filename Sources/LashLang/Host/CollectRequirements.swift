/// Finds what a checked module uses of its host. Linear in the module; named types are followed into
/// the types of the host.
struct CollectRequirements {
  private let module: CheckedModule
  private let tree: SyntaxTree
  private var host: HostIndex
  private var result = HostRequirements()
  private var operations: [String: Set<String>] = [:]
  private var calls: [(authority: String, operation: HostOperation)] = []
  private var dynamic: Set<String> = []
  private var types: Set<Int> = []
  private var pending: [Int] = []
  private var opaque: Set<String> = []

  init(_ module: CheckedModule) {
    self.module = module
    tree = module.tree
    host = HostIndex(module.host)
  }

  consuming func run() -> HostRequirements {
    result.usesLabels = !tree.labels.isEmpty
    for index in tree.expressions.indices { look(at: ExpressionID(UInt32(index))) }
    for index in tree.types.indices {
      look(at: module.typeResolutions[index], TypeID(UInt32(index)))
    }
    for process in module.processes {
      result.abilities.processes = true
      if !process.signals.isEmpty { result.abilities.processSignals = true }
    }
    addModules()
    addAuthorities()
    for constructor in module.constructors {
      result.constructors.append(constructor)
      look(at: constructor.input)
    }
    addTypes()
    addOpaqueTypes()
    addVariables()
    return result
  }

  private mutating func look(at id: ExpressionID) {
    switch tree[id].kind {
    case .sleep: result.abilities.sleep = true
    case .waitSignal, .signalRun: result.abilities.processSignals = true
    case .start: result.abilities.processes = true
    default: break
    }
    switch module[id] {
    case .hostType(let index): need(index)
    case .triggerEvent: result.abilities.triggers = true
    case .operation: lookAtOperation(id)
    default: break
    }
  }

  private mutating func lookAtOperation(_ id: ExpressionID) {
    guard case .operation(let receiver, let name, _) = tree[id].kind else { return }
    let operation = tree[name.symbol]
    if case .module(let index) = module[receiver] {
      let reference = module.modules[index]
      operations[reference.path, default: []].insert(operation)
      if reference.authority == ResolveNames.triggersAuthority { result.abilities.triggers = true }
      return
    }
    let table = module.types
    let members = table.members(module.type(of: receiver)).filter { $0 != .absent && $0 != .null }
    guard members.count == 1, table.kind(members[0]) == .named else {
      dynamic.insert(operation)
      return
    }
    let authority = table.name(table.word(members[0], 0))
    for place in module.host.modules.indices where module.host.modules[place].authority == authority
    {
      if let found = host.operation(named: operation, of: place) {
        calls.append((authority, found))
        return
      }
    }
    dynamic.insert(operation)
  }

  private mutating func look(at resolution: TypeResolution, _ id: TypeID) {
    switch resolution {
    case .host(let index): need(index)
    case .opaque:
      guard case .name(let names) = tree[id].kind else { return }
      opaque.insert(tree[names].map { tree[$0.symbol] }.joined(separator: "."))
    default: break
    }
  }

  // MARK: Modules

  private mutating func addModules() {
    for reference in module.modules {
      let names = operations[reference.path, default: []].sorted()
      var required = HostModule(
        path: reference.path, authority: reference.authority, operations: [])
      let place = module.host.modules.firstIndex { $0.path == reference.path }
      for name in names {
        var operation =
          place.flatMap { host.operation(named: name, of: $0) }
          ?? HostOperation(name: name)
        operation.summary = nil
        required.operations.append(operation)
        look(at: operation)
      }
      result.modules.append(required)
    }
    result.modules.sort { $0.path < $1.path }
    result.operations = dynamic.sorted()
  }

  private mutating func addAuthorities() {
    let known = Set(module.host.modules.map(\.authority))
    for name in opaque
    where known.contains(name) && !calls.contains(where: { $0.authority == name }) {
      result.authorities.append(HostRequirements.Authority(name: name, operations: []))
    }
    for (authority, operation) in calls {
      var operation = operation
      operation.summary = nil
      look(at: operation)
      if let place = result.authorities.firstIndex(where: { $0.name == authority }) {
        if !result.authorities[place].operations.contains(where: { $0.name == operation.name }) {
          result.authorities[place].operations.append(operation)
        }
      } else {
        result.authorities.append(
          HostRequirements.Authority(name: authority, operations: [operation]))
      }
    }
    for place in result.authorities.indices {
      result.authorities[place].operations.sort { $0.name < $1.name }
    }
    result.authorities.sort { $0.name < $1.name }
  }

  // MARK: Types

  private mutating func need(_ type: Int) {
    if types.insert(type).inserted { pending.append(type) }
  }

  private mutating func look(at operation: HostOperation) {
    if let input = operation.input { look(at: input) }
    if let output = operation.output { look(at: output) }
  }

  /// Finds the named types inside a type of the host.
  private mutating func look(at type: HostType) {
    guard case .text(let text) = type, let parsed = HostTypeText(text, host: module.host) else {
      return
    }
    let inner = parsed.module
    for (index, resolution) in inner.typeResolutions.enumerated() {
      switch resolution {
      case .host(let index): need(index)
      case .opaque:
        guard case .name(let names) = inner.tree.types[index].kind else { continue }
        opaque.insert(inner.tree[names].map { inner.tree[$0.symbol] }.joined(separator: "."))
      default: break
      }
    }
  }

  private mutating func addTypes() {
    while let next = pending.popLast() { look(at: module.host.types[next].type) }
    result.types = types.sorted().map { module.host.types[$0] }
    result.types.sort { $0.name < $1.name }
  }

  private mutating func addOpaqueTypes() {
    let authorities = Set(module.host.modules.map(\.authority))
    let made = Set(result.constructors.map(\.output))
    let used = opaque.union(made)
    for source in module.host.triggerSources where used.contains(source.source) {
      result.triggerSources.append(source)
    }
    let named = Set(result.triggerSources.flatMap { [$0.source, $0.event] })
    result.opaqueTypes = opaque.filter {
      !authorities.contains($0) && !made.contains($0) && !named.contains($0)
    }.sorted()
    result.constructors.sort { $0.path < $1.path }
    result.triggerSources.sort { $0.source < $1.source }
  }

  private mutating func addVariables() {
    var canonical = CanonicalModule(module)
    canonical.numberMain()
    let names = canonical.outsideNames
    result.globals = names.intersection(module.host.globals).sorted()
    result.readOnlyGlobals = names.intersection(module.host.readOnlyGlobals).sorted()
  }
}

extension HostRequirements {
  /// What a module uses of the surface that it was checked against. The module must have no errors.
  public init(of module: CheckedModule) { self = CollectRequirements(module).run() }
}
