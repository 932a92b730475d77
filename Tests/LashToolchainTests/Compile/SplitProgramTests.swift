import Foundation
import LashJSON
import LashLang
import LashVM
import Synchronization
import Testing

@testable import LashToolchain

/// A program that is built by type means the same when each of its statements is a cell of a session
/// (rule HST-7): no cell is refused, none raises a type error, and the last one finishes alike.
///
/// `LASH_TYPED_PROGRAMS` is how many are tried (40), `LASH_TYPED_SEED` the first seed (1).
@Suite struct SplitProgramTests {
  private static func setting(_ name: String, _ normal: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? normal
  }

  /// The statements and declarations of a text whose blocks are indented.
  private func cells(of text: String) -> [String] {
    var cells: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix(" ") || line.hasPrefix("}"), let last = cells.indices.last {
        cells[last] += "\n" + line
      } else {
        cells.append(String(line))
      }
    }
    return cells
  }

  @Test func cellByCell() throws {
    let first = Self.setting("LASH_TYPED_SEED", 1)
    for seed in first..<first + Self.setting("LASH_TYPED_PROGRAMS", 40) {
      var generator = ProgramGenerator(seed: UInt64(seed))
      let text = generator.program()
      let whole = try run(text, mock: generator.mock)
      let problem = try differs(text, generator.mock, from: whole)
      #expect(problem == nil, "seed \(seed):\n\(text)\n\(generator.mock)")
      if problem != nil { return }
    }
  }

  private func differs(_ text: String, _ mock: String, from whole: RunReport) throws -> String? {
    var setup = RunSetup()
    setup.mock = try MockFile(bytes: Array(mock.utf8))
    var session = CompileSession(surface: setup.surface)
    let machineVariables = Mutex<[HostField]>([])
    setup.onHalt = { machine in
      let variables = machine.variables()
      machineVariables.withLock { $0 = variables }
    }
    let parts = cells(of: text)
    for (number, part) in parts.enumerated() {
      let compilation = session.compile(SourceFile(name: "cell \(number)", text: part))
      guard let program = compilation.program, !compilation.hasErrors else {
        return "cell \(number) is refused: \(compilation.diagnostics)"
      }
      let report = Run.report(program, setup)
      if let wrong = report.diagnostics.first(where: { $0.code == .typeError }) {
        return "cell \(number) raises \(wrong)"
      }
      let left = machineVariables.withLock { $0 }
      let hasEnded = report.outcome == .finish || report.outcome == .continued
      session.keep(compilation, assigned: left.map(\.key), hasEnded: hasEnded)
      for field in left {
        setup.globals.removeAll { $0.key == field.key }
        setup.globals.append(field)
      }
      if hasEnded, number < parts.count - 1 { continue }
      // Where the whole stops with an error of a value, so does a cell.
      let isSame =
        report.outcome == whole.outcome && report.jsonValue == whole.jsonValue
        && report.diagnostics.map(\.code)
          == whole.diagnostics.filter { $0.severity == .error }.map(\.code)
      return isSame ? nil : "cell \(number) ends with \(report), not \(whole)"
    }
    return nil
  }
}
