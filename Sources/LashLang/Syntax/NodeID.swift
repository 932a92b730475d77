/// Names an interned text of a `SyntaxTree`: an identifier, record key, operation name or string.
public struct Symbol: Hashable, Sendable, BitwiseCopyable {
  /// Index into the tree's symbol table.
  public let index: UInt32

  /// Names the text at `index`.
  @inlinable
  public init(_ index: UInt32) { self.index = index }
}

/// A name as written: its text and its place.
public struct Name: Hashable, Sendable, BitwiseCopyable {
  /// The text.
  public var symbol: Symbol
  /// Where it stands.
  public var span: SourceSpan

  /// Makes a name.
  @inlinable
  public init(symbol: Symbol, span: SourceSpan) {
    self.symbol = symbol
    self.span = span
  }
}

/// A typed index into one of the arenas of a `SyntaxTree`.
public struct NodeID<Node>: Hashable, Sendable, BitwiseCopyable {
  /// Position in the arena of `Node`.
  public let index: UInt32

  /// Names the node at `index`.
  @inlinable
  public init(_ index: UInt32) { self.index = index }
}

/// Names an expression.
public typealias ExpressionID = NodeID<Expression>
/// Names a statement.
public typealias StatementID = NodeID<Statement>
/// Names a type expression.
public typealias TypeID = NodeID<TypeSyntax>

/// A run of neighbouring elements in one of the arenas of a `SyntaxTree`.
public struct NodeList<Element>: Hashable, Sendable, BitwiseCopyable {
  /// Index of the first element.
  public let start: UInt32
  /// Number of elements.
  public let count: UInt32

  /// The run of `count` elements from `start`.
  @inlinable
  public init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }

  /// No elements.
  public static var empty: NodeList { NodeList(start: 0, count: 0) }

  /// Whether there are no elements.
  @inlinable
  public var isEmpty: Bool { count == 0 }

  /// The positions of the elements in their arena.
  @inlinable
  public var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}
