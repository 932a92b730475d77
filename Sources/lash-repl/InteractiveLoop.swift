import LashREPL
import LashSystem

/// The loop of a session with a person at the terminal.
enum InteractiveLoop {
  static func run(_ repl: Repl, console: TerminalConsole) {
    var history = Terminal.stateFolder().map { HistoryFile(path: $0 + "/history.jsonl") }
    LineEditor.complete = { repl.completion(of: $0) }
    LineEditor.prepare(history: history?.read() ?? [])
    console.show("lash: `:help` for help, Ctrl-D leaves")
    noteProblem(&history)
    while true {
      switch LineEditor.read(prompt: repl.prompt, severalLines: true) {
      case .end:
        console.show("")
        return
      case .interrupted: continue
      case .text(let bytes):
        guard !InputText.isEmpty(bytes) else { continue }
        let text = String(decoding: bytes, as: UTF8.self)
        if text.utf8.count <= HistoryFile.longestEntry, !text.utf8.contains(0) {
          LineEditor.remember(text)
          history?.add(text)
          noteProblem(&history)
        }
        if case .leave = repl.submit(bytes) { return }
        if Signals.endingSignal != 0 { return }
      }
    }
  }

  /// Says once why history is not kept, and gives up.
  private static func noteProblem(_ history: inout HistoryFile?) {
    guard let problem = history?.problem else { return }
    System.note("history is not kept: \(problem)")
    history = nil
  }
}
