/// Calls and inline functions as other languages write them (rule DIA-6).
extension Parser {
  /// The call whose arguments are being read.
  struct Call {
    /// What is called.
    var callee: Name
    /// Where the whole call begins, and where the receiver of a method ends.
    var start: UInt32
    var receiverEnd: UInt32?
    /// Index of the `(`.
    var opener: Int
  }

  // MARK: Arguments

  /// `f(x=1)`, standing at the `=` or `:` behind the first name; reads the arguments from there.
  mutating func parseNamedArguments(of call: Call) {
    let end = Int(tokens[call.opener].payload)
    let mark = token.span
    let written = kind.text
    let first = index - 1
    var names: [Int] = []
    var place = first
    while place + 1 < end, tokens[place].kind == .identifier,
      tokens[place + 1].kind == .assign || tokens[place + 1].kind == .colon
    {
      names.append(place)
      place += 2
      while place < end, tokens[place].kind != .comma {
        place = tokens[place].kind.isOpening ? Int(tokens[place].payload) + 1 : place + 1
      }
      place += 1
    }
    // What stands before the `=` may be no name: its token has no symbol then.
    let firstName = tokens[first].kind == .identifier ? tree[tokens[first].symbol] : ""
    let isWhole = first == call.opener + 1 && place >= end && tokens[end].kind == .rightParen
    let name = tree[call.callee.symbol]
    var hint = "pass values in order, or one record: `\(name)({x: 1})`"
    var edits: [SourceEdit] = []
    let isProcess = call.receiverEnd == nil && declaresProcess(call.callee.symbol)
    if isWhole, call.receiverEnd != nil {
      edits = [insertion("{", at: tokens[first].span.start)]
      for name in names {
        edits.append(
          SourceEdit(
            span: SourceSpan(start: tokens[name].span.end, end: tokens[name + 1].span.end),
            text: ":"))
      }
      // An argument in one step keeps the blank that it had.
      edits.append(insertion("}", at: tokens[end - 1].span.end))
      for index in edits.indices.dropFirst().dropLast()
      where source.bytes[Int(edits[index].span.end)] != 0x20 {
        edits[index].text = ": "
      }
      hint = "an operation takes one record: `\(name)({x: 1})`"
    } else if isProcess {
      if isWhole, written == ":" {
        edits = [insertion("start ", at: call.callee.span.start)]
      }
      hint = "a process is started: `start \(name)(\(firstName): …)`"
    } else if isWhole, name.first?.isUppercase == true {
      hint = "a record is written as it is, without its type: `{\(firstName): …}`"
    } else if isWhole, names.count == 1 {
      edits = [
        SourceEdit(
          span: SourceSpan(start: tokens[first].span.start, end: tokens[first + 2].span.start),
          text: "")
      ]
      let value = source.text(
        SourceSpan(start: tokens[first + 2].span.start, end: tokens[end - 1].span.end))
      hint =
        "a function takes its values in order: `\(name)(\(value.utf8.count <= 40 ? value : "…"))`"
    } else if names.count == 1, place >= end,
      let edit = positional(firstName, first, end)
    {
      edits = [edit]
      hint = "a builtin takes its values in order"
    } else if firstName == "key" {
      hint = "`sort_by(xs, \"path\")` sorts records by a field"
    }
    answer(
      "unexpected `\(written)`: arguments have no names", at: mark, hint: hint,
      fix: isProcess ? "write `start`" : "leave the names out", edits)
    isRecovering = true
  }

  /// Whether the text declares a process of this name, here or further down.
  private func declaresProcess(_ name: Symbol) -> Bool {
    tokens.indices.dropLast().contains { place in
      tokens[place].kind == .identifier && tree[tokens[place].symbol] == "process"
        && tokens[place + 1].kind == .identifier && tokens[place + 1].symbol == name
    }
  }

  /// What makes a last named argument of a builtin of Python the positional one of ours.
  private func positional(_ name: String, _ place: Int, _ end: Int) -> SourceEdit? {
    switch name {
    case "indent", "start", "ndigits", "sep":
      return SourceEdit(
        span: SourceSpan(start: tokens[place].span.start, end: tokens[place + 2].span.start),
        text: "")
    case "reverse":
      let value = source.text(tokens[place + 2].span)
      guard place + 3 == end, value == "True" || value == "true" else { return nil }
      return SourceEdit(
        span: SourceSpan(start: tokens[place].span.start, end: tokens[place + 2].span.end),
        text: "\"desc\"")
    default: return nil
    }
  }

  // MARK: Inline functions

