import LashSystem
import LashToolchain

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A log in the making: each line is in the file as soon as it is written. Only the thread that runs the program
/// writes.
final class LogFile: @unchecked Sendable {
  private let path: String
  private let descriptor: Int32
  private var problem: CannotWrite?

  /// Makes the file, or empties it.
  init(path: String) throws(CannotWrite) {
    self.path = path
    try System.write([], toFile: path)
    descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw CannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
  }

  deinit { close(descriptor) }

  /// Adds text, unless something could not be written before.
  func write(_ text: String) {
    guard problem == nil, !System.write(Array(text.utf8), to: descriptor) else { return }
    problem = CannotWrite(path: path, reason: String(cString: strerror(errno)))
  }

  /// Throws if the log is not complete.
  func finish() throws(CannotWrite) {
    if let problem { throw problem }
  }
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
