/// The lines of a text: split at line feeds, without a carriage return before one, and without an empty
/// line after the last one.
struct TextLines: Sequence, IteratorProtocol {
  private let text: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  mutating func next() -> UnsafeBufferPointer<UInt8>? {
    guard position < text.count else { return nil }
    let start = position
    var end = text.firstIndex(of: 0x0A, from: start) ?? text.count
    position = end + 1
    if end > start, text[end - 1] == 0x0D { end -= 1 }
    return text.part(start, end)
  }
}
