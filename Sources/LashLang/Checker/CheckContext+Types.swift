extension CheckContext {
  /// Resolves the names in a type expression (rules TYP-2, TYP-4).
  ///
  /// In a `Type {…}` literal `variable` tells what a name that is no type but reads a variable
  /// stands for. Recurses as deep as types nest.
  mutating func resolveType(
    _ type: TypeID, variable: (Name) -> TypeResolution? = { _ in nil }
  ) {
    let tree = tree
    switch tree[type].kind {
    case .scalar, .enumeration, .error:
      break
    case .list(let element), .triggerHandle(let element):
      resolveType(element, variable: variable)
    case .process(let input, let output):
      resolveType(input, variable: variable)
      resolveType(output, variable: variable)
    case .object(let fields, _):
      for field in tree[fields] { resolveType(field.type, variable: variable) }
    case .union(let members):
      for member in tree[members] { resolveType(member, variable: variable) }
    case .name(let names):
      module.typeResolutions[Int(type.index)] = resolution(of: names, variable)
      if module[type] == .none { reportUnknownType(names, at: tree[type].span) }
    }
  }

  private func resolution(
    of names: NodeList<Name>, _ variable: (Name) -> TypeResolution?
  ) -> TypeResolution {
    guard let first = tree[names].first else { return .none }
    if names.count == 1 {
      if let index = declarations.index(of: first.symbol, in: .type) { return .declaration(index) }
      if let type = host.type(named: tree[first.symbol]) { return type }
      if let variable = variable(first) { return variable }
      return declarations.constants[first.symbol].map { .constant($0) } ?? .none
    }
    return host.type(named: tree.dotted(names)) ?? .none
  }

  private mutating func reportUnknownType(_ names: NodeList<Name>, at span: SourceSpan) {
    let name = tree.dotted(names)
    let advice = advice { self.advice(forType: name, at: span) }
    report(.unknownType, "unknown type `\(name)`", at: span, advice)
  }

  private func advice(forType name: String, at span: SourceSpan) -> Advice {
    if let type = ForeignHabit.type(name) {
      return .replace(span, by: type, hint: "in lashlang it is `\(type)`")
    }
    let scalars = ["any", "str", "int", "float", "bool", "dict", "null"]
    let declared = module.typeDeclarations.map { tree[$0.name.symbol] }
    let constants = declarations.constants.keys.map { tree[$0] }.sorted()
    let candidates = declared + host.typeNames + constants + scalars
    return .closest(to: name, at: span, among: candidates)
      ?? Advice("declare it with `type \(name) = …`")
  }
}

extension SyntaxTree {
  /// A dotted name without the white space that it may be written with.
  func dotted(_ names: NodeList<Name>) -> String {
    self[names].map { self[$0.symbol] }.joined(separator: ".")
  }
}
