import LashSystem
import LashToolchain

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A log in the making: each line is in the file as soon as it is written.
final class LogFile: Sendable {
  private let descriptor: Int32

  /// Makes the file, or empties it.
  init(path: String) throws(CannotWrite) {
    try System.write([], toFile: path)
    descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw CannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
  }

  deinit { close(descriptor) }

  /// Adds text.
  func write(_ text: String) { System.write(Array(text.utf8), to: descriptor) }
}

extension EffectLog {
  /// Reads a log from a file.
  init(readingFile path: String) throws(CannotRead) {
    let bytes = try System.read(path)
    do throws(LogError) {
      self = try EffectLog(reading: bytes)
    } catch {
      throw CannotRead(path: path, reason: "\(error)")
    }
  }
}
