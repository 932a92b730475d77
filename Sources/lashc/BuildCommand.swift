import ArgumentParser
import LashLang
import LashSystem
import LashToolchain
import LashVM

struct BuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Compiles a program into a file that `run` takes as well.",
    discussion: """
      The program is checked against the host that is given here; where it runs later, its \
      operations must exist too. Nothing is written if it does not compile. Prints the \
      identity of the module, which remarks, layout and names of variables do not change.
      """)

  @OptionGroup var source: SourceOptions

  @Option(name: [.short, .long], help: ArgumentHelp("Where to write.", valueName: "file.lashb"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "A folder that keeps the module, its text included, under its identity.", valueName: "folder")
  )
  var store: String?

  @Flag(help: "Leaves the source text out; run-time errors then have no places.")
  var strip = false

  @OptionGroup(title: "Host") var host: HostOptions

  func validate() throws {
    if source.file == nil, source.text == nil {
      throw ValidationError("give a file, `-` for standard input, or `-e TEXT`")
    }
    if output == nil, store == nil { throw ValidationError("give `-o FILE` or `--store FOLDER`") }
  }

  func run() throws {
    do {
      let compilation = Compile.program(
        try source.read(), surface: try host.setup().surface)
      show(compilation.diagnostics, in: compilation.source)
      guard let program = compilation.program, let module = compilation.module else {
        throw ExitCode(2)
      }
      let artifact = ModuleArtifact(module)
      if let store { try FolderArtifacts(store).put(artifact) }
      if let output { try System.write(program.encoded(withSource: !strip), toFile: output) }
      System.out("\(artifact.identity)")
    } catch let error as CannotRead {
      try refuse(error)
    } catch let error as ArtifactStoreError {
      System.note("lashc: \(error)")
      throw ExitCode(73)
    } catch let error as CannotWrite {
      System.note("lashc: \(error)")
      throw ExitCode(73)
    }
  }
}
