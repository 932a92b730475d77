/// Shows diagnostics to people: what, where, the line with a marker, notes, and advice.
///
///     error[E0113]: expected `]`, found end of input: `[` is not closed
///       --> main.lash:2:7
///        |
///      2 | x = [1
///        |       ^
///     note: `[` opens here
///       --> …
///     help: …
public struct TextRenderer: Sendable {
  private let usesColor: Bool
  private let columns: Int?

  /// A renderer of plain text, or with ANSI colours. Given `columns`, messages are broken between words
  /// and less of long lines is shown, so that the markers stay under what they mark.
  public init(usesColor: Bool = false, columns: Int? = nil) {
    self.usesColor = usesColor
    self.columns = columns
  }

  /// The diagnostic as lines, without a line end after the last.
  public func render(_ diagnostic: Diagnostic, in source: SourceFile) -> String {
    let color: Color = diagnostic.severity == .error ? .red : .yellow
    let title = "\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]"
    var lines = [paint(title, color) + paint(": " + wrapped(diagnostic.message, title), .bold)]
    if let span = diagnostic.span { lines += excerpt(of: span, in: source, color) }
    for note in diagnostic.notes {
      lines.append(paint("note", .blue) + ": " + wrapped(note.message, "note"))
      if let span = note.span { lines += excerpt(of: span, in: source, .blue) }
    }
    if let advice = diagnostic.hint ?? diagnostic.fixes.first?.title {
      lines.append(paint("help", .green) + ": " + wrapped(advice, "help"))
    }
    return lines.joined(separator: "\n")
  }

  /// All diagnostics, with an empty line between two.
  public func render(_ diagnostics: [Diagnostic], in source: SourceFile) -> String {
    diagnostics.map { render($0, in: source) }.joined(separator: "\n\n")
  }

  // MARK: Lines

  private func excerpt(
    of span: SourceSpan, in source: SourceFile, _ color: Color
  ) -> [String] {
    let position = source.position(of: span.start)
    let number = String(position.line)
    let margin = String(repeating: " ", count: number.count + 1)
    let excerpt = Excerpt(
      of: span, in: source, columns: columns.map { $0 - margin.count - 4 })
    let arrow = "\(margin)--> "
    let place = "\(oneLine(source.name(at: span.start))):\(position.line):\(position.column)"
    return [
      paint(arrow, .blue) + place,
      paint("\(margin) |", .blue),
      paint(" \(number) | ", .blue) + excerpt.text,
      paint("\(margin) | ", .blue) + excerpt.indent + paint(excerpt.marker, color),
    ]
  }

  /// A message behind a title, broken between words where the screen ends.
  private func wrapped(_ text: String, _ title: String) -> String {
    let line = oneLine(text)
    guard let columns else { return line }
    var result = ""
    var used = title.count + 1
    for word in line.split(separator: " ", omittingEmptySubsequences: false) {
      let width = word.unicodeScalars.reduce(0) { $0 + $1.columns }
      if used + 1 + width > columns, !result.isEmpty {
        result += "\n  " + word
        used = 2 + width
      } else {
        result += (result.isEmpty ? "" : " ") + word
        used += 1 + width
      }
    }
    return result
  }

  /// Keeps a message from a program (a name, a fail value) on its line.
  private func oneLine(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      return text
    }
    var result = ""
    for scalar in text.unicodeScalars {
      result.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar)
    }
    return result
  }

  // MARK: Colours

  private enum Color: String {
    case bold = "1"
    case red = "1;31"
    case green = "1;32"
    case yellow = "1;33"
    case blue = "1;34"
  }

  private func paint(_ text: String, _ color: Color) -> String {
    usesColor && !text.isEmpty ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
  }
}
