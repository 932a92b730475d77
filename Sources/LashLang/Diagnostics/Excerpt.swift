/// The part of a source line around a span, with the marker to write under it. Only a window of a
/// very long line is shown, so its cost does not depend on the line's length.
struct Excerpt {
  /// The most bytes shown before and after the start of the span.
  private static let reach = (before: 60, after: 100)

  /// The text to show; tabs are spaces, other control characters a middle dot.
  private(set) var text = ""
  /// Spaces as wide as the text before the span.
  private(set) var indent = ""
  /// `^~~~` under the span, clipped to the text.
  private(set) var marker = ""

  /// The excerpt of the line on which a span begins.
  init(of span: SourceSpan, in source: SourceFile) {
    let line = source.lines.line(of: span.start)
    let whole = source.lines.range(ofLine: line, in: source.bytes)
    let start = min(max(Int(span.start), whole.lowerBound), whole.upperBound)
    let end = min(max(Int(span.end), start), whole.upperBound)
    var shown = whole
    if whole.count > Self.reach.before + Self.reach.after {
      let first = max(whole.lowerBound, start - Self.reach.before)
      let last = min(whole.upperBound, start + Self.reach.after)
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
    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069:
      show("·", width: 1, isMarked: isMarked, isBefore: isBefore)
    default:
      show(
        String(scalar), width: Self.width(of: scalar), isMarked: isMarked, isBefore: isBefore)
    }
  }

  private mutating func show(_ piece: String, width: Int, isMarked: Bool, isBefore: Bool) {
    text += piece
    if isBefore { indent += String(repeating: " ", count: width) }
    guard isMarked else { return }
    for _ in 0..<width { marker += marker.isEmpty ? "^" : "~" }
  }

  /// Columns of a terminal that a scalar takes: none for marks that combine, two for East Asian
  /// wide characters and emoji.
  private static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
