import LashLang

// The workers behind comparisons, as values and fused with jumps (rules EXP-7, EXP-8).

/// What a comparing instruction asks.
struct Comparison {
  var relation: Relation
  /// Whether the answer is turned round; `not (a < b)` is no `a >= b` where nan is involved.
  var isNegated = false
  /// Whether the right operand is a constant.
  var hasConstant = false
  /// Whether it jumps, rather than give a boolean.
  var isJump = false

  enum Relation {
    case equal, less, lessOrEqual, greater, greaterOrEqual
  }
}

extension Opcode {
  /// The comparison of a comparing instruction.
  var comparison: Comparison? {
    switch self {
    case .equal: Comparison(relation: .equal)
    case .notEqual: Comparison(relation: .equal, isNegated: true)
    case .less: Comparison(relation: .less)
    case .lessOrEqual: Comparison(relation: .lessOrEqual)
    case .equalConstant: Comparison(relation: .equal, hasConstant: true)
    case .notEqualConstant: Comparison(relation: .equal, isNegated: true, hasConstant: true)
    case .lessConstant: Comparison(relation: .less, hasConstant: true)
    case .lessOrEqualConstant: Comparison(relation: .lessOrEqual, hasConstant: true)
    case .greaterConstant: Comparison(relation: .greater, hasConstant: true)
    case .greaterOrEqualConstant: Comparison(relation: .greaterOrEqual, hasConstant: true)
    case .jumpIfLess: .jump(.less)
    case .jumpIfNotLess: .jump(.less, negated: true)
    case .jumpIfLessOrEqual: .jump(.lessOrEqual)
    case .jumpIfNotLessOrEqual: .jump(.lessOrEqual, negated: true)
    case .jumpIfEqual: .jump(.equal)
    case .jumpIfNotEqual: .jump(.equal, negated: true)
    case .jumpIfLessConstant: .jump(.less, constant: true)
    case .jumpIfNotLessConstant: .jump(.less, negated: true, constant: true)
    case .jumpIfLessOrEqualConstant: .jump(.lessOrEqual, constant: true)
    case .jumpIfNotLessOrEqualConstant: .jump(.lessOrEqual, negated: true, constant: true)
    case .jumpIfGreaterConstant: .jump(.greater, constant: true)
    case .jumpIfNotGreaterConstant: .jump(.greater, negated: true, constant: true)
    case .jumpIfGreaterOrEqualConstant: .jump(.greaterOrEqual, constant: true)
    case .jumpIfNotGreaterOrEqualConstant:
      .jump(.greaterOrEqual, negated: true, constant: true)
    case .jumpIfEqualConstant: .jump(.equal, constant: true)
    case .jumpIfNotEqualConstant: .jump(.equal, negated: true, constant: true)
    default: nil
    }
  }
}

extension Comparison {
  fileprivate static func jump(
    _ relation: Relation, negated: Bool = false, constant: Bool = false
  ) -> Comparison {
    Comparison(relation: relation, isNegated: negated, hasConstant: constant, isJump: true)
  }
}

extension VM {
  /// Executes a comparing instruction on any two values; the next instruction, or nil after a fault.
  func compare(
    _ comparison: Comparison, _ word: UInt64, _ pc: Code, _ base: RawPointer
  ) -> Code? {
    let right = comparison.isJump ? word.b : word.c
    let x = slot(base, comparison.isJump ? word.a : word.b).pointee
    let y = slot(comparison.hasConstant ? RawPointer(pointee.constants) : base, right).pointee
    var answer = false
    let done = attempt { () throws(Fault) in
      let heap = pointee.heap
      switch comparison.relation {
      case .equal: answer = try heap.equal(x, y)
      case .less: answer = try heap.less(x, y)
      case .lessOrEqual: answer = try heap.lessOrEqual(x, y)
      case .greater: answer = try heap.less(y, x)
      case .greaterOrEqual: answer = try heap.lessOrEqual(y, x)
      }
    }
    guard done else { return nil }
    if answer == comparison.isNegated {
      if !comparison.isJump { replace(self, slot(base, word.a), .false) }
      return pc
    }
    if comparison.isJump { return pc + word.jump }
    replace(self, slot(base, word.a), .true)
    return pc
  }

  /// `needle in haystack` as a boolean; unset after a fault.
  @inline(never)
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
