import LashJSON
import LashLang

/// An open document: its text, and what is known of this version of it.
struct Document {
  let uri: String
  var version: Int
  var text: DocumentText
  /// What it is checked against.
  var host: HostSurface
  /// Whether its problems were not sent since it changed.
  var isDirty = true
  private var cache: Analysis?

  /// What checking a text gave.
  struct Analysis {
    let source: SourceFile
    let module: CheckedModule
    let index: SymbolIndex
  }

  init(uri: String, version: Int, text: DocumentText, host: HostSurface) {
    self.uri = uri
    self.version = version
    self.text = text
    self.host = host
  }

  var source: SourceFile { SourceFile(name: FileURI.path(uri) ?? uri, bytes: text.bytes) }

  /// Forgets what was known of an older text or host.
  mutating func invalidate() {
    isDirty = true
    cache = nil
  }

  /// The checked text, worked out once for each version.
  mutating func analysis() -> Analysis {
    if let cache { return cache }
    let source = source
    let parsed = Parser.parse(source)
    let module = CheckModule.check(parsed.tree, host: host, earlier: parsed.diagnostics)
    let analysis = Analysis(source: source, module: module, index: SymbolIndex(module))
    cache = analysis
    return analysis
  }

  func offset(_ parameters: Parameters) throws(ServerError) -> UInt32 {
    UInt32(text.offset(of: try parameters.position("position")))
  }
}

/// `file:` URIs as paths and back.
enum FileURI {
  /// The path of a URI; `nil` if it names no file.
  static func path(_ uri: String) -> String? {
    guard uri.hasPrefix("file://") else { return nil }
    let rest = uri.utf8.dropFirst(7)
    guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    var bytes: [UInt8] = []
    var encoded = rest[slash...]
    while let byte = encoded.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = String(decoding: encoded.prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else { return nil }
      bytes.append(value)
      encoded = encoded.dropFirst(2)
    }
    return bytes.contains(0) ? nil : String(decoding: bytes, as: UTF8.self)
  }

  /// The URI of an absolute path.
  static func uri(_ path: String) -> String {
    var text = "file://"
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"),
        UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "~"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
    return text
  }
}
