/// The kinds of tokens.
enum TokenKind: UInt8, Sendable, BitwiseCopyable, CaseIterable {
  case end, invalid
  case identifier, number, string
  case interpolationStart, interpolationText, slotStart, slotEnd, formatSpec, interpolationEnd
  case leftParen, rightParen, leftBracket, rightBracket, leftBrace, rightBrace
  case comma, colon, at, dot, ellipsis, bar
  /// A `?`; `TokenStructure` turns the ternary ones into `ternary`.
  case question, ternary
  case coalesce, bang
  case assign, plusAssign, minusAssign, starAssign, slashAssign
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  case plus, minus, star, slash, percent
  /// Operators of other languages, kept whole for a better message.
  case strictEqual, strictNotEqual, fatArrow, power, increment
  case `if`, `else`, `for`, `in`, await, cancel, print, submit, call, and, or, not
  case `true`, `false`, null

  /// The text of a token that is always written the same; a description of the others.
  var text: String {
    switch self {
    case .end: "end of input"
    case .invalid: "invalid text"
    case .identifier: "identifier"
    case .number: "number"
    case .string: "string"
    case .interpolationStart: "f-string"
    case .interpolationText: "text"
    case .slotStart, .leftBrace: "{"
    case .slotEnd, .rightBrace: "}"
    case .formatSpec: "format spec"
    case .interpolationEnd: "end of f-string"
    case .leftParen: "("
    case .rightParen: ")"
    case .leftBracket: "["
    case .rightBracket: "]"
    case .comma: ","
    case .colon: ":"
    case .at: "@"
    case .dot: "."
    case .ellipsis: "..."
    case .bar: "|"
    case .question, .ternary: "?"
    case .coalesce: "??"
    case .bang: "!"
    case .assign: "="
    case .plusAssign: "+="
    case .minusAssign: "-="
    case .starAssign: "*="
    case .slashAssign: "/="
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .plus: "+"
    case .minus: "-"
    case .star: "*"
    case .slash: "/"
    case .percent: "%"
    case .strictEqual: "==="
    case .strictNotEqual: "!=="
    case .fatArrow: "=>"
    case .power: "**"
    case .increment: "++"
    case .if: "if"
    case .else: "else"
    case .for: "for"
    case .in: "in"
    case .await: "await"
    case .cancel: "cancel"
    case .print: "print"
    case .submit: "submit"
    case .call: "call"
    case .and: "and"
    case .or: "or"
    case .not: "not"
    case .true: "true"
    case .false: "false"
    case .null: "null"
    }
  }

  /// Whether it is a reserved word.
  var isKeyword: Bool { rawValue >= TokenKind.if.rawValue }

  /// Whether an expression can begin with it (rule EXP-begin).
  var beginsExpression: Bool {
    switch self {
    case .identifier, .number, .string, .interpolationStart, .leftParen, .leftBracket, .leftBrace,
      .await, .minus, .bang, .not, .true, .false, .null:
      true
    default: false
    }
  }

  /// Whether an expression can end with it.
  var endsExpression: Bool {
    switch self {
    case .identifier, .number, .string, .interpolationEnd, .rightParen, .rightBracket, .rightBrace,
      .question, .true, .false, .null:
      true
    default: false
    }
  }

  /// Whether it opens a bracket that has a region of its own.
  var isOpening: Bool {
    switch self {
    case .leftParen, .leftBracket, .leftBrace, .slotStart: true
    default: false
    }
  }

  /// The `=` of an assignment or update.
  var isAssignment: Bool {
    switch self {
    case .assign, .plusAssign, .minusAssign, .starAssign, .slashAssign: true
    default: false
    }
  }

  /// The bracket that closes this one.
  var closing: TokenKind {
    switch self {
    case .leftParen: .rightParen
    case .leftBracket: .rightBracket
    case .slotStart: .slotEnd
    default: .rightBrace
    }
  }
}
