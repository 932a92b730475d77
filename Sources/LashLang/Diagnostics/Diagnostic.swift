/// How bad a problem is.
public enum Severity: String, Hashable, Sendable {
  /// The program does not compile, or stopped.
  case error
  /// The program runs; it probably does not do what was meant.
  case warning
}

/// The stage that found a problem.
public enum DiagnosticStage: String, Hashable, Sendable {
  /// Lexer and parser.
  case parse
  /// Name resolution and checks.
  case check
  /// The machine.
  case runtime
}

/// One text edit: replaces the bytes of `span` by `text`.
public struct SourceEdit: Hashable, Sendable {
  /// What is replaced; empty to insert.
  public var span: SourceSpan
  /// What stands there afterwards.
  public var text: String

  /// Makes an edit.
  public init(span: SourceSpan, text: String) {
    self.span = span
    self.text = text
  }
}

/// A repair that a tool may apply without asking further.
public struct FixIt: Hashable, Sendable {
  /// What the repair does, as an imperative: "write `==`".
  public var title: String
  /// The edits, in source order, not overlapping.
  public var edits: [SourceEdit]

  /// Makes a repair.
  public init(title: String, edits: [SourceEdit]) {
    self.title = title
    self.edits = edits
  }
}

/// A remark about another place that belongs to a problem.
public struct DiagnosticNote: Hashable, Sendable {
  /// The remark.
  public var message: String
  /// The place it speaks of, if any.
  public var span: SourceSpan?

  /// Makes a note.
  public init(_ message: String, at span: SourceSpan? = nil) {
    self.message = message
    self.span = span
  }
}

/// One problem in the user's source or run, apart from how it is shown (rule DIA-2).
public struct Diagnostic: Error, Hashable, Sendable {
  /// Stable code, such as `E0104`; `DiagnosticCode` lists them.
  public var code: DiagnosticCode
  /// The stage that found it.
  public var stage: DiagnosticStage
  /// What is wrong, in one sentence without a full stop.
  public var message: String
  /// What must be blamed; `nil` when there is no place.
  public var span: SourceSpan?
  /// Remarks about other places.
  public var notes: [DiagnosticNote]
  /// One piece of advice, if there is a good one.
  public var hint: String?
  /// Mechanical repairs.
  public var fixes: [FixIt]

  /// Makes a diagnostic; the stage is the code's own unless given.
  public init(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan?,
    notes: [DiagnosticNote] = [], hint: String? = nil, fixes: [FixIt] = []
  ) {
    self.code = code
    self.stage = code.stage
    self.message = Self.readable(message)
    self.span = span
    self.notes = notes
    self.hint = hint
    self.fixes = fixes
  }

  /// The message, cut if it quotes a name or a value that nobody would read to its end.
  private static func readable(_ message: String) -> String {
    guard message.utf8.count > 4000 else { return message }
    return String(String.UnicodeScalarView(message.unicodeScalars.prefix(1000))) + "…"
  }

  /// Errors stop a program, warnings do not.
  public var severity: Severity { code.severity }
}
