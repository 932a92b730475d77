/// One source text with its name and line table.
public struct SourceFile: Sendable {
  /// The longest text that is read, in bytes (16 MiB).
  public static let maximumSize = 16 << 20

  /// The name shown in diagnostics, usually a path.
  public let name: String
  /// The text as UTF-8; it may be invalid, which the lexer reports.
  public let bytes: [UInt8]
  /// Where each line begins.
  public let lines: LineTable
  /// The parts that come from other texts, in the order of their starts.
  public let insets: [SourceInset]

  /// Holds `bytes` under `name`. O(n).
  public init(name: String, bytes: [UInt8], insets: [SourceInset] = []) {
    self.name = name
    self.bytes = bytes
    self.lines = LineTable(bytes)
    self.insets = insets
  }

  /// Holds `text` under `name`. O(n).
  public init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The text of `span`, with invalid UTF-8 repaired. Out-of-range parts are left out.
  public func text(_ span: SourceSpan) -> String {
    let start = min(Int(span.start), bytes.count)
    let end = min(max(Int(span.end), start), bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The 1-based line and column (in Unicode scalars) of a byte offset, in an inset those of where
  /// it comes from. O(log lines + line length).
  public func position(of offset: UInt32) -> SourcePosition {
    var position = lines.position(of: offset, in: bytes)
    guard let inset = inset(at: offset) else { return position }
    position.line += inset.origin.line - 1 - lines.line(of: inset.start)
    position.offset += inset.origin.offset - Int(inset.start)
    return position
  }
}
