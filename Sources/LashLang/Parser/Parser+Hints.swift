/// Hints by what was found where something else was expected.
extension Parser {
  /// The hint for a token that cannot stand where an expression or its end was expected.
  func hintForFound() -> String? {
    switch kind {
    case .if: "use `cond ? yes : no` for inline conditionals"
    case .else: "`else` follows the `}` of an `if`"
    case .for:
      "`for` is a statement. Put it on its own line, not inside an expression or record literal."
    case .plus: "a number needs no `+`"
    case .semicolon: "`;` ends a statement; between values stands `,`"
    case .dot: "a number begins with a digit: `0.5`"
    case .not: "put it in parentheses: `a == (not b)`"
    case .number where index > 1 && tokens[index - 1].kind == .dot:
      "a range is a list: `range(0, 10)`"
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
    case .identifier where tree[token.symbol] == "then": "there is no `then`; a body is in braces"
    default: "a body is always written in braces"
    }
  }
}
