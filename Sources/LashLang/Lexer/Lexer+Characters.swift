extension Lexer {
  /// The scalar at `place` and its length; `nil` and 1 if the bytes are not UTF-8.
  func decodeScalar(at place: Int) -> (scalar: Unicode.Scalar?, length: Int) {
    let first = bytes[place]
    let length =
      switch first {
      case 0..<0x80: 1
      case 0xC2..<0xE0: 2
      case 0xE0..<0xF0: 3
      case 0xF0..<0xF5: 4
      default: 0
      }
    guard length > 0, place + length <= bytes.count else { return (nil, 1) }
    if length == 1 { return (Unicode.Scalar(first), 1) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for byte in bytes[place + 1..<place + length] {
      guard byte & 0xC0 == 0x80 else { return (nil, 1) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard value >= least, let scalar = Unicode.Scalar(value) else { return (nil, 1) }
    return (scalar, length)
  }

  /// Reports each run of bytes that is not UTF-8 (rule LEX-1). O(n).
  mutating func checkUTF8() {
    var place = 0
    while place < bytes.count {
      if bytes[place] < 0x80 {
        place += 1
        continue
      }
      let (scalar, length) = decodeScalar(at: place)
      if scalar != nil {
        place += length
        continue
      }
      let start = place
      while place < bytes.count, bytes[place] >= 0x80, decodeScalar(at: place).scalar == nil {
        place += 1
      }
      report(
        Diagnostic(
          .invalidUTF8, "the text is not UTF-8 here",
          at: SourceSpan(start: UInt32(start), end: UInt32(place)),
          hint: "save the file as UTF-8"))
      if isFull { return }
    }
  }

  /// Reports a character that begins no token, together with its like that touch it.
  mutating func scanUnexpected() {
    let start = index
    if peek() == 0x60, scanBacktick() { return }
    let (scalar, length) = decodeScalar(at: index)
    index += length
    if let scalar, scalar.value == 0x201C || scalar.value == 0x2018 {
      if scanTypographic(scalar, from: start) { return }
    }
    let first = index
    while index < bytes.count, beginsNothing(at: index) { index += decodeScalar(at: index).length }
    if let scalar, !isFull {
      report(problem(of: scalar, at: span(from: start), first: start..<first))
    }
    append(.invalid, from: start)
  }

  private func problem(
    of scalar: Unicode.Scalar, at span: SourceSpan, first: Range<Int>
  ) -> Diagnostic {
    let isControl = scalar.value < 0x20 || scalar.value == 0x7F
    let shown = String(decoding: bytes[first], as: UTF8.self)
    let text = isControl ? "U+00" + hex(scalar.value) : shown
    let place = SourceSpan(start: UInt32(first.lowerBound), end: UInt32(first.upperBound))
    let (hint, fixes) = advice(for: scalar, at: place)
    return Diagnostic(
      .unexpectedCharacter, "unexpected `\(text)`", at: span, hint: hint, fixes: fixes)
  }

  private func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return digits.count < 2 ? "0" + digits : digits
  }

  /// Whether the character at `place` can only continue a run of unexpected ones.
  private func beginsNothing(at place: Int) -> Bool {
    switch bytes[place] {
    case 0..<0x09, 0x0E..<0x20, 0x7F: true
    case 0x80...: !(decodeScalar(at: place).scalar?.properties.isWhitespace ?? false)
    default: false
    }
  }

  private func advice(for scalar: Unicode.Scalar, at span: SourceSpan) -> (String?, [FixIt]) {
    func replacement(_ text: String, _ why: String) -> (String?, [FixIt]) {
      let fix = FixIt(title: "write `\(text)`", edits: [SourceEdit(span: span, text: text)])
      return (why, [fix])
    }
    switch scalar.value {
    case 0x26: return replacement(" and ", "the logical operator is `and` (or `&&`)")
    case 0x5C: return ("a backslash stands in strings only; a statement needs none at its end", [])
    case 0x24: return ("a name has no `$`", [])
    case 0x60: return ("write `f\"…{x}…\"` for text with values in it", [])
    case 0x5E: return ("there is no `^` operator; multiply for a power", [])
    case 0x7E: return ("there is no `~` operator; `not` negates", [])
    case 0x2013, 0x2014, 0x2212: return replacement("-", "this is a dash; minus is `-`")
    case 0xD7: return replacement("*", "the product is `*`")
    case 0xF7: return replacement("/", "the quotient is `/`")
    case 0x2260: return replacement("!=", "write `!=`")
    case 0x2264: return replacement("<=", "write `<=`")
    case 0x2265: return replacement(">=", "write `>=`")
    case 0x201C, 0x201D: return replacement("\"", "this is a typographic quote; use `\"`")
    case 0x2018, 0x2019: return replacement("'", "this is a typographic quote; use `'`")
    case 0xFF01...0xFF5E:
      let plain = Unicode.Scalar(scalar.value - 0xFEE0).map { String(Character($0)) } ?? ""
      return replacement(plain, "this is a full-width character; use `\(plain)`")
    default:
      let isLetter = scalar.properties.isAlphabetic
      return (isLetter ? "names are made of the letters a to z, digits and `_`" : nil, [])
    }
  }

  /// Reads `“…”` or `‘…’` on one line as the string that was meant; false if it does not close.
  private mutating func scanTypographic(_ open: Unicode.Scalar, from start: Int) -> Bool {
    let content = index
    var place = index
    while place < bytes.count, bytes[place] != 0x0A {
      let (scalar, length) = decodeScalar(at: place)
      if let scalar, scalar.value == open.value + 1 {
        index = place + length
        let quote = open.value == 0x201C ? "\"" : "'"
        let edits = [start..<content, place..<index].map {
          SourceEdit(
            span: SourceSpan(start: UInt32($0.lowerBound), end: UInt32($0.upperBound)), text: quote)
        }
        report(
          Diagnostic(
            .unexpectedCharacter, "unexpected `\(Character(open))`",
            at: SourceSpan(start: UInt32(start), end: UInt32(content)),
            hint: "this is a typographic quote; use `\(quote)`",
            fixes: [FixIt(title: "use straight quotes", edits: edits)]))
        let symbol = symbols.intern(bytes, content..<place)
        append(.string, from: start, payload: symbol.index)
        return true
      }
      place += length
    }
    return false
  }
}
