/// JSON text that is read where it lies: shared by all who hold it, never copied.
///
/// Making one checks nothing; a ``JSONIndex`` of it does.
public final class JSONDocument: Sendable {
  /// The text.
  public let bytes: [UInt8]
  /// The text's SHA-256 as 64 lower-case hexadecimal digits, if its maker promises to supply the text
  /// again for it; a snapshot then holds this in place of the text.
  public let promisedHash: String?

  /// A document of UTF-8 text.
  public init(_ bytes: [UInt8], promisedHash: String? = nil) {
    self.bytes = bytes
    self.promisedHash = promisedHash
  }

  /// A document of text.
  public convenience init(_ text: String) {
    self.init(Array(text.utf8))
  }
}
