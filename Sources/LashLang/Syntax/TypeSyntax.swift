/// A type expression as written.
public struct TypeSyntax: Sendable, BitwiseCopyable {
  /// What it is.
  public var kind: Kind
  /// From its first to its last token.
  public var span: SourceSpan

  /// Makes a type expression.
  public init(_ kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  /// The kinds of type expressions (rules TYP-1 …).
  public enum Kind: Sendable, BitwiseCopyable {
    /// One of the built-in scalar names.
    case scalar(ScalarType)
    /// `"text"` alone (a one-value enum) or `enum["a", "b"]`.
    case enumeration(NodeList<Symbol>)
    /// `list[T]`
    case list(TypeID)
    /// `{a: T, b: T?, ...}`; `isOpen` with the trailing `...`.
    case object(NodeList<TypeField>, isOpen: Bool)
    /// `A | B`
    case union(NodeList<TypeID>)
    /// `Process<I, O>`
    case process(input: TypeID, output: TypeID)
    /// `TriggerHandle<E>`
    case triggerHandle(TypeID)
    /// A declared or host type, maybe dotted.
    case name(NodeList<Name>)
    /// A place that did not parse.
    case error
  }
}

/// The types that have a name of their own in the language.
public enum ScalarType: String, Sendable, BitwiseCopyable {
  /// Any value.
  case any
  /// Text.
  case string = "str"
  /// An integral number.
  case integer = "int"
  /// Any number.
  case number = "float"
  /// A boolean.
  case bool
  /// Any record.
  case dictionary = "dict"
  /// The null value.
  case null
}

/// `name: T` or `name: T?` of an object type, parameter list or signal list.
public struct TypeField: Sendable, BitwiseCopyable {
  /// The name.
  public var name: Name
  /// Its type.
  public var type: TypeID
  /// Whether it may be absent.
  public var isOptional: Bool

  /// Makes a field.
  public init(name: Name, type: TypeID, isOptional: Bool) {
    self.name = name
    self.type = type
    self.isOptional = isOptional
  }
}
