/// The members of an array or object of an indexed text, in order, read without decoding them. What is
/// inside them is passed over in one step.
public struct JSONMembers: Sequence, IteratorProtocol, Sendable {
  /// One member.
  public struct Member: Sendable {
    /// The key; empty in arrays.
    public let key: JSONKey
    /// The value.
    public let value: JSONNode
  }

  private let index: JSONIndex
  private let isObject: Bool
  private var offset: Int
  private let end: Int
  private var nextContainer: Int

  init(_ index: JSONIndex, of node: JSONNode) {
    self.index = index
    isObject = index.isObject(node)
    offset = node.offset + 1
    end = Int(index.containers[node.container].end) - 1
    nextContainer = node.container + 1
  }

  /// The next member.
  public mutating func next() -> Member? {
    let (member, after) = step()
    guard let member else { return nil }
    offset = after
    if member.value.isContainer {
      nextContainer = Int(index.containers[member.value.container].next)
    }
    return member
  }

  /// The next member and the offset behind it.
  private func step() -> (Member?, after: Int) {
    let text = index.bytes.span.bytes
    guard
      let (key, value, after) = index.member(
        text, from: offset, before: end, isObject: isObject, nextContainer)
    else { return (nil, offset) }
    return (Member(key: key, value: value), after)
  }
}

/// A key or string in an indexed text: what stands between its quotes.
public struct JSONKey: BitwiseCopyable, Sendable {
  private let first: UInt32
  private let behind: UInt32
  let hasEscapes: Bool

  @inline(__always)
  init(start: Int, end: Int, hasEscapes: Bool) {
    first = UInt32(truncatingIfNeeded: start)
    behind = UInt32(truncatingIfNeeded: end)
    self.hasEscapes = hasEscapes
  }

  @inline(__always) var start: Int { Int(first) }
  @inline(__always) var end: Int { Int(behind) }
}

extension JSONIndex {
  /// The members of an array or object.
  public func members(of node: JSONNode) -> JSONMembers { JSONMembers(self, of: node) }

  /// Calls `body` with the text and with key and value of each member.
  @inline(__always)
  func forEachMember(of node: JSONNode, _ body: (RawSpan, JSONKey, JSONNode) -> Void) {
    let text = bytes.span.bytes
    let isObject = isObject(node)
    let end = Int(containers[node.container].end) - 1
    var offset = node.offset + 1
    var nextContainer = node.container + 1
    while let (key, value, after) = member(
      text, from: offset, before: end, isObject: isObject, nextContainer)
    {
      body(text, key, value)
      offset = after
      if value.isContainer { nextContainer = Int(containers[nextContainer].next) }
    }
  }

  /// The member that begins at or after an offset, and the offset behind it.
  @inline(__always)
  fileprivate func member(
    _ text: RawSpan, from offset: Int, before end: Int, isObject: Bool, _ nextContainer: Int
  ) -> (JSONKey, JSONNode, after: Int)? {
    // The text is well-formed, so what stands between members is white space and commas.
    var start = Self.skipSeparators(text, offset)
    guard start < end else { return nil }
    var key = JSONKey(start: start, end: start, hasEscapes: false)
    if isObject {
      key = Self.key(text, at: start)
      start = Self.skipSeparators(text, key.end + 1)
    }
    if text[start] == UInt8(ascii: "[") || text[start] == UInt8(ascii: "{") {
      let value = JSONNode(offset: start, container: nextContainer)
      return (key, value, Int(containers[nextContainer].end))
    }
    let value = JSONNode(offset: start, container: -1)
    return (key, value, Self.endOfScalar(text, at: start))
  }

  /// The UTF-8 of a key.
  public func text(of key: JSONKey) -> ArraySlice<UInt8> {
    key.hasEscapes ? string(at: key.start - 1) : bytes[key.start..<key.end]
  }

  /// Whether a key is this text.
  public func matches(_ key: JSONKey, _ name: ArraySlice<UInt8>) -> Bool {
    if key.hasEscapes { return string(at: key.start - 1) == name }
    guard key.end - key.start == name.count else { return false }
    let text = bytes.span.bytes
    let wanted = name.span.bytes
    for offset in 0..<wanted.byteCount where text[key.start + offset] != wanted[offset] {
      return false
    }
    return true
  }

