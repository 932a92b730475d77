import LashJSON
import LashLang
import LashVM

/// Shows values to people: laid out for a width, in colour, and cut where they are large.
///
/// What is shown, and the work for it, is bounded whatever the size of the value.
public struct ValuePrinter {
  /// The bounds of what is shown.
  public struct Limits: Sendable {
    /// Items of one list or fields of one record.
    public var items = 30
    /// Levels of nesting.
    public var depth = 8
    /// Columns of one text.
    public var textColumns = 1_000
    /// Lines of one value, about.
    public var lines = 60

    /// Limits for a screen.
    public init() {}
  }

  let width: Int
  let limits: Limits
  private let palette: Palette
  private var output: PaintedText
  private var lines = 1

  /// The text of a value, several lines if it does not fit `width` columns.
  public static func text(
    of value: HostValue, width: Int, palette: Palette, limits: Limits = Limits()
  ) -> String {
    var printer = ValuePrinter(width: max(width, 30), palette: palette, limits: limits)
    printer.add(value, depth: 0, reserved: 0)
    return printer.output.text
  }

  /// The beginning of a value on one line of at most so many columns.
  static func line(of value: HostValue, columns: Int, palette: Palette) -> String {
    var limits = Limits()
    limits.textColumns = max(columns, 8)
    var flat = FlatValue(limits: limits, palette: palette, room: .max)
    // Each item takes a column, so a beginning of that many items is enough to be cut.
    flat.add(value, depth: 0)
    if flat.text.columns <= columns { return flat.text.text }
    var plain = FlatValue(limits: limits, palette: Palette(usesColour: false), room: .max)
    plain.add(value, depth: 0)
    return plain.text.text.prefix(columns: columns - 1) + palette.paint("…", .faint)
  }

  private init(width: Int, palette: Palette, limits: Limits) {
    self.width = width
    self.palette = palette
    self.limits = limits
    output = PaintedText(palette)
  }

  // MARK: Layout

  /// Adds a value at the current column; `reserved` columns follow it on its last line.
  private mutating func add(_ value: HostValue, depth: Int, reserved: Int) {
    let room = width - output.columns - reserved
    var flat = FlatValue(limits: limits, palette: palette, room: room)
    flat.add(value, depth: depth)
    if !flat.isTooLong { return output.append(flat.text) }
    let parts = value.parts
    guard let parts, !parts.isEmpty, depth < limits.depth else {
      // A leaf that is too wide stands as it is at the top, and is cut inside of others.
      var leaf = FlatValue(
        limits: limits, palette: palette, room: .max,
        textColumns: depth == 0 ? limits.textColumns : max(room, 6))
      leaf.add(value, depth: depth)
      return output.append(leaf.text)
    }
    let indent = depth * 2
    output.append(parts.opening)
    if parts.areNumbers {
      addNumbers(parts, indent: indent + 2)
    } else {
      addLines(parts, depth: depth, indent: indent + 2)
    }
    breakLine(indent: indent)
    output.append(parts.closing)
  }

  private mutating func addLines(_ parts: ValueParts, depth: Int, indent: Int) {
    let shown = parts.shown(atMost: limits.items)
    for index in 0..<shown {
      breakLine(indent: indent)
      if lines > limits.lines {
        return output.append("… \(parts.count - index) more", .faint)
      }
      if let key = parts.key(index) {
        output.append(FlatValue.key(key, columns: width / 3), .key)
        output.append(": ")
      }
      add(parts.value(index), depth: depth + 1, reserved: 1)
      if index + 1 < parts.count { output.append(",") }
    }
    addRest(parts.count - shown, indent)
  }

  /// Numbers share lines.
  private mutating func addNumbers(_ parts: ValueParts, indent: Int) {
    let shown = min(parts.count, limits.items * 10)
    breakLine(indent: indent)
    for index in 0..<shown {
      var flat = FlatValue(limits: limits, palette: palette, room: .max)
      flat.add(parts.value(index), depth: 0)
      if output.columns > indent {
        if output.columns + flat.text.columns + 2 > width {
          breakLine(indent: indent)
        } else {
          output.append(" ")
        }
      }
      output.append(flat.text)
      if index + 1 < parts.count { output.append(",") }
    }
    addRest(parts.count - shown, indent)
  }

  private mutating func addRest(_ count: Int, _ indent: Int) {
    guard count > 0 else { return }
    breakLine(indent: indent)
    output.append("… \(count) more", .faint)
  }

  private mutating func breakLine(indent: Int) {
    lines += 1
    // Very deep values in very narrow terminals keep some room.
    output.breakLine(indent: min(indent, width / 3))
  }
}
