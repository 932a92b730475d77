/// The checker: resolves every name of a parsed text against a host (rules EXP-2 …).
///
/// Passes, each linear in the text: `CollectDeclarations` (declarations, type names of
/// declarations), `ResolveNames` (bodies, with definite assignment and the rules of calls, effects
/// and triggers), `InferTypes` (the types of all expressions, and what contradicts).
public enum CheckModule {
  /// Checks `tree` for `host`; `earlier` are the parser's diagnostics, kept in the result.
  ///
  /// After syntax errors unknown and unset names are not reported, since what would have assigned
  /// them may be the text that did not parse. `cell` says that the text is a cell of a session.
  public static func check(
    _ tree: SyntaxTree, host: HostSurface, earlier: [Diagnostic] = [], cell: CellContext? = nil
  ) -> CheckedModule {
    var context = CheckContext(tree: tree, host: host, earlier: earlier, cell: cell)
    var declarations = CollectDeclarations(context)
    context = declarations.run()
    var names = ResolveNames(context)
    context = names.run()
    context = InferTypes(context).run()
    return context.finish(after: earlier)
  }
}
