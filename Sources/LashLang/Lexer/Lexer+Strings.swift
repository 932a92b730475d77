extension Lexer {
  /// Reads a string whose quote is at the current place (rule LEX-string, S7).
  /// `start` is where its prefix begins.
  mutating func scanQuoted(from start: Int, isRaw: Bool = false) {
    let quote = peek()
    if closesUnfinishedSlot(quote) { return }
    let isTriple = peek(1) == quote && peek(2) == quote
    index += isTriple ? 3 : 1
    let content = index
    scratch.removeAll(keepingCapacity: true)
    var copied = content
    var badEscapes: [SourceSpan] = []
    var isMultiline = false
    while true {
      guard index < bytes.count else {
        if !isTriple, !stringsEndWithLine {
          _ = recoverFromEnd(of: start)
        } else {
          endString(from: start, content: content, copied: copied, isTerminated: false)
        }
        return
      }
      let byte = bytes[index]
      if byte == quote, !isTriple || (peek(1) == quote && peek(2) == quote) { break }
      if byte == 0x0A || byte == 0x0D {
        if stringsEndWithLine, !isTriple {
          return endString(from: start, content: content, copied: copied, isTerminated: false)
        }
        isMultiline = true
      }
      if byte == UInt8(ascii: "\\"), !isRaw {
        scratch.append(contentsOf: bytes[copied..<index])
        if let bad = scanEscape() { badEscapes.append(bad) }
        copied = index
      } else {
        index += 1
      }
    }
    endString(from: start, content: content, copied: copied, isTerminated: true)
    index += isTriple ? 3 : 1
    tokens[tokens.count - 1].span.end = UInt32(index)
    if isMultiline, !isTriple { lastMultilineString = span(from: start) }
    reportEscapes(badEscapes, stringStart: start)
  }

  private mutating func endString(
    from start: Int, content: Int, copied: Int, isTerminated: Bool
  ) {
    let symbol: Symbol
    if scratch.isEmpty {
      symbol = symbols.intern(bytes, copied..<index)
    } else {
      scratch.append(contentsOf: bytes[copied..<index])
      symbol = symbols.intern(scratch, scratch.indices)
    }
    if !isTerminated { reportUnterminated(from: start, to: content) }
    append(.string, from: start, payload: symbol.index)
  }

  /// Reports a string without its end; blames the opening quote, prefix included.
  mutating func reportUnterminated(from start: Int, to content: Int) {
    let span = SourceSpan(start: UInt32(start), end: UInt32(content))
    var diagnostic = Diagnostic(
      .unterminatedString, "unterminated string", at: span,
      hint:
        "close it with `\(String(decoding: quoteText(from: start, to: content), as: UTF8.self))`"
    )
    if let suspect = lastMultilineString, suspect.end <= span.start {
      diagnostic.notes.append(
        DiagnosticNote("this string runs over a line end; is its quote missing?", at: suspect))
    }
    report(diagnostic)
  }

  private func quoteText(from start: Int, to content: Int) -> ArraySlice<UInt8> {
    bytes[start..<content].drop { Self.continuesWord($0) }
  }

  /// A word of one or two letters that touches a quote: reads the string if it is a prefix.
  mutating func scanPrefixed(from start: Int) -> Bool {
    let prefix = bytes[start..<index].map { $0 | 0x20 }
    switch String(decoding: prefix, as: UTF8.self) {
    case "r":
      scanQuoted(from: start, isRaw: true)
    case "f":
      startInterpolation(from: start)
    case "rf", "fr":
      reportPrefix(from: start, hint: "write `f\"…\"` and double each backslash")
      startInterpolation(from: start)
    case "b", "u":
      reportPrefix(from: start, hint: "a string is Unicode text; leave the prefix out")
      scanQuoted(from: start)
    case "br", "rb":
      reportPrefix(from: start, hint: "a string is Unicode text; write `r\"…\"`")
      scanQuoted(from: start, isRaw: true)
    default:
      return false
    }
    return true
  }

  private mutating func reportPrefix(from start: Int, hint: String) {
    let prefix = String(decoding: bytes[start..<index], as: UTF8.self)
    report(
      Diagnostic(
        .foreignSyntax, "`\(prefix)` is not a string prefix", at: span(from: start), hint: hint))
  }

  /// Reads the text after a closed or unfinished f-string, or a string at the end of the text,
  /// once more with `stringsEndWithLine`, so that one missing quote does not swallow everything.
  /// False if there is nothing to read again.
  mutating func recoverFromEnd(of stringStart: Int?) -> Bool {
    if !stringsEndWithLine, let open = interpolations.first(where: { !$0.isTriple }) {
      stringsEndWithLine = true
      rewind(to: open)
      return true
    }
    if let stringStart {
      stringsEndWithLine = true
      index = stringStart
      return true
    }
    closeUnfinishedSlots { _ in true }
    return false
  }

  private mutating func rewind(to open: Interpolation) {
    separation = tokens[open.tokenCount].separation
    tokens.removeLast(tokens.count - open.tokenCount)
    if problems.count > open.problemCount {
      problems.removeLast(problems.count - open.problemCount)
    }
    while let last = interpolations.popLast(), last.start != open.start {}
    index = open.start
  }
}
