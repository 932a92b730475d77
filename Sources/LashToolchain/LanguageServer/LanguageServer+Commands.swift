import LashJSON
import LashLang
import LashVM

/// Running a program from its editor.
extension LanguageServer {
  /// Fuel of such a run: a fraction of a second, since the server waits for it.
  private static let fuel = 20_000_000

  func codeLens(_ parameters: Parameters) throws(ServerError) -> JSONValue {
    let document = try document(parameters)
    guard !document.text.bytes.isEmpty else { return [] }
    let start = TextPosition(line: 0, column: 0).json
    let hasMock = HostSettings(for: FileURI.path(document.uri), in: files).mock != nil
    return [
      [
        "range": ["start": start, "end": start],
        "command": [
          "title": .string(hasMock ? "Run with mock" : "Run"),
          "command": .string(Self.runCommand), "arguments": [.string(document.uri)],
        ],
      ]
    ]
  }

  mutating func executeCommand(_ parameters: Parameters) throws(ServerError) -> JSONValue {
    let command = try parameters.text("command")
    guard command == Self.runCommand else { throw .parameters("unknown command `\(command)`") }
    guard let uri = parameters.json["arguments"]?[0]?.stringValue else {
      throw .parameters("`\(Self.runCommand)` takes the URI of a document")
    }
    guard let document = documents[uri] else { throw .parameters("`\(uri)` is not open") }
    let settings = HostSettings(for: FileURI.path(uri), in: files)
    var setup = RunSetup()
    if let mock = settings.mock { setup.mock = mock }
    setup.bounds.fuel = Self.fuel
    let report = Run.report(document.source, setup)
    show(report)
    return report.json()
  }

  private mutating func show(_ report: RunReport) {
    var lines = report.prints.prefix(20).map(\.description)
    if report.prints.count > 20 { lines.append("…") }
    switch report.outcome {
    case .finish: lines.append("finish \(report.jsonValue.description)")
    case .continued: lines.append("ended without `finish`")
    case .fail, .error, .exhausted:
      lines += report.diagnostics.prefix(3).map { "\($0.code.rawValue): \($0.message)" }
    }
    let text = String(lines.joined(separator: "\n").prefix(4_000))
    let isGood = report.outcome == .finish || report.outcome == .continued
    notifications.append(
      Self.notification(
        "window/showMessage", ["type": isGood ? 3 : 1, "message": .string(text)]))
  }
}
