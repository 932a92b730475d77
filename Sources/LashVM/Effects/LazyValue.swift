import LashJSON

/// A value that stays with the host: a program that reads it asks for the parts it needs, with
/// `EffectRequest.lazyRead` (rule VAL-19). What it stands for must not change.
public struct LazyReference: Hashable, Sendable {
  /// What it stands for.
  public enum Kind: UInt8, Sendable {
    /// A list.
    case list = 0
    /// A record.
    case record = 1
    /// Text.
    case string = 2
  }

  /// The host's name for it.
  public var id: String
  /// What it stands for.
  public var kind: Kind
  /// Its items, fields or scalars, if the host knows; then the program need not ask.
  public var count: Int?

  /// A reference.
  public init(id: String, kind: Kind, count: Int? = nil) {
    self.id = id
    self.kind = kind
    self.count = count
  }
}

/// A JSON text, or a value within one, that a machine reads where it lies (rule VAL-19).
public struct LazyJSON: Sendable {
  /// The whole text, shared.
  public let document: JSONDocument
  /// The bytes of the value, without white space around it, if it is a part of the text.
  let part: Range<Int>?

  /// The value of a text. If that is no JSON, reading it is a run-time error.
  public init(_ document: JSONDocument) {
    self.document = document
    part = nil
  }

  init(_ document: JSONDocument, part: Range<Int>) {
    self.document = document
    self.part = part
  }

  /// What the value is; of a text that is no JSON, anything.
  public var kind: LazyReference.Kind {
    switch firstByte {
    case UInt8(ascii: "["): .list
    case UInt8(ascii: "{"): .record
    default: .string
    }
  }

  /// Decodes the value. Throws if the text is no JSON.
  public func value() throws(JSONError) -> JSONValue {
    let bytes = part.map { Array(document.bytes[$0]) } ?? document.bytes
    return try JSONReader(maximumBytes: .max).read(bytes)
  }
}

/// One read of a reference. What is absent is null, as in the language.
public struct LazyRead: Sendable {
  /// What is read.
  public enum Part: Sendable {
    /// The value itself: a list, record or string; what it holds may be lazy again.
    case whole
    /// The number of its items, fields or scalars.
    case count
    /// The keys of a record: a list of strings, in order.
    case keys
    /// The value of a field, or null.
    case field(String)
    /// The item or scalar at a position, or null; negative ones count from the end.
    case item(Int)
    /// Items or scalars from one position to another, a list or string. Negative positions count from
    /// the end, nil is an open end, and both are clamped.
    case slice(from: Int?, to: Int?)
    /// Whether a list has an item, a record a key, or text a text: a boolean.
    case contains(HostValue)
    /// The position of the first occurrence of a text at or after `start`, or null.
    case find(String, start: Int)
  }

  /// What is read of.
  public var reference: LazyReference
  /// What is read.
  public var part: Part
}
