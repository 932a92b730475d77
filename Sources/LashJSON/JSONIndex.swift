/// Where the arrays and objects of a JSON text lie, so that any of them can be read by itself.
///
/// Making one reads the text once from end to end and accepts exactly what ``JSONReader`` accepts with
/// the same depth. 16 bytes for each array and object.
public struct JSONIndex: Sendable {
  /// An array or object. Containers are numbered from 0 in the order in which they begin.
  struct Container: BitwiseCopyable {
    /// The offsets of its opening bracket and behind its closing one.
    var start: UInt32
    var end: UInt32
    /// Its members; of an object, keys that repeat are counted each time.
    var count: UInt32 = 0
    /// The number of the first container that begins behind its end.
    var next: UInt32 = 0
  }

  /// The text.
  public let bytes: [UInt8]
  /// The value of the whole text.
  public let root: JSONNode
  let containers: [Container]

  /// The longest text that can have an index.
  public static let maximumBytes = Int(Int32.max)

  /// The index of a text. Linear; throws what the reader throws for the same text.
  public init(_ bytes: [UInt8], maximumDepth: Int = 128) throws(JSONError) {
    guard bytes.count <= Self.maximumBytes else {
      throw JSONError("the JSON text has \(bytes.count) bytes, more than \(Self.maximumBytes)")
    }
    var scan = JSONScan(maximumDepth: maximumDepth)
    guard let root = scan.run(bytes) else {
      // Rare, so what is wrong is left for the reader to say.
      var sink = NoSink()
      try JSONReader(maximumDepth: maximumDepth, maximumBytes: .max).read(bytes, into: &sink)
      throw JSONError("the JSON text cannot be indexed")
    }
    self.bytes = bytes
    self.root = JSONNode(offset: root, container: scan.containers.isEmpty ? -1 : 0)
    containers = scan.containers
  }

  /// Bytes that the index takes besides the text.
  public var byteCount: Int { containers.count * MemoryLayout<Container>.stride }

  /// The bytes of a value in the text.
  public func range(of node: JSONNode) -> Range<Int> {
    if node.isContainer { return node.offset..<Int(containers[node.container].end) }
    return node.offset..<Self.endOfScalar(bytes.span.bytes, at: node.offset)
  }

  /// The members of an array or object; of an object, keys that repeat are counted each time.
  public func memberCount(of node: JSONNode) -> Int { Int(containers[node.container].count) }

  /// Whether an array or object is an object.
  public func isObject(_ node: JSONNode) -> Bool { bytes[node.offset] == UInt8(ascii: "{") }

  /// Whether a value is a string.
  public func isString(_ node: JSONNode) -> Bool { bytes[node.offset] == UInt8(ascii: "\"") }

  /// The value that begins at an offset, which must be the start of one. O(log containers).
  public func node(at offset: Int) -> JSONNode {
    var low = 0
    var high = containers.count
    while low < high {
      let middle = (low + high) / 2
      if Int(containers[middle].start) < offset { low = middle + 1 } else { high = middle }
    }
    let isContainer = low < containers.count && Int(containers[low].start) == offset
    return JSONNode(offset: offset, container: isContainer ? low : -1)
  }
}

/// A value in an indexed text.
public struct JSONNode: Hashable, BitwiseCopyable, Sendable {
  private let start: Int32
  private let number: Int32

  @inline(__always)
  init(offset: Int, container: Int) {
    start = Int32(truncatingIfNeeded: offset)
    number = Int32(truncatingIfNeeded: container)
  }

  /// Bytes before it.
  @inline(__always) public var offset: Int { Int(start) }

  /// Its number, if it is an array or object, else -1.
  @inline(__always) var container: Int { Int(number) }

  /// Whether it is an array or object.
  public var isContainer: Bool { number >= 0 }
}

/// Takes events and does nothing.
private struct NoSink: JSONSink {
  func null() throws(JSONError) {}
  func bool(_ value: Bool) throws(JSONError) {}
  func integer(_ value: Int64) throws(JSONError) {}
  func double(_ value: Double) throws(JSONError) {}
  func string(_ utf8: ArraySlice<UInt8>, isASCII: Bool) throws(JSONError) {}
  func key(_ utf8: ArraySlice<UInt8>, isASCII: Bool) throws(JSONError) {}
  func beginArray() throws(JSONError) {}
  func endArray() throws(JSONError) {}
  func beginObject() throws(JSONError) {}
  func endObject() throws(JSONError) {}
}
