import LashJSON
import LashLang

/// The language server without its pipes: messages in, messages out (Language Server Protocol 3.17).
///
/// The driver hands over all that has arrived, takes answers with `handleNext`, and asks for
/// `analyseNext` only when nothing waits: so a burst of edits is checked once, in its last version,
/// and a request that was cancelled while it waited is never begun. No message makes it fail.
public struct LanguageServer: Sendable {
  /// Where it is in its life: requests are answered while running; after `exit` it is over.
  public enum State: Sendable {
    /// `initialize` has not come yet.
    case new
    /// Requests are answered.
    case running
    /// `shutdown` has come.
    case shutDown
    /// `exit` has come.
    case exited
  }

  /// Where it is in its life.
  public private(set) var state = State.new
  /// The status that the process ends with: 0 after `shutdown`, else 1.
  public private(set) var exitStatus: Int32 = 1

  let files: FileTree
  var encoding = PositionEncoding.utf16
  /// The open documents by URI.
  var documents: [String: Document] = [:]
  /// The URIs of documents that changed, in the order of their changes.
  var dirty: [String] = []
  /// Settings files that problems were shown of.
  var blamed: Set<String> = []
  /// Messages of the server itself, to be sent with the next answer.
  var notifications: [JSONValue] = []
  private var queue: [JSONValue] = []
  private var queueStart = 0
  private var cancelled: Set<JSONValue> = []

  /// A server that reads settings and hosts from `files`.
  public init(files: FileTree) { self.files = files }

  // MARK: Messages

  /// Takes what arrived; the answers to what is no message come back at once.
  public mutating func receive(_ item: MessageFraming.Item) -> [JSONValue] {
    switch item {
    case .malformed(let reason): return [Self.failure(.null, .parse(reason))]
    case .message(let bytes):
      do throws(JSONError) {
        let message = try JSONReader().read(bytes)
        if message["method"]?.stringValue == "$/cancelRequest", let id = message["params"]?["id"] {
          cancel(id)
        } else {
          queue.append(message)
        }
        return []
      } catch {
        return [Self.failure(.null, .parse("the message is no JSON: \(error)"))]
      }
    }
  }

  /// Only what waits can be cancelled; ids of requests that are answered already are not kept.
  private mutating func cancel(_ id: JSONValue) {
    if queue[queueStart...].contains(where: { $0["id"] == id && $0["method"] != nil }) {
      cancelled.insert(id)
    }
  }

  /// Handles one message that waits and gives what is to be sent; `nil` if none waits.
  public mutating func handleNext() -> [JSONValue]? {
    guard queueStart < queue.count, state != .exited else { return nil }
    let message = queue[queueStart]
    queueStart += 1
    if queueStart == queue.count {
      queue.removeAll(keepingCapacity: true)
      queueStart = 0
    }
    var answers = handle(message)
    answers += notifications
    notifications.removeAll()
    return answers
  }

  /// Checks one document that changed and gives its problems; `nil` if none did.
  public mutating func analyseNext() -> [JSONValue]? {
    while !dirty.isEmpty {
      let uri = dirty.removeFirst()
      guard documents[uri]?.isDirty == true else { continue }
      return [publish(uri)]
    }
    return nil
  }

  private mutating func handle(_ message: JSONValue) -> [JSONValue] {
    guard message.objectValue != nil else {
      return [Self.failure(.null, .request("a message is an object"))]
    }
    let id = message["id"]
    guard let method = message["method"]?.stringValue else {
      // An answer of the client to a request of ours needs none.
      if message["result"] != nil || message["error"] != nil { return [] }
      return [Self.failure(id ?? .null, .request("a message needs `method`, a string"))]
    }
    let parameters = Parameters(json: message["params"] ?? .null)
    guard let id else {
      notify(method, parameters)
      return []
    }
    if cancelled.remove(id) != nil { return [Self.failure(id, .cancelled)] }
    do throws(ServerError) {
      let result = try answer(method, parameters)
      return [["jsonrpc": "2.0", "id": id, "result": result]]
    } catch {
      return [Self.failure(id, error)]
    }
  }

  static func failure(_ id: JSONValue, _ error: ServerError) -> JSONValue {
    ["jsonrpc": "2.0", "id": id, "error": error.json]
  }

  static func notification(_ method: String, _ parameters: JSONValue) -> JSONValue {
    ["jsonrpc": "2.0", "method": .string(method), "params": parameters]
  }

  // MARK: Life

  private mutating func answer(
    _ method: String, _ parameters: Parameters
  ) throws(ServerError) -> JSONValue {
    switch (method, state) {
    case ("initialize", .new):
      state = .running
      return initialize(parameters)
    case ("initialize", _): throw .request("`initialize` comes once")
    case (_, .new): throw .notInitialized
    case ("shutdown", .running):
      state = .shutDown
      return .null
    case (_, .running): return try answerRequest(method, parameters)
    default: throw .request("after `shutdown` only `exit` may come")
    }
  }

  private mutating func notify(_ method: String, _ parameters: Parameters) {
    switch method {
    case "exit":
      if case .shutDown = state { exitStatus = 0 }
      state = .exited
    default:
      guard case .running = state else { return }
      do throws(ServerError) {
        try handleNotification(method, parameters)
      } catch {
        log("\(method): \(error.message)")
      }
    }
  }

  mutating func log(_ text: String) {
    notifications.append(
      Self.notification("window/logMessage", ["type": 2, "message": .string(text)]))
  }

  /// Answers a request while running.
  private mutating func answerRequest(
    _ method: String, _ parameters: Parameters
  ) throws(ServerError) -> JSONValue {
    switch method {
    case "textDocument/hover": try hover(parameters)
    case "textDocument/completion": try completion(parameters)
    case "textDocument/signatureHelp": try signatureHelp(parameters)
    case "textDocument/definition": try definition(parameters)
    case "textDocument/references": try references(parameters)
    case "textDocument/documentHighlight": try documentHighlight(parameters)
    case "textDocument/prepareRename": try prepareRename(parameters)
    case "textDocument/rename": try rename(parameters)
    case "textDocument/documentSymbol": try documentSymbol(parameters)
    case "textDocument/semanticTokens/full": try semanticTokens(parameters, isRange: false)
    case "textDocument/semanticTokens/range": try semanticTokens(parameters, isRange: true)
    case "textDocument/inlayHint": try inlayHint(parameters)
    case "textDocument/formatting": try formatting(parameters, isRange: false)
    case "textDocument/rangeFormatting": try formatting(parameters, isRange: true)
    case "textDocument/codeAction": try codeAction(parameters)
    case "textDocument/foldingRange": try foldingRange(parameters)
    case "textDocument/codeLens": try codeLens(parameters)
    case "workspace/executeCommand": try executeCommand(parameters)
    case "lash/documentText": try documentText(parameters)
    default: throw .method(method)
    }
  }
}
