/// What a piece of output is, and so how it looks.
public enum Style: String, Sendable {
  /// A number.
  case number = "36"
  /// Text.
  case text = "32"
  /// `null`, `true`, `false` and values that only the host can make.
  case word = "35"
  /// A key of a record, a name.
  case key = "34"
  /// What was left out, remarks.
  case faint = "2"
  /// What matters most.
  case strong = "1"
  /// Something went wrong.
  case problem = "1;31"
}

/// Paints text for a terminal, or leaves it alone where there are no colours.
public struct Palette: Sendable {
  /// Whether there are colours.
  public let usesColour: Bool

  /// A palette with or without colours.
  public init(usesColour: Bool) {
    self.usesColour = usesColour
  }

  /// The text in a style.
  public func paint(_ text: some StringProtocol, _ style: Style) -> String {
    usesColour && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : String(text)
  }
}
