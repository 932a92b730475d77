import ArgumentParser
import LashJSON
import LashLang
import LashSystem
import LashToolchain
import LashVM

extension ParsableCommand {
  /// Shows problems on standard error.
  func show(_ diagnostics: [Diagnostic], in source: SourceFile) {
    guard !diagnostics.isEmpty else { return }
    let renderer = TextRenderer(usesColor: System.showsColour)
    for diagnostic in diagnostics { System.note(renderer.render(diagnostic, in: source)) }
  }

  /// Says what cannot be read and leaves with status 66.
  func refuse(_ error: CannotRead) throws -> Never {
    System.note("lashc: \(error)")
    throw ExitCode(66)
  }
}

extension RunReport {
  /// Prints the report: as one object, or the value on standard output and problems on standard error.
  func show(json: Bool) {
    if json {
      System.out(self.json().description)
      return
    }
    if outcome == .finish, let value { System.out((try? value.text(width: 80)) ?? "") }
    let renderer = TextRenderer(usesColor: System.showsColour)
    for diagnostic in diagnostics { System.note(renderer.render(diagnostic, in: source)) }
    for notice in notices { System.note("note: \(notice)") }
    let ends = runs.compactMap(\.notice)
    for notice in ends.prefix(10) { System.note("note: \(notice)") }
    if ends.count > 10 { System.note("note: and \(ends.count - 10) more; `--json` has all") }
  }
}

extension SourceOptions {
  /// The text of the program.
  func read() throws(CannotRead) -> SourceFile {
    if let text { return SourceFile(name: "-e", text: text) }
    return try SourceFile(reading: file ?? "-")
  }

  /// The program, which may be compiled already: that is told by its first bytes.
  func readProgram() throws(CannotRead) -> Given {
    let text = try read()
    guard self.text == nil, Program.isEncoded(text.bytes) else { return .text(text) }
    do throws(ProgramFormatError) {
      return .compiled(try Program(decoding: text.bytes))
    } catch {
      throw CannotRead(path: file ?? "-", reason: "\(error)")
    }
  }

  /// A program as it was given.
  enum Given {
    case text(SourceFile)
    case compiled(Program)
  }
}

extension SourceFile {
  /// The text of a file; `-` is standard input.
  init(reading path: String) throws(CannotRead) {
    self.init(name: path == "-" ? "stdin" : path, bytes: try System.read(path))
  }
}
