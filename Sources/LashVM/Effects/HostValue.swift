import LashJSON

/// A value as it crosses between a machine and its host: plain Swift data, no machine memory.
///
/// Sealed kinds (rule VAL-16) can only be made by the host; no text or record decodes to them.
public enum HostValue: Sendable {
  /// The null value.
  case null
  /// A boolean.
  case bool(Bool)
  /// An integral number within signed 64 bits.
  case integer(Int64)
  /// Any other number. An integral double within 64 bits means the same as that integer.
  case double(Double)
  /// Text.
  case string(String)
  /// A list.
  case list([HostValue])
  /// A tuple.
  case tuple([HostValue])
  /// A record; keys are unique, order is kept.
  case record([HostField])
  /// An image descriptor.
  indirect case image(HostImage)
  /// A started process.
  indirect case run(RunHandle)
  /// A module authority, by its path.
  indirect case module(path: String, authority: String)
  /// A Type value, as JSON Schema.
  indirect case type(JSONValue)
  /// An opaque value made by a constructor.
  indirect case descriptor(type: String, value: HostValue)
  /// A process used as a value, by its name.
  case process(String)
  /// A result wrapper.
  indirect case result(CallResult)
  /// The placeholder `trigger.event`.
  case triggerEvent
  /// A JSON text, or a value in one, that is read in place. Like a reference it goes both ways: a lazy
  /// value leaves the machine unread.
  case lazyJSON(LazyJSON)
  /// A value that stays with the host and is read on demand.
  case lazyReference(LazyReference)
}

/// One field of a record.
public struct HostField: Sendable {
  /// The key.
  public var key: String
  /// The value.
  public var value: HostValue

  /// Makes a field.
  public init(_ key: String, _ value: HostValue) {
    self.key = key
    self.value = value
  }
}

/// What a call, or an awaited process, came to.
public enum CallResult: Sendable {
  /// It succeeded with a value.
  case success(HostValue)
  /// It failed; the text says why.
  case failure(String)
}

/// A handle of a started process.
public struct RunHandle: Hashable, Sendable {
  /// The host's name for the run.
  public var id: String
  /// The name of the process.
  public var process: String

  /// Makes a handle.
  public init(id: String, process: String) {
    self.id = id
    self.process = process
  }
}

/// An image descriptor; the bytes stay with the host.
public struct HostImage: Hashable, Sendable {
  /// The host's name for the image.
  public var id: String
  /// What it shows.
  public var label: String
  /// Its media type.
  public var mime: String
  /// Its size in bytes.
  public var size: Int64
  /// Its width in pixels, if known.
  public var width: Int64?
  /// Its height in pixels, if known.
  public var height: Int64?

  /// Makes a descriptor.
  public init(
    id: String, label: String, mime: String, size: Int64, width: Int64?, height: Int64?
  ) {
    self.id = id
    self.label = label
    self.mime = mime
    self.size = size
    self.width = width
    self.height = height
  }
}
