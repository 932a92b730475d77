import Foundation
import LashJSON
import Testing

@testable import LashToolchain

/// The examples of `spec/language.md`: every fenced block marked `lash` runs and ends as its last line
/// says (see the document's preface).
@Suite("Specification")
struct SpecificationTests {
  private static let document = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("spec/language.md")

  struct Example: CustomTestStringConvertible, Sendable {
    let line: Int
    let lines: [String]
    var testDescription: String { "language.md:\(line)" }
  }

  private static let examples: [Example] = {
    guard let text = try? String(contentsOf: document, encoding: .utf8) else { return [] }
    var examples: [Example] = []
    var open: (line: Int, lines: [String])?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if let current = open {
        if line == "```" {
          examples.append(Example(line: current.line, lines: current.lines))
          open = nil
        } else {
          open?.lines.append(String(line))
        }
      } else if line == "```lash" {
        open = (index + 2, [])
      }
    }
    return examples
  }()

  @Test("The document has its examples")
  func present() { #expect(Self.examples.count >= 150) }

  @Test("Example", arguments: examples)
  func holds(_ example: Example) throws {
    let one = try Self.conformanceCase(example)
    if let failure = ConformanceRunner().failure(of: one) { Issue.record("\(failure)") }
  }

  private static func conformanceCase(_ example: Example) throws -> ConformanceCase {
    var one = ConformanceCase(
      id: example.testDescription, place: "spec/\(example.testDescription)")
    var lines = example.lines
    if let first = lines.first, first.hasPrefix("#! mock ") {
      one.mock = try JSONReader().read(String(first.dropFirst(8)))
      lines[0] = ""
    }
    let last = lines.popLast() ?? ""
    try #require(last.hasPrefix("#=> "), "the last line says what happens")
    one.source = lines.joined(separator: "\n")
    let expected = last.dropFirst(4)
    if expected == "continued" {
      one.expectation.outcome = "continued"
    } else if expected.hasPrefix("error ") {
      let parts = expected.split(separator: " ", maxSplits: 2)
      one.expectation.outcome = "error"
      one.expectation.error.stage = String(parts[1])
      let text = try JSONReader().read(String(parts[2]))
      one.expectation.error.contains = [try #require(text.stringValue)]
    } else {
      one.expectation.outcome = "finish"
      one.expectation.value = try JSONReader().read(String(expected))
    }
    return one
  }
}
