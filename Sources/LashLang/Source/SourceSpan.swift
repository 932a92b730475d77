/// A half-open range of UTF-8 byte offsets in one source text (rule LEX-1).
public struct SourceSpan: Hashable, Sendable, BitwiseCopyable {
  /// Offset of the first byte.
  public var start: UInt32
  /// Offset just past the last byte; never below `start`.
  public var end: UInt32

  /// Makes the span `start..<end`.
  @inlinable
  public init(start: UInt32, end: UInt32) {
    self.start = start
    self.end = end
  }

  /// An empty span at offset 0, for things without a place in the text.
  public static let none = SourceSpan(start: 0, end: 0)

  /// The smallest span that holds both.
  @inlinable
  public func union(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(start: min(start, other.start), end: max(end, other.end))
  }
}
