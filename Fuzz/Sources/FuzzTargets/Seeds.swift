import Foundation
import LashJSON
import LashLang
import LashToolchain
import LashVM

extension FuzzTarget {
  /// Bytes to begin with, made from the conformance cases below the repository's `root`.
  public func seeds(root: String) -> [[UInt8]] {
    let files = FileTree(
      list: { try? FileManager.default.contentsOfDirectory(atPath: root + "/" + $0) },
      read: { FileManager.default.contents(atPath: root + "/" + $0).map { [UInt8]($0) } })
    guard
      let suite = try? ConformanceSuite(["conformance", "examples", "spec/language.md"], in: files)
    else { return [] }
    switch self {
    case .json:
      return suite.cases.map { Array($0.request.description.utf8) }
        + Self.jsonTexts.map { Array($0.utf8) }
    case .source: return suite.cases.map { Array($0.source.utf8) }
    case .snapshot: return SnapshotTarget.seeds
    case .program:
      return suite.cases.compactMap { one in
        var setup = RunSetup()
        setup.echoesUnknown = true
        let source = SourceFile(name: "seed", text: one.source)
        return Compile.program(source, surface: setup.surface).program?.encoded(withSource: false)
      }
    }
  }

  private static let jsonTexts = [
    "[1e308, -0, 0.1e-5, 9223372036854775807, 1E+2]", #"{"a":"\ud83d\ude00\n\/","a":[],"":{}}"#,
    " \t\r\n[null,true,false,\"é€😀\"]", "[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]",
  ]
}
