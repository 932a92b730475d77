/// Hints by what was found where something else was expected.
extension Parser {
  /// The hint for a token that cannot stand where an expression or its end was expected.
  func hintForFound() -> String? {
    switch kind {
    case .if: "use `cond ? yes : no` for inline conditionals"
    case .else: "`else` follows the `}` of an `if`"
    case .for where isInCall:
      "a list comprehension stands in brackets of its own: `sum([x for x in xs])`"
    case .for:
      "`for` is a statement. Put it on its own line, not inside an expression or record literal."
    case .plus: "a number needs no `+`"
    case .semicolon: "`;` ends a statement; between values stands `,`"
    case .dot: "a number begins with a digit: `0.5`"
    case .not: "put it in parentheses: `a == (not b)`"
    case .number where index > 1 && tokens[index - 1].kind == .dot:
      tokens[index - 2].kind == .dot || tokens[index - 2].kind == .number
        ? "a range is a list: `range(0, 10)`" : "an item is read by its position: `xs[0]`"
    case .star, .power: "nothing is unpacked by `*`; give the list itself, or each item"
    case .colon where peek().kind == .assign:
      "assign it in a statement of its own, before this one: `x = …`"
    default: nil
    }
  }

  /// Whether the innermost bracket around the token here is that of a call.
  private var isInCall: Bool {
    guard let call else { return false }
    return !tokens[(call.opener + 1)..<index].contains {
      $0.kind.isOpening && Int($0.payload) > index
    }
  }

  var hintForColon: String {
    if peek().kind == .assign { return "an assignment is written `x = …`" }
    return
      "a variable has no type annotation; if this is a conditional, put its `?` on the same line or "
      + "at the start of the next one"
  }

  var hintForBlock: String? {
    switch kind {
    case .colon: "a body is written in braces: `{ … }`"
    case .assign: "`==` compares"
    case .else: "use `cond ? yes : no` for inline conditionals"
    case .identifier where ["then", "do"].contains(tree[token.symbol]):
      "there is no `\(tree[token.symbol])`; a body is in braces"
    default: "a body is always written in braces"
    }
  }
}
