/// A parsed text: flat arenas of nodes that name one another by index.
///
/// Nodes are plain bytes, so building and walking a tree costs no reference counting, and dropping
/// one cannot recurse. Lists of children are runs (`NodeList`) of their own arenas. A tree comes
/// from `Parser.parse`; it is always complete, with `error` nodes where the text did not parse.
/// Access is inlined into other modules: else a tree that is part of a value that changes would be
/// copied, with a reference to each arena, for each access.
public struct SyntaxTree: Sendable {
  /// The text.
  public let source: SourceFile
  /// All expressions; an `ExpressionID` indexes it. Children come before their parents.
  public internal(set) var expressions: [Expression] = []
  /// All statements.
  public internal(set) var statements: [Statement] = []
  /// All type expressions.
  public internal(set) var types: [TypeSyntax] = []
  /// The declarations in source order.
  public internal(set) var declarations: [Declaration] = []
  /// The statements outside declarations, in source order.
  public internal(set) var main = Block(.empty, span: .none)
  /// The labels.
  public internal(set) var labels: [Label] = []
  /// Interned texts by symbol index.
  public internal(set) var symbols: [String] = []

  @usableFromInline var expressionLists: [ExpressionID] = []
  @usableFromInline var statementLists: [StatementID] = []
  @usableFromInline var typeLists: [TypeID] = []
  @usableFromInline var fields: [FieldSyntax] = []
  @usableFromInline var typeFields: [TypeField] = []
  @usableFromInline var names: [Name] = []
  @usableFromInline var enumMembers: [Symbol] = []
  @usableFromInline var clauses: [ComprehensionClause] = []
  @usableFromInline var parts: [InterpolationPart] = []
  @usableFromInline var targets: [AssignmentTarget] = []
  @usableFromInline var steps: [PathStep] = []
  @usableFromInline var conditionals: [ConditionalBlock] = []

  init(source: SourceFile) {
    self.source = source
  }

  /// The text of a symbol.
  @inlinable
  public subscript(symbol: Symbol) -> String { symbols[Int(symbol.index)] }
  /// An expression.
  @inlinable
  public subscript(id: ExpressionID) -> Expression { expressions[Int(id.index)] }
  /// A statement.
  @inlinable
  public subscript(id: StatementID) -> Statement { statements[Int(id.index)] }
  /// A type expression.
  @inlinable
  public subscript(id: TypeID) -> TypeSyntax { types[Int(id.index)] }

  /// The expressions of a list.
  @inlinable
  public subscript(list: NodeList<ExpressionID>) -> ArraySlice<ExpressionID> {
    expressionLists[list.range]
  }
  /// The statements of a block.
  @inlinable
  public subscript(list: NodeList<StatementID>) -> ArraySlice<StatementID> {
    statementLists[list.range]
  }
  /// The members of a union.
  @inlinable
  public subscript(list: NodeList<TypeID>) -> ArraySlice<TypeID> { typeLists[list.range] }
  /// The fields of a record literal or of `start` arguments.
  @inlinable
  public subscript(list: NodeList<FieldSyntax>) -> ArraySlice<FieldSyntax> { fields[list.range] }
  /// The fields of an object type, parameter list or signal list.
  @inlinable
  public subscript(list: NodeList<TypeField>) -> ArraySlice<TypeField> { typeFields[list.range] }
  /// The names of a binding list or dotted type name.
  @inlinable
  public subscript(list: NodeList<Name>) -> ArraySlice<Name> { names[list.range] }
  /// The members of an enumeration.
  @inlinable
  public subscript(list: NodeList<Symbol>) -> ArraySlice<Symbol> { enumMembers[list.range] }
  /// The clauses of a comprehension.
  @inlinable
  public subscript(list: NodeList<ComprehensionClause>) -> ArraySlice<ComprehensionClause> {
    clauses[list.range]
  }
  /// The parts of an f-string.
  @inlinable
  public subscript(list: NodeList<InterpolationPart>) -> ArraySlice<InterpolationPart> {
    parts[list.range]
  }
  /// The targets of an assignment.
  @inlinable
  public subscript(list: NodeList<AssignmentTarget>) -> ArraySlice<AssignmentTarget> {
    targets[list.range]
  }
  /// The steps of a target.
  @inlinable
  public subscript(list: NodeList<PathStep>) -> ArraySlice<PathStep> { steps[list.range] }
  /// The branches of an `if`.
  @inlinable
  public subscript(list: NodeList<ConditionalBlock>) -> ArraySlice<ConditionalBlock> {
    conditionals[list.range]
  }

  /// Makes a last statement of the main block that is an expression a `finish` with its value.
  mutating func finishWithLastExpression() {
    guard let last = self[main.statements].last, case .expression(let value) = self[last].kind
    else { return }
    statements[Int(last.index)].kind = .finish(value)
  }
}
