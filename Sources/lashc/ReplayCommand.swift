import ArgumentParser
import LashJSON
import LashLang
import LashSystem
import LashToolchain
import LashVM

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Runs a recorded run again, without its host.",
    discussion: """
      The log is that of `lashc run --record LOG` and holds the program. With `--program` its answers are \
      given to another program, and the first difference is told.
      """)

  @Argument(help: "The log.")
  var log: String

  @Option(
    name: .customLong("until"),
    help: ArgumentHelp(
      "Stops before this entry of the log takes place, and shows the state.", valueName: "n"))
  var until: Int?

  @Option(help: ArgumentHelp("A program to run in place of the recorded one.", valueName: "file"))
  var program: String?

  @OptionGroup(title: "Host of that program") var host: HostOptions

  @Flag(help: "Prints one JSON object and nothing else.")
  var json = false

  func validate() throws {
    if let until, until < 1 { throw ValidationError("`--until` counts from 1") }
  }

  func run() throws {
    do {
      let log = try EffectLog(readingFile: log)
      var session = try ReplaySession(log, program: try otherProgram()) { value in
        if !json, until == nil { System.out((try? value.text(width: 80)) ?? "") }
      }
      if let until {
        try session.seek(to: until - 1)
        let state = session.state()
        System.out(json ? state.json.description : state.text)
        return
      }
      let report = try session.finish()
      report.show(json: json)
      if report.exitStatus != 0 { throw ExitCode(report.exitStatus) }
    } catch let error as CannotRead {
      try refuse(error)
    } catch let problem as ReplayProblem {
      System.note("lashc: \(self.log): \(problem)")
      throw ExitCode(1)
    }
  }

  private func otherProgram() throws -> Program? {
    guard let program else { return nil }
    let source = try SourceFile(reading: program)
    let compilation = Compile.program(source, surface: try host.setup().surface)
    guard let compiled = compilation.program else {
      show(compilation.diagnostics, in: source)
      throw ExitCode(2)
    }
    return compiled
  }
}
