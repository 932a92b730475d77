import LashJSON
import LashSystem

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What was typed in earlier sessions: one JSON string a line, the oldest first. Sessions that run at
/// once each add theirs.
struct HistoryFile {
  /// The most entries that are kept.
  static let mostEntries = 1_000
  /// Longer entries are not kept.
  static let longestEntry = 1 << 16
  private static let longestFile = 8 << 20

  private let path: String
  /// Why entries cannot be kept, if so.
  private(set) var problem: String?

  init(path: String) {
    self.path = path
  }

  /// The entries of earlier sessions. A damaged line is left out. A long file is cut.
  mutating func read() -> [String] {
    guard access(path, F_OK) == 0 else { return [] }
    let bytes: [UInt8]
    do throws(CannotRead) {
      bytes = try System.read(path)
    } catch {
      problem = "\(error)"
      return []
    }
    var entries: [String] = []
    for line in bytes.suffix(Self.longestFile).split(separator: 0x0A) {
      guard let text = try? JSONReader().read(Array(line)).stringValue else { continue }
      entries.append(text)
    }
    let kept = entries.suffix(Self.mostEntries)
    if entries.count > Self.mostEntries * 2 || bytes.count > Self.longestFile {
      try? System.write(Array(kept.map(Self.line).joined().utf8), toFile: path)
    }
    return Array(kept)
  }

  /// Adds an entry; the first failure sets `problem`, later ones are silent.
  mutating func add(_ entry: String) {
    guard problem == nil, entry.utf8.count <= Self.longestEntry else { return }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      problem = "\(CannotWrite(path: path, reason: String(cString: strerror(errno))))"
      return
    }
    System.write(Array(Self.line(entry).utf8), to: descriptor)
    close(descriptor)
  }

  private static func line(_ entry: String) -> String { JSONValue.string(entry).description + "\n" }
}
