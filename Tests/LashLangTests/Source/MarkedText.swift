@testable import LashLang

/// A text with `⟦` and `⟧` around the parts that a test speaks of; the marks are taken out.
struct MarkedText {
  private(set) var source: SourceFile
  /// The marked spans, in order of their opening marks.
  private(set) var spans: [SourceSpan] = []

  init(_ marked: String) {
    var bytes: [UInt8] = []
    var open: [Int] = []
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "⟦":
        open.append(spans.count)
        spans.append(SourceSpan(start: UInt32(bytes.count), end: UInt32(bytes.count)))
      case "⟧":
        if let index = open.popLast() { spans[index].end = UInt32(bytes.count) }
      default: bytes.append(contentsOf: Array(String(scalar).utf8))
      }
    }
    source = SourceFile(name: "test.lash", bytes: bytes)
  }

  /// The problems that parsing finds.
  var problems: [Diagnostic] { Parser.parse(source).diagnostics }
}
