import LashJSON
import LashLang

/// What an editor shows beside the text: colours, types, folds.
extension LanguageServer {
  mutating func semanticTokens(
    _ parameters: Parameters, isRange: Bool
  ) throws(ServerError) -> JSONValue {
    let (document, analysis) = try analysed(parameters)
    let range =
      isRange ? try parameters.range(in: document.text) : 0..<document.text.bytes.count
    var data: [JSONValue] = []
    var last = TextPosition(line: 0, column: 0)
    for highlight in Highlight.highlights(of: analysis.index)
    where Int(highlight.span.end) > range.lowerBound && Int(highlight.span.start) < range.upperBound
    {
      let kind = Int64(Highlight.Kind.allCases.firstIndex(of: highlight.kind) ?? 0)
      let modifiers = Int64((highlight.isDefinition ? 1 : 0) | (highlight.isBuiltin ? 2 : 0))
      for (start, length) in document.text.lineParts(of: highlight.span) where length > 0 {
        let isSameLine = start.line == last.line
        data += [
          .integer(Int64(start.line - last.line)),
          .integer(Int64(isSameLine ? start.column - last.column : start.column)),
          .integer(Int64(length)), .integer(kind), .integer(modifiers),
        ]
        last = start
      }
    }
    return ["data": .array(data)]
  }

  // MARK: Types

  /// The types of variables and bindings where they are first assigned, unless the value says it.
  mutating func inlayHint(_ parameters: Parameters) throws(ServerError) -> JSONValue {
    let (document, analysis) = try analysed(parameters)
    let range = try parameters.range(in: document.text)
    let plain = plainAssignments(analysis.module.tree)
    var hints: [JSONValue] = []
    for occurrence in analysis.index.occurrences
    where occurrence.role == .definition && range.contains(Int(occurrence.span.end)) {
      let symbol = analysis.index.symbols[occurrence.symbol]
      guard symbol.kind == .variable || symbol.kind == .binding,
        symbol.definitions.first == occurrence.span, !plain.contains(occurrence.span.start),
        let type = analysis.index.typeText(of: occurrence)
      else { continue }
      hints.append([
        "position": document.text.position(of: Int(occurrence.span.end)).json,
        "label": .string(": " + type), "kind": 1, "paddingLeft": false, "paddingRight": true,
      ])
    }
    return .array(hints)
  }

  /// Where variables begin that are assigned a literal, whose type everybody sees.
  private func plainAssignments(_ tree: SyntaxTree) -> Set<UInt32> {
    var found: Set<UInt32> = []
    for statement in tree.statements {
      guard case .assign(let targets, let value) = statement.kind, targets.count == 1,
        let target = tree[targets].first
      else { continue }
      switch tree[value].kind {
      case .null, .bool, .integer, .number, .string, .interpolation, .typeLiteral:
        found.insert(target.root.span.start)
      default: break
      }
    }
    return found
  }

  // MARK: Folds

  mutating func foldingRange(_ parameters: Parameters) throws(ServerError) -> JSONValue {
    let (document, analysis) = try analysed(parameters)
    var folds: [JSONValue] = []
    for span in FoldingRegions.brackets(in: analysis.source) {
      let start = document.text.position(of: Int(span.start)).line
      // The line of the closing bracket stays in sight.
      let end = document.text.position(of: Int(span.end)).line - 1
      if end > start {
        folds.append(["startLine": .integer(Int64(start)), "endLine": .integer(Int64(end))])
      }
    }
    for span in FoldingRegions.comments(in: analysis.index) {
      folds.append([
        "startLine": .integer(Int64(document.text.position(of: Int(span.start)).line)),
        "endLine": .integer(Int64(document.text.position(of: Int(span.end)).line)),
        "kind": "comment",
      ])
    }
    return .array(folds)
  }
}

extension DocumentText {
  /// The parts of a span on each of its lines: where each begins, and its columns.
  func lineParts(of span: SourceSpan) -> [(start: TextPosition, length: Int)] {
    let first = position(of: Int(span.start))
    let last = position(of: Int(span.end))
    guard first.line < last.line else { return [(first, last.column - first.column)] }
    return (first.line...last.line).map { line in
      let start = line == first.line ? first : TextPosition(line: line, column: 0)
      let end =
        line == last.line
        ? last : position(of: offset(of: TextPosition(line: line, column: .max / 2)))
      return (start, end.column - start.column)
    }
  }
}
