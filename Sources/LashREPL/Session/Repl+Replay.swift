import LashLang
import LashToolchain
import LashVM

extension Repl {
  /// Runs the program of a log again: to its end, or before an entry that stands behind the file's name.
  func replay(_ text: String) throws(ConsoleError) {
    var path = text
    var entry: Int?
    if let space = text.lastIndex(of: " "), let number = Int(text[text.index(after: space)...]) {
      guard number > 0 else { throw ConsoleError("the entries of a log are counted from 1") }
      path = text[..<space].trimmed
      entry = number
    }
    let bytes = try console.read(file: path)
    do {
      let log = try EffectLog(reading: bytes)
      var session = try ReplaySession(log) { [self] value in
        if entry == nil { showPrinted(value) }
      }
      if let entry {
        try session.seek(to: entry - 1)
        console.show(session.state().text.safeForTerminal)
      } else {
        let report = try session.finish()
        show(report.diagnostics, in: log.program.source)
        if let value = report.value { show(value) }
      }
    } catch {
      throw ConsoleError("`\(path)`: \(error)")
    }
  }
}
