import LashJSON

/// An answer of a server that is none: the code of JSON-RPC or of the protocol, with the reason.
struct ServerError: Error {
  var code: Int
  var message: String

  static func parse(_ reason: String) -> ServerError { .init(code: -32700, message: reason) }
  static func request(_ reason: String) -> ServerError { .init(code: -32600, message: reason) }
  static func method(_ name: String) -> ServerError {
    .init(code: -32601, message: "unknown method `\(name)`")
  }
  static func parameters(_ reason: String) -> ServerError { .init(code: -32602, message: reason) }
  static let notInitialized = ServerError(code: -32002, message: "`initialize` comes first")
  static let cancelled = ServerError(code: -32800, message: "cancelled")
  static func failed(_ reason: String) -> ServerError { .init(code: -32803, message: reason) }

  var json: JSONValue { ["code": .integer(Int64(code)), "message": .string(message)] }
}

/// The parameters of a request, read with errors that name what is missing.
struct Parameters {
  let json: JSONValue

  func text(_ path: String...) throws(ServerError) -> String {
    guard let text = value(path).stringValue else {
      throw .parameters("`\(path.joined(separator: "."))` must be a string")
    }
    return text
  }

  func integer(_ path: String...) throws(ServerError) -> Int {
    guard let value = value(path).integerValue else {
      throw .parameters("`\(path.joined(separator: "."))` must be an integer")
    }
    return Int(value)
  }

  func position(_ name: String, in json: JSONValue? = nil) throws(ServerError) -> TextPosition {
    let place = (json ?? self.json)[name]
    guard let line = place?["line"]?.integerValue, let column = place?["character"]?.integerValue,
      line >= 0, column >= 0
    else { throw .parameters("`\(name)` must be a position: `line` and `character` from 0") }
    return TextPosition(line: Int(line), column: Int(column))
  }

  func range(
    in text: DocumentText, of json: JSONValue? = nil
  ) throws(ServerError) -> Range<Int> {
    let range = Parameters(json: json ?? self.json["range"] ?? .null)
    let start = text.offset(of: try range.position("start"))
    let end = text.offset(of: try range.position("end"))
    return min(start, end)..<max(start, end)
  }

  private func value(_ path: [String]) -> JSONValue {
    path.reduce(json) { $0[$1] ?? .null }
  }
}