  /// The value of the last member with a key.
  public func value(of name: ArraySlice<UInt8>, in node: JSONNode) -> JSONNode? {
    var found: JSONNode?
    for member in members(of: node) where matches(member.key, name) { found = member.value }
    return found
  }

  /// A value that is no array or object; of one the null.
  public func scalar(at node: JSONNode) -> JSONScalar {
    let start = node.offset
    switch bytes[start] {
    case UInt8(ascii: "\""): return .string(text(of: Self.key(bytes.span.bytes, at: start)))
    case UInt8(ascii: "t"): return .bool(true)
    case UInt8(ascii: "f"): return .bool(false)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      var end = start
      switch try? JSONNumber.read(from: bytes, at: &end) {
      case .integer(let value): return .integer(value)
      case .double(let value): return .double(value)
      case nil: return .null
      }
    default: return .null
    }
  }

  /// Sends the events of a value to a sink. Linear in its length.
  public func read<Sink: JSONSink>(_ node: JSONNode, into sink: inout Sink) throws(JSONError) {
    try JSONReader(maximumDepth: .max, maximumBytes: .max).read(bytes, at: node.offset, into: &sink)
  }

  /// Whether strings, or keys, begin at all of these offsets, which must be in ascending order. Linear.
  public func haveStrings(at offsets: [Int]) -> Bool {
    let text = bytes.span.bytes
    var position = 0
    var next = 0
    while next < offsets.count {
      while position < text.byteCount, text[position] != UInt8(ascii: "\"") { position += 1 }
      guard position < text.byteCount, offsets[next] >= position else { return false }
      while next < offsets.count, offsets[next] == position { next += 1 }
      position = Self.key(text, at: position).end + 1
    }
    return true
  }

  /// The decoded string whose quote stands at an offset.
  private func string(at quote: Int) -> ArraySlice<UInt8> {
    guard var cursor = try? JSONCursor(bytes) else { return [] }
    cursor.offset = quote
    return (try? cursor.readString())?.utf8 ?? []
  }

  // MARK: Passing over what is known to be well-formed

  @inline(__always)
  static func skipSeparators(_ text: RawSpan, _ start: Int) -> Int {
    var position = start
    while position < text.byteCount {
      let byte = text[position]
      guard byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") else { break }
      position += 1
      guard byte == UInt8(ascii: "\n") else { continue }
      while position + 8 <= text.byteCount, ByteWord(text, at: position).isBlank { position += 8 }
    }
    return position
  }

  /// The string whose quote stands at an offset.
  @inline(__always)
  static func key(_ text: RawSpan, at quote: Int) -> JSONKey {
    var position = quote + 1
    var hasEscapes = false
    while true {
      while position + 8 <= text.byteCount {
        let word = ByteWord(text, at: position)
        let marks = word.equal(to: UInt8(ascii: "\"")) | word.equal(to: UInt8(ascii: "\\"))
        if marks != 0 {
          position += ByteWord.first(marks)
          break
        }
        position += 8
      }
      let byte = text[position]
      if byte == UInt8(ascii: "\"") {
        return JSONKey(start: quote + 1, end: position, hasEscapes: hasEscapes)
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        position += 1
      }
      position += 1
    }
  }

  /// The offset behind a value that is no array or object.
  @inline(__always)
  static func endOfScalar(_ text: RawSpan, at start: Int) -> Int {
    if text[start] == UInt8(ascii: "\"") { return key(text, at: start).end + 1 }
    var position = start
    while position < text.byteCount {
      switch text[position] {
      case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), 0...0x20: return position
      default: position += 1
      }
    }
    return position
  }
}

/// A JSON value that is no array or object.
public enum JSONScalar: Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number that is integral and fits 64 bits.
  case integer(Int64)
  /// Any other number.
  case double(Double)
  /// A string, decoded: UTF-8. To be copied: it keeps the whole text.
  case string(ArraySlice<UInt8>)
}
