import ArgumentParser
import LashJSON
import LashLang
import LashSystem
import LashToolchain
import LashVM

struct DumpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dump",
    abstract: "Shows one stage of a program on its way to bytecode.",
    discussion: """
      `types` is the tree with the type of each expression. A program that `build` compiled is shown as \
      bytecode. `tokens` and `tree` are shown of a text with errors too, `types` and `graph` of one that parses; \
      the exit status is 2 then.
      """)

  /// What can be shown.
  enum Stage: String, ExpressibleByArgument, CaseIterable {
    case tokens, tree, types, graph, bytecode
  }

  @OptionGroup var source: SourceOptions

  @Option(help: "The stage.")
  var stage: Stage

  @OptionGroup(title: "Host") var host: HostOptions

  @Flag(help: "Prints the stage as JSON.")
  var json = false

  @Flag(help: "Prints the graph as a flowchart of Mermaid.")
  var mermaid = false

  @Flag(help: "Prints the graph as an SVG picture.")
  var svg = false

  func validate() throws {
    if source.file == nil, source.text == nil {
      throw ValidationError("give a file, `-` for standard input, or `-e TEXT`")
    }
    guard [json, mermaid, svg].filter({ $0 }).count < 2 else {
      throw ValidationError("give one of `--json`, `--mermaid` and `--svg`")
    }
    if mermaid || svg, stage != .graph {
      throw ValidationError("`--mermaid` and `--svg` are forms of `--stage graph`")
    }
  }

  func run() throws {
    do {
      let surface = try host.setup().surface
      let text: SourceFile
      switch try source.readProgram() {
      case .text(let found): text = found
      case .compiled(let program):
        guard stage == .bytecode else {
          throw ValidationError("a compiled program has no stage but `bytecode`")
        }
        System.write(shown(program), to: 1)
        return
      }
      let compilation = Compile.program(text, surface: surface)
      if let shown = shown(compilation) { System.write(shown, to: 1) }
      show(compilation.diagnostics, in: compilation.source)
      if compilation.hasErrors { throw ExitCode(2) }
    } catch let error as CannotRead {
      try refuse(error)
    }
  }

  /// The dump with its last line end, `nil` if the text did not get so far.
  private func shown(_ compilation: Compilation) -> [UInt8]? {
    let text: String
    switch stage {
    case .tokens:
      let dump = TokenDump(compilation.source)
      text = json ? dump.json.description : dump.text
    case .tree:
      let dump = SyntaxDump(compilation.tree)
      text = json ? dump.json.description : dump.text
    case .types:
      guard let module = compilation.module else { return nil }
      let dump = SyntaxDump(module)
      text = json ? dump.json.description : dump.text
    case .graph:
      guard let module = compilation.module else { return nil }
      text = shown(WorkflowGraph(module))
    case .bytecode: return compilation.program.map(shown)
    }
    return Self.lines(text)
  }

  private func shown(_ graph: WorkflowGraph) -> String {
    if json { return GraphJSON.json(of: graph).description }
    if mermaid { return GraphMermaid.text(of: graph) }
    return svg ? GraphSVG.text(of: graph) : GraphOutline.text(of: graph)
  }

  private func shown(_ program: Program) -> [UInt8] {
    Self.lines(
      json ? Disassembler.json(of: program).description : Disassembler.text(of: program))
  }

  private static func lines(_ text: String) -> [UInt8] {
    Array(text.utf8) + (text.hasSuffix("\n") ? [] : [0x0A])
  }
}
