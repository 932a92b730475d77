/// A program whose names are resolved: all that the compiler may see.
///
/// It comes from `CheckModule.check`. When `hasErrors` is false every name, call and type name has
/// a resolution, and the structural rules of the language hold.
public struct CheckedModule: Sendable {
  /// The tree.
  public let tree: SyntaxTree
  /// The host surface it was checked against.
  public let host: HostSurface
  /// What each expression refers to, by `ExpressionID`.
  public internal(set) var resolutions: [Resolution]
  /// What each type name refers to, by `TypeID`.
  public internal(set) var typeResolutions: [TypeResolution]
  /// The modules that the program uses, by `Resolution.module`.
  public internal(set) var modules: [ModuleReference] = []
  /// The functions, by `Resolution.function`.
  public internal(set) var functions: [FunctionDeclaration] = []
  /// The processes, by `Resolution.process`.
  public internal(set) var processes: [ProcessDeclaration] = []
  /// The type declarations, by `Resolution.type`.
  public internal(set) var typeDeclarations: [TypeDeclaration] = []
  /// The constructors that the program uses, by `Resolution.constructor`.
  public internal(set) var constructors: [HostConstructor] = []
  /// Problems of all stages so far, in source order.
  public internal(set) var diagnostics: [Diagnostic] = []

  /// What a cell leaves for later cells of its session; nothing for other texts.
  public internal(set) var leaving: CellLeaving?

  var typeTable = TypeTable()
  /// What finding the types took: statements walked, types made and compared, joins. A measure that
  /// is the same on every machine.
  var work = 0
  var expressionTypes: [ValueType] = []

  init(tree: SyntaxTree, host: HostSurface) {
    self.tree = tree
    self.host = host
    self.resolutions = Array(repeating: .none, count: tree.expressions.count)
    self.typeResolutions = Array(repeating: .none, count: tree.types.count)
  }

  /// Whether an error stands against running it.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// The types of the program's expressions.
  public var types: TypeTable { typeTable }

  /// The type of an expression, as far as it is known; `unknown` where there is an error. Code that
  /// is walked more than once keeps the type of the last walk. O(1).
  public func type(of id: ExpressionID) -> ValueType {
    let index = Int(id.index)
    return index < expressionTypes.count ? expressionTypes[index] : .unknown
  }

  /// The type of an expression in lashlang's syntax, for people and models. Bounded in length.
  public func typeText(of id: ExpressionID) -> String { typeTable.text(type(of: id), exact: true) }

  /// What an expression refers to.
  @inlinable
  public subscript(id: ExpressionID) -> Resolution { resolutions[Int(id.index)] }
  /// What a type name refers to.
  @inlinable
  public subscript(id: TypeID) -> TypeResolution { typeResolutions[Int(id.index)] }
}

/// What an expression refers to.
public enum Resolution: Hashable, Sendable, BitwiseCopyable {
  /// Nothing: it is no name and no call.
  case none
  /// A variable, parameter or loop binding; which one follows from the scope.
  case variable
  /// A whole name or field chain that is a module path: index into `CheckedModule.modules`.
  case module(Int)
  /// An operation. Its receiver resolves to `.module`, or is a value that holds an authority.
  case operation
  /// A builtin call.
  case builtin(Builtin)
  /// A call of a declared function.
  case function(Int)
  /// A process used as a value (trigger targets), or the process of a `start`.
  case process(Int)
  /// A declared type used as a Type value (V6).
  case type(Int)
  /// A named type of the host used as a Type value: index into `HostSurface.types`.
  case hostType(Int)
  /// A constructor call with exactly one argument.
  case constructor(Int)
  /// The placeholder `trigger.event`.
  case triggerEvent
}

/// What a type name refers to.
public enum TypeResolution: Hashable, Sendable, BitwiseCopyable {
  /// It is no name.
  case none
  /// A declared type: index into `CheckedModule.typeDeclarations`.
  case declaration(Int)
  /// A named type of the host: index into `HostSurface.types`.
  case host(Int)
  /// An authority type, or an opaque type of the host.
  case opaque
  /// A module-level constant `Row = Type {…}` (V6): the type it holds.
  case constant(TypeID)
  /// A variable that holds a Type value when the literal is evaluated.
  case variable
}

/// A module as a program names it.
public struct ModuleReference: Hashable, Sendable {
  /// The dotted path.
  public var path: String
  /// The authority type.
  public var authority: String

  /// Makes a reference.
  public init(path: String, authority: String) {
    self.path = path
    self.authority = authority
  }
}
