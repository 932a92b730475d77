import LashJSON
import LashLang

/// Definitions, references, renaming and the outline.
extension LanguageServer {
  mutating func definition(_ parameters: Parameters) throws(ServerError) -> JSONValue {
    let (document, analysis) = try analysed(parameters)
    guard let occurrence = analysis.index.occurrence(at: try document.offset(parameters)),
      let span = analysis.index.symbols[occurrence.symbol].definitions.first
    else { return .null }
    return location(span, document)
  }

  mutating func references(_ parameters: Parameters) throws(ServerError) -> JSONValue {
    let (document, analysis) = try analysed(parameters)
    let includes = parameters.json["context"]?["includeDeclaration"]?.boolValue ?? true
    return .array(
      named(at: try document.offset(parameters), analysis)
        .filter { includes || $0.role == .use }
        .map { location($0.span, document) })
  }

  mutating func documentHighlight(_ parameters: Parameters) throws(ServerError) -> JSONValue {
    let (document, analysis) = try analysed(parameters)
    return .array(
      named(at: try document.offset(parameters), analysis).map {
        ["range": document.text.range($0.span), "kind": $0.role == .use ? 2 : 3]
      })
  }

  /// The places that name what is named at an offset. Fields of one name are not known to be one
  /// field, so there are none of them.
  private func named(at offset: UInt32, _ analysis: Document.Analysis) -> [SymbolOccurrence] {
    guard let occurrence = analysis.index.occurrence(at: offset),
      analysis.index.symbols[occurrence.symbol].kind != .field
    else { return [] }
    return analysis.index.occurrences(of: occurrence.symbol)
  }

  private func location(_ span: SourceSpan, _ document: Document) -> JSONValue {
    ["uri": .string(document.uri), "range": document.text.range(span)]
  }

  // MARK: Renaming

  mutating func prepareRename(_ parameters: Parameters) throws(ServerError) -> JSONValue {
    let (document, analysis) = try analysed(parameters)
    let offset = try document.offset(parameters)
    do throws(Renaming.Refusal) {
      let target = try Renaming.target(at: offset, in: analysis.index)
      return [
        "range": document.text.range(target.span),
        "placeholder": .string(analysis.index.symbols[target.symbol].name),
      ]
    } catch {
      throw .failed(error.description)
    }
  }

  mutating func rename(_ parameters: Parameters) throws(ServerError) -> JSONValue {
    let (document, analysis) = try analysed(parameters)
    let offset = try document.offset(parameters)
    let name = try parameters.text("newName")
    do throws(Renaming.Refusal) {
      let edits = try Renaming.edits(at: offset, in: analysis.index, to: name)
      return workspaceEdit(edits, document)
    } catch {
      throw .failed(error.description)
    }
  }

  func workspaceEdit(_ edits: [SourceEdit], _ document: Document) -> JSONValue {
    let edits = JSONValue.array(edits.map(document.text.edit))
    return ["changes": .object(JSONObject([(document.uri, edits)]))]
  }

  // MARK: Outline

  mutating func documentSymbol(_ parameters: Parameters) throws(ServerError) -> JSONValue {
    let (document, analysis) = try analysed(parameters)
    let tree = analysis.module.tree
    var found: [(start: UInt32, json: JSONValue)] = tree.declarations.map { declaration in
      let children: [TypeField] =
        switch declaration {
        case .type: []
        case .function(let function): Array(tree[function.parameters])
        case .process(let process):
          Array(tree[process.parameters]) + Array(tree[process.signals])
        }
      let kind: Int64 =
        switch declaration {
        case .type: 23
        case .function: 12
        case .process: 5
        }
      return (
        declaration.span.start,
        entry(
          tree[declaration.name.symbol], kind, declaration.span, declaration.name.span, document,
          detail: tree.head(of: declaration),
          children: children.map {
            let span = $0.name.span.union(tree[$0.type].span)
            return entry(
              tree[$0.name.symbol], 13, span, $0.name.span, document,
              detail: tree.source.text(tree[$0.type].span))
          })
      )
    }
    for (place, symbol) in analysis.index.symbols.enumerated()
    where symbol.kind == .variable && symbol.body == nil {
      guard let span = symbol.definitions.first else { continue }
      let type = analysis.index.typeText(of: place)
      found.append((span.start, entry(symbol.name, 13, span, span, document, detail: type)))
    }
    return .array(found.sorted { $0.start < $1.start }.map(\.json))
  }

  private func entry(
    _ name: String, _ kind: Int64, _ span: SourceSpan, _ selection: SourceSpan,
    _ document: Document, detail: String?, children: [JSONValue] = []
  ) -> JSONValue {
    var object: JSONObject = [
      "name": .string(name), "kind": .integer(kind), "range": document.text.range(span),
      "selectionRange": document.text.range(selection), "children": .array(children),
    ]
    if let detail { object["detail"] = .string(detail) }
    return .object(object)
  }
}
