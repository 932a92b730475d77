/// What a name of a program stands for: one variable, declaration or thing of the host.
public struct ProgramSymbol: Sendable {
  /// What sort of thing it is.
  public enum Kind: String, Hashable, Sendable {
    /// A variable that a body assigns, or one from outside the program.
    case variable
    /// A parameter of a function or process.
    case parameter
    /// What a `for` or comprehension binds.
    case binding
    /// A declared function.
    case function
    /// A declared process.
    case process
    /// A declared type.
    case type
    /// A type of the language or the host.
    case foreignType
    /// A field of a record, object type or value; one symbol for each name.
    case field
    /// A builtin function.
    case builtin
    /// A module of the host, named by its path.
    case module
    /// An operation of the host: `path.name`, or only the name where the module is not known.
    case operation
    /// A constructor of the host.
    case constructor
  }

  /// The name, maybe dotted.
  public let name: String
  /// What sort of thing it is.
  public let kind: Kind
  /// The declaration it belongs to, as an index into `SyntaxTree.declarations`; `nil` in the main
  /// block and for what is no variable.
  public let body: Int?
  /// The part of the text in which the name means this, for bindings.
  public let scope: SourceSpan?
  /// Where it gets its value or is declared, in the order of the walk; empty if outside the program.
  public internal(set) var definitions: [SourceSpan] = []

  /// Whether the program itself declares it, so that it can be renamed.
  public var isOwn: Bool {
    switch kind {
    case .variable, .parameter, .binding, .function, .process, .type: !definitions.isEmpty
    default: false
    }
  }
}

/// A place where a symbol is named.
public struct SymbolOccurrence: Sendable {
  /// What is done to the symbol there.
  public enum Role: Hashable, Sendable {
    /// It is declared, or a variable is assigned as a whole.
    case definition
    /// Anything else.
    case use
  }

  /// The place of the name.
  public let span: SourceSpan
  /// Index into `SymbolIndex.symbols`.
  public let symbol: Int
  /// What is done to it.
  public let role: Role
  /// What it holds there, or what is assigned; `nil` where that is not known.
  let type: ValueType?
}
