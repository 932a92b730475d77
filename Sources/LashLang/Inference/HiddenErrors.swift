/// Errors of walks of loops that were walked again (rule TYP-23).
///
/// What an error makes of a variable is `unknown`, and may come back to the place of the error in
/// the next walk, which then says nothing. Such an error stands: the types it was found with do
/// occur. One that the next walk does not find because the types at the loop's head grew, does not.
struct HiddenErrors {
  private static let limit = 2 * DiagnosticBag.limit

  private var errors: [Diagnostic] = []
  private var spans: Set<SourceSpan> = []
  /// What targets with steps, and those of updates, held before they were last assigned.
  var targets: [ValueType]

  init(targetCount: Int) {
    targets = Array(repeating: .never, count: targetCount)
  }

  /// Keeps the errors among what a walk takes back; of one place the first.
  mutating func take(_ problems: ArraySlice<Diagnostic>) {
    for problem in problems where problem.severity == .error && errors.count < Self.limit {
      guard let span = problem.span, spans.insert(span).inserted else { continue }
      errors.append(problem)
    }
  }

  /// The kept errors at whose places the last walk was silent because something is `unknown`.
  func silenced(
    _ found: [Diagnostic], _ tree: SyntaxTree, _ types: [ValueType], _ table: TypeTable
  ) -> [Diagnostic] {
    if errors.isEmpty { return [] }
    let said = Set(found.filter { $0.severity == .error }.compactMap(\.span))
    let isUnknown = table.holdingUnknown()
    var silent = tree.expressions.indices.filter { isUnknown[Int(types[$0].index)] }
      .map { tree.expressions[$0].span }
    for (target, type) in zip(tree.targets, targets) where isUnknown[Int(type.index)] {
      silent.append(target.span)
    }
    if silent.isEmpty { return [] }
    return errors.filter { error in
      guard let span = error.span, !said.contains(span) else { return false }
      let place = Self.place(of: span, tree, types)
      if let base = place.base { return base == .unknown }
      return silent.contains { place.whole.start <= $0.start && $0.end <= place.whole.end }
    }
  }

  /// The largest expression around a place; what a field is read of, if the place is its name.
  private static func place(
    of span: SourceSpan, _ tree: SyntaxTree, _ types: [ValueType]
  ) -> (whole: SourceSpan, base: ValueType?) {
    var whole = span
    var base: ValueType?
    for expression in tree.expressions {
      let own = expression.span
      guard own.start <= span.start, span.end <= own.end else { continue }
      if own.start <= whole.start, whole.end <= own.end { whole = own }
      if case .field(let receiver, let name) = expression.kind, name.span == span {
        base = types[Int(receiver.index)]
      }
    }
    for target in tree.targets
    where target.span.start <= span.start && span.end <= target.span.end {
      whole = whole.union(target.span)
    }
    return (whole, base)
  }
}

extension TypeTable {
  /// Which nodes are, or contain, something `unknown`. Parts come before what they are parts of.
  func holdingUnknown() -> [Bool] {
    var holds = Array(repeating: false, count: nodes.count)
    holds[Int(ValueType.unknown.index)] = true
    for index in nodes.indices {
      let node = nodes[index]
      let isObject = node.kind == .object
      if isObject, holds[Int(words[Int(node.start)])] { holds[index] = true }
      var position = isObject ? 2 : node.kind.plainWords
      while position < Int(node.count) {
        if holds[Int(words[Int(node.start) + position])] { holds[index] = true }
        position += isObject ? 3 : 1
      }
    }
    return holds
  }
}
