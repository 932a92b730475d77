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
  /// The text of the program, for commands that take no compiled one.
  func read() throws(CannotRead) -> SourceFile {
    switch try readProgram() {
    case .text(let text): return text
    case .compiled:
      throw CannotRead(
        path: file ?? "-",
        reason: "it is compiled already: only `lashc run` and `lashc dump` take it so")
    }
  }

  /// The program, which may be compiled already: that is told by its first bytes, or by its name.
  func readProgram() throws(CannotRead) -> Given {
    if let text { return .text(SourceFile(name: "-e", text: text)) }
    let text = try SourceFile(reading: file ?? "-")
    guard Program.isEncoded(text.bytes) || text.name.hasSuffix(".lashb") else {
      return .text(text)
    }
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
