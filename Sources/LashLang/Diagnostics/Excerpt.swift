/// The part of a source line around a span, with the marker to write under it. Only a window of a
/// very long line is shown, so its cost does not depend on the line's length.
struct Excerpt {
  /// The most bytes shown before and after the start of the span, for a width of the text.
  private static func reach(_ columns: Int?) -> (before: Int, after: Int) {
    guard let columns, columns < 160 else { return (60, 100) }
    let before = max(columns, 16) / 3
    // Two columns are for the marks of what was left out.
    return (before, max(columns, 16) - before - 2)
  }

  /// The text to show; tabs are spaces, other control characters a middle dot.
  private(set) var text = ""
  /// Spaces as wide as the text before the span.
  private(set) var indent = ""
  /// `^~~~` under the span, clipped to the text.
  private(set) var marker = ""

  /// The excerpt of the line on which a span begins, in about `columns` columns.
  init(of span: SourceSpan, in source: SourceFile, columns: Int? = nil) {
    let reach = Self.reach(columns)
    let line = source.lines.line(of: span.start)
    let whole = source.lines.range(ofLine: line, in: source.bytes)
    let start = min(max(Int(span.start), whole.lowerBound), whole.upperBound)
    let end = min(max(Int(span.end), start), whole.upperBound)
    var shown = whole
    if whole.count > reach.before + reach.after {
      let first = max(whole.lowerBound, start - reach.before)
      let last = min(whole.upperBound, start + reach.after)
      shown = Self.align(first, last, in: source.bytes, within: whole)
    }
    if shown.lowerBound > whole.lowerBound { show("…", width: 1, isMarked: false, isBefore: true) }
    var offset = shown.lowerBound
    let part = String(decoding: source.bytes[shown], as: UTF8.self)
    for scalar in part.unicodeScalars {
      show(scalar, isMarked: offset >= start && offset < end, isBefore: offset < start)
      // A repaired scalar stands for fewer bytes than it has; the marker then ends a little early.
      offset += UTF8.width(scalar)
    }
    if shown.upperBound < whole.upperBound {
      show("…", width: 1, isMarked: end > shown.upperBound, isBefore: false)
    }
    if marker.isEmpty { marker = "^" }
  }

  /// Moves both ends off the inside of a scalar.
  private static func align(
    _ first: Int, _ last: Int, in bytes: [UInt8], within whole: Range<Int>
  ) -> Range<Int> {
    var first = first
    var last = last
    while first < last, bytes[first] & 0xC0 == 0x80 { first += 1 }
    while last < whole.upperBound, bytes[last] & 0xC0 == 0x80, last - first < 200 { last += 1 }
    return first..<last
  }

  private mutating func show(_ scalar: Unicode.Scalar, isMarked: Bool, isBefore: Bool) {
    switch scalar.value {
    case 0x09: show("    ", width: 4, isMarked: isMarked, isBefore: isBefore)
    case _ where scalar.isUnsafeToShow:
      show("·", width: 1, isMarked: isMarked, isBefore: isBefore)
    default:
      show(String(scalar), width: scalar.columns, isMarked: isMarked, isBefore: isBefore)
    }
  }

  private mutating func show(_ piece: String, width: Int, isMarked: Bool, isBefore: Bool) {
    text += piece
    if isBefore { indent += String(repeating: " ", count: width) }
    guard isMarked else { return }
    for _ in 0..<width { marker += marker.isEmpty ? "^" : "~" }
  }
}
