/// The words that mean something to the parser. They are interned first and in this order, so a
/// symbol below `Word.all.count` is one of them. The first ones are reserved (rule LEX-5),
/// the others are names that are special in certain places only.
enum Word: String, CaseIterable, Sendable {
  case `if`, `else`, `for`, `in`, await, cancel, print, submit, call, and, or, not
  case `true`, `false`, null

  case `let`, `while`, `break`, `continue`, finish, fail, yield, wake
  case process, type, fn, trigger, signals, label, title, description
  case start, sleep, until
  case waitSignal = "wait_signal"
  case signalRun = "signal_run"
  case parallel
  case typeLiteral = "Type"

  case str, string, int, integer, float, number, bool, boolean, dict, object, any, `enum`, list
  case processType = "Process"
  case triggerHandle = "TriggerHandle"

  case elif, def, function, `return`, const, `var`, lambda, `import`, from, `try`, `class`, of
  case `func`, async, except, `catch`, finally, raise, `throw`, del, delete, new, typeof, `is`
  case `switch`, match, interface, with

  /// All of them, by symbol index.
  static let all = Array(allCases)
  private static let reservedCount = 15

  /// The word that a symbol is, if any.
  init?(_ symbol: Symbol) {
    guard symbol.index < Word.all.count else { return nil }
    self = Word.all[Int(symbol.index)]
  }

  /// The kind of a word token with this symbol.
  static func kind(of symbol: Symbol) -> TokenKind {
    guard symbol.index < reservedCount else { return .identifier }
    return TokenKind(rawValue: TokenKind.if.rawValue + UInt8(symbol.index)) ?? .identifier
  }
}
