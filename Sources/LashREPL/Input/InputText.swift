import LashLang

/// What a prompt has to know about a text that is being typed.
public enum InputText {
  /// What is still open at the end of an input, `nil` if it can be run, or is a command (`:help`).
  public static func unfinished(_ bytes: [UInt8]) -> ParseResult.Unfinished? {
    guard !isCommand(bytes) else { return nil }
    return Parser.parse(SourceFile(name: "input", bytes: bytes)).unfinished
  }

  /// Whether the input is a command to the prompt, not a program.
  public static func isCommand(_ bytes: [UInt8]) -> Bool {
    bytes.first { !isBlank($0) } == UInt8(ascii: ":")
  }

  /// Whether there is nothing but white space.
  public static func isEmpty(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.allSatisfy(isBlank)
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// The spaces that a new line after `text` begins with: those of the last line, and two more after
  /// an opening bracket.
  public static func indentation(after text: some BidirectionalCollection<UInt8>) -> String {
    var line = Array(text)
    if let end = line.lastIndex(of: 0x0A) { line.removeFirst(end + 1) }
    var count = line.prefix { $0 == 0x20 }.count
    if let last = line.last(where: { !isBlank($0) }), "{[(".utf8.contains(last) { count += 2 }
    return String(repeating: " ", count: min(count, 40))
  }

  /// The place in another line of the text, as far from its beginning as `cursor` is from its own;
  /// `nil` if there is no such line.
  public static func cursor(in text: [UInt8], from cursor: Int, movedBy lines: Int) -> Int? {
    let starts = [0] + text.indices.filter { text[$0] == 0x0A }.map { $0 + 1 }
    guard let line = starts.lastIndex(where: { $0 <= cursor }),
      starts.indices.contains(line + lines)
    else { return nil }
    let target = line + lines
    let end = target + 1 < starts.count ? starts[target + 1] - 1 : text.count
    var place = min(starts[target] + cursor - starts[line], end)
    while place > starts[target], place < end, text[place] & 0xC0 == 0x80 { place -= 1 }
    return place
  }
}
