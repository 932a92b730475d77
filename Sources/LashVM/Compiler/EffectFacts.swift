import LashLang

/// What the compiler must know about effects inside expressions (rules EFF-5, EFF-6).
struct EffectFacts {
  private struct Flags: OptionSet {
    let rawValue: UInt8
    /// Its evaluation may ask the host for something.
    static let hasEffect = Flags(rawValue: 1)
    /// It is `m.op(…)`, maybe awaited.
    static let isCall = Flags(rawValue: 2)
    /// It is `m.op(…)?`, maybe awaited.
    static let isUnwrappedCall = Flags(rawValue: 4)
    /// It is a literal aggregate or comprehension with a call leaf in it.
    static let hasLeaf = Flags(rawValue: 8)
  }

  private let module: CheckedModule
  private var flags: [Flags]

  /// Looks at all expressions of `module`. O(n).
  init(_ module: CheckedModule) {
    self.module = module
    flags = []
    flags.reserveCapacity(module.tree.expressions.count)
    for index in module.tree.expressions.indices {
      flags.append(look(at: ExpressionID(UInt32(index))))
    }
  }

  /// Whether evaluating it asks the host for nothing.
  func isPure(_ id: ExpressionID) -> Bool { !self[id].contains(.hasEffect) }

  /// Whether it is a module operation, awaited or not, without `?`.
  func isCall(_ id: ExpressionID) -> Bool { self[id].contains(.isCall) }

  /// Whether under `await` it is collected into the batch.
  func isLeaf(_ id: ExpressionID) -> Bool {
    !self[id].isDisjoint(with: [.isCall, .isUnwrappedCall])
  }

  /// Whether a leaf has a `?`.
  func isUnwrappedLeaf(_ id: ExpressionID) -> Bool { self[id].contains(.isUnwrappedCall) }

  /// Whether it is an aggregate that `await` sends as a batch.
  func isBatch(_ id: ExpressionID) -> Bool { self[id].contains(.hasLeaf) }

  private subscript(id: ExpressionID) -> Flags { flags[Int(id.index)] }

  /// Operands stand before their operators in the tree, so theirs are known.
  private func look(at id: ExpressionID) -> Flags {
    let kind = module.tree[id].kind
    var result: Flags = []
    if case .operation = kind, module[id] != .operation {
      result = effects(of: kind)
    } else {
      switch kind {
      case .operation: result = [.hasEffect, .isCall]
      case .start, .sleep, .waitSignal, .signalRun: result = .hasEffect
      case .await(let operand):
        result = self[operand].intersection([.isCall, .isUnwrappedCall]).union(.hasEffect)
      case .unwrap(let operand):
        result = effects(of: kind)
        if isCall(operand) { result.insert(.isUnwrappedCall) }
      case .list, .tuple, .record, .comprehension:
        result = effects(of: kind)
        if holdsLeaf(kind) { result.insert(.hasLeaf) }
      default: result = effects(of: kind)
      }
    }
    return result
  }

  private func effects(of kind: Expression.Kind) -> Flags {
    var result: Flags = []
    module.tree.forEachOperand(of: kind) { result.formUnion(self[$0].intersection(.hasEffect)) }
    return result
  }

  private func holdsLeaf(_ kind: Expression.Kind) -> Bool {
    switch kind {
    case .list(let items), .tuple(let items): module.tree[items].contains { holds($0) }
    case .record(let fields): module.tree[fields].contains { holds($0.value) }
    case .comprehension(let element, _): holds(element)
    default: false
    }
  }

  private func holds(_ id: ExpressionID) -> Bool { isLeaf(id) || isBatch(id) }
}
