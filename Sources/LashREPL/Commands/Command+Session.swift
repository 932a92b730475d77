import LashLang
import LashToolchain
import LashVM

extension Command {
  /// Commands for the session as a whole.
  static let sessionCommands = [
    Command("fuel", "[N]", .text, "shows or sets the fuel that one program may use") {
      (repl, text) throws(ConsoleError) in
      if text.isEmpty { return repl.console.show("\(repl.bounds.fuel)") }
      let digits = String(text.filter { $0 != "_" && $0 != "," })
      guard let fuel = Int(digits), repl.bounds.set("fuel", to: fuel) else {
        throw ConsoleError("`:fuel` takes a whole number from 0")
      }
    },
    Command("reset", "", .nothing, "forgets variables, declarations and calls; the mock stays") {
      (repl, _) throws(ConsoleError) in
      repl.reset()
    },
    Command("quit", "", .nothing, "leaves, as Ctrl-D does") { (_, _) throws(ConsoleError) in },
  ]
}

extension Repl {
  fileprivate func reset() {
    values = []
    cells = []
    host.calls = []
    runs = SessionRuns()
    lastText = nil
    compiler.reset()
    hostHasChanged()
  }
}
