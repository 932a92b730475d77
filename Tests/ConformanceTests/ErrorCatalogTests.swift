import Foundation
import LashToolchain
import Testing

extension ConformanceTests {
  /// `conformance/ERRORS.md`: every error that the reference lists has a case that says on which line
  /// it is reported, or a reason why there is none.
  @Test("Every error has its case")
  func errorCatalog() throws {
    let text = String(
      decoding: try #require(Self.files.read("conformance/ERRORS.md")), as: UTF8.self)
    let rows = text.split(separator: "\n").map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }.filter { $0.count == 3 && $0[0].contains(".") }
    // As many as the reference's description of its July 2026 state lists.
    let sections = Dictionary(grouping: rows) { $0[0] }.mapValues(\.count)
    #expect(sections == ["2.13": 7, "2.14": 32, "5.9": 42, "6.9": 37])
    let cases = Dictionary(
      uniqueKeysWithValues: try Self.suite.get().cases.map { ($0.id, $0.expectation) })
    var used: Set<String> = []
    for row in rows {
      guard row[2].hasPrefix("`"), !row[2].contains(" ") else {
        #expect(row[2].count > 20, "\(row)")
        continue
      }
      let id = row[2].trimmingCharacters(in: ["`"])
      used.insert(id)
      let expectation = try #require(cases[id], "\(row)")
      #expect(expectation.outcome == "error", "\(row)")
      #expect(expectation.error.line != nil && expectation.error.stage != nil, "\(row)")
      #expect(!expectation.error.contains.isEmpty, "\(row)")
    }
    #expect(cases.keys.filter { $0.hasPrefix("catalog/") && !used.contains($0) } == [])
  }
}
