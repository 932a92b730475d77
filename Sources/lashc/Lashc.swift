import ArgumentParser

/// The command-line tool of the language.
@main
struct Lashc: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lashc",
    abstract: "Checks, runs and examines lashlang programs.",
    discussion: """
      Exit status: 0 finished or fell off the end · 1 the program failed · 2 it did not compile · \
      3 a bound was exhausted · 64 wrong usage · 66 a file cannot be read, or is not what it should be \
      (a compiled program that is damaged or unsafe, say) · 73 a file cannot be written.
      """,
    version: "0.1.0",
    subcommands: [
      RunCommand.self, CheckCommand.self, BuildCommand.self, FmtCommand.self, DumpCommand.self,
      TestCommand.self, ReplayCommand.self, BenchCommand.self, ExplainCommand.self,
      HostCommand.self, LspCommand.self,
    ])
}
