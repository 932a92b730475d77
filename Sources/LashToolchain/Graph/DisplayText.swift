/// Text for a picture: lines of bounded width, without characters that XML or a terminal refuse.
///
/// No fonts are measured: a scalar takes no column (combining marks), two (wide scripts, emoji), or one.
struct DisplayText {
  /// The lines, without blanks at their ends.
  private(set) var lines: [String] = []

  /// Breaks `text` at its line ends, and lines that are longer than `width` columns at their last
  /// blank. The indentation that all lines but the first share is taken off. What is beyond
  /// `height` lines is cut.
  init(_ text: String, width: Int, height: Int) {
    // A line is looked at as far as it can be shown.
    let limit = width * (height + 1)
    var raw: [[Unicode.Scalar]] = [[]]
    var isCut = false
    for scalar in text.unicodeScalars {
      if scalar == "\n" {
        if raw.count > height {
          isCut = true
          break
        }
        raw.append([])
      } else if raw[raw.count - 1].count < limit {
        if scalar == "\t" {
          raw[raw.count - 1] += [" ", " "]
        } else if scalar != "\r" {
          raw[raw.count - 1].append(Self.visible(scalar))
        }
      }
    }
    let margin =
      raw.dropFirst().filter { !$0.isEmpty }
      .map { $0.prefix { $0 == " " }.count }.min() ?? 0
    for (index, line) in raw.enumerated() {
      add(index == 0 ? line[...] : line.dropFirst(margin), width)
    }
    if isCut || lines.count > height {
      lines = Array(lines.prefix(height))
      lines[lines.count - 1] += " …"
    }
  }

  /// The columns of the longest line.
  var columns: Int { lines.map(Self.columns).max() ?? 0 }

  private mutating func add(_ line: ArraySlice<Unicode.Scalar>, _ width: Int) {
    var rest = line
    var indent = 0
    repeat {
      var end = rest.startIndex
      var used = indent
      var blank: Int?
      while end < rest.endIndex, used + Self.columns(rest[end]) <= width {
        if rest[end] == " ", used > width / 2 { blank = end }
        used += Self.columns(rest[end])
        end += 1
      }
      if end < rest.endIndex, let blank { end = blank }
      // A scalar that is wider than the line stands alone.
      if end == rest.startIndex, !rest.isEmpty { end += 1 }
      var part = String(String.UnicodeScalarView(rest[..<end]))
      while part.hasSuffix(" ") { part.removeLast() }
      lines.append(String(repeating: " ", count: indent) + part)
      rest = rest[end...].drop { $0 == " " }
      indent = min(4, width / 4)
    } while !rest.isEmpty
  }

  /// The columns that a text takes.
  static func columns(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + columns($1) }
  }

  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  /// Control characters and what turns the direction of text are shown as a mark.
  private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF: "\u{FFFD}"
    default: scalar
    }
  }
}
