import LashLang
import LashToolchain
import LashVM

extension Command {
  /// Commands that show the stages of a program on its way to bytecode.
  static let stageCommands = [
    Command("tokens", "[PROGRAM]", .expression, "shows the tokens of a program, or the last one") {
      (repl, text) throws(ConsoleError) in
      repl.console.show(TokenDump(try repl.text(text)).text.withoutLastLineEnd)
    },
    Command("tree", "[PROGRAM]", .expression, "shows the syntax tree") {
      (repl, text) throws(ConsoleError) in
      repl.console.show(
        SyntaxDump(Parser.parse(try repl.text(text)).tree).text.withoutLastLineEnd)
    },
    Command("bytecode", "[PROGRAM]", .expression, "shows the bytecode") {
      (repl, text) throws(ConsoleError) in
      let compilation = repl.compile(try repl.text(text))
      repl.show(compilation.diagnostics, in: compilation.source)
      guard let program = compilation.program else { return repl.note(status: 2) }
      repl.console.show(Disassembler.text(of: program).withoutLastLineEnd)
    },
    Command(
      "graph", "[PROGRAM]", .expression, "shows the graph of a program's steps",
      details: "`:graph mermaid` shows that of the last program in the language of Mermaid."
    ) { (repl, text) throws(ConsoleError) in
      let isMermaid = text == "mermaid"
      let compilation = repl.compile(try repl.text(isMermaid ? "" : text))
      guard let module = compilation.module else {
        repl.show(compilation.diagnostics, in: compilation.source)
        return repl.note(status: 2)
      }
      let graph = WorkflowGraph(module)
      repl.console.show(
        (isMermaid ? GraphMermaid.text(of: graph) : GraphOutline.text(of: graph))
          .withoutLastLineEnd)
    },
  ]
}

extension Repl {
  /// The program given behind a command, or the last one.
  func text(_ given: String) throws(ConsoleError) -> SourceFile {
    if !given.isEmpty { return SourceFile(name: "program", text: given) }
    guard let lastText else {
      throw ConsoleError("there was no program yet: write one behind the command")
    }
    return lastText
  }
}

extension String {
  var withoutLastLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }
}
