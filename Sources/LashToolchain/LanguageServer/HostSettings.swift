import LashJSON
import LashLang

/// What the `lash.json` beside or above a program says about its host:
/// `{"host": "path"}` or `{"mock": "path"}`, paths relative to its folder.
struct HostSettings {
  static let fileName = "lash.json"

  /// What the program is checked against.
  var surface = HostSurface()
  /// The mock that it is run with, if there is one.
  var mock: MockFile?
  /// The settings file that counts, if there is one.
  var file: String?
  /// What is wrong with the settings or what they name: the file to blame, and the reason.
  var problem: (file: String, reason: String)?

  /// Reads the settings for the program at a path.
  init(for path: String?, in files: FileTree) {
    guard let path, let found = Self.find(for: path, in: files) else { return }
    file = found.file
    do throws(MockError) {
      try read(found.bytes, in: Self.folder(of: found.file), files)
    } catch {
      problem = (found.file, error.description)
    }
  }

  /// The nearest settings file, from the folder of the program upwards.
  private static func find(
    for path: String, in files: FileTree
  ) -> (file: String, bytes: [UInt8])? {
    var folder = folder(of: path)
    for _ in 0..<100 {
      let file = folder + "/" + fileName
      if let bytes = files.read(file) { return (file, bytes) }
      if folder.isEmpty { return nil }
      folder = Self.folder(of: folder)
    }
    return nil
  }

  /// The folder of a path without a slash at its end; the root is the empty text.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  private mutating func read(
    _ bytes: [UInt8], in folder: String, _ files: FileTree
  ) throws(MockError) {
    let root = try JSONPlace(text: bytes)
    try root.allow(["host", "mock"])
    if let place = root.member("mock") {
      let read = try Self.file(place, folder, files)
      do throws(MockError) {
        let mock = try MockFile(bytes: read.bytes)
        self.mock = mock
        surface = mock.surface
      } catch {
        throw MockError(at: place.path, "`\(read.name)` is no mock: \(error)")
      }
    }
    if let place = root.member("host") {
      let read = try Self.file(place, folder, files)
      do throws(MockError) {
        surface = try SurfaceFile.read(read.bytes)
      } catch {
        throw MockError(at: place.path, "`\(read.name)` is no host file: \(error)")
      }
    }
  }

  private static func file(
    _ place: JSONPlace, _ folder: String, _ files: FileTree
  ) throws(MockError) -> (name: String, bytes: [UInt8]) {
    let name = try place.text("a path")
    guard let bytes = files.read(name.hasPrefix("/") ? name : folder + "/" + name) else {
      throw MockError(at: place.path, "cannot read `\(name)`")
    }
    return (name, bytes)
  }
}
