import LashJSON
import LashLang

/// Formatting, and repairs of problems.
extension LanguageServer {
  func formatting(_ parameters: Parameters, isRange: Bool) throws(ServerError) -> JSONValue {
    let document = try document(parameters)
    var edits = SourceFormatter.edits(of: document.source)
    if isRange {
      let range = try parameters.range(in: document.text)
      // An edit that goes beyond the range would change what was not asked for.
      edits = edits.filter {
        Int($0.span.start) >= range.lowerBound && Int($0.span.end) <= range.upperBound
      }
    }
    return .array(edits.map(document.text.edit))
  }

  mutating func codeAction(_ parameters: Parameters) throws(ServerError) -> JSONValue {
    let (document, analysis) = try analysed(parameters)
    let range = try parameters.range(in: document.text)
    if let only = parameters.json["context"]?["only"]?.arrayValue,
      !only.contains(where: { $0.stringValue == "quickfix" || $0.stringValue == "" })
    {
      return []
    }
    var actions: [JSONValue] = []
    for diagnostic in analysis.module.diagnostics {
      guard let span = diagnostic.span, Int(span.start) <= range.upperBound,
        Int(span.end) >= range.lowerBound
      else { continue }
      for fix in diagnostic.fixes {
        actions.append([
          "title": .string(fix.title), "kind": "quickfix",
          "isPreferred": .bool(diagnostic.fixes.count == 1),
          "diagnostics": [json(diagnostic, in: document)],
          "edit": workspaceEdit(fix.edits, document),
        ])
      }
    }
    return .array(actions)
  }
}
