/// Writes the events of one JSON value as UTF-8 text.
///
/// Text is compact (`{"a":1}`) or indented. Only `"`, `\` and control characters are escaped;
/// numbers are written as ``NumberText`` has them, those that are not finite as `null`.
public struct JSONWriter: JSONSink, Sendable {
  /// How the text is laid out.
  public enum Layout: Hashable, Sendable {
    /// No space at all.
    case compact
    /// One item or member a line, indented by so many spaces a level; a space after `:`.
    case indented(Int)
  }

  @usableFromInline var output: [UInt8]
  @usableFromInline let layout: Layout
  private let maximumDepth: Int
  private var depth = 0
  /// The innermost container has something in it.
  private var hasItems = false
  @usableFromInline var isAfterKey = false

  /// A writer that appends to given bytes and refuses to nest deeper than a limit.
  public init(
    layout: Layout = .compact, maximumDepth: Int = 128, appendingTo bytes: [UInt8] = []
  ) {
    output = bytes
    self.layout = layout
    self.maximumDepth = maximumDepth
  }

  /// The text of a value as bytes. Throws where it nests deeper than 128 levels.
  public static func bytes(
    of value: JSONValue, layout: Layout = .compact
  ) throws(JSONError) -> [UInt8] {
    var writer = JSONWriter(layout: layout)
    try value.send(to: &writer)
    return writer.bytes
  }

  /// The text of a value. Throws where it nests deeper than 128 levels.
  public static func text(
    of value: JSONValue, layout: Layout = .compact
  ) throws(JSONError) -> String {
    String(decoding: try bytes(of: value, layout: layout), as: UTF8.self)
  }

  /// The text so far, after what it was appended to.
  public var bytes: [UInt8] { output }

  /// The text so far, as a string.
  public var text: String { String(decoding: output, as: UTF8.self) }

  /// Writes `null`.
  public mutating func null() {
    beginValue()
    output.append(contentsOf: "null".utf8)
  }

  /// Writes `true` or `false`.
  public mutating func bool(_ value: Bool) {
    beginValue()
    output.append(contentsOf: (value ? "true" : "false").utf8)
  }

  /// Writes the digits.
  public mutating func integer(_ value: Int64) {
    beginValue()
    NumberText.append(value, to: &output)
  }

  /// Writes the number, or `null` where it is not finite.
  public mutating func double(_ value: Double) {
    guard value.isFinite else {
      null()
      return
    }
    beginValue()
    NumberText.append(value, to: &output)
  }

  /// Writes a string.
  public mutating func string(_ text: String) { string(utf8: text.utf8) }

  /// Writes a string given as valid UTF-8.
  public mutating func string(_ utf8: ArraySlice<UInt8>, isASCII: Bool) { string(utf8: utf8) }

  /// Writes a string given as valid UTF-8 in any collection.
  @inlinable
  public mutating func string(utf8: some Collection<UInt8>) {
    beginValue()
    appendQuoted(utf8)
  }

  /// Writes a key.
  public mutating func key(_ text: String) { key(utf8: text.utf8) }

  /// Writes a key given as valid UTF-8.
  public mutating func key(_ utf8: ArraySlice<UInt8>, isASCII: Bool) { key(utf8: utf8) }

  /// Writes a key given as valid UTF-8 in any collection.
  @inlinable
  public mutating func key(utf8: some Collection<UInt8>) {
    beginValue()
    appendQuoted(utf8)
    output.append(UInt8(ascii: ":"))
    if layout != .compact { output.append(UInt8(ascii: " ")) }
    isAfterKey = true
  }

  /// Writes `[`. Throws beyond the limit of nesting.
  public mutating func beginArray() throws(JSONError) { try begin(UInt8(ascii: "[")) }

  /// Writes `]`.
  public mutating func endArray() { end(UInt8(ascii: "]")) }

  /// Writes `{`. Throws beyond the limit of nesting.
  public mutating func beginObject() throws(JSONError) { try begin(UInt8(ascii: "{")) }

  /// Writes `}`.
  public mutating func endObject() { end(UInt8(ascii: "}")) }

  private mutating func begin(_ bracket: UInt8) throws(JSONError) {
    guard depth < maximumDepth else {
      throw JSONError("the value nests more than \(maximumDepth) levels deep")
    }
    beginValue()
    output.append(bracket)
    depth += 1
    hasItems = false
  }

  private mutating func end(_ bracket: UInt8) {
    depth -= 1
    if hasItems { breakLine() }
    output.append(bracket)
    hasItems = true
  }

  /// Writes what separates a value or key from what comes before it.
  @usableFromInline
  mutating func beginValue() {
    if isAfterKey {
      isAfterKey = false
      return
    }
    if hasItems { output.append(UInt8(ascii: ",")) }
    if depth > 0 { breakLine() }
    hasItems = true
  }

  private mutating func breakLine() {
    guard case .indented(let width) = layout else { return }
    output.append(UInt8(ascii: "\n"))
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * width))
  }

  @inlinable
  mutating func appendQuoted(_ utf8: some Collection<UInt8>) {
    output.append(UInt8(ascii: "\""))
    let start = output.count
    output.append(contentsOf: utf8)
    escape(from: start)
    output.append(UInt8(ascii: "\""))
  }

  /// Escapes what was appended from a place on. Most strings need nothing and stay as they are.
  @usableFromInline
  mutating func escape(from start: Int) {
    let first = endOfPlainRun(from: start)
    guard first < output.count else { return }
    let rest = Array(output[first...])
    output.removeSubrange(first...)
    var runStart = 0
    for position in rest.indices where Self.needsEscape(rest[position]) {
      output.append(contentsOf: rest[runStart..<position])
      output.append(contentsOf: Self.escape(of: rest[position]).utf8)
      runStart = position + 1
    }
    output.append(contentsOf: rest[runStart...])
  }

  /// The first byte from a place on that needs an escape; the end where none does.
  private func endOfPlainRun(from start: Int) -> Int {
    let span = output.span
    var place = start
    while place < span.count, !Self.needsEscape(span[place]) { place += 1 }
    return place
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static func escape(of byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "\""): "\\\""
    case UInt8(ascii: "\\"): "\\\\"
    case 0x08: "\\b"
    case 0x09: "\\t"
    case 0x0A: "\\n"
    case 0x0C: "\\f"
    case 0x0D: "\\r"
    default: "\\u00" + FoundText.hex(byte).lowercased()
    }
  }
}
