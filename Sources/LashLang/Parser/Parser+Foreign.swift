/// Habits of other languages, each answered with what to write here.
extension Parser {
  // MARK: Statements

  /// A statement that begins with a word of another language; `nil` if it is an ordinary name.
  mutating func parseForeign(_ word: Word) -> Statement.Kind? {
    let next = peek()
    let hasName = nextIsOnLine && next.kind == .identifier
    switch word {
    case .elif where nextIsOnLine && next.kind.beginsExpression:
      refuse("`else if` after the `}` of an `if`")
      return .error
    case .def where hasName, .function where hasName:
      refuse("write `fn name(p: T) -> T { … }` at the top level")
      return recoverBlock()
    case .return where !nextIsOnLine || next.kind.beginsExpression || next.kind.endsStatement:
      let hint =
        body == .function
        ? "the value of the last expression of a `fn` is its result"
        : "`finish value` ends the program or process"
      refuse(hint)
      return .error
    case .const where hasName, .var where hasName:
      refuse("a variable needs no declaration", replacement: "", through: next.span.start)
      isRecovering = false
      advance()
      return parseSimple()
    case .import where nextIsOnLine && (hasName || next.kind == .string), .from where hasName:
      refuse("there are no imports; modules of the host are there by name")
      return .error
    case .class where hasName:
      refuse("there are no classes; `type Name = { … }` declares a record type")
      return recoverBlock()
    case .try where nextIsOnLine && (next.kind == .leftBrace || next.kind == .colon):
      refuse("there is no `try`; leave `?` out and look at `.ok` and `.error` of the result")
      return recoverBlock()
    default: return nil
    }
  }

  private mutating func refuse(
    _ hint: String, replacement: String? = nil, through end: UInt32? = nil
  ) {
    var fixes: [FixIt] = []
    if let replacement {
      let span = SourceSpan(start: token.span.start, end: end ?? token.span.end)
      let title = replacement.isEmpty ? "leave it out" : "write `\(replacement)`"
      fixes = [FixIt(title: title, edits: [SourceEdit(span: span, text: replacement)])]
    }
    report(
      Diagnostic(
        .foreignSyntax, "unexpected `\(tree[token.symbol])`", at: token.span, hint: hint,
        fixes: fixes))
  }

  /// Takes `elif` for `else if`, with a report; stops before its condition's word.
  mutating func acceptElif() -> Bool {
    guard word == .elif, peek().kind.beginsExpression, peek().separation == .none else {
      return false
    }
    isRecovering = false
    refuse("write `else if`", replacement: "else if")
    isRecovering = false
    return true
  }

  // MARK: Operators

  mutating func reportForeignOperator(after start: UInt32) {
    var fixes: [FixIt] = []
    let hint: String
    switch kind {
    case .power: hint = "there is no power operator; multiply, or write a `fn` with a loop"
    case .fatArrow: hint = "there are no inline functions; declare `fn name(p: T) -> T { … }`"
    default:
      hint = "write `x += 1`"
      if peek().startsLine || peek().kind.endsStatement {
        fixes = [
          FixIt(title: "write `+= 1`", edits: [SourceEdit(span: token.span, text: " += 1")])
        ]
      }
    }
    report(
      Diagnostic(
        .foreignSyntax, "unexpected `\(kind.text)`", at: token.span, hint: hint, fixes: fixes))
  }

  /// `x--` at the end of a line; `operation` is the first minus, just taken.
  mutating func reportDecrement(_ operation: Token) {
    guard kind == .minus, token.span.start == operation.span.end,
      peek().startsLine || peek().kind.endsStatement
    else { return }
    let span = SourceSpan(start: operation.span.start, end: token.span.end)
    report(
      Diagnostic(
        .foreignSyntax, "unexpected `--`", at: span, hint: "write `x -= 1`",
        fixes: [FixIt(title: "write `-= 1`", edits: [SourceEdit(span: span, text: " -= 1")])]))
  }

  // MARK: Brackets

  /// `f(x=1)` or `f(x: 1)`
  mutating func reportNamedArgument(_ callee: Name) {
    let name = tree[callee.symbol]
    report(
      Diagnostic(
        .foreignSyntax, "unexpected `\(kind.text)`: arguments have no names", at: token.span,
        hint: "pass values in order, or one record: `\(name)({x: 1})`"))
  }

  /// `xs[1:3]`, standing at its colon; `target` is where `xs` begins.
  mutating func reportSlice(_ opener: Int, target: UInt32) {
    var fixes: [FixIt] = []
    let end = Int(tokens[opener].payload)
    if index > opener + 1, index + 1 < end, tokens[end].kind == .rightBracket {
      fixes = [
        FixIt(
          title: "write `slice(…)`",
          edits: [
            SourceEdit(span: SourceSpan(start: target, end: target), text: "slice("),
            SourceEdit(span: tokens[opener].span, text: ", "),
            SourceEdit(span: token.span, text: ", "),
            SourceEdit(span: tokens[end].span, text: ")"),
          ])
      ]
    }
    report(
      Diagnostic(
        .foreignSyntax, "unexpected `:`: there are no slices in brackets", at: token.span,
        hint: "write `slice(xs, 1, 3)`", fixes: fixes))
  }

  mutating func reportSpread() {
    report(
      Diagnostic(
        .foreignSyntax, "unexpected `...`", at: token.span,
        hint: "join lists with `+`: `xs + [2]`; join records with `merge(a, b)`"))
  }

  /// `{...a}` and `{[k]: v}`
  mutating func reportForeignField() -> Bool {
    if kind == .ellipsis {
      reportSpread()
      return true
    }
    guard kind == .leftBracket else { return false }
    report(
      Diagnostic(
        .foreignSyntax, "unexpected `[`: a key is a name or a text", at: token.span,
        hint: "write `r[k] = v` afterwards, or `from_entries([(k, v)])`"))
    return true
  }

  /// `{a}` for `{a: a}`
  mutating func reportShorthand(_ name: Name) {
    let key = tree[name.symbol]
    let place = SourceSpan(start: name.span.end, end: name.span.end)
    report(
      Diagnostic(
        .foreignSyntax, "expected `:`, found \(describe(token)): a field needs its value",
        at: name.span, hint: "write `{\(key): \(key)}`",
        fixes: [FixIt(title: "write the value", edits: [SourceEdit(span: place, text: ": \(key)")])]
      ))
    isRecovering = false
  }

  // MARK: Hints by what was found

  /// The hint for a token that cannot stand where an expression or its end was expected.
  func hintForFound() -> String? {
    switch kind {
    case .if: "use `cond ? yes : no` for inline conditionals"
    case .for:
      "`for` is a statement. Put it on its own line, not inside an expression or record literal."
    case .plus: "a number needs no `+`"
    case .semicolon: "`;` ends a statement; between values stands `,`"
    case .dot: "a number begins with a digit: `0.5`"
    case .not: "put it in parentheses: `a == (not b)`"
    default: nil
    }
  }

  var hintForColon: String {
    "a variable has no type annotation; if this is a conditional, put its `?` on the same line or "
      + "at the start of the next one"
  }

  var hintForBlock: String? {
    switch kind {
    case .colon: "a body is written in braces: `{ … }`"
    case .assign: "`==` compares"
    case .else: "use `cond ? yes : no` for inline conditionals"
    default: "a body is always written in braces"
    }
  }
}
