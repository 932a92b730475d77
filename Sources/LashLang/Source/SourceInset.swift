/// A part of a text that was taken over from another text, whose places count as there. It goes on to
/// the next inset or to the end of the text.
public struct SourceInset: Hashable, Sendable {
  /// The byte offset at which it begins.
  public var start: UInt32
  /// The name of the text that it comes from.
  public var name: String
  /// Where it began in that text.
  public var origin: SourcePosition

  /// Makes an inset.
  public init(start: UInt32, name: String, origin: SourcePosition) {
    self.start = start
    self.name = name
    self.origin = origin
  }
}

extension SourceFile {
  /// The inset that holds a byte offset, if any. O(insets).
  public func inset(at offset: UInt32) -> SourceInset? {
    insets.last { $0.start <= offset }
  }

  /// The name of the text that a byte offset counts as part of.
  public func name(at offset: UInt32) -> String {
    inset(at: offset)?.name ?? name
  }
}