  /// `x => e`, standing at the arrow; `left` is the parameter.
  mutating func parseArrow(_ left: ExpressionID, from start: UInt32) -> ExpressionID {
    let arrow = token
    var parameter: String?
    if case .name(let symbol) = tree[left].kind { parameter = tree[symbol] }
    let call = call
    let isArgument = call.map { firstArgument(of: $0) == start } ?? false
    advance()
    let isBlock = kind == .leftBrace
    let begin = token.span.start
    if isBlock { skipToken() } else { _ = parseTernary() }
    let result = source.text(SourceSpan(start: begin, end: lastEnd))
    let edits =
      isArgument && !isBlock && !isRecovering
      ? call.flatMap { comprehension(of: $0, parameter, result) } ?? [] : []
    answer(
      "unexpected `=>`", at: arrow.span, hint: hintForFunction(call), fix: "write a comprehension",
      edits)
    return make(.error, from: start)
  }

  /// `lambda x: e`, standing at its word.
  mutating func parseLambda() -> ExpressionID {
    let start = token.span.start
    let keyword = token.span
    let call = call
    let isArgument = call.map { firstArgument(of: $0) == start } ?? false
    advance()
    let parameter =
      kind == .identifier && peek().kind == .colon ? tree[token.symbol] : nil
    while kind == .identifier || kind == .comma { advance() }
    guard take(.colon) else {
      isRecovering = false
      answer("unexpected `lambda`", at: keyword, hint: hintForFunction(call))
      isRecovering = true
      return make(.error, from: start)
    }
    let begin = token.span.start
    _ = parseTernary()
    let result = source.text(SourceSpan(start: begin, end: lastEnd))
    let edits =
      isArgument && !isRecovering
      ? call.flatMap { comprehension(of: $0, parameter, result) } ?? [] : []
    answer(
      "unexpected `lambda`", at: keyword, hint: hintForFunction(call), fix: "write a comprehension",
      edits)
    return make(.error, from: start)
  }

  private func firstArgument(of call: Call) -> UInt32 {
    tokens[min(call.opener + 1, tokens.count - 1)].span.start
  }

  private func hintForFunction(_ call: Call?) -> String {
    switch call.map({ tree[$0.callee.symbol] }) {
    case "map"?: "write a comprehension: `[x + 1 for x in xs]`"
    case "filter"?: "write a comprehension: `[x for x in xs if x > 1]`"
    case "forEach"?: "write `for x in xs { … }`"
    case "sort"?, "sorted"?, "sortBy"?, "sort_by"?:
      "`sort_by(xs, \"path\")` sorts records by a field"
    case "some"?, "any"?: "write `any([x > 1 for x in xs])`"
    case "every"?, "all"?: "write `all([x > 1 for x in xs])`"
    case "find"?: "write `[x for x in xs if x > 1][0]`, which is null if there is none"
    case "reduce"?: "write a loop: `for x in xs { total += x }`"
    default: "there are no inline functions; declare `fn name(p: T) -> T { … }`"
    }
  }

  /// The comprehension that a call of `map`, `filter` and their like stands for; the function, of
  /// one parameter and an expression, has just been read as the first argument.
  private func comprehension(
    of call: Call, _ parameter: String?, _ result: String
  ) -> [SourceEdit]? {
    guard let parameter else { return nil }
    let end = Int(tokens[call.opener].payload)
    var xs: String
    if let receiverEnd = call.receiverEnd {
      guard index == end else { return nil }
      xs = source.text(SourceSpan(start: call.start, end: receiverEnd))
    } else {
      guard kind == .comma, index + 1 < end else { return nil }
      xs = source.text(
        SourceSpan(start: tokens[index + 1].span.start, end: tokens[end - 1].span.end))
    }
    if xs.contains("?") || xs.contains(" ") { xs = "(\(xs))" }
    let text: String
    switch tree[call.callee.symbol] {
    case "map": text = "[\(result) for \(parameter) in \(xs)]"
    case "filter": text = "[\(parameter) for \(parameter) in \(xs) if \(result)]"
    case "some", "any": text = "any([\(result) for \(parameter) in \(xs)])"
    case "every", "all": text = "all([\(result) for \(parameter) in \(xs)])"
    case "find": text = "[\(parameter) for \(parameter) in \(xs) if \(result)][0]"
    default: return nil
    }
    guard tokens[end].kind == .rightParen else { return nil }
    return [
      SourceEdit(span: SourceSpan(start: call.start, end: tokens[end].span.end), text: text)
    ]
  }
}
