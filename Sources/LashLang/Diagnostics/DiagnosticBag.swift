/// Collects the problems of one text, at most `limit` errors (rule DIA-5).
public struct DiagnosticBag: Sendable {
  /// The most errors that are kept.
  public static let limit = 50

  /// What was found, in the order of finding.
  public private(set) var diagnostics: [Diagnostic] = []
  private var errorCount = 0

  /// An empty bag.
  public init() {}

  /// Whether an error (not a warning) was found.
  public var hasErrors: Bool { errorCount > 0 }

  /// Whether the limit was reached, so that a pass may stop early.
  public var isFull: Bool { errorCount >= Self.limit }

  /// Adds a problem; beyond the limit one last note says that more were left out.
  public mutating func report(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error {
      errorCount += 1
      if errorCount > Self.limit {
        if errorCount == Self.limit + 1 {
          var last = Diagnostic(
            .tooManyErrors, "more errors were left out; mend these first", at: diagnostic.span)
          last.stage = diagnostic.stage
          diagnostics.append(last)
        }
        return
      }
    }
    diagnostics.append(diagnostic)
  }

  /// The problems in source order; those without a place come last.
  public var sorted: [Diagnostic] {
    diagnostics.enumerated().sorted { left, right in
      let a = left.element.span?.start ?? .max
      let b = right.element.span?.start ?? .max
      return a == b ? left.offset < right.offset : a < b
    }.map(\.element)
  }
}
