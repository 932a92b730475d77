import LashJSON
import LashLang

/// How columns are counted between client and server.
public enum PositionEncoding: String, Sendable {
  /// In bytes.
  case utf8 = "utf-8"
  /// In units of UTF-16, which every client can.
  case utf16 = "utf-16"
}

/// A place as clients name it: line and column from 0.
struct TextPosition: Hashable, Comparable {
  var line: Int
  var column: Int

  static func < (left: TextPosition, right: TextPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }

  var json: JSONValue { ["line": .integer(Int64(line)), "character": .integer(Int64(column))] }
}

/// The text of an open document and its lines, which end with LF, CR LF or CR as clients count
/// them.
struct DocumentText {
  private(set) var bytes: [UInt8]
  /// Where each line begins.
  private(set) var lines: [Int] = []
  let encoding: PositionEncoding

  init(_ text: String, _ encoding: PositionEncoding) {
    bytes = Array(text.utf8)
    self.encoding = encoding
    findLines()
  }

  /// Replaces a range, or all if there is none. A column beyond its line is the line's end, one
  /// inside a character is its beginning, a line beyond the text is the text's end. O(text).
  mutating func replace(_ range: Range<Int>?, by text: String) {
    if let range { bytes.replaceSubrange(range, with: text.utf8) } else { bytes = Array(text.utf8) }
    findLines()
  }

  private mutating func findLines() {
    lines.removeAll(keepingCapacity: true)
    lines.append(0)
    for (place, byte) in bytes.enumerated() {
      let isReturn = byte == 0x0D && !(place + 1 < bytes.count && bytes[place + 1] == 0x0A)
      if byte == 0x0A || isReturn { lines.append(place + 1) }
    }
  }

  /// The bytes of a line without its end.
  private func range(ofLine line: Int) -> Range<Int> {
    let start = lines[line]
    var end = line + 1 < lines.count ? lines[line + 1] : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  /// The byte offset of a position.
  func offset(of position: TextPosition) -> Int {
    guard position.line >= 0 else { return 0 }
    guard position.line < lines.count else { return bytes.count }
    let range = range(ofLine: position.line)
    var place = range.lowerBound
    var column = 0
    while place < range.upperBound {
      let (length, units) = scalar(at: place)
      if column + units > position.column { break }
      column += units
      place += length
    }
    return place
  }

  /// The position of a byte offset; inside a character, that of its beginning.
  func position(of offset: Int) -> TextPosition {
    let offset = min(max(0, offset), bytes.count)
    var low = 0
    var high = lines.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lines[middle] <= offset { low = middle } else { high = middle }
    }
    var column = 0
    var place = lines[low]
    while place < offset {
      let (length, units) = scalar(at: place)
      if place + length > offset { break }
      place += length
      column += units
    }
    return TextPosition(line: low, column: column)
  }

  /// The bytes of the character at an offset, and what it adds to a column.
  private func scalar(at place: Int) -> (length: Int, units: Int) {
    let length: Int
    switch bytes[place] {
    case ..<0x80: length = 1
    case ..<0xE0: length = 2
    case ..<0xF0: length = 3
    default: length = 4
    }
    let bounded = min(length, bytes.count - place)
    return (bounded, encoding == .utf8 ? bounded : (length == 4 ? 2 : 1))
  }

  func range(_ span: SourceSpan) -> JSONValue {
    [
      "start": position(of: Int(span.start)).json, "end": position(of: Int(span.end)).json,
    ]
  }

  func edit(_ edit: SourceEdit) -> JSONValue {
    ["range": range(edit.span), "newText": .string(edit.text)]
  }
}
