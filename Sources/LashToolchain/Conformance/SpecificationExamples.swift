import LashJSON

/// Reads the examples of the specification: fenced blocks marked `lash` whose last line says what
/// happens, `#=> JSON`, `#=> continued` or `#=> error STAGE "text"`. `spec/language.md`
/// explains them.
public enum SpecificationExamples {
  /// The examples of a Markdown text as cases. Each is named by the rule that it stands under and
  /// its number there, such as `spec/LEX-4/1`.
  public static func cases(
    _ bytes: [UInt8], path: String
  ) throws(ConformanceError) -> [ConformanceCase] {
    var cases: [ConformanceCase] = []
    var rule = "introduction"
    var number = 0
    var block: [String]?
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      let line = String(decoding: line, as: UTF8.self)
      if let lines = block {
        guard line == "```" else {
          block = lines + [line]
          continue
        }
        block = nil
        number += 1
        cases.append(
          try example(
            lines, id: "spec/\(rule)/\(number)", place: "\(path):\(index - lines.count)"))
      } else if line == "```lash" {
        block = []
      } else if line.hasPrefix("**"), let name = line.dropFirst(2).split(separator: " ").first {
        rule = String(name.prefix { $0 != "*" && $0 != "." })
        number = 0
      }
    }
    return cases
  }

  private static func example(
    _ lines: [String], id: String, place: String
  ) throws(ConformanceError) -> ConformanceCase {
    let marker = "#=> "
    guard let last = lines.last, last.hasPrefix(marker) else {
      throw ConformanceError(place, "the example does not end in `#=> …`")
    }
    var example = ConformanceCase(id: id, place: place)
    example.source = lines.joined(separator: "\n")
    let mock = "#! mock "
    if let first = lines.first, first.hasPrefix(mock) {
      example.mock = try read(String(first.dropFirst(mock.count)), at: place)
    }
    let said = last.dropFirst(marker.count)
    if said == "continued" {
      example.expectation.outcome = "continued"
    } else if said.hasPrefix("error") {
      let parts = said.split(separator: " ", maxSplits: 2)
      example.expectation.outcome = "error"
      example.expectation.error.stage = parts.count > 1 ? String(parts[1]) : nil
      if parts.count > 2 {
        guard let text = try read(String(parts[2]), at: place).stringValue else {
          throw ConformanceError(place, "the text of an error is a JSON string")
        }
        example.expectation.error.contains = [text]
      }
    } else {
      example.expectation.outcome = "finish"
      example.expectation.value = try read(String(said), at: place)
    }
    return example
  }

  private static func read(
    _ text: String, at place: String
  ) throws(ConformanceError) -> JSONValue {
    do throws(JSONError) {
      return try JSONReader().read(text)
    } catch {
      throw ConformanceError(place, "\(error)")
    }
  }
}
