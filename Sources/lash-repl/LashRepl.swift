import ArgumentParser
import LashREPL
import LashSystem

/// The prompt of the language.
@main
struct LashRepl: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lash-repl",
    abstract: "Runs lashlang programs as they are typed.",
    discussion: """
      At a terminal it edits, completes and remembers what is typed; `:help` lists its commands. \
      Otherwise it reads programs separated by empty lines and prints their results; the exit status is \
      that of the first program that went wrong: 1 it failed, 2 it did not compile, 3 a bound was exhausted.
      """)

  @Option(help: ArgumentHelp("The mock host to begin with.", valueName: "file"))
  var mock: String?

  @Option(help: ArgumentHelp("A host surface to begin with: types only.", valueName: "file"))
  var host: String?

  @Option(help: ArgumentHelp("Fuel units that one program may use.", valueName: "n"))
  var fuel: Int?

  func run() throws {
    let status = session()
    if status != 0 { throw ExitCode(status) }
  }

  private func session() -> Int32 {
    Terminal.useUTF8()
    Signals.install()
    let console = TerminalConsole(isInteractive: Terminal.isInteractive)
    let repl = Repl(console: console)
    if let host { _ = repl.submit(Array(":host \(host)".utf8)) }
    if let mock { _ = repl.submit(Array(":mock \(mock)".utf8)) }
    if let fuel { _ = repl.submit(Array(":fuel \(fuel)".utf8)) }
    guard repl.exitStatus == 0 else { return 66 }
    if console.isInteractive {
      InteractiveLoop.run(repl, console: console)
    } else {
      do throws(CannotRead) {
        try PlainLoop.run(repl)
      } catch {
        System.note("lash-repl: \(error)")
        return 66
      }
    }
    if Signals.endingSignal != 0 { return 128 + Signals.endingSignal }
    return console.isInteractive ? 0 : repl.exitStatus
  }
}
