/// The stable codes of all problems. E00xx lexical, E01xx syntax, E02xx names and host surface,
/// E03xx types and calls, E04xx effects and control, E05xx limits, W01xx warnings, R0xxx run time.
public enum DiagnosticCode: String, CaseIterable, Hashable, Sendable {
  // MARK: Lexical

  /// A byte sequence that is not UTF-8.
  case invalidUTF8 = "E0001"
  /// A character that begins no token.
  case unexpectedCharacter = "E0002"
  /// A string without its closing quote.
  case unterminatedString = "E0003"
  /// A number that is not well formed.
  case invalidNumber = "E0004"
  /// A backslash followed by something that is no escape (S7).
  case invalidEscape = "E0005"
  /// An f-string slot that is empty, unclosed or has a wrong format spec (S8).
  case invalidInterpolation = "E0006"

  // MARK: Syntax

  /// Something else was expected here.
  case expected = "E0101"
  /// A token that cannot stand here.
  case unexpected = "E0102"
  /// A chained comparison (S4).
  case chainedComparison = "E0103"
  /// A bare tuple as a condition (S5).
  case tupleCondition = "E0104"
  /// A declaration inside a block (S10).
  case nestedDeclaration = "E0105"
  /// A form of older versions that was removed.
  case removedSyntax = "E0106"
  /// A wrong `@label` annotation.
  case invalidLabel = "E0107"
  /// A field or enum member that is written twice.
  case duplicateField = "E0108"
  /// `break` or `continue` outside a loop.
  case outsideLoop = "E0109"
  /// A statement that is only for processes, or only for the foreground.
  case wrongContext = "E0110"
  /// `finish` without a value.
  case missingValue = "E0111"
  /// A form of another language (rule DIA-6).
  case foreignSyntax = "E0112"
  /// An opening bracket whose partner is missing.
  case unclosedBracket = "E0113"

  // MARK: Names and host surface

  /// A name that nothing declares.
  case unknownName = "E0201"
  /// A call of something that is neither builtin nor function.
  case unknownFunction = "E0202"
  /// A dotted path that is no module.
  case unknownModule = "E0203"
  /// A module that lacks the operation.
  case unknownOperation = "E0204"
  /// `start` of an undeclared process.
  case unknownProcess = "E0205"
  /// A type name that nothing declares.
  case unknownType = "E0206"
  /// A second declaration of a name.
  case duplicateDeclaration = "E0207"
  /// A parameter or signal that is declared twice.
  case duplicateParameter = "E0208"
  /// A tool called by its bare name.
  case bareToolCall = "E0209"
  /// A function or process used as a value or called in the wrong way.
  case notAValue = "E0210"
  /// An ability that this host does not grant.
  case abilityDisabled = "E0211"
  /// A function that takes a name it may not take.
  case reservedName = "E0212"
  /// Assignment to a read-only binding.
  case readOnly = "E0213"

  // MARK: Types and calls

  /// A wrong number of arguments.
  case wrongArity = "E0301"
  /// A process argument that is missing, unknown or given twice.
  case processArguments = "E0302"
  /// A value of a type that cannot stand here.
  case typeMismatch = "E0303"
  /// An operator that does not accept its operands.
  case operandTypes = "E0304"
  /// A field that the type lacks.
  case unknownField = "E0305"
  /// A `for` over something that is no list or tuple.
  case notIterable = "E0306"
  /// An index into something that has no items, or of a kind that is no index.
  case notIndexable = "E0307"
  /// An assignment into something that cannot hold it.
  case notAssignable = "E0308"
  /// `await` of something that there is no waiting for.
  case notAwaitable = "E0309"
  /// `?` on something that is no result.
  case notUnwrappable = "E0310"

  // MARK: Effects and control

  /// An effect inside a pure function.
  case effectInFunction = "E0401"
  /// A trigger registration that is not well formed.
  case invalidTrigger = "E0402"
  /// `wait_signal` outside a process.
  case signalOutsideProcess = "E0403"

  // MARK: Limits

  /// The text is too long.
  case sourceTooLarge = "E0501"
  /// Brackets or blocks nest too deeply.
  case nestedTooDeeply = "E0502"
  /// An expression with too long a chain of operators.
  case expressionTooLarge = "E0503"
  /// A body with too many variables, constants or instructions.
  case bodyTooLarge = "E0504"
  /// More errors than are shown.
  case tooManyErrors = "E0505"

  // MARK: Warnings

  /// A name that is assigned on some paths only.
  case maybeUnset = "W0101"
  /// A variable that hides a module of the same name.
  case shadowedModule = "W0102"
  /// A module call without `await`.
  case missingAwait = "W0103"
  /// A result of a module call that nothing looks at.
  case unusedResult = "W0104"
  /// A condition or comparison whose answer is fixed.
  case constantCondition = "W0105"
  /// Code that is never reached.
  case unreachableCode = "W0106"
  /// A variable that nothing reads.
  case unusedVariable = "W0107"
  /// A comparison of values that are never equal.
  case unrelatedComparison = "W0108"
  /// A signal that the process does not declare.
  case unknownSignal = "W0109"
  /// Arithmetic with a text that is no number.
  case textArithmetic = "W0110"
  /// A comment that reads like a division.
  case divisionComment = "W0120"
  /// `${name}` in a string that is no template.
  case templateText = "W0121"

  // MARK: Run time

  /// A name that has no value yet.
  case unsetName = "R0001"
  /// A value of a wrong kind.
  case typeError = "R0002"
  /// A value of the right kind that cannot be used.
  case valueError = "R0003"
  /// `?` met a failure.
  case unwrappedFailure = "R0004"
  /// The host refused or failed an effect.
  case hostFailure = "R0005"
  /// The program ended with `fail`.
  case programFailed = "R0006"
  /// A bound was exhausted.
  case exhausted = "R0007"
  /// All runs wait, and nothing can come that any of them waits for.
  case deadlock = "R0008"

  /// Warnings do not stop a program.
  public var severity: Severity { rawValue.hasPrefix("W") ? .warning : .error }

  /// The stage that reports this code.
  public var stage: DiagnosticStage {
    switch rawValue.prefix(3) {
    case "E00", "E01": .parse
    case "E05": self == .bodyTooLarge ? .check : .parse
    case "R00": .runtime
    case "W01": self == .divisionComment ? .parse : .check
    default: .check
    }
  }
}
