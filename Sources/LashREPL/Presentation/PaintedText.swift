import LashLang

/// Text with its colours, and the columns it takes.
struct PaintedText {
  private(set) var text = ""
  private(set) var columns = 0
  let palette: Palette

  init(_ palette: Palette) {
    self.palette = palette
  }

  mutating func append(_ plain: some StringProtocol, _ style: Style? = nil) {
    columns += plain.terminalColumns
    text += style.map { palette.paint(plain, $0) } ?? String(plain)
  }

  mutating func append(_ other: PaintedText) {
    text += other.text
    columns += other.columns
  }

  /// Starts a new line with so many spaces.
  mutating func breakLine(indent: Int) {
    text += "\n" + String(repeating: " ", count: indent)
    columns = indent
  }
}

extension StringProtocol {
  /// The columns of a terminal that the text takes on one line.
  package var terminalColumns: Int {
    var columns = 0
    for scalar in unicodeScalars { columns += scalar.columns }
    return columns
  }

  /// The longest beginning that fits so many columns. O(columns).
  func prefix(columns limit: Int) -> SubSequence {
    var columns = 0
    var end = startIndex
    for index in unicodeScalars.indices {
      columns += unicodeScalars[index].columns
      if columns > limit { return self[..<end] }
      end = unicodeScalars.index(after: index)
    }
    return self[..<end]
  }

  /// The text with what a terminal would act on made visible; line ends and tabs stay.
  package var safeForTerminal: String {
    guard unicodeScalars.contains(where: { $0.isUnsafeToShow && $0 != "\n" && $0 != "\t" }) else {
      return String(self)
    }
    var result = ""
    for scalar in unicodeScalars {
      let isKept = !scalar.isUnsafeToShow || scalar == "\n" || scalar == "\t"
      result.unicodeScalars.append(isKept ? scalar : "·")
    }
    return result
  }
}
