/// Forms of other languages that only the lexer can read whole: one report, one token or none.
extension Lexer {
  // MARK: Comments

  /// Skips `/* … */` and reports it; the repair makes `#` comments of its lines.
  mutating func skipBlockComment() {
    let start = index
    index += 2
    var edits = [edit(start..<index, "#")]
    while index < bytes.count, !(peek() == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "/")) {
      if peek() == 0x0A { edits.append(edit(index + 1..<index + 1, "# ")) }
      index += 1
    }
    let isClosed = index < bytes.count
    index = min(index + 2, bytes.count)
    var rest = index
    while rest < bytes.count, bytes[rest] == 0x20 || bytes[rest] == 0x0D { rest += 1 }
    if isClosed, rest == bytes.count || bytes[rest] == 0x0A {
      edits.append(edit(index - 2..<index, ""))
    } else {
      // What follows on the line must not become a comment.
      edits = [edit(start..<index, "")]
    }
    report(
      Diagnostic(
        .foreignSyntax, "unexpected `/*`",
        at: SourceSpan(start: UInt32(start), end: UInt32(start + 2)),
        hint: "a comment runs from `#` to the end of its line",
        fixes: [FixIt(title: "write `#` comments", edits: edits)]))
  }

  /// Warns of `7 // 2`, at the slashes: what was meant is a division, what stands there a comment.
  mutating func warnOfDivision() {
    guard separation == .none, let last = tokens.last, last.kind.endsExpression,
      last.kind != .rightBrace
    else { return }
    var place = index + 2
    while place < bytes.count, bytes[place] == 0x20 { place += 1 }
    let digits = place
    while place < bytes.count, Self.continuesWord(bytes[place]) { place += 1 }
    guard digits < place, Self.digit(bytes[digits]).map({ $0 < 10 }) ?? false else { return }
    let divisor = String(decoding: bytes[digits..<place], as: UTF8.self)
    while place < bytes.count, " )]},;\r".utf8.contains(bytes[place]) { place += 1 }
    guard place == bytes.count || bytes[place] == 0x0A else { return }
    report(
      Diagnostic(
        .divisionComment, "`// \(divisor)` is a comment, not a division",
        at: SourceSpan(start: UInt32(index), end: UInt32(index + 2)),
        hint: "write `floor_div(x, \(divisor))`; if it is a comment, begin it with `#`"))
  }

  // MARK: Backticks

  /// Reads a fence, or a template between backticks as the string that was meant; false if there
  /// is neither.
  mutating func scanBacktick() -> Bool {
    if peek(1) == 0x60, peek(2) == 0x60 { return skipFence() }
    return scanTemplate()
  }

  /// Skips a line that begins with three backticks.
  private mutating func skipFence() -> Bool {
    guard separation == .newline || tokens.isEmpty else { return false }
    let start = index
    while index < bytes.count, bytes[index] != 0x0A { index += 1 }
    report(
      Diagnostic(
        .foreignSyntax, "unexpected code fence", at: span(from: start),
        hint: "a program is the text inside the fence",
        fixes: [FixIt(title: "leave it out", edits: [edit(start..<index, "")])]))
    return true
  }

  private mutating func scanTemplate() -> Bool {
    let start = index
    var place = index + 1
    var depth = 0
    while place < bytes.count, depth > 0 || bytes[place] != 0x60 {
      switch bytes[place] {
      case UInt8(ascii: "\\"): place += 1
      case UInt8(ascii: "{"): if depth > 0 || bytes[place - 1] == UInt8(ascii: "$") { depth += 1 }
      case UInt8(ascii: "}"): depth = max(0, depth - 1)
      default: break
      }
      place += 1
    }
    guard place < bytes.count else { return false }
    report(
      Diagnostic(
        .foreignSyntax, "unexpected \"`\": strings stand in `\"` or `'`",
        at: SourceSpan(start: UInt32(start), end: UInt32(start + 1)),
        hint: "text with values in it is an f-string: `f\"hello {name}\"`",
        fixes: [FixIt(title: "write a string", edits: template(start..<place))]))
    index = place + 1
    let symbol = symbols.intern(bytes, start + 1..<place)
    append(.string, from: start, payload: symbol.index)
    return true
  }

  /// The edits that make a string of a template whose backticks stand at both ends of a range.
  private func template(_ range: Range<Int>) -> [SourceEdit] {
    let content = range.lowerBound + 1..<range.upperBound
    let hasSlots = content.contains {
      bytes[$0] == UInt8(ascii: "$") && bytes[$0 + 1] == UInt8(ascii: "{")
    }
    let isTriple = bytes[content].contains(0x0A)
    let quote = isTriple ? "\"\"\"" : "\""
    var edits = [edit(range.lowerBound..<content.lowerBound, (hasSlots ? "f" : "") + quote)]
    var depth = 0
    var place = content.lowerBound
    while place < content.upperBound {
      let byte = bytes[place]
      let here = place..<place + 1
      switch byte {
      case UInt8(ascii: "\\"):
        if bytes[place + 1] == 0x60 { edits.append(edit(here, "")) }
        place += 1
      case UInt8(ascii: "$") where depth == 0 && bytes[place + 1] == UInt8(ascii: "{"):
        edits.append(edit(here, ""))
        depth = 1
        place += 1
      case UInt8(ascii: "{") where depth > 0: depth += 1
      case UInt8(ascii: "}") where depth > 0: depth -= 1
      case UInt8(ascii: "{") where hasSlots: edits.append(edit(here, "{{"))
      case UInt8(ascii: "}") where hasSlots: edits.append(edit(here, "}}"))
      case UInt8(ascii: "\"") where depth == 0 && !isTriple: edits.append(edit(here, "\\\""))
      default: break
      }
      place += 1
    }
    edits.append(edit(range.upperBound..<range.upperBound + 1, quote))
    return edits
  }

  private func edit(_ range: Range<Int>, _ text: String) -> SourceEdit {
    SourceEdit(
      span: SourceSpan(start: UInt32(range.lowerBound), end: UInt32(range.upperBound)), text: text)
  }
}
