import LashSystem
import LashToolchain

extension System {
  /// The file system as conformance suites read it.
  static var files: FileTree {
    FileTree(list: list) { path in try? Self.read(path) }
  }
}
