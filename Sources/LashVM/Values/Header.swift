/// A pointer to a heap block.
typealias Object = UnsafeMutablePointer<Header>

/// The 16 bytes before every payload.
struct Header: BitwiseCopyable {
  /// Number of owners; the block is freed when it falls to 0. Not atomic: one machine, one thread.
  var references: UInt32
  var kind: ObjectKind
  var flags: Flags
  /// Size class, or 0 for a block of its own.
  var sizeClass: UInt16
  /// Bytes of a string; items of a list, tuple or sealed kind; fields of a record.
  var count: UInt32
  /// Capacity of a string (bytes) or list (items); shape of a record.
  var extra: UInt32

  struct Flags: OptionSet, BitwiseCopyable {
    var rawValue: UInt8
    /// The string holds ASCII only, so that offsets in scalars are offsets in bytes.
    static let ascii = Flags(rawValue: 1)
    /// The result wrapper is a success.
    static let success = Flags(rawValue: 2)
    /// The result wrapper came from a module call (for the text of a failed `?`).
    static let moduleCall = Flags(rawValue: 4)
  }
}

/// What a heap block is. Stored in snapshots, so the numbers are fixed.
enum ObjectKind: UInt8, CaseIterable {
  /// UTF-8 bytes.
  case string = 0
  /// Values.
  case list = 1
  /// Values in the order of the keys of its shape, or, with shape `Shape.dictionary`, a hash table.
  case record = 2
  /// One Int64 outside ±2^53.
  case integer = 3
  /// Values.
  case tuple = 4
  /// A result wrapper: one value, the result or the error text.
  case result = 5
  /// A run handle: id, process name.
  case run = 6
  /// A module authority: path, authority type.
  case module = 7
  /// An image: id, label, mime, size, width, height.
  case image = 8
  /// A Type value: its JSON Schema.
  case type = 9
  /// A host descriptor: type name, value.
  case descriptor = 10
  /// A process value: name.
  case process = 11
  /// `trigger.event`: nothing.
  case triggerEvent = 12
  /// A leaf of a batch in the making: index (a number), whether it is unwrapped (a boolean).
  case placeholder = 13
  /// A lazy value in a JSON text: see `Heap+LazyValues.swift`.
  case lazyJSON = 14
  /// A lazy value that the host keeps: likewise.
  case reference = 15
  /// A JSON text that lazy values read from: its number in `HeapState.documents`.
  case document = 16
  /// A stretch of a lazy list in a loop: see `ListCursor`.
  case cursor = 17

  @inline(__always) var tag: UInt64 {
    switch self {
    case .string: Value.Tag.string
    case .list: Value.Tag.list
    case .record: Value.Tag.record
    default: Value.Tag.other
    }
  }
}

extension UnsafeMutablePointer where Pointee == Header {
  /// The payload as values: items, slots or parts, `count` of them (not of strings or integers, and
  /// not of dictionary records).
  @inline(__always) var values: UnsafeMutablePointer<Value> {
    UnsafeMutableRawPointer(self + 1).assumingMemoryBound(to: Value.self)
  }

  /// The payload as bytes.
  @inline(__always) var bytes: UnsafeMutablePointer<UInt8> {
    UnsafeMutableRawPointer(self + 1).assumingMemoryBound(to: UInt8.self)
  }

  /// The items of a list, tuple or sealed kind.
  @inline(__always) var items: UnsafeBufferPointer<Value> {
    UnsafeBufferPointer(start: values, count: Int(pointee.count))
  }

  /// The text of a string.
  @inline(__always) var text: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes, count: Int(pointee.count))
  }

  /// The number of an integer object.
  @inline(__always) var integer: Int64 {
    UnsafeMutableRawPointer(self + 1).load(as: Int64.self)
  }
}
