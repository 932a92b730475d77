import LashLang

/// The numbers of a module's effects, in the order of its text, by the place that their instructions
/// blame (rule EFF-21).
struct EffectSites {
  private let numbers: [SourceSpan: UInt32]

  /// Numbers all effects of `module`, also those that can never run. O(n log n).
  init(_ module: CheckedModule, _ facts: EffectFacts) {
    let tree = module.tree
    var spans: Set<SourceSpan> = []
    for index in tree.expressions.indices {
      let id = ExpressionID(UInt32(index))
      if Self.isEffect(id, module, facts) { spans.insert(tree[id].span) }
    }
    for statement in tree.statements {
      switch statement.kind {
      case .print, .cancel, .yield, .wake: spans.insert(statement.span)
      default: break
      }
    }
    let order = spans.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    var numbers: [SourceSpan: UInt32] = [:]
    for (number, span) in order.enumerated() { numbers[span] = UInt32(number) }
    // Instructions blame the whole of `(await h)?` and of a batch's `m.op()?`.
    for index in tree.expressions.indices {
      let id = ExpressionID(UInt32(index))
      guard let inner = Self.inner(of: id, module, facts), let number = numbers[tree[inner].span],
        numbers[tree[id].span] == nil
      else { continue }
      numbers[tree[id].span] = number
    }
    self.numbers = numbers
  }

  /// The number of the effect whose instruction blames a place; `nil` if no effect does.
  subscript(place: SourceSpan) -> UInt32? { numbers[place] }

  private static func isEffect(
    _ id: ExpressionID, _ module: CheckedModule, _ facts: EffectFacts
  ) -> Bool {
    switch module.tree[id].kind {
    case .operation: return module[id] == .operation
    case .start, .sleep, .waitSignal, .signalRun: return true
    case .await(let operand):
      var operand = operand
      while !facts.isCall(operand) {
        guard case .unwrap(let inner) = module.tree[operand].kind else {
          return !facts.isBatch(operand)
        }
        operand = inner
      }
      return false
    default: return false
    }
  }

  /// The effect that an unwrapped or awaited expression is.
  private static func inner(
    of id: ExpressionID, _ module: CheckedModule, _ facts: EffectFacts
  ) -> ExpressionID? {
    var inner = id
    while true {
      switch module.tree[inner].kind {
      case .unwrap(let operand): inner = operand
      case .await(let operand):
        if isEffect(inner, module, facts) { return inner == id ? nil : inner }
        inner = operand
      case .operation: return facts.isLeaf(id) ? inner : nil
      default: return nil
      }
    }
  }
}
