/// The words of the language with what each does, for people in editors and prompts.
public struct KeywordPage: Sendable {
  /// The word.
  public let word: String
  /// How it is used.
  public let form: String
  /// What it does.
  public let summary: String
  /// Whether a statement or declaration begins with it.
  public let beginsStatement: Bool

  init(_ word: Word, _ form: String, _ summary: String, statement: Bool = false) {
    self.word = word.rawValue
    self.form = form
    self.summary = summary
    self.beginsStatement = statement
  }

  /// The page of a word, if it is one of the language.
  public static func of(_ word: String) -> KeywordPage? { all.first { $0.word == word } }

  /// All pages: statements, declarations, expressions.
  public static let all = [
    KeywordPage(
      .if, "if condition { … } else { … }", "Runs the first block whose condition is true.",
      statement: true),
    KeywordPage(.else, "else { … }", "Runs if no condition before it was true."),
    KeywordPage(
      .for, "for item in items { … }", "Runs the block for each item of a list or tuple.",
      statement: true),
    KeywordPage(.in, "item in items", "Whether a text, sequence or record holds something."),
    KeywordPage(
      .while, "while condition { … }", "Runs the block as long as the condition is true.",
      statement: true),
    KeywordPage(.break, "break", "Leaves the innermost loop.", statement: true),
    KeywordPage(.continue, "continue", "Goes on with the next round of the loop.", statement: true),
    KeywordPage(.print, "print value", "Shows a value; the program goes on.", statement: true),
    KeywordPage(.finish, "finish value", "Ends the run with a value.", statement: true),
    KeywordPage(.fail, "fail value", "Ends a process with an error.", statement: true),
    KeywordPage(.cancel, "cancel handle", "Asks a started run to end.", statement: true),
    KeywordPage(
      .yield, "yield value", "Gives a value to whoever watches the run.", statement: true),
    KeywordPage(.wake, "wake value", "Wakes the session with a value.", statement: true),
    KeywordPage(.type, "type Name = T", "Declares a name for a type.", statement: true),
    KeywordPage(
      .fn, "fn name(a: T) -> U { … }",
      "Declares a pure function; its last statement gives the result.", statement: true),
    KeywordPage(
      .process, "process name(a: T) -> U { … }",
      "Declares a process, which `start` runs beside the program.", statement: true),
    KeywordPage(.signals, "signals { name: T }", "The signals that a process waits for."),
    KeywordPage(
      .await, "await operation", "Sends operations to the host and waits for their answers."),
    KeywordPage(.start, "start process(name: value)", "Starts a process and gives its handle."),
    KeywordPage(.sleep, "sleep for duration", "Waits for a time, or with `until` up to one."),
    KeywordPage(.until, "sleep until time", "Waits up to a point in time."),
    KeywordPage(.waitSignal, "wait_signal(\"name\")", "Waits for a signal of the process."),
    KeywordPage(.signalRun, "signal_run(run, \"name\", payload)", "Sends a signal to a run."),
    KeywordPage(.typeLiteral, "Type { name: T }", "A type as a value."),
    KeywordPage(.and, "a and b", "True if both are; `b` is evaluated only if `a` is true."),
    KeywordPage(.or, "a or b", "True if one is; `b` is evaluated only if `a` is false."),
    KeywordPage(.not, "not a", "The opposite."),
    KeywordPage(.true, "true", "The true boolean."),
    KeywordPage(.false, "false", "The false boolean."),
    KeywordPage(.null, "null", "No value."),
  ]
}
