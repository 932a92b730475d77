import LashLang

// The worker behind comparisons, as values and fused with jumps.

/// What a comparing instruction does.
struct Comparison {
  enum Relation {
    case equal, less, lessOrEqual, greater, greaterOrEqual
  }

  let relation: Relation
  /// Whether the result is the opposite, which for nan is not the opposite relation.
  let isNegated: Bool
  /// Whether the right side is a constant.
  let hasConstant: Bool
  /// Whether it jumps; its operands are a and b then, else b and c.
  let jumps: Bool

  /// `nil` for other instructions.
  init?(_ opcode: Opcode) {
    switch opcode {
    case .equal, .notEqual, .equalConstant, .notEqualConstant, .jumpIfEqual, .jumpIfNotEqual,
      .jumpIfEqualConstant, .jumpIfNotEqualConstant:
      relation = .equal
    case .less, .lessConstant, .jumpIfLess, .jumpIfNotLess, .jumpIfLessConstant,
      .jumpIfNotLessConstant:
      relation = .less
    case .lessOrEqual, .lessOrEqualConstant, .jumpIfLessOrEqual, .jumpIfNotLessOrEqual,
      .jumpIfLessOrEqualConstant, .jumpIfNotLessOrEqualConstant:
      relation = .lessOrEqual
    case .greaterConstant, .jumpIfGreaterConstant, .jumpIfNotGreaterConstant: relation = .greater
    case .greaterOrEqualConstant, .jumpIfGreaterOrEqualConstant, .jumpIfNotGreaterOrEqualConstant:
      relation = .greaterOrEqual
    default: return nil
    }
    switch opcode {
    case .notEqual, .notEqualConstant, .jumpIfNotEqual, .jumpIfNotEqualConstant, .jumpIfNotLess,
      .jumpIfNotLessOrEqual, .jumpIfNotLessConstant, .jumpIfNotLessOrEqualConstant,
      .jumpIfNotGreaterConstant, .jumpIfNotGreaterOrEqualConstant:
      isNegated = true
    default: isNegated = false
    }
    jumps = opcode.rawValue >= Opcode.jump.rawValue
    let firstConstant: Opcode = jumps ? .jumpIfLessConstant : .equalConstant
    hasConstant = opcode.rawValue >= firstConstant.rawValue
  }
}

extension VM {
  /// Compares any two values; nil after a fault (rules VAL-9, VAL-10).
  private func holds(_ relation: Comparison.Relation, _ a: Value, _ b: Value) -> Bool? {
    let heap = pointee.heap
    var result = false
    let done = attempt { () throws(Fault) in
      if relation == .equal {
        result = try heap.equalLazily(a, b)
        return
      }
      let a = try heap.settled(a)
      let b = try heap.settled(b)
      switch relation {
      case .equal: result = try heap.equal(a, b)
      case .less: result = try heap.less(a, b)
      case .lessOrEqual: result = try heap.lessOrEqual(a, b)
      case .greater: result = try heap.less(b, a)
      case .greaterOrEqual: result = try heap.lessOrEqual(b, a)
      }
    }
    return done ? result : nil
  }

  /// Executes a comparing instruction that ends at `pc`; gives the next one, nil after a fault.
  func executeComparison(
    _ comparison: Comparison, _ word: UInt64, _ pc: Code, _ base: RawPointer
  ) -> Code? {
    let constants = RawPointer(pointee.constants)
    let left = slot(base, comparison.jumps ? word.a : word.b)
    let right = slot(
      comparison.hasConstant ? constants : base, comparison.jumps ? word.b : word.c)
    guard let holds = holds(comparison.relation, left.pointee, right.pointee) else { return nil }
    let truth = holds != comparison.isNegated
    if comparison.jumps { return truth ? pc + word.jump : pc }
    replace(self, slot(base, word.a), Value(bool: truth))
    return pc
  }

  /// Membership as a boolean; unset after a fault (rule EXP-8).
  func contains(_ needle: Value, _ haystack: Value) -> Value {
    var result = Value.unset
    _ = attempt { () throws(Fault) in
      let heap = pointee.heap
      guard let found = try heap.contains(haystack, needle) else {
        throw heap.trap(
          .typeError,
          "`in` requires a string, list, tuple, record or null on its right, got "
            + heap.typeName(haystack))
      }
      result = Value(bool: found)
    }
    return result
  }
}
