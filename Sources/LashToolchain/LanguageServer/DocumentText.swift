import LashJSON
import LashLang

/// The text of an open document and its lines, which end with LF, CR LF or CR as clients count
/// them.
///
/// Columns are found by counts that are kept for each block of bytes: O(log text + block) however
/// long a line is.
struct DocumentText {
  private(set) var bytes: [UInt8]
  /// Where each line begins.
  private(set) var lines: [Int] = []
  let encoding: PositionEncoding
  /// The units of columns before each block.
  private var unitsBeforeBlock: [Int] = []
  private static let blockLength = 1_024

  init(_ text: String, _ encoding: PositionEncoding) {
    bytes = Array(text.utf8)
    self.encoding = encoding
    measure()
  }

  /// Replaces all. O(text).
  mutating func replaceAll(by text: String) {
    bytes = Array(text.utf8)
    measure()
  }

  /// Replaces what is between two positions. O(text).
  ///
  /// Of a surrogate pair that one of them splits the half outside stays: as U+FFFD if it is alone
  /// then. Both are one unit for the client, so columns stay those of the client.
  mutating func replace(_ range: Range<TextPosition>, by text: String) {
    let start = offset(of: range.lowerBound)
    var end = offset(of: range.upperBound)
    var units = Array(text.utf16)
    if let (first, _) = halves(splitBy: range.lowerBound) { units.insert(first, at: 0) }
    if let (_, second) = halves(splitBy: range.upperBound) {
      units.append(second)
      end += 4
    }
    bytes.replaceSubrange(start..<end, with: String(decoding: units, as: UTF16.self).utf8)
    measure()
  }

  /// The halves of a surrogate pair that a position is between.
  private func halves(splitBy position: TextPosition) -> (first: UInt16, second: UInt16)? {
    let place = offset(of: position)
    guard encoding == .utf16, place < bytes.count, bytes[place] >= 0xF0,
      self.position(of: place).column < position.column
    else { return nil }
    let units = Array(String(decoding: bytes[place..<place + 4], as: UTF8.self).utf16)
    return (units[0], units[1])
  }

  private mutating func measure() {
    var lines = [0]
    var unitsBeforeBlock = [0]
    var units = 0
    for (place, byte) in bytes.enumerated() {
      units += self.units(byte)
      if (place + 1) % Self.blockLength == 0 { unitsBeforeBlock.append(units) }
      let isReturn = byte == 0x0D && !(place + 1 < bytes.count && bytes[place + 1] == 0x0A)
      if byte == 0x0A || isReturn { lines.append(place + 1) }
    }
    self.lines = lines
    self.unitsBeforeBlock = unitsBeforeBlock
  }

  /// What a byte adds to a column: in UTF-16 the first byte of a character counts for all.
  private func units(_ byte: UInt8) -> Int {
    if encoding == .utf8 { return 1 }
    return byte >= 0xF0 ? 2 : Self.isContinuation(byte) ? 0 : 1
  }

  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  private func units(before offset: Int) -> Int {
    let block = offset / Self.blockLength
    return bytes[block * Self.blockLength..<offset].reduce(unitsBeforeBlock[block]) {
      $0 + units($1)
    }
  }

  /// The beginning of the character that a byte is of.
  private func start(ofCharacterAt offset: Int) -> Int {
    var start = offset
    while start > 0, start < bytes.count, Self.isContinuation(bytes[start]) { start -= 1 }
    return start
  }

  /// The bytes of a line without its end.
  private func range(ofLine line: Int) -> Range<Int> {
    let start = lines[line]
    var end = line + 1 < lines.count ? lines[line + 1] : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  // MARK: Positions

  /// The byte offset of a position. A column beyond its line is the line's end, one inside a
  /// character is its beginning, a line beyond the text is the text's end.
  func offset(of position: TextPosition) -> Int {
    guard position.line < lines.count else { return bytes.count }
    let range = range(ofLine: position.line)
    let target = units(before: range.lowerBound) + min(position.column, range.count)
    let block = Self.last(upTo: target, in: unitsBeforeBlock) * Self.blockLength
    var place = max(range.lowerBound, min(block, range.upperBound))
    var before = units(before: place)
    while place < range.upperBound, before + units(bytes[place]) <= target {
      before += units(bytes[place])
      place += 1
    }
    return start(ofCharacterAt: place)
  }

  /// The position of a byte offset; inside a character, that of its beginning.
  func position(of offset: Int) -> TextPosition {
    let place = start(ofCharacterAt: min(max(0, offset), bytes.count))
    let line = Self.last(upTo: place, in: lines)
    return TextPosition(line: line, column: units(before: place) - units(before: lines[line]))
  }

  func range(_ span: SourceSpan) -> JSONValue {
    [
      "start": position(of: Int(span.start)).json, "end": position(of: Int(span.end)).json,
    ]
  }

  func edit(_ edit: SourceEdit) -> JSONValue {
    ["range": range(edit.span), "newText": .string(edit.text)]
  }

  /// The index of the last number up to `limit`, or 0, by bisection.
  private static func last(upTo limit: Int, in numbers: [Int]) -> Int {
    var low = 0
    var high = numbers.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if numbers[middle] <= limit { low = middle } else { high = middle }
    }
    return low
  }
}
