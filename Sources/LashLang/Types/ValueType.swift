/// A type of values: a name for a node of a `TypeTable`. Within one table equal types have equal
/// names, so comparing them costs one comparison of integers.
public struct ValueType: Hashable, Sendable, BitwiseCopyable {
  /// Position of the node in its table.
  public let index: Int32

  init(_ index: Int32) { self.index = index }

  init(_ kind: TypeKind) { self.index = Int32(kind.rawValue) }

  /// No value: of code that is not reached, of the items of `[]`.
  public static let never = ValueType(.never)
  /// The type of what is already reported as an error; nothing more is said of it.
  public static let unknown = ValueType(.unknown)
  /// Not known: every use is allowed.
  public static let any = ValueType(.any)
  /// The value null.
  public static let null = ValueType(.null)
  /// The null of what may be missing (an item, an optional field): it is found by comparisons with
  /// null, and otherwise taken not to occur (rule TYP-14).
  public static let absent = ValueType(.absent)
  /// A boolean.
  public static let bool = ValueType(.bool)
  /// An integral number.
  public static let int = ValueType(.int)
  /// A number that may turn out integral, as in arithmetic with `any`: fits `int` and `float`.
  public static let number = ValueType(.number)
  /// Any number.
  public static let float = ValueType(.float)
  /// Text.
  public static let string = ValueType(.string)

  static let yes = ValueType(.yes)
  static let no = ValueType(.no)
  static let image = ValueType(.image)
  /// The wrapper of a failed call.
  static let failure = ValueType(.failure)
  /// Stands for the fields of a declared object type that its type does not name.
  static let hidden = ValueType(.hidden)

  /// Whether nothing is known, so that no use can be a contradiction.
  var isOpen: Bool { index <= Int32(TypeKind.any.rawValue) }
}

/// The kinds of nodes of a `TypeTable`. Those before `literal` have one node each, at their own
/// position; `unknown`, `never` and `any` come first.
enum TypeKind: UInt8, CaseIterable {
  case never, unknown, any, null, absent, bool, yes, no, int, number, float, string, image
  case failure, hidden
  /// One text: `[name]`.
  case literal
  /// `[element]`
  case list
  /// Tuples by position: `[item…]`
  case tuple
  /// Tuples of any length: `[element]`
  case tuples
  /// Records: `[rest, (name, type, flags)…]`, the fields in the order of their names.
  case object
  /// `[member…]`, none of them a union, in their order.
  case union
  /// The wrapper of a call that succeeded: `[value]`
  case success
  /// The handle of a run: `[process or -1, output, signals]`
  case run
  /// `[input, output]`
  case process
  /// A type that only the host knows: module authorities, opaque values: `[name]`
  case named
  /// The value of `Type {…}`: `[type]`
  case typeValue
  /// `[event]`
  case triggerHandle
  /// A declared type by name: `[declaration]`
  case alias
  /// A host's type by name: `[index]`
  case hostAlias

  /// How many leading words are no types.
  var plainWords: Int {
    switch self {
    case .literal, .named, .alias, .hostAlias, .run: 1
    default: 0
    }
  }
}

/// One field of an object type.
struct ObjectField {
  /// A text of the table.
  var name: Int32
  var type: ValueType
  /// Whether it may be missing.
  var isOptional: Bool
  /// Whether it is optional only because records of several shapes were taken together.
  var isBlurred = false
}
