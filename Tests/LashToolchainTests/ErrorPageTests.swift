import LashJSON
import LashLang
import LashToolchain
import LashVM
import Testing

/// Every diagnostic code has a page, and its examples do what the page says.
@Suite struct ErrorPageTests {
  /// Codes that a short example cannot bring about.
  private static let withoutExample: Set<DiagnosticCode> = [
    .invalidUTF8, .sourceTooLarge, .nestedTooDeeply, .expressionTooLarge, .bodyTooLarge,
    .tooManyErrors, .hostFailure, .programFailed,
  ]

  private func examples(of page: String) -> [String] {
    page.split(separator: "```lash\n").dropFirst().map { part in
      String(part.split(separator: "\n```")[0])
    }
  }

  /// The codes of all problems of a program that is checked and run.
  private func codes(_ text: String) throws -> [DiagnosticCode] {
    var setup = RunSetup()
    setup.bounds.fuel = 10_000
    if text.hasPrefix("#! mock ") {
      let line = text.prefix { $0 != "\n" }.dropFirst("#! mock ".count)
      setup.mock = try MockFile(bytes: Array(line.utf8))
    }
    return Run.report(SourceFile(name: "", text: text), setup).diagnostics.map(\.code)
  }

  @Test(arguments: DiagnosticCode.allCases)
  func page(of code: DiagnosticCode) throws {
    let page = try #require(Explain.page(of: code), "no page")
    #expect(page.hasPrefix("# \(code.rawValue): "))
    let examples = examples(of: page)
    guard !Self.withoutExample.contains(code) else { return }
    #expect(examples.count == 2, "a page has an example and its repair")
    guard examples.count == 2 else { return }
    // A run-time error may be announced by a warning, and short examples leave variables unread.
    let found = try codes(examples[0]).filter {
      $0 == code || $0.severity == .error && (code.stage != .runtime || $0.stage == .runtime)
        || (code.severity == .warning && $0 != .unusedVariable)
    }
    #expect(found == [code], "\(examples[0])")
    let left = try codes(examples[1]).filter { $0 != .unusedVariable }
    #expect(left == [], "\(examples[1])")
  }

  @Test func names() {
    #expect(Explain.code(named: "e0103") == .chainedComparison)
    #expect(Explain.code(named: "E9999") == nil)
    #expect(Explain.titles.count == DiagnosticCode.allCases.count)
  }
}
