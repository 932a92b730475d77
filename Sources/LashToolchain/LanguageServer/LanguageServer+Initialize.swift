import LashJSON
import LashLang

extension LanguageServer {
  /// The command behind the lens "run with mock".
  static let runCommand = "lash.run"

  mutating func initialize(_ parameters: Parameters) -> JSONValue {
    let offered = parameters.json["capabilities"]?["general"]?["positionEncodings"]?.arrayValue
    // Bytes are what the server counts itself.
    encoding = (offered ?? []).contains(.string(PositionEncoding.utf8.rawValue)) ? .utf8 : .utf16
    return [
      "serverInfo": ["name": "lashc", "version": "0.1.0"],
      "capabilities": [
        "positionEncoding": .string(encoding.rawValue),
        "textDocumentSync": ["openClose": true, "change": 2, "save": true],
        "hoverProvider": true,
        "completionProvider": ["triggerCharacters": [".", "{", ","]],
        "signatureHelpProvider": ["triggerCharacters": ["(", ","]],
        "definitionProvider": true,
        "referencesProvider": true,
        "documentHighlightProvider": true,
        "renameProvider": ["prepareProvider": true],
        "documentSymbolProvider": true,
        "semanticTokensProvider": [
          "legend": [
            "tokenTypes": .array(Highlight.Kind.allCases.map { .string($0.rawValue) }),
            "tokenModifiers": ["declaration", "defaultLibrary"],
          ],
          "full": true, "range": true,
        ],
        "inlayHintProvider": true,
        "documentFormattingProvider": true,
        "documentRangeFormattingProvider": true,
        "codeActionProvider": ["codeActionKinds": ["quickfix"]],
        "foldingRangeProvider": true,
        "codeLensProvider": ["resolveProvider": false],
        "executeCommandProvider": ["commands": [.string(Self.runCommand)]],
      ],
    ]
  }
}
