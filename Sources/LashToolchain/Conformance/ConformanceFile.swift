import LashJSON
import LashVM

/// Reads files of conformance cases; `conformance/README.md` has the format.
public enum ConformanceFile {
  private static let marker = "#! "

  /// The cases of a `.lash` file. `sibling` reads a file beside it, for `#! mock-file`.
  public static func cases(
    _ bytes: [UInt8], path: String, sibling: (String) -> [UInt8]?
  ) throws(ConformanceError) -> [ConformanceCase] {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw ConformanceError(path, "the file is not UTF-8")
    }
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    if lines.last?.isEmpty == true { lines.removeLast() }
    let starts = lines.indices.filter { lines[$0].hasPrefix("#! case ") }
    guard !starts.isEmpty else { throw ConformanceError(path, "the file has no case") }
    var cases: [ConformanceCase] = []
    for (number, start) in starts.enumerated() {
      let end = number + 1 < starts.count ? starts[number + 1] : lines.count
      cases.append(
        try read(lines[start..<end], path: path, number: start + 1, sibling: sibling))
    }
    return cases
  }

  /// The cases of a file in the JSON Lines form, one object a line.
  public static func cases(
    jsonLines bytes: [UInt8], path: String
  ) throws(ConformanceError) -> [ConformanceCase] {
    var cases: [ConformanceCase] = []
    for (index, line) in bytes.split(separator: 0x0A).enumerated() {
      let place = "\(path):\(index + 1)"
      let json = try payload(Array(line), at: place)
      guard let id = json["id"]?.stringValue, let source = json["source"]?.stringValue else {
        throw ConformanceError(place, "a case needs `id` and `source`")
      }
      var found = ConformanceCase(id: id, place: place)
      found.source = source
      if let mock = json["mock"], !mock.isNull { found.mock = mock }
      found.echoesUnknown = json["auto"]?.boolValue ?? false
      found.expectation = try ConformanceCase.Expectation(json["expect"] ?? .null, at: place)
      found.expectation.calls = json["calls"]
      found.expectation.events = json["events"]
      cases.append(found)
    }
    return cases
  }

  /// The case of an example: a program with its mock and the file of its expected result.
  public static func example(
    _ source: [UInt8], path: String, mock: [UInt8]?, expected: [UInt8]
  ) throws(ConformanceError) -> ConformanceCase {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var found = ConformanceCase(id: "example/\(name.dropLast(5))", place: path)
    found.source = String(decoding: source, as: UTF8.self)
    if let mock { found.mock = try payload(mock, at: "\(path.dropLast(5)).mock.json") }
    let place = "\(path.dropLast(5)).expected.json"
    found.expectation = try ConformanceCase.Expectation(
      try payload(expected, at: place), at: place)
    return found
  }

  // MARK: Directives

  private static func read(
    _ lines: ArraySlice<String>, path: String, number: Int, sibling: (String) -> [UInt8]?
  ) throws(ConformanceError) -> ConformanceCase {
    let directives = lines.prefix { $0.hasPrefix(marker) }
    var found = ConformanceCase(id: "", place: "\(path):\(number)")
    var source = lines.dropFirst(directives.count)
    if source.last?.isEmpty == true { source.removeLast() }
    found.source = source.joined(separator: "\n")
    for (offset, line) in directives.enumerated() {
      let place = "\(path):\(number + offset)"
      let parts = line.dropFirst(marker.count).split(separator: " ", maxSplits: 1)
      let rest = parts.count > 1 ? String(parts[1].trimmingWhitespace) : ""
      let name = parts.first.map(String.init) ?? ""
      if name == "mock-file" {
        guard let bytes = sibling(rest) else {
          throw ConformanceError(place, "no file `\(rest)` beside it")
        }
        found.mock = try payload(bytes, at: place)
      } else if name.hasPrefix("source") {
        guard source.isEmpty else { throw ConformanceError(place, "the case has two sources") }
        found.source = try text(name, try payload(rest, at: place), at: place)
      } else {
        try apply(name, rest, to: &found, at: place)
      }
    }
    guard !found.expectation.outcome.isEmpty else {
      throw ConformanceError(found.place, "the case names no outcome")
    }
    if ["finish", "continued"].contains(found.expectation.outcome) {
      found.expectation.prints = found.expectation.prints ?? []
    }
    return found
  }

  private static func apply(
    _ name: String, _ rest: String, to found: inout ConformanceCase, at place: String
  ) throws(ConformanceError) {
    switch name {
    case "case": found.id = rest
    case "from", "rule", "note": break
    case "auto": found.echoesUnknown = true
    case "mock": found.mock = try payload(rest, at: place)
    case "bounds": found.bounds = try payload(rest, at: place).objectValue ?? [:]
    case "prints": found.expectation.prints = try payload(rest, at: place)
    case "calls": found.expectation.calls = try payload(rest, at: place)
    case "events": found.expectation.events = try payload(rest, at: place)
    case "reports", "warns":
      let pattern = ConformanceCase.Pattern(try payload(rest, at: place))
      if name == "reports" {
        found.expectation.reports.append(pattern)
      } else {
        found.expectation.warnings.append(pattern)
      }
    case "finish", "fail", "continued", "error", "exhausted":
      guard found.expectation.outcome.isEmpty else {
        throw ConformanceError(place, "the case has two outcomes")
      }
      found.expectation.outcome = name
      switch name {
      case "finish", "fail": found.expectation.value = try payload(rest, at: place)
      case "error" where !rest.isEmpty:
        found.expectation.error = ConformanceCase.Pattern(try payload(rest, at: place))
      case "exhausted": found.expectation.bound = rest
      default: break
      }
    default: throw ConformanceError(place, "unknown directive `\(name)`")
    }
  }

  /// The source of `#! source` and `#! source-repeat`.
  private static func text(
    _ name: String, _ json: JSONValue, at place: String
  ) throws(ConformanceError) -> String {
    if name == "source", let text = json.stringValue { return text }
    guard name == "source-repeat", let pairs = json.arrayValue else {
      throw ConformanceError(place, "`#! \(name)` needs a string, or pairs of string and count")
    }
    return pairs.map { pair in
      String(repeating: pair[0]?.stringValue ?? "", count: Int(pair[1]?.integerValue ?? 0))
    }.joined()
  }

  private static func payload(
    _ text: String, at place: String
  ) throws(ConformanceError) -> JSONValue {
    try payload(Array(text.utf8), at: place)
  }

  private static func payload(
    _ bytes: [UInt8], at place: String
  ) throws(ConformanceError) -> JSONValue {
    do throws(JSONError) {
      return try JSONReader(maximumDepth: 512).read(bytes)
    } catch {
      throw ConformanceError(place, "\(error)")
    }
  }
}
