import LashLang

/// A comparison operator and the instructions for it.
///
/// `not (a < b)` is not `a >= b` when one of them is nan, hence two jumps for each operator.
struct ComparisonForm {
  let operation: BinaryOperator

  init(_ operation: BinaryOperator) { self.operation = operation }

  /// The operator with its operands exchanged.
  var mirrored: ComparisonForm {
    switch operation {
    case .less: ComparisonForm(.greater)
    case .lessOrEqual: ComparisonForm(.greaterOrEqual)
    case .greater: ComparisonForm(.less)
    case .greaterOrEqual: ComparisonForm(.lessOrEqual)
    default: self
    }
  }

  /// Whether the instructions on two registers take the operands in the other order.
  var swapsRegisters: Bool { operation == .greater || operation == .greaterOrEqual }

  /// The instruction on two registers.
  var withRegisters: Opcode {
    switch operation {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less, .greater: .less
    case .lessOrEqual, .greaterOrEqual: .lessOrEqual
    default: preconditionFailure("`\(operation.rawValue)` is no comparison")
    }
  }

  /// The instruction on a register and a constant.
  var withConstant: Opcode {
    switch operation {
    case .equal: .equalConstant
    case .notEqual: .notEqualConstant
    case .less: .lessConstant
    case .lessOrEqual: .lessOrEqualConstant
    case .greater: .greaterConstant
    case .greaterOrEqual: .greaterOrEqualConstant
    default: preconditionFailure("`\(operation.rawValue)` is no comparison")
    }
  }

  /// The jump on two registers that is taken if the comparison gives `truth`.
  func jumpWithRegisters(if truth: Bool) -> Opcode {
    switch withRegisters {
    case .equal: truth ? .jumpIfEqual : .jumpIfNotEqual
    case .notEqual: truth ? .jumpIfNotEqual : .jumpIfEqual
    case .less: truth ? .jumpIfLess : .jumpIfNotLess
    default: truth ? .jumpIfLessOrEqual : .jumpIfNotLessOrEqual
    }
  }

  /// The jump on a register and a constant that is taken if the comparison gives `truth`.
  func jumpWithConstant(if truth: Bool) -> Opcode {
    switch withConstant {
    case .equalConstant: truth ? .jumpIfEqualConstant : .jumpIfNotEqualConstant
    case .notEqualConstant: truth ? .jumpIfNotEqualConstant : .jumpIfEqualConstant
    case .lessConstant: truth ? .jumpIfLessConstant : .jumpIfNotLessConstant
    case .lessOrEqualConstant: truth ? .jumpIfLessOrEqualConstant : .jumpIfNotLessOrEqualConstant
    case .greaterConstant: truth ? .jumpIfGreaterConstant : .jumpIfNotGreaterConstant
    default: truth ? .jumpIfGreaterOrEqualConstant : .jumpIfNotGreaterOrEqualConstant
    }
  }
}

extension BinaryOperator {
  /// Whether it compares by order or equality.
  var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }
}
