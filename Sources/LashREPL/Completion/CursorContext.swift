import LashLang

/// What stands before the cursor, as far as completion needs it: found in the text itself, since a
/// text that is being typed seldom parses.
struct CursorContext {
  /// One step of a path before the word: `.name`, `[…]` or a call.
  enum Step: Equatable {
    case field(String)
    case item
  }

  /// The word that is being typed; may be empty.
  let word: String
  /// The path that the word goes on, as in `a.b[0].wo`: its root and steps; `nil` if there is none.
  private(set) var path: (root: String, steps: [Step])?
  /// The text of that path.
  private(set) var pathText = ""
  /// The text before the path.
  private(set) var before: Substring
  /// Whether the cursor is inside a string or a comment.
  let isText: Bool
  /// The call whose arguments are being typed, if a name of one stands at the cursor.
  private(set) var call: Call?

  /// A call with the names that were given already.
  struct Call: Equatable {
    /// The path before the bracket, such as `web.search`, or `start name`.
    var path: String
    var given: [String]
  }

  init(_ text: String) {
    let scan = BracketScan(text)
    isText = scan.isText
    let bytes = Array(text.utf8)
    var start = bytes.count
    while start > 0, bytes[start - 1].isWordByte { start -= 1 }
    word = String(decoding: bytes[start...], as: UTF8.self)
    before = Substring(String(decoding: bytes[..<start], as: UTF8.self))
    guard !isText else { return }
    readPath(bytes, start)
    if path == nil { call = scan.call(at: start) }
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
      before = Substring(String(decoding: bytes[..<place], as: UTF8.self))
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

/// One pass over a text that finds strings, comments and open brackets.
struct BracketScan {
  private struct Open {
    var bracket: UInt8
    var place: Int
    /// Names before a `:` on this level.
    var names: [String] = []
    /// Where the current element begins.
    var element: Int
  }

  private let bytes: [UInt8]
  private var open: [Open] = []
  private(set) var isText = false

  init(_ text: String) {
    bytes = Array(text.utf8)
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      switch byte {
      case UInt8(ascii: "#"):
        place = bytes[place...].firstIndex(of: 0x0A) ?? bytes.count
        isText = place == bytes.count
      case UInt8(ascii: "\""), UInt8(ascii: "'"): skipString(&place, byte)
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
        open.append(Open(bracket: byte, place: place, element: place + 1))
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): _ = open.popLast()
      case UInt8(ascii: ","):
        if !open.isEmpty { open[open.count - 1].element = place + 1 }
      case UInt8(ascii: ":"):
        if let last = open.last {
          let name = String(decoding: bytes[last.element..<place], as: UTF8.self).trimmed
          open[open.count - 1].names.append(name)
        }
      default: break
      }
      place += 1
    }
  }

  /// Moves to the last quote of a string; slots of f-strings count as text.
  private mutating func skipString(_ place: inout Int, _ quote: UInt8) {
    let isTriple = place + 2 < bytes.count && bytes[place + 1] == quote && bytes[place + 2] == quote
    place += isTriple ? 3 : 1
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "\\") {
        place += 2
        continue
      }
      if bytes[place] == quote {
        if !isTriple { return }
        if place + 2 < bytes.count, bytes[place + 1] == quote, bytes[place + 2] == quote {
          place += 2
          return
        }
      }
      place += 1
    }
    isText = true
  }

  /// The closing brackets that the text lacks.
  var closing: String {
    String(
      decoding: open.reversed().map { open -> UInt8 in
        switch open.bracket {
        case UInt8(ascii: "("): UInt8(ascii: ")")
        case UInt8(ascii: "["): UInt8(ascii: "]")
        default: UInt8(ascii: "}")
        }
      }, as: UTF8.self)
  }

  /// The call whose argument name begins at `start`: `op({` or `start p(`.
  func call(at start: Int) -> CursorContext.Call? {
    guard let inner = open.last,
      bytes[inner.element..<start].allSatisfy(InputText.isBlank)
    else { return nil }
    if inner.bracket == UInt8(ascii: "{"), open.count > 1 {
      let outer = open[open.count - 2]
      guard outer.bracket == UInt8(ascii: "("),
        bytes[(outer.place + 1)..<inner.place].allSatisfy(InputText.isBlank)
      else { return nil }
      let path = dottedPath(before: outer.place)
      return path.isEmpty ? nil : CursorContext.Call(path: path, given: inner.names)
    }
    guard inner.bracket == UInt8(ascii: "(") else { return nil }
    let name = dottedPath(before: inner.place)
    let head = bytes[..<(inner.place - name.utf8.count)].reversed().drop(while: InputText.isBlank)
    let word = String(decoding: head.prefix { $0.isWordByte }.reversed(), as: UTF8.self)
    guard !name.isEmpty, word == "start" else { return nil }
    return CursorContext.Call(path: "start \(name)", given: inner.names)
  }

  private func dottedPath(before end: Int) -> String {
    var start = end
    while start > 0, bytes[start - 1].isWordByte || bytes[start - 1] == UInt8(ascii: ".") {
      start -= 1
    }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}
