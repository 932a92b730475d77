/// An expression: what it is and where it stands.
public struct Expression: Sendable, BitwiseCopyable {
  /// What it is.
  public var kind: Kind
  /// From its first to its last token.
  public var span: SourceSpan

  /// Makes an expression.
  public init(_ kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  /// The kinds of expressions (rules EXP-1 …).
  public enum Kind: Sendable, BitwiseCopyable {
    /// `null`
    case null
    /// `true`, `false`
    case bool(Bool)
    /// A number literal that is an exact 64-bit integer.
    case integer(Int64)
    /// Any other number literal.
    case number(Double)
    /// A string literal, escapes resolved.
    case string(Symbol)
    /// An f-string.
    case interpolation(NodeList<InterpolationPart>)
    /// A bare name: a variable, process, type, or the root of a module path.
    case name(Symbol)
    /// `(a, b)` or `a, b`
    case tuple(NodeList<ExpressionID>)
    /// `[a, b]`
    case list(NodeList<ExpressionID>)
    /// `{a: 1, b: 2}`
    case record(NodeList<FieldSyntax>)
    /// `[element for x in xs if c]`
    case comprehension(element: ExpressionID, clauses: NodeList<ComprehensionClause>)
    /// `target.name`
    case field(ExpressionID, Name)
    /// `target[index]`
    case index(ExpressionID, ExpressionID)
    /// `name(arguments)`: a builtin, function or one-segment constructor.
    case call(Name, NodeList<ExpressionID>)
    /// `receiver.name(arguments)`: a module operation or dotted constructor.
    case operation(receiver: ExpressionID, Name, NodeList<ExpressionID>)
    /// `operand?`
    case unwrap(ExpressionID)
    /// `await operand`
    case await(ExpressionID)
    /// `-x`, `not x`
    case unary(UnaryOperator, ExpressionID)
    /// `a + b` and all its kin, `and`, `or`, `??`, `in`, `not in` included.
    case binary(BinaryOperator, ExpressionID, ExpressionID)
    /// `condition ? then : otherwise`
    case conditional(ExpressionID, then: ExpressionID, otherwise: ExpressionID)
    /// `Type {…}`
    case typeLiteral(TypeID)
    /// `start process(name: value)`
    case start(Name, NodeList<FieldSyntax>)
    /// `sleep for d`, `sleep until t`
    case sleep(SleepKind, ExpressionID)
    /// `wait_signal("name")`
    case waitSignal(Name)
    /// `signal_run(run, "name", payload)`
    case signalRun(run: ExpressionID, Name, payload: ExpressionID)
    /// A place that did not parse; its error is already reported.
    case error
  }
}

/// `key: value` of a record literal or of `start` arguments.
public struct FieldSyntax: Sendable, BitwiseCopyable {
  /// The key.
  public var name: Name
  /// The value.
  public var value: ExpressionID

  /// Makes a field.
  public init(name: Name, value: ExpressionID) {
    self.name = name
    self.value = value
  }
}

/// One part of an f-string (rule LEX-11).
public enum InterpolationPart: Sendable, BitwiseCopyable {
  /// Literal text, escapes and doubled braces resolved.
  case text(Symbol)
  /// A slot.
  case slot(ExpressionID)
  /// A slot with a format spec; the spec is well formed.
  case formatted(ExpressionID, spec: Name)
}

/// One `for` or `if` of a comprehension.
public enum ComprehensionClause: Sendable, BitwiseCopyable {
  /// `for a, b in iterable`; more than one binding takes each item apart (S11).
  case iterate(NodeList<Name>, ExpressionID)
  /// `if condition`
  case filter(ExpressionID)
}

/// Which of the two sleeps.
public enum SleepKind: Sendable, BitwiseCopyable {
  /// `sleep for`
  case duration
  /// `sleep until`
  case until
}

/// Prefix operators.
public enum UnaryOperator: String, Sendable, BitwiseCopyable {
  /// Arithmetic negation.
  case negate = "-"
  /// Logical negation, `not` or `!`.
  case not
}

/// Infix operators.
public enum BinaryOperator: String, Sendable, BitwiseCopyable, CaseIterable {
  /// Sum, or concatenation.
  case add = "+"
  /// Difference.
  case subtract = "-"
  /// Product.
  case multiply = "*"
  /// Quotient, always a double.
  case divide = "/"
  /// Remainder with the sign of the dividend.
  case remainder = "%"
  /// Deep equality.
  case equal = "=="
  /// Its negation.
  case notEqual = "!="
  /// Order.
  case less = "<"
  /// Order or equality.
  case lessOrEqual = "<="
  /// Order.
  case greater = ">"
  /// Order or equality.
  case greaterOrEqual = ">="
  /// Membership.
  case contained = "in"
  /// Its negation.
  case notContained = "not in"
  /// Conjunction; gives a boolean, evaluates the right side only if needed.
  case and
  /// Disjunction; gives a boolean, evaluates the right side only if needed.
  case or
  /// The right side if the left is null (S9).
  case coalesce = "??"
}
