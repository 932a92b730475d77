extension Lexer {
  /// Begins an f-string whose quote is at the current place (rule LEX-11).
  mutating func startInterpolation(from start: Int) {
    let quote = peek()
    let isTriple = peek(1) == quote && peek(2) == quote
    let open = Interpolation(
      quote: quote, isTriple: isTriple, start: start, tokenCount: tokens.count,
      problemCount: problems.count)
    index += isTriple ? 3 : 1
    append(.interpolationStart, from: start)
    interpolations.append(open)
    scanInterpolationText()
  }

  /// Reads text up to the next slot or the closing quote.
  private mutating func scanInterpolationText() {
    guard let open = interpolations.last else { return }
    let start = index
    var copied = index
    var badEscapes: [SourceSpan] = []
    scratch.removeAll(keepingCapacity: true)
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case open.quote where !open.isTriple || (peek(1) == byte && peek(2) == byte):
        endText(from: start, copied: copied, badEscapes)
        let end = index
        index += open.isTriple ? 3 : 1
        interpolations.removeLast()
        append(.interpolationEnd, from: end)
        return
      case 0x0A where stringsEndWithLine && !open.isTriple:
        endText(from: start, copied: copied, badEscapes)
        reportUnterminated(from: open.start, to: contentStart(open))
        endInterpolation()
        return
      case UInt8(ascii: "{"), UInt8(ascii: "}"):
        scratch.append(contentsOf: bytes[copied..<index])
        if peek(1) == byte {
          scratch.append(byte)
          index += 2
        } else if byte == UInt8(ascii: "{") {
          copied = index
          endText(from: start, copied: copied, badEscapes)
          startSlot()
          return
        } else {
          reportLoneBrace()
          scratch.append(byte)
          index += 1
        }
        copied = index
      case UInt8(ascii: "\\"):
        scratch.append(contentsOf: bytes[copied..<index])
        if let bad = scanEscape() { badEscapes.append(bad) }
        copied = index
      default:
        index += 1
      }
    }
    if !stringsEndWithLine, interpolations.contains(where: { !$0.isTriple }) {
      _ = recoverFromEnd(of: nil)
      return
    }
    endText(from: start, copied: copied, badEscapes)
    reportUnterminated(from: open.start, to: contentStart(open))
    endInterpolation()
  }

  private mutating func endText(from start: Int, copied: Int, _ badEscapes: [SourceSpan]) {
    scratch.append(contentsOf: bytes[copied..<index])
    reportEscapes(badEscapes, stringStart: nil)
    guard !scratch.isEmpty else { return }
    let symbol = symbols.intern(scratch, scratch.indices)
    append(.interpolationText, from: start, payload: symbol.index)
  }

  private func contentStart(_ open: Interpolation) -> Int {
    var place = open.start
    while Self.continuesWord(bytes[place]) { place += 1 }
    return place + (open.isTriple ? 3 : 1)
  }

  private mutating func reportLoneBrace() {
    let span = SourceSpan(start: UInt32(index), end: UInt32(index + 1))
    report(
      Diagnostic(
        .invalidInterpolation, "`}` without `{` in an f-string", at: span,
        hint: "`}}` is a brace",
        fixes: [FixIt(title: "write `}}`", edits: [SourceEdit(span: span, text: "}}")])]))
  }

  // MARK: Slots

  private mutating func startSlot() {
    let start = index
    index += 1
    append(.slotStart, from: start)
    let last = interpolations.count - 1
    interpolations[last].slotStart = start
    interpolations[last].braces = 0
    interpolations[last].brackets = 0
    interpolations[last].ternaries = 0
    interpolations[last].previousIsQuestion = false
  }

  /// Ends the open slot at a `}` that belongs to it and goes on with text; false if there is none.
  mutating func endSlot() -> Bool {
    guard let open = interpolations.last, open.braces == 0 else { return false }
    let start = index
    index += 1
    reportIfEmpty(open)
    append(.slotEnd, from: start)
    scanInterpolationText()
    return true
  }

  private mutating func reportIfEmpty(_ open: Interpolation) {
    guard tokens.last?.kind == .slotStart else { return }
    report(
      Diagnostic(
        .invalidInterpolation, "empty slot in an f-string",
        at: SourceSpan(start: UInt32(open.slotStart), end: UInt32(index)),
        hint: "put an expression between the braces; `{{` and `}}` are braces"))
  }

  /// Counts brackets and ternaries of the innermost slot, to know what a `:` means.
  @inline(never)
  mutating func trackSlot(_ kind: TokenKind) {
    let last = interpolations.count - 1
    let isOutside = interpolations[last].braces == 0 && interpolations[last].brackets == 0
    if interpolations[last].previousIsQuestion, kind.beginsExpression {
      interpolations[last].ternaries += 1
    }
    interpolations[last].previousIsQuestion = kind == .question && isOutside
    switch kind {
    case .leftBrace: interpolations[last].braces += 1
    case .rightBrace: interpolations[last].braces -= 1
    case .leftParen, .leftBracket: interpolations[last].brackets += 1
    case .rightParen, .rightBracket:
      if interpolations[last].brackets > 0 { interpolations[last].brackets -= 1 }
    case .colon where isOutside && interpolations[last].ternaries > 0:
      interpolations[last].ternaries -= 1
    default: break
    }
  }

  /// Reads a format spec at a `:` that is not a ternary's; false if it is one.
  mutating func scanFormatSpec() -> Bool {
    guard let open = interpolations.last, open.braces == 0, open.brackets == 0,
      open.ternaries == 0
    else { return false }
    index += 1
    reportIfEmpty(open)
    let start = index
    scan: while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "}"), UInt8(ascii: "{"), open.quote, 0x0A: break scan
      default: index += 1
      }
    }
    if let problem = FormatSpec.problem(bytes[start..<index]) {
      report(
        Diagnostic(
          .invalidInterpolation, "invalid format spec", at: span(from: start), hint: problem))
    }
    let symbol = symbols.intern(bytes, start..<index)
    append(.formatSpec, from: start, payload: symbol.index)
    return true
  }

  // MARK: Recovery

  private mutating func reportUnclosedSlot(_ open: Interpolation) {
    report(
      Diagnostic(
        .invalidInterpolation, "this slot of the f-string is not closed: `}` is missing",
        at: SourceSpan(start: UInt32(open.slotStart), end: UInt32(open.slotStart + 1))))
  }

  /// Ends an f-string without its quote.
  private mutating func endInterpolation() {
    interpolations.removeLast()
    append(.interpolationEnd, from: index)
  }

  /// Closes the innermost slots and their f-strings while `condition` holds; blames the innermost.
  mutating func closeUnfinishedSlots(while condition: (Interpolation) -> Bool) {
    var isReported = false
    while let open = interpolations.last, condition(open) {
      if !isReported { reportUnclosedSlot(open) }
      isReported = true
      append(.slotEnd, from: index)
      endInterpolation()
    }
  }

  /// Whether the quote here, inside a slot, is really the end of the f-string because a string
  /// that began here could not end: no such quote follows, or none on this line once strings end
  /// with their line. Then closes the f-string.
  mutating func closesUnfinishedSlot(_ quote: UInt8) -> Bool {
    guard let open = interpolations.last, open.quote == quote else { return false }
    let isTriple = peek(1) == quote && peek(2) == quote
    guard open.isTriple ? isTriple : stringsEndWithLine else { return false }
    let length = open.isTriple ? 3 : 1
    var place = index + length
    while place < bytes.count, open.isTriple || bytes[place] != 0x0A {
      if bytes[place] == quote,
        length == 1
          || (place + 2 < bytes.count && bytes[place + 1] == quote && bytes[place + 2] == quote)
      {
        return false
      }
      place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    reportUnclosedSlot(open)
    append(.slotEnd, from: index)
    index += length
    endInterpolation()
    return true
  }
}
