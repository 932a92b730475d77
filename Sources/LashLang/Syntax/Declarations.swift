/// A top-level declaration.
public enum Declaration: Sendable, BitwiseCopyable {
  /// `type Name = T`
  case type(TypeDeclaration)
  /// `process name(…) signals {…} -> T { … }`
  case process(ProcessDeclaration)
  /// `fn name(…) -> T { … }`
  case function(FunctionDeclaration)

  /// The declared name.
  public var name: Name {
    switch self {
    case .type(let declaration): declaration.name
    case .process(let declaration): declaration.name
    case .function(let declaration): declaration.name
    }
  }
}

/// `type Name = T`
public struct TypeDeclaration: Sendable, BitwiseCopyable {
  /// The declared name.
  public var name: Name
  /// What it stands for.
  public var type: TypeID
  /// The whole declaration.
  public var span: SourceSpan

  /// Makes a declaration.
  public init(name: Name, type: TypeID, span: SourceSpan) {
    self.name = name
    self.type = type
    self.span = span
  }
}

/// `process name(…) signals {…} -> T { … }`
public struct ProcessDeclaration: Sendable, BitwiseCopyable {
  /// The declared name.
  public var name: Name
  /// The parameters.
  public var parameters: NodeList<TypeField>
  /// The signals it may wait for.
  public var signals: NodeList<TypeField>
  /// The declared result type.
  public var returnType: TypeID?
  /// The body.
  public var body: Block
  /// Index into `SyntaxTree.labels` if it is labelled.
  public var label: UInt32?
  /// The whole declaration.
  public var span: SourceSpan

  /// Makes a declaration.
  public init(
    name: Name, parameters: NodeList<TypeField>, signals: NodeList<TypeField>,
    returnType: TypeID?, body: Block, label: UInt32?, span: SourceSpan
  ) {
    self.name = name
    self.parameters = parameters
    self.signals = signals
    self.returnType = returnType
    self.body = body
    self.label = label
    self.span = span
  }
}

/// `fn name(…) -> T { … }`
public struct FunctionDeclaration: Sendable, BitwiseCopyable {
  /// The declared name.
  public var name: Name
  /// The parameters.
  public var parameters: NodeList<TypeField>
  /// The result type.
  public var returnType: TypeID
  /// The body; its last statement gives the result (rule FN-2).
  public var body: Block
  /// The whole declaration.
  public var span: SourceSpan

  /// Makes a declaration.
  public init(
    name: Name, parameters: NodeList<TypeField>, returnType: TypeID, body: Block, span: SourceSpan
  ) {
    self.name = name
    self.parameters = parameters
    self.returnType = returnType
    self.body = body
    self.span = span
  }
}
