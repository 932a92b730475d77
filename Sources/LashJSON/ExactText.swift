/// A string compared by its UTF-8 bytes. Swift's own `==` takes canonically equivalent strings
/// for the same, which JSON does not.
public struct ExactText: Hashable, Sendable {
  /// The string.
  public let text: String

  /// Compares and hashes `text` by its bytes.
  public init(_ text: String) { self.text = text }

  /// Whether the bytes are the same. O(length).
  public static func == (left: ExactText, right: ExactText) -> Bool {
    same(left.text, right.text)
  }

  /// Hashes the bytes, since equivalent strings would all share `String`'s own hash.
  public func hash(into hasher: inout Hasher) {
    var word: UInt64 = 0
    var count = 0
    for byte in text.utf8 {
      word = word << 8 | UInt64(byte)
      count += 1
      if count & 7 == 0 {
        hasher.combine(word)
        word = 0
      }
    }
    hasher.combine(word)
    hasher.combine(count)
  }

  static func same(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8)
  }
}
