import LashJSON

/// Gives diagnostics as the JSON objects that tools read (rule DIA-2).
public enum JSONRenderer {
  /// One diagnostic: `stage`, `severity`, `code`, `message`, `file`, `span`, `notes`, `hint` and
  /// `fixes`, always all of them; `span` and `hint` may be null.
  public static func json(of diagnostic: Diagnostic, in source: SourceFile) -> JSONValue {
    .object([
      "stage": .string(diagnostic.stage.rawValue),
      "severity": .string(diagnostic.severity.rawValue),
      "code": .string(diagnostic.code.rawValue),
      "message": .string(diagnostic.message),
      "file": .string(source.name(at: diagnostic.span?.start ?? 0)),
      "span": json(of: diagnostic.span, in: source),
      "notes": .array(
        diagnostic.notes.map { note in
          .object(["message": .string(note.message), "span": json(of: note.span, in: source)])
        }),
      "hint": diagnostic.hint.map { .string($0) } ?? .null,
      "fixes": .array(diagnostic.fixes.map(json)),
    ])
  }

  private static func json(of span: SourceSpan?, in source: SourceFile) -> JSONValue {
    guard let span else { return .null }
    return .object([
      "start": json(of: source.position(of: span.start)),
      "end": json(of: source.position(of: span.end)),
    ])
  }

  private static func json(of position: SourcePosition) -> JSONValue {
    .object([
      "line": .integer(Int64(position.line)),
      "column": .integer(Int64(position.column)),
      "offset": .integer(Int64(position.offset)),
    ])
  }

  private static func json(of fix: FixIt) -> JSONValue {
    let edits = fix.edits.map { edit -> JSONValue in
      .object([
        "start": .integer(Int64(edit.span.start)),
        "end": .integer(Int64(edit.span.end)),
        "text": .string(edit.text),
      ])
    }
    return .object(["title": .string(fix.title), "edits": .array(edits)])
  }
}
