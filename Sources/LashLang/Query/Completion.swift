/// One thing that may be written at a place.
public struct Completion: Hashable, Sendable {
  /// What sort of thing it is.
  public enum Kind: String, Hashable, Sendable {
    /// A variable, parameter or binding.
    case variable
    /// A field of a value.
    case field
    /// A field of an argument, or an input of a process.
    case argument
    /// A declared function.
    case function
    /// A builtin function.
    case builtin
    /// A declared process.
    case process
    /// A type.
    case type
    /// A module, or the first part of the paths of some.
    case module
    /// An operation of a module.
    case operation
    /// A constructor of the host.
    case constructor
    /// A word of the language.
    case keyword
  }

  /// What is written.
  public var label: String
  /// What sort of thing it is.
  public var kind: Kind
  /// Its type or signature.
  public var detail: String?
  /// What it does.
  public var summary: String?

  init(_ label: String, _ kind: Kind, detail: String? = nil, summary: String? = nil) {
    self.label = label
    self.kind = kind
    self.detail = detail
    self.summary = summary
  }
}

/// What may be written at a place, best first, and the part of the text that it would replace.
public struct Completions: Sendable {
  /// What may be written.
  public var items: [Completion] = []
  /// The word around the place; empty between words.
  public var replaced: SourceSpan
}
