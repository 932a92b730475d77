import LashLang
import LashVM

/// Compiles the cells of a session one after another: each knows the variables of the cells before it
/// with their types, and what they declared (rule HST-7).
///
///     let compilation = session.compile(cell)           // changes nothing
///     var machine = Machine(program, globals: values)   // run it, keep `machine.variables()`
///     session.keep(compilation, assigned: names, hasEnded: true)
public struct CompileSession: Sendable {
  /// What the host offers, without the variables of earlier cells. It may change between cells.
  public var surface: HostSurface {
    didSet { keepsHost = false }
  }
  /// What earlier cells declared and no later one declared anew, in their order.
  public private(set) var declarations: [SessionDeclaration]
  /// The variables of earlier cells.
  public private(set) var variables = VariableTypes()
  private var keepsHost = true

  /// A session before its first cell, or one that goes on with the declarations and variables of an
  /// earlier one; nothing is known of what those variables hold.
  public init(
    surface: HostSurface, declarations: [SessionDeclaration] = [], variables: [String] = []
  ) {
    self.surface = surface
    self.declarations = declarations
    for name in variables { self.variables.forgetType(of: name) }
  }

  /// Compiles a cell. What it declares replaces what earlier cells declared under the same name.
  ///
  /// The text of the compilation is that of the cell, behind which stand the declarations of earlier
  /// cells; positions in those are given as where they were written. O(cell and declarations).
  /// With `finishesWithLast` a last statement that is an expression finishes with its value, which a
  /// prompt then shows.
  public func compile(
    _ cell: SourceFile, finishesWithLast: Bool = false,
    onEnd: (CompileStage) -> Void = { _ in }
  ) -> Compilation {
    var parsed = Parser.parse(cell)
    if finishesWithLast { parsed.finishWithLastExpression() }
    let own = SessionDeclaration.names(in: parsed.tree)
    let kept = declarations.filter { !own.contains($0.key) }
    let hasNewTypes = declarations.contains { $0.kind == .type && own.contains($0.key) }
    let context = CellContext(
      end: kept.isEmpty ? .max : UInt32(cell.bytes.count), variables: variables,
      keepsTypeNames: keepsHost && !hasNewTypes)
    guard !parsed.hasErrors, !kept.isEmpty else {
      onEnd(.parse)
      return Compile.program(
        cell, parsed, surface: fullSurface, cell: context, onEnd: onEnd)
    }
    let whole = Self.text(cell, with: kept)
    var all = Parser.parse(whole)
    if finishesWithLast { all.finishWithLastExpression() }
    onEnd(.parse)
    return Compile.program(whole, all, surface: fullSurface, cell: context, onEnd: onEnd)
      .blamingEarlierCells(kept, end: context.end)
  }

  /// Remembers what a compiled cell declares, and the types of its variables. Call it once the cell
  /// was run: `assigned` are the variables of the main block that have a value now, and `hasEnded`
  /// says that it came to its end, a `finish` or a `fail`. A cell with errors leaves nothing.
  public mutating func keep(
    _ compilation: Compilation, assigned: some Sequence<String>, hasEnded: Bool
  ) {
    guard let module = compilation.module, !compilation.hasErrors else { return }
    declarations = SessionDeclaration.all(of: module)
    let old = Set(variables.names)
    let held = Set(assigned)
    var types = module.variableTypes(hasEnded: hasEnded)
    types.removeAll { !old.contains($0) && !held.contains($0) }
    variables = types
    keepsHost = true
  }

  /// Enters a variable that is set from outside, of any type.
  public mutating func declareVariable(_ name: String) { variables.forgetType(of: name) }

  /// Forgets all variables and declarations.
  public mutating func reset() {
    self = CompileSession(surface: surface)
  }

  /// What may be written at the end of a cell that is being typed, best first. As dear as a check.
  public func completions(atEndOf text: String) -> [Completion] {
    // The declarations stand before the cell, which may have brackets open.
    let own = SessionDeclaration.names(in: Parser.parse(SourceFile(name: "cell", text: text)).tree)
    let kept = declarations.filter { !own.contains($0.key) }
    let whole = SourceFile(
      name: "cell", text: kept.map { $0.text + "\n" }.joined() + text)
    return CompletionQuery.completions(
      in: whole, at: UInt32(clamping: whole.bytes.count), host: fullSurface,
      cell: CellContext(variables: variables, keepsTypeNames: keepsHost)
    ).items
  }

  private var fullSurface: HostSurface {
    var full = surface
    let known = Set(full.globals + full.readOnlyGlobals)
    full.globals += variables.names.filter { !known.contains($0) }
    return full
  }

  // MARK: Text

  /// The cell, and behind it the declarations, each on the columns where it was written.
  private static func text(
    _ cell: SourceFile, with declarations: [SessionDeclaration]
  ) -> SourceFile {
    var bytes = cell.bytes
    var insets: [SourceInset] = []
    for declaration in declarations {
      bytes.append(0x0A)
      let lead = declaration.lead.utf8.count
      let column = declaration.place.column - 1 - lead
      if (1...1_000).contains(column) { bytes += repeatElement(0x20, count: column) }
      var origin = declaration.place
      origin.offset -= lead
      insets.append(
        SourceInset(
          start: UInt32(clamping: bytes.count), name: declaration.cell, origin: origin))
      bytes += declaration.text.utf8
    }
    bytes.append(0x0A)
    return SourceFile(name: cell.name, bytes: bytes, insets: insets)
  }
}

extension Compilation {
  /// The type of the expression that is the last statement, in lashlang's syntax; `nil` if the text
  /// does not end with an expression, or was not checked.
  public var typeOfLastExpression: String? {
    guard let module, let last = tree[tree.main.statements].last,
      case .expression(let id) = tree[last].kind
    else { return nil }
    return module.typeText(of: id)
  }

  /// Says of errors in declarations of earlier cells what happened to them. They have no repairs.
  fileprivate func blamingEarlierCells(
    _ declarations: [SessionDeclaration], end: UInt32
  ) -> Compilation {
    let starts = source.insets.map(\.start)
    let own = diagnostics.map { diagnostic -> Diagnostic in
      guard let span = diagnostic.span, span.start >= end,
        let place = starts.lastIndex(where: { $0 <= span.start })
      else { return diagnostic }
      var blamed = diagnostic
      blamed.fixes = []
      blamed.hint =
        "`\(declarations[place].name)` is of an earlier cell, and does not fit what this cell declares "
        + "or the host now offers; declare it anew here as well"
      return blamed
    }
    return Compilation(
      source: source, tree: tree, module: module, program: program,
      diagnostics: own.filter { $0.severity == .error || ($0.span?.start ?? 0) < end })
  }
}
