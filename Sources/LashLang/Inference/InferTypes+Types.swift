import LashJSON

/// Types as they are written, in the program or by the host (rules TYP-1, TYP-2, TYP-4).
extension InferTypes {
  /// Enters what the declared types stand for. Names in them stay names, so recursion is no matter.
  mutating func declareTypes() {
    let declarations = context.module.typeDeclarations
    table.aliasNames = declarations.map { tree[$0.name.symbol] }
    table.aliases = Array(repeating: .unknown, count: declarations.count)
    let hostTypes = context.host.surface.types
    table.hostAliasNames = hostTypes.map(\.name)
    table.hostAliases = Array(repeating: nil, count: hostTypes.count)
    for (index, declaration) in declarations.enumerated() {
      table.aliases[index] = type(of: declaration.type)
    }
  }

  /// The type that a type expression of the program means.
  mutating func type(of id: TypeID) -> ValueType {
    let type = read(id, in: tree, isProgram: true)
    importPendingHostTypes()
    return type
  }

  /// Recurses as deep as types nest, which the parser bounds.
  private mutating func read(_ id: TypeID, in tree: SyntaxTree, isProgram: Bool) -> ValueType {
    switch tree[id].kind {
    case .error: return .unknown
    case .scalar(let scalar): return plain(scalar)
    case .enumeration(let members):
      let literals = tree[members].map { table.literal(textName($0, tree, isProgram)) }
      return table.declaredUnion(literals)
    case .list(let element):
      let element = read(element, in: tree, isProgram: isProgram)
      return table.list(element)
    case .object(let fields, let isOpen):
      return readObject(fields, isOpen: isOpen, in: tree, isProgram: isProgram)
    case .union(let members):
      var types: [ValueType] = []
      for member in tree[members] { types.append(read(member, in: tree, isProgram: isProgram)) }
      return table.declaredUnion(types)
    case .process(let input, let output):
      let input = read(input, in: tree, isProgram: isProgram)
      return table.process(
        input: input, output: read(output, in: tree, isProgram: isProgram))
    case .triggerHandle(let event):
      let event = read(event, in: tree, isProgram: isProgram)
      return table.make(.triggerHandle, [event.index])
    case .name(let names):
      return isProgram
        ? named(names, context.module[id]) : hostType(named: tree.dotted(names))
    }
  }

  private mutating func readObject(
    _ fields: NodeList<TypeField>, isOpen: Bool, in tree: SyntaxTree, isProgram: Bool
  ) -> ValueType {
    var read: [ObjectField] = []
    for field in tree[fields] {
      let type = self.read(field.type, in: tree, isProgram: isProgram)
      let name = textName(field.name.symbol, tree, isProgram)
      if isProgram || !read.contains(where: { $0.name == name }) {
        read.append(ObjectField(name: name, type: type, isOptional: field.isOptional))
      }
    }
    return table.object(read, rest: isOpen ? .any : .hidden)
  }

  private mutating func textName(
    _ symbol: Symbol, _ tree: SyntaxTree, _ isProgram: Bool
  ) -> Int32 {
    isProgram ? Int32(symbol.index) : table.name(tree[symbol])
  }

  private mutating func plain(_ scalar: ScalarType) -> ValueType {
    switch scalar {
    case .any: .any
    case .string: .string
    case .integer: .int
    case .number: .float
    case .bool: .bool
    case .dictionary: table.dictionary()
    case .null: .null
    }
  }

  private mutating func named(
    _ names: NodeList<Name>, _ resolution: TypeResolution
  ) -> ValueType {
    switch resolution {
    case .none: return .unknown
    case .variable: return .any
    case .declaration(let index): return table.make(.alias, [Int32(index)])
    case .constant(let type): return read(type, in: tree, isProgram: true)
    case .host(let index): return hostType(index)
    case .opaque:
      let name = table.name(tree.dotted(names))
      return table.named(name)
    }
  }

  // MARK: Host

  /// A named type of the host.
  mutating func hostType(_ index: Int) -> ValueType {
    if table.hostAliases[index] == nil {
      table.hostAliases[index] = .any
      pendingHostTypes.append(index)
    }
    return table.make(.hostAlias, [Int32(index)])
  }

  mutating func hostType(named name: String) -> ValueType {
    switch context.host.type(named: name) {
    case .host(let index): return hostType(index)
    case .opaque:
      let name = table.name(name)
      return table.named(name)
    default: return .any
    }
  }

  /// A list and no recursion, since host types may name one another in long chains.
  mutating func importPendingHostTypes() {
    while let index = pendingHostTypes.popLast() {
      table.hostAliases[index] = readHost(context.host.surface.types[index].type)
    }
  }

  /// The type that a host states.
  mutating func type(of hostType: HostType) -> ValueType {
    let type = readHost(hostType)
    importPendingHostTypes()
    return type
  }

  private mutating func readHost(_ type: HostType) -> ValueType {
    switch type {
    case .schema(let schema): return SchemaReader.type(of: schema, in: &table)
    case .text(let text):
      let parsed = Parser.parse(SourceFile(name: "host", text: "type T = \(text)"))
      guard !parsed.hasErrors, case .type(let declaration)? = parsed.tree.declarations.first
      else { return .any }
      return read(declaration.type, in: parsed.tree, isProgram: false)
    }
  }
}
