import LashREPL
import LashSystem

/// The loop of a session whose input is no terminal: programs separated by empty lines, and commands on
/// lines of their own.
enum PlainLoop {
  static func run(_ repl: Repl) throws(CannotRead) {
    var splitter = InputSplitter()
    while let chunk = try System.chunk(0, "standard input") {
      for input in splitter.take(chunk) {
        if case .leave = repl.submit(input) { return }
      }
      if Signals.endingSignal != 0 { return }
    }
    if let last = splitter.finish() { _ = repl.submit(last) }
  }
}
