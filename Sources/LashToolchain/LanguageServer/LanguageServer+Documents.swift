import LashJSON
import LashLang

/// Open documents, their changes and their problems.
extension LanguageServer {
  mutating func handleNotification(
    _ method: String, _ parameters: Parameters
  ) throws(ServerError) {
    switch method {
    case "textDocument/didOpen": try open(parameters)
    case "textDocument/didChange": try change(parameters)
    case "textDocument/didClose":
      let uri = try parameters.text("textDocument", "uri")
      documents[uri] = nil
      notifications.append(
        Self.notification(
          "textDocument/publishDiagnostics", ["uri": .string(uri), "diagnostics": []]))
    case "textDocument/didSave", "workspace/didChangeWatchedFiles",
      "workspace/didChangeConfiguration":
      readHostsAgain()
    default: break
    }
  }

  private mutating func open(_ parameters: Parameters) throws(ServerError) {
    let uri = try parameters.text("textDocument", "uri")
    let text = DocumentText(try parameters.text("textDocument", "text"), encoding)
    let version = (try? parameters.integer("textDocument", "version")) ?? 0
    documents[uri] = Document(uri: uri, version: version, text: text, host: host(for: uri))
    dirty.append(uri)
  }

  private mutating func change(_ parameters: Parameters) throws(ServerError) {
    let uri = try parameters.text("textDocument", "uri")
    guard var document = documents.removeValue(forKey: uri) else {
      throw .parameters("`\(uri)` is not open")
    }
    // Changes that came before a bad one count, as they do for the client.
    defer { documents[uri] = document }
    document.version = (try? parameters.integer("textDocument", "version")) ?? document.version
    document.invalidate()
    dirty.append(uri)
    for change in parameters.json["contentChanges"]?.arrayValue ?? [] {
      guard let text = change["text"]?.stringValue else {
        throw .parameters("a change needs `text`")
      }
      var range: Range<Int>?
      if let place = change["range"], !place.isNull {
        range = try parameters.range(in: document.text, of: place)
      }
      document.text.replace(range, by: text)
    }
  }

  /// Reads the settings of all documents anew; those whose host changed are checked again.
  private mutating func readHostsAgain() {
    for uri in documents.keys.sorted() {
      let host = host(for: uri)
      documents[uri]?.host = host
      documents[uri]?.invalidate()
      dirty.append(uri)
    }
  }

  // MARK: Hosts

  /// The host of a document. What is wrong with its settings is shown, as problems of the file and
  /// as a message the first time.
  private mutating func host(for uri: String) -> HostSurface {
    let settings = HostSettings(for: FileURI.path(uri), in: files)
    if let problem = settings.problem {
      show(problem.reason, of: problem.file)
    } else if let file = settings.file, blamed.remove(file) != nil {
      publish(nil, of: file)
    }
    return settings.surface
  }

  private mutating func show(_ reason: String, of file: String) {
    publish(reason, of: file)
    guard blamed.insert(file).inserted else { return }
    notifications.append(
      Self.notification(
        "window/showMessage", ["type": 1, "message": .string("\(file): \(reason)")]))
  }

  private mutating func publish(_ reason: String?, of file: String) {
    let start = TextPosition(line: 0, column: 0).json
    let problems: [JSONValue] =
      reason.map {
        [
          [
            "range": ["start": start, "end": start], "severity": 1, "source": "lash",
            "message": .string($0),
          ]
        ]
      } ?? []
    notifications.append(
      Self.notification(
        "textDocument/publishDiagnostics",
        ["uri": .string(FileURI.uri(file)), "diagnostics": .array(problems)]))
  }

  // MARK: Problems

  /// The problems of a document as a notification.
  mutating func publish(_ uri: String) -> JSONValue {
    let analysis = documents[uri]?.analysis()
    documents[uri]?.isDirty = false
    guard let document = documents[uri], let analysis else { return .null }
    return Self.notification(
      "textDocument/publishDiagnostics",
      [
        "uri": .string(uri), "version": .integer(Int64(document.version)),
        "diagnostics": .array(analysis.module.diagnostics.map { json($0, in: document) }),
      ])
  }

  func json(_ diagnostic: Diagnostic, in document: Document) -> JSONValue {
    var message = diagnostic.message
    if let hint = diagnostic.hint { message += "\n" + hint }
    var object: JSONObject = [
      "range": document.text.range(diagnostic.span ?? .none),
      "severity": diagnostic.severity == .error ? 1 : 2,
      "code": .string(diagnostic.code.rawValue), "source": "lash", "message": .string(message),
    ]
    let related: [JSONValue] = diagnostic.notes.compactMap { note in
      note.span.map { span in
        [
          "location": ["uri": .string(document.uri), "range": document.text.range(span)],
          "message": .string(note.message),
        ]
      }
    }
    if !related.isEmpty { object["relatedInformation"] = .array(related) }
    return .object(object)
  }

  // MARK: Requests

  /// The document that a request is about, with its analysis.
  mutating func analysed(
    _ parameters: Parameters
  ) throws(ServerError) -> (document: Document, analysis: Document.Analysis) {
    let uri = try parameters.text("textDocument", "uri")
    guard let analysis = documents[uri]?.analysis(), let document = documents[uri] else {
      throw .parameters("`\(uri)` is not open")
    }
    return (document, analysis)
  }

  func document(_ parameters: Parameters) throws(ServerError) -> Document {
    let uri = try parameters.text("textDocument", "uri")
    guard let document = documents[uri] else { throw .parameters("`\(uri)` is not open") }
    return document
  }

  /// `lash/documentText`: the text as the server has it, for tests of clients.
  func documentText(_ parameters: Parameters) throws(ServerError) -> JSONValue {
    let document = try document(parameters)
    return [
      "version": .integer(Int64(document.version)),
      "text": .string(String(decoding: document.text.bytes, as: UTF8.self)),
    ]
  }
}
