import LashJSON
import LashLang

/// What is shown about the name under the pointer.
extension LanguageServer {
  mutating func hover(_ parameters: Parameters) throws(ServerError) -> JSONValue {
    let (document, analysis) = try analysed(parameters)
    let offset = try document.offset(parameters)
    let found: (text: String, span: SourceSpan)?
    if let occurrence = analysis.index.occurrence(at: offset) {
      found = (description(of: occurrence, in: analysis), occurrence.span)
    } else {
      found = keyword(at: offset, in: analysis)
    }
    guard let found else { return .null }
    return [
      "contents": ["kind": "markdown", "value": .string(found.text)],
      "range": document.text.range(found.span),
    ]
  }

  private func keyword(
    at offset: UInt32, in analysis: Document.Analysis
  ) -> (text: String, span: SourceSpan)? {
    let highlights = Highlight.highlights(of: analysis.index)
    let found = highlights.first {
      $0.kind == .keyword && $0.span.start <= offset && offset <= $0.span.end
    }
    guard let found, let page = KeywordPage.of(analysis.source.text(found.span)) else {
      return nil
    }
    return (Self.markdown(page.form, page.summary), found.span)
  }

  private func description(
    of occurrence: SymbolOccurrence, in analysis: Document.Analysis
  ) -> String {
    let index = analysis.index
    let symbol = index.symbols[occurrence.symbol]
    let host = index.module.host
    switch symbol.kind {
    case .variable, .binding, .parameter:
      var type = index.typeText(of: occurrence)
      if type == nil, symbol.kind == .parameter { type = Self.parameterType(symbol, in: index) }
      type = type ?? index.typeText(of: occurrence.symbol, before: occurrence.span.end)
      let readOnly = host.readOnlyGlobals.contains(symbol.name) && symbol.definitions.isEmpty
      return Self.markdown(
        "\(symbol.name): \(type ?? "any")",
        symbol.kind == .parameter
          ? "parameter" : readOnly ? "read-only variable of the host" : symbol.kind.rawValue)
    case .field:
      return Self.markdown("\(symbol.name): \(index.typeText(of: occurrence) ?? "any")", "field")
    case .function, .process, .type:
      let declaration = index.module.tree.declarations.first {
        $0.name.span == symbol.definitions.first
      }
      let head = declaration.map { index.module.tree.head(of: $0) } ?? symbol.name
      return Self.markdown(head, symbol.kind.rawValue)
    case .foreignType:
      let type = host.types.first { $0.name == symbol.name }?.type.displayText
      return Self.markdown("type \(symbol.name)" + (type.map { " = \($0)" } ?? ""), "type")
    case .builtin:
      guard let builtin = Builtin(rawValue: symbol.name) else { return symbol.name }
      return Self.markdown(builtin.page.signature, builtin.page.summary)
    case .module:
      let operations = host.module(at: symbol.name)?.operations.map(\.signature) ?? []
      let shown = operations.prefix(20).map { "\n  " + $0 }.joined()
      return Self.markdown("module \(symbol.name)" + shown, "module of the host")
    case .operation:
      let path = symbol.name.split(separator: ".").map(String.init)
      guard let operation = host.operation(at: path) else {
        return Self.markdown(symbol.name, "operation of the host")
      }
      let prefix = path.dropLast().joined(separator: ".")
      return Self.markdown(
        "\(prefix).\(operation.signature)", operation.summary ?? "operation of the host")
    case .constructor:
      let constructor = host.constructors.first { $0.path == symbol.name }
      let input = constructor?.input.displayText ?? "any"
      return Self.markdown(
        "\(symbol.name)(\(input)) -> \(constructor?.output ?? "any")", "constructor of the host")
    }
  }

  /// The type that a parameter is declared with.
  private static func parameterType(_ symbol: ProgramSymbol, in index: SymbolIndex) -> String? {
    let tree = index.module.tree
    guard let body = symbol.body else { return nil }
    let fields: NodeList<TypeField>
    switch tree.declarations[body] {
    case .function(let function): fields = function.parameters
    case .process(let process): fields = process.parameters
    case .type: return nil
    }
    return tree[fields].first { $0.name.span == symbol.definitions.first }.map {
      tree.source.text(tree[$0.type].span) + ($0.isOptional ? "?" : "")
    }
  }

  static func markdown(_ code: String, _ text: String) -> String {
    "```lash\n\(code)\n```\n\n\(text)"
  }
}
