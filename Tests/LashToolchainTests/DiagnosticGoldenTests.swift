import Foundation
import LashJSON
import LashLang
import LashToolchain
import Testing

/// What is said about broken programs, each reviewed: title, place, hint, and the program after the
/// repairs. `LASH_RECORD=1 swift test` rewrites the goldens, and fails so that nobody forgets to
/// look at them.
@Suite struct DiagnosticGoldenTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Goldens")

  /// One program of a golden file with what follows its `-----`.
  struct Golden {
    var name: String
    var source: String
    var said: String
  }

  @Test(arguments: ["python-blocks", "python-values", "typescript", "names-and-effects", "mixed"])
  func programs(file: String) throws {
    let url = Self.folder.appendingPathComponent(file + ".txt")
    let text = try String(contentsOf: url, encoding: .utf8)
    let parts = text.components(separatedBy: "\n=== ")
    let goldens = try parts.dropFirst().map(golden)
    #expect(goldens.count >= 15)
    let isRecording = ProcessInfo.processInfo.environment["LASH_RECORD"] != nil
    var recorded = parts[0]
    for golden in goldens {
      let review = try Review(golden.source)
      let actual = review.text
      let isMended =
        review.isMechanical ? review.left.isEmpty : review.left.allSatisfy(\.fixes.isEmpty)
      #expect(isMended, "\(file): \(golden.name): \(review.left)")
      recorded += "\n=== \(golden.name)\n\(golden.source)\n-----\n\(actual)"
      if !isRecording { #expect(actual == golden.said, "\(file): \(golden.name)") }
    }
    if isRecording {
      try (recorded.trimmingCharacters(in: .newlines) + "\n")
        .write(to: url, atomically: true, encoding: .utf8)
      Issue.record("recorded \(file).txt: look at what changed")
    }
  }

  private func golden(_ part: String) throws -> Golden {
    let lines = part.components(separatedBy: "\n")
    let cut = try #require(lines.firstIndex(of: "-----"), "\(lines[0]) has no -----")
    let said = lines[(cut + 1)...].joined(separator: "\n")
    return Golden(
      name: lines[0], source: lines[1..<cut].joined(separator: "\n"),
      said: said.trimmingCharacters(in: .newlines) + "\n")
  }
}

/// The problems of a program, and what becomes of it if all offered repairs are applied.
private struct Review {
  let text: String
  /// Whether every error that was met had a repair.
  private(set) var isMechanical = true
  /// The errors after the repairs.
  private(set) var left: [Diagnostic] = []

  init(_ source: String) throws {
    var surface = HostSurface()
    if source.hasPrefix("#! mock ") {
      let line = source.prefix { $0 != "\n" }.dropFirst("#! mock ".count)
      surface = try MockFile(bytes: Array(line.utf8)).surface
    }
    var current = SourceFile(name: "", text: source)
    var compilation = Compile.program(current, surface: surface)
    var text = Self.list(compilation)
    // Problems of names are found once the text parses, so it may take several rounds.
    for _ in 0..<6 {
      if compilation.diagnostics.contains(where: { $0.severity == .error && $0.fixes.isEmpty }) {
        isMechanical = false
      }
      let fixes = compilation.diagnostics.compactMap { $0.fixes.first }
      if fixes.isEmpty { break }
      current = SourceFile(name: "", bytes: Self.apply(fixes, to: current.bytes))
      compilation = Compile.program(current, surface: surface)
    }
    left = compilation.diagnostics.filter { $0.severity == .error }
    let isMended = current.bytes != Array(source.utf8)
    if isMended {
      let styled = SourceFormatter.format(current)
      text += "----- \(compilation.hasErrors ? "after the repairs" : "mended")\n"
      text += String(decoding: styled.bytes, as: UTF8.self)
      if compilation.hasErrors { text += "----- left\n" + Self.list(compilation) }
    }
    self.text = text
  }

  private static func list(_ compilation: Compilation) -> String {
    compilation.diagnostics.map { problem in
      let place = problem.span.map { compilation.source.position(of: $0.start) }
      let blamed = problem.span.map { compilation.source.text($0) } ?? ""
      var lines = [
        "\(problem.code.rawValue) \(place?.line ?? 0):\(place?.column ?? 0) \(problem.message)",
        "  at   | \(blamed.components(separatedBy: "\n")[0])",
      ]
      if let hint = problem.hint { lines.append("  help | \(hint)") }
      if let fix = problem.fixes.first { lines.append("  fix  | \(fix.title)") }
      return lines.map { $0 + "\n" }.joined()
    }.joined()
  }

  /// Applies repairs from the last to the first; of two that overlap the earlier one wins.
  private static func apply(_ fixes: [FixIt], to bytes: [UInt8]) -> [UInt8] {
    var edits: [SourceEdit] = []
    for fix in fixes {
      let overlaps = fix.edits.contains { edit in
        edits.contains { $0.span.start < edit.span.end && edit.span.start < $0.span.end }
      }
      if !overlaps { edits += fix.edits }
    }
    let order = edits.enumerated().sorted {
      ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset)
    }
    var result = bytes
    for (_, edit) in order.reversed() {
      result.replaceSubrange(
        Int(edit.span.start)..<Int(edit.span.end), with: Array(edit.text.utf8))
    }
    return result
  }
}
