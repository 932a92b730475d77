import Foundation
import LashJSON
import LashLang
import LashToolchain
import Testing

extension ConformanceTests {
  /// Formatting every program of the repository leaves its meaning, and rests after one pass.
  @Test("Formatted", arguments: cases(known: false))
  func formatted(_ one: Named) {
    let source = SourceFile(name: one.content.id, text: one.content.source)
    let once = SourceFormatter.format(source)
    let styled = SourceFile(name: one.content.id, bytes: once.bytes)
    #expect(SourceFormatter.format(styled).bytes == once.bytes)
    guard once.diagnostics.isEmpty else { return }
    #expect(shape(of: styled) == shape(of: source))
    var moved = one.content
    moved.source = String(decoding: once.bytes, as: UTF8.self)
    moved.expectation.error.line = nil
    for index in moved.expectation.reports.indices { moved.expectation.reports[index].line = nil }
    for index in moved.expectation.warnings.indices { moved.expectation.warnings[index].line = nil }
    if let failure = ConformanceRunner().failure(of: moved) { Issue.record("\(failure)") }
  }

  /// The same for the programs that are no cases: benchmarks, fixtures, pages of errors, and programs
  /// as models write them. Those that are broken keep their problems.
  @Test("Formatted, other programs")
  func formattedOthers() throws {
    let programs = try Self.otherPrograms()
    #expect(programs.count > 200)
    for program in programs {
      let source = SourceFile(name: program.name, text: program.text)
      let once = SourceFormatter.format(source)
      let styled = SourceFile(name: program.name, bytes: once.bytes)
      #expect(SourceFormatter.format(styled).bytes == once.bytes, "\(program.name)")
      if once.diagnostics.isEmpty {
        #expect(shape(of: styled) == shape(of: source), "\(program.name)")
      }
      #expect(problems(of: styled) == problems(of: source), "\(program.name)")
    }
  }

  private func problems(of source: SourceFile) -> [String] {
    Compile.program(source, surface: HostSurface()).diagnostics.map {
      "\($0.code.rawValue) \($0.message)"
    }
  }

  private static func otherPrograms() throws -> [(name: String, text: String)] {
    func text(_ path: String) throws -> String {
      String(decoding: try #require(files.read(path), "\(path)"), as: UTF8.self)
    }
    func names(_ folder: String, _ suffix: String) throws -> [String] {
      let names = try #require(files.list(folder), "\(folder)")
      return names.filter { $0.hasSuffix(suffix) }.sorted().map { folder + "/" + $0 }
    }
    var programs: [(name: String, text: String)] = []
    for path in try names("Benchmarks/programs", ".lash")
      + names("Tests/Fixtures/stored/v1", ".lash")
    {
      programs.append((path, try text(path)))
    }
    for path in try names("spec/errors", ".md") {
      for part in try text(path).components(separatedBy: "```lash\n").dropFirst() {
        programs.append((path, part.components(separatedBy: "\n```")[0]))
      }
    }
    for path in try names("Tests/LashToolchainTests/Goldens", ".txt") {
      for part in try text(path).components(separatedBy: "\n=== ").dropFirst() {
        let program = part.components(separatedBy: "\n-----\n")[0]
        programs.append(
          (path, program.components(separatedBy: "\n").dropFirst().joined(separator: "\n")))
      }
    }
    return programs
  }

  /// The dump of the tree without its positions.
  private func shape(of source: SourceFile) -> [[String]] {
    (SyntaxDump(Parser.parse(source).tree).json.arrayValue ?? []).map { node in
      ["depth", "kind", "detail"].map { node[$0]?.description ?? "" }
    }
  }
}
