import LashJSON
import LashLang
import LashVM

/// A value on one line. Stops when the line is longer than its room, so the work is bounded.
struct FlatValue {
  private(set) var text: PaintedText
  private let limits: ValuePrinter.Limits
  private let room: Int
  private let textColumns: Int

  init(
    limits: ValuePrinter.Limits, palette: Palette, room: Int, textColumns: Int? = nil
  ) {
    self.limits = limits
    self.room = room
    self.textColumns = textColumns ?? limits.textColumns
    text = PaintedText(palette)
  }

  var isTooLong: Bool { text.columns > room }

  /// Recursion is bounded by `limits.depth`.
  mutating func add(_ value: HostValue, depth: Int) {
    guard !isTooLong else { return }
    if let parts = value.parts {
      guard depth < limits.depth || parts.isEmpty else {
        text.append(parts.opening)
        text.append("…", .faint)
        return text.append(parts.closing)
      }
      return add(parts, depth: depth)
    }
    switch value {
    case .null: text.append("null", .word)
    case .bool(let bool): text.append(bool ? "true" : "false", .word)
    case .integer(let number): text.append(String(number), .number)
    case .double(let number): text.append(NumberText.text(number), .number)
    case .string(let string): add(string)
    case .image(let image): add(sealed: "image \(image.id)", image.label)
    case .run(let run): add(sealed: run.id, "of \(run.process)")
    case .module(let path, _): add(sealed: "module \(path)")
    case .process(let name): add(sealed: "process \(name)")
    case .type(let schema):
      text.append("Type ", .word)
      text.append(TypeText.text(of: schema).cut(columns: textColumns))
    case .triggerEvent: add(sealed: "trigger.event")
    case .lazyJSON(let json):
      if let value = value.shownLazy { return add(value, depth: depth) }
      add(sealed: "lazy \(json.kind)", "in \(json.document.bytes.count) bytes of JSON")
    case .lazyReference(let reference):
      add(sealed: "lazy \(reference.kind)", reference.count.map { "of \($0)" } ?? "")
    case .list, .tuple, .record, .result, .descriptor: break
    }
  }

  private mutating func add(_ parts: ValueParts, depth: Int) {
    text.append(parts.opening)
    let shown = parts.shown(atMost: limits.items)
    for index in 0..<shown {
      if index > 0 { text.append(", ") }
      if let key = parts.key(index) {
        text.append(Self.key(key, columns: textColumns), .key)
        text.append(": ")
      }
      add(parts.value(index), depth: depth + 1)
      if isTooLong { return }
    }
    if shown < parts.count { text.append(", … \(parts.count - shown) more", .faint) }
    text.append(parts.closing)
  }

  /// A value that only a host can make.
  private mutating func add(sealed name: String, _ remark: String = "") {
    let remark = remark.isEmpty ? "" : " " + remark
    text.append("<\(name)\(remark)>".safeForTerminal.cut(columns: textColumns), .word)
  }

  /// Text in quotes; what is cut is counted where there is room for that.
  private mutating func add(_ string: String) {
    let start = string.prefix(columns: textColumns - 2)
    let quoted = Self.quoted(start)
    let isWhole = start.endIndex == string.endIndex
    guard !isWhole || quoted.terminalColumns > textColumns else {
      return text.append(quoted, .text)
    }
    var remark = "…"
    if !isWhole, textColumns >= 40 { remark += " \(string.unicodeScalars.count) characters" }
    let room = textColumns - 1 - remark.terminalColumns
    text.append(quoted.dropLast().prefix(columns: room) + "\"", .text)
    text.append(remark, .faint)
  }

  // MARK: Texts

  static func key(_ key: String, columns: Int) -> String {
    let isWord =
      key.utf8.first.map { !(0x30...0x39).contains($0) } ?? false
      && key.utf8.allSatisfy(\.isWordByte)
    return isWord && key.utf8.count <= columns ? key : quoted(key.cut(columns: columns))
  }

  /// Text in quotes on one line, with nothing that a terminal would act on.
  static func quoted(_ text: some StringProtocol) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.isUnsafeToShow:
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension String {
  /// The text, or its beginning and `…`, in so many columns.
  func cut(columns limit: Int) -> String {
    let start = prefix(columns: limit)
    return start.endIndex == endIndex ? self : prefix(columns: max(limit - 1, 0)) + "…"
  }
}
