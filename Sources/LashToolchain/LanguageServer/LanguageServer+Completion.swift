import LashJSON
import LashLang

/// Completion and signature help; both work in text that does not parse.
extension LanguageServer {
  func completion(_ parameters: Parameters) throws(ServerError) -> JSONValue {
    let document = try document(parameters)
    let offset = try document.offset(parameters)
    let found = CompletionQuery.completions(in: document.source, at: offset, host: document.host)
    let range = document.text.range(found.replaced)
    let items: [JSONValue] = found.items.enumerated().map { place, item in
      let order = String(place)
      var object: JSONObject = [
        "label": .string(item.label), "kind": .integer(Self.kind(of: item.kind)),
        // The order of the list is the order of likelihood.
        "sortText": .string(String(repeating: "0", count: 5 - min(5, order.count)) + order),
        "textEdit": ["range": range, "newText": .string(Self.text(of: item))],
      ]
      if let detail = item.detail { object["detail"] = .string(detail) }
      if let summary = item.summary { object["documentation"] = .string(summary) }
      return .object(object)
    }
    return ["isIncomplete": false, "items": .array(items)]
  }

  private static func text(of item: Completion) -> String {
    item.kind == .argument ? item.label + ": " : item.label
  }

  private static func kind(of kind: Completion.Kind) -> Int64 {
    switch kind {
    case .operation: 2
    case .function, .builtin: 3
    case .constructor: 4
    case .field: 5
    case .variable: 6
    case .process: 7
    case .module: 9
    case .argument: 10
    case .keyword: 14
    case .type: 22
    }
  }

  // MARK: Signatures

  mutating func signatureHelp(_ parameters: Parameters) throws(ServerError) -> JSONValue {
    let (document, analysis) = try analysed(parameters)
    let offset = try document.offset(parameters)
    guard let site = CallSite.around(offset, in: analysis.source),
      let found = signature(of: site, analysis)
    else { return .null }
    var active = site.argument
    if let key = site.keys.first ?? site.written.last, site.isStart || found.isRecord,
      let place = found.names.firstIndex(of: key)
    {
      active = place
    }
    var object: JSONObject = [
      "label": .string(found.label),
      "parameters": .array(found.parameters.map { ["label": .string($0)] }),
    ]
    if let summary = found.summary { object["documentation"] = .string(summary) }
    return [
      "signatures": [.object(object)], "activeSignature": 0,
      "activeParameter": .integer(
        Int64(min(active, max(0, found.parameters.count - 1)))),
    ]
  }

  private struct Signature {
    var label: String
    var parameters: [String]
    var names: [String] = []
    var summary: String?
    /// Whether the parameters are the fields of one argument.
    var isRecord = false
  }

  private func signature(of site: CallSite, _ analysis: Document.Analysis) -> Signature? {
    let module = analysis.module
    let tree = module.tree
    let name = site.callee.joined(separator: ".")
    if site.isStart, let process = module.processes.first(where: { tree[$0.name.symbol] == name }) {
      let inputs = module.inputs(ofProcess: name)
      return Signature(
        label: tree.head(of: .process(process)),
        parameters: inputs.map { "\($0.name): \($0.type)" }, names: inputs.map(\.name))
    }
    if let operation = module.host.operation(at: site.callee) {
      let members = operation.input.map { module.host.members(of: $0) } ?? []
      let path = site.callee.dropLast().joined(separator: ".")
      return Signature(
        label: "\(path).\(operation.signature)",
        parameters: members.map { "\($0.name): \($0.type)\($0.isOptional ? "?" : "")" },
        names: members.map(\.name), summary: operation.summary, isRecord: true)
    }
    if let constructor = module.host.constructors.first(where: { $0.path == name }) {
      let input = constructor.input.displayText
      return Signature(
        label: "\(name)(\(input)) -> \(constructor.output)", parameters: [input])
    }
    if let function = module.functions.first(where: { tree[$0.name.symbol] == name }) {
      let parameters = tree[function.parameters].map {
        "\(tree[$0.name.symbol]): \(tree.source.text(tree[$0.type].span))"
      }
      return Signature(label: tree.head(of: .function(function)), parameters: parameters)
    }
    guard let builtin = Builtin(rawValue: name) else { return nil }
    return Signature(
      label: builtin.page.signature, parameters: builtin.page.parameters.map { String($0) },
      summary: builtin.page.summary)
  }
}
