import ArgumentParser
import LashJSON
import LashLang
import LashSystem
import LashToolchain

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Parses and checks programs; prints every problem.",
    discussion: """
      With `--json` standard output has one object: {"errors": N, "warnings": N, "diagnostics": […]}.
      """)

  @Argument(help: ArgumentHelp("The programs; `-` reads standard input.", valueName: "file"))
  var files: [String] = []

  @Option(
    name: .customShort("e"), parsing: .unconditional,
    help: ArgumentHelp("The program itself.", valueName: "text"))
  var text: String?

  @OptionGroup(title: "Host") var host: HostOptions

  @Flag(help: "Prints one JSON object and nothing else.")
  var json = false

  func validate() throws {
    if files.isEmpty == (text == nil) {
      throw ValidationError("give files, `-` for standard input, or `-e TEXT`")
    }
  }

  func run() throws {
    do {
      let surface = try host.setup().surface
      var sources = try files.map(SourceFile.init(reading:))
      if let text { sources.append(SourceFile(name: "-e", text: text)) }
      var counts: [Severity: Int64] = [:]
      var objects: [JSONValue] = []
      for source in sources {
        let diagnostics = Compile.program(source, surface: surface).diagnostics
        for diagnostic in diagnostics { counts[diagnostic.severity, default: 0] += 1 }
        if json {
          objects += diagnostics.map { JSONRenderer.json(of: $0, in: source) }
        } else {
          show(diagnostics, in: source)
        }
      }
      let errors = counts[.error] ?? 0
      if json {
        let object: JSONValue = [
          "errors": .integer(errors), "warnings": .integer(counts[.warning] ?? 0),
          "diagnostics": .array(objects),
        ]
        System.out(object.description)
      }
      if errors > 0 { throw ExitCode(2) }
    } catch let error as CannotRead {
      if json {
        let object: JSONValue = [
          "errors": 1, "warnings": 0,
          "diagnostics": RunReport(refusal: "\(error)").json()["diagnostics"] ?? [],
        ]
        System.out(object.description)
      }
      try refuse(error)
    }
  }
}
