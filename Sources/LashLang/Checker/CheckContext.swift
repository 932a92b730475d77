/// What the passes of one check share: the text, the host, what was found out, and the problems.
struct CheckContext {
  let tree: SyntaxTree
  let isComplete: Bool
  /// What came before, if the text is a cell of a session.
  let cell: CellContext?
  var host: HostIndex
  var module: CheckedModule
  var declarations: DeclarationTable
  private(set) var bag = DiagnosticBag()
  private var warningCount = 0
  private var disabledAbilities: Set<String> = []

  init(tree: SyntaxTree, host: HostSurface, earlier: [Diagnostic], cell: CellContext?) {
    self.tree = tree
    self.cell = cell
    self.isComplete = !earlier.contains { $0.severity == .error }
    self.host = HostIndex(host)
    self.module = CheckedModule(tree: tree, host: host)
    self.declarations = DeclarationTable(symbolCount: tree.symbols.count)
  }

  /// Reports a problem with what is advised.
  mutating func report(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan, _ advice: Advice = Advice(),
    notes: [DiagnosticNote] = []
  ) {
    report(
      Diagnostic(code, message, at: span, notes: notes, hint: advice.hint, fixes: advice.fixes))
  }

  mutating func report(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .warning {
      if isEcho(diagnostic.span) { return }
      warningCount += 1
      if warningCount > DiagnosticBag.limit { return }
    }
    bag.report(diagnostic)
  }

  /// Whether a warning would speak of a declaration of an earlier cell, where it was given already.
  func isEcho(_ span: SourceSpan?) -> Bool {
    guard let cell, let span else { return false }
    return span.start >= cell.end
  }

  /// Whether an error was found so far.
  var hasErrors: Bool { bag.hasErrors || !isComplete }

  /// Advice that is dear to find; none once the problem itself will not be shown.
  func advice(_ find: () -> Advice) -> Advice {
    bag.isFull ? Advice() : find()
  }

  /// Reports the first use of an ability that the host withholds (rule HST-6).
  mutating func require(_ isGranted: Bool, _ ability: String, at span: SourceSpan) {
    guard !isGranted, disabledAbilities.insert(ability).inserted else { return }
    report(.abilityDisabled, "lashlang feature `\(ability)` is disabled by this host", at: span)
  }

  consuming func finish(after earlier: [Diagnostic]) -> CheckedModule {
    var all = DiagnosticBag()
    for diagnostic in earlier + bag.diagnostics { all.report(diagnostic) }
    module.diagnostics = all.sorted
    return module
  }
}

/// What a diagnostic advises: a hint, and the repairs that it stands for.
struct Advice {
  var hint: String?
  var fixes: [FixIt] = []

  init(_ hint: String? = nil, fixes: [FixIt] = []) {
    self.hint = hint
    self.fixes = fixes
  }

  /// Advises to write `text` in place of `span`.
  static func replace(_ span: SourceSpan, by text: String, hint: String) -> Advice {
    Advice(
      hint, fixes: [FixIt(title: "write `\(text)`", edits: [SourceEdit(span: span, text: text)])])
  }

  /// "did you mean", if a candidate is close enough to what was written.
  static func closest(
    to text: String, at span: SourceSpan, among candidates: some Sequence<String>
  ) -> Advice? {
    Spelling.closest(to: text, among: candidates).map {
      replace(span, by: $0, hint: "did you mean `\($0)`?")
    }
  }
}
