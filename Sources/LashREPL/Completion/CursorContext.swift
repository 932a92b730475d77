/// The path that ends before the cursor, such as `a.b[0].` with what is typed of the next name. It is
/// found in the text itself, since a text that is being typed seldom parses.
struct CursorContext {
  /// One step of a path: `.name` or `[…]`.
  enum Step: Equatable {
    case field(String)
    case item
  }

  /// The word that is being typed; may be empty.
  let word: String
  /// The path that the word goes on: its root and steps; `nil` if there is none.
  private(set) var path: (root: String, steps: [Step])?
  /// The text of that path.
  private(set) var pathText = ""

  init(_ text: String) {
    let bytes = Array(text.utf8)
    var start = bytes.count
    while start > 0, bytes[start - 1].isWordByte { start -= 1 }
    word = String(decoding: bytes[start...], as: UTF8.self)
    readPath(bytes, start)
  }

  /// Reads the path backwards from the dot before the word.
  private mutating func readPath(_ bytes: [UInt8], _ wordStart: Int) {
    var place = wordStart
    var steps: [Step] = []
    while place > 0, bytes[place - 1] == UInt8(ascii: ".") {
      place -= 1
      while place > 0, bytes[place - 1] == UInt8(ascii: "]") {
        guard let open = Self.opening(bytes, place - 1) else { return }
        place = open
        steps.insert(.item, at: 0)
      }
      // `f()?.x` and the like have a type, but no path.
      let end = place
      while place > 0, bytes[place - 1].isWordByte { place -= 1 }
      guard place < end, !(0x30...0x39).contains(bytes[place]) else { return }
      let name = String(decoding: bytes[place..<end], as: UTF8.self)
      if place > 0, bytes[place - 1] == UInt8(ascii: ".") {
        steps.insert(.field(name), at: 0)
        continue
      }
      path = (name, steps)
      pathText = String(decoding: bytes[place..<(wordStart - 1)], as: UTF8.self)
      return
    }
  }

  /// The bracket that a `]` closes, on one level only.
  private static func opening(_ bytes: [UInt8], _ close: Int) -> Int? {
    var place = close
    var depth = 0
    while place >= 0 {
      if bytes[place] == UInt8(ascii: "]") { depth += 1 }
      if bytes[place] == UInt8(ascii: "[") {
        depth -= 1
        if depth == 0 { return place }
      }
      place -= 1
    }
    return nil
  }
}
