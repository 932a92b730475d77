/// A type that a host gives as text, parsed and resolved against the host's own types.
struct HostTypeText {
  private static let name = "HostTypeText"

  let module: CheckedModule
  let type: TypeID

  /// Nothing if the text is no type, or names one that the host lacks.
  init?(_ text: String, host: HostSurface) {
    let parsed = Parser.parse(SourceFile(name: "host", text: "type \(Self.name) = \(text)"))
    let tree = parsed.tree
    guard !parsed.hasErrors, tree.main.statements.isEmpty, tree.declarations.count == 1,
      case .type(let declaration) = tree.declarations[0]
    else { return nil }
    module = CheckModule.check(tree, host: host)
    guard !module.hasErrors else { return nil }
    type = declaration.type
  }
}
