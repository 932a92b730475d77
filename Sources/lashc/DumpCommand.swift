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
      the exit status is 2 then. With `--log` the graph shows what ran: how often, for how much fuel and virtual \
      time, and which way branches went. Without a file the recorded program is shown.
      """)

  /// What can be shown.
  enum Stage: String, ExpressibleByArgument, CaseIterable {
    case tokens, tree, types, graph, bytecode
  }

  @OptionGroup var source: SourceOptions

  @Option(help: "The stage.")
  var stage: Stage

  @OptionGroup(title: "Host") var host: HostOptions

  @Option(
    help: ArgumentHelp(
      "Lays a log of `run --record` over the graph: what ran, and how often.", valueName: "log"))
  var log: String?

  @Flag(help: "Prints the stage as JSON.")
  var json = false

  @Flag(help: "Prints the graph as a flowchart of Mermaid.")
  var mermaid = false

  @Flag(help: "Prints the graph as an SVG picture.")
  var svg = false

  func validate() throws {
    if source.file == nil, source.text == nil, log == nil {
      throw ValidationError("give a file, `-` for standard input, or `-e TEXT`")
    }
    if log != nil, stage != .graph {
      throw ValidationError("`--log` goes with `--stage graph`")
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
      let recorded = try log.map { try EffectLog(readingFile: $0) }
      var surface = try host.setup().surface
      let text: SourceFile
      if let recorded, isRecorded {
        text = try self.text(of: recorded)
        if host.isEmpty { surface = recorded.surface }
      } else {
        switch try source.readProgram() {
        case .text(let found): text = found
        case .compiled(let program):
          guard stage == .bytecode else {
            throw ValidationError("a compiled program has no stage but `bytecode`")
          }
          System.write(shown(program), to: 1)
          return
        }
      }
      let compilation = Compile.program(text, surface: surface)
      let uses = try recorded.map { try facts($0, compilation, surface) }
      if let shown = shown(compilation, uses) { System.write(shown, to: 1) }
      // The surface of the recorded program is not in the log: what does not check here did so there.
      if isRecorded { return }
      show(compilation.diagnostics, in: compilation.source)
      if compilation.hasErrors { throw ExitCode(2) }
    } catch let error as CannotRead {
      try refuse(error)
    }
  }

  /// Whether the program is that of the log.
  private var isRecorded: Bool { log != nil && source.file == nil && source.text == nil }

  private func text(of recorded: EffectLog) throws(CannotRead) -> SourceFile {
    let text = recorded.program.source
    guard !text.bytes.isEmpty else {
      throw CannotRead(path: log ?? "", reason: "its program has no text: give its file")
    }
    return text
  }

  /// What the log says, if it is one of this program.
  private func facts(
    _ recorded: EffectLog, _ compilation: Compilation, _ surface: HostSurface
  ) throws(CannotRead) -> SiteUses {
    let path = log ?? ""
    guard isRecorded || recorded.isOf(compilation, surface: surface) else {
      throw CannotRead(
        path: path,
        reason: compilation.hasErrors
          ? "it can't be compared with a program that does not check"
          : "it was recorded from another program than `\(compilation.source.name)`: record the run "
            + "again, or leave the file out to see the recorded program")
    }
    do throws(ReplayProblem) {
      return try recorded.siteUses()
    } catch {
      throw CannotRead(path: path, reason: "it does not replay: \(error)")
    }
  }

  /// The dump with its last line end, `nil` if the text did not get so far.
  private func shown(_ compilation: Compilation, _ uses: SiteUses?) -> [UInt8]? {
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
      text = shown(WorkflowGraph(module), uses)
    case .bytecode: return compilation.program.map(shown)
    }
    return Self.lines(text)
  }

  private func shown(_ graph: WorkflowGraph, _ uses: SiteUses?) -> String {
    let overlay = uses.map { GraphOverlay(graph, $0) }
    if json { return GraphJSON.json(of: graph, overlay: overlay).description }
    if mermaid { return GraphMermaid.text(of: graph, overlay: overlay) }
    return svg
      ? GraphSVG.text(of: graph, overlay: overlay) : GraphOutline.text(of: graph, overlay: overlay)
  }

  private func shown(_ program: Program) -> [UInt8] {
    Self.lines(
      json ? Disassembler.json(of: program).description : Disassembler.text(of: program))
  }

  private static func lines(_ text: String) -> [UInt8] {
    Array(text.utf8) + (text.hasSuffix("\n") ? [] : [0x0A])
  }
}
