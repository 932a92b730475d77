/// A statement with its optional label.
public struct Statement: Sendable, BitwiseCopyable {
  /// What it is.
  public var kind: Kind
  /// From its first to its last token.
  public var span: SourceSpan
  /// Index into `SyntaxTree.labels` if it is labelled.
  public var label: UInt32?

  /// Makes a statement.
  public init(_ kind: Kind, span: SourceSpan, label: UInt32? = nil) {
    self.kind = kind
    self.span = span
    self.label = label
  }

  /// The kinds of statements (rules STM-1 …).
  public enum Kind: Sendable, BitwiseCopyable {
    /// An expression whose value is dropped, or the value of a function body's end.
    case expression(ExpressionID)
    /// `target = value`, or `a, b = value`, which takes the value apart (S11).
    case assign(NodeList<AssignmentTarget>, ExpressionID)
    /// `target += value` and its kin; the operator is `+ - * /`.
    case update(NodeList<AssignmentTarget>, BinaryOperator, ExpressionID)
    /// `if … else if … else …`
    case branch(NodeList<ConditionalBlock>, otherwise: Block?)
    /// `for a, b in iterable { … }`
    case iterate(NodeList<Name>, ExpressionID, Block)
    /// `while condition { … }`
    case loop(ExpressionID, Block)
    /// `break`
    case `break`
    /// `continue`
    case `continue`
    /// `print value`
    case print(ExpressionID)
    /// `cancel handle`
    case cancel(ExpressionID)
    /// `finish value`
    case finish(ExpressionID)
    /// `fail value`
    case fail(ExpressionID)
    /// `yield value`
    case yield(ExpressionID)
    /// `wake value`
    case wake(ExpressionID)
    /// A place that did not parse; its error is already reported.
    case error
  }
}

/// `{ … }` with its statements.
public struct Block: Sendable, BitwiseCopyable {
  /// The statements in order.
  public var statements: NodeList<StatementID>
  /// From brace to brace.
  public var span: SourceSpan

  /// Makes a block.
  public init(_ statements: NodeList<StatementID>, span: SourceSpan) {
    self.statements = statements
    self.span = span
  }
}

/// A condition with the block that runs if it holds.
public struct ConditionalBlock: Sendable, BitwiseCopyable {
  /// The condition.
  public var condition: ExpressionID
  /// The block.
  public var block: Block

  /// Makes a pair.
  public init(condition: ExpressionID, block: Block) {
    self.condition = condition
    self.block = block
  }
}

/// `root.field[index]…`
public struct AssignmentTarget: Sendable, BitwiseCopyable {
  /// The variable.
  public var root: Name
  /// The way into it; empty for the variable itself.
  public var steps: NodeList<PathStep>
  /// From the root to the end of the last step.
  public var span: SourceSpan

  /// Makes a target.
  public init(root: Name, steps: NodeList<PathStep>, span: SourceSpan) {
    self.root = root
    self.steps = steps
    self.span = span
  }
}

/// One step of an assignment path.
public enum PathStep: Sendable, BitwiseCopyable {
  /// `.name`
  case field(Name)
  /// `[index]`
  case index(ExpressionID)
}

/// `@label(title: "…", description: "…")`
public struct Label: Sendable, BitwiseCopyable {
  /// The title.
  public var title: Symbol
  /// The description, if any.
  public var description: Symbol?
  /// The whole annotation.
  public var span: SourceSpan

  /// Makes a label.
  public init(title: Symbol, description: Symbol?, span: SourceSpan) {
    self.title = title
    self.description = description
    self.span = span
  }
}
