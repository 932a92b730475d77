import LashLang

/// Why a machine stopped.
public enum Halt: Sendable {
  /// `finish value`.
  case finished(HostValue)
  /// `fail value` in a process.
  case failed(HostValue)
  /// The program fell off its end.
  case fellOff
  /// It asks its host for something: see `Machine.request()`, go on with `resume`.
  case suspended
  /// No fuel is left; `run` with more goes on from here.
  case outOfFuel
  /// An allocation would pass the memory bound. Final.
  case outOfMemory
  /// A call would pass the depth bound. Final.
  case outOfDepth
  /// A run-time error. Final.
  case trapped(Trap)
}

/// A run-time error: what happened and where.
public struct Trap: Error, Sendable {
  /// The kind of error; a run-time code.
  public var code: DiagnosticCode
  /// What happened.
  public var message: String
  /// What to do, if there is good advice.
  public var hint: String?
  /// The expression or statement that was being run.
  public var span: SourceSpan
  /// The calls that led there, innermost first.
  public var backtrace: [Frame]

  /// One call of a backtrace.
  public struct Frame: Sendable {
    /// The function or process; `nil` for the main block.
    public var name: String?
    /// The call.
    public var span: SourceSpan

    /// Makes a frame.
    public init(name: String?, span: SourceSpan) {
      self.name = name
      self.span = span
    }
  }

  /// Makes a trap.
  public init(
    code: DiagnosticCode, message: String, hint: String?, span: SourceSpan, backtrace: [Frame]
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.span = span
    self.backtrace = backtrace
  }

  /// The trap as a diagnostic of the run-time stage.
  public var diagnostic: Diagnostic {
    Diagnostic(
      code, message, at: span,
      notes: backtrace.map { frame in
        DiagnosticNote(frame.name.map { "called in `\($0)`" } ?? "called here", at: frame.span)
      },
      hint: hint)
  }
}
