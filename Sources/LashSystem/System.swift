#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file or folder that cannot be used; exit status 66.
package struct CannotRead: Error, CustomStringConvertible {
  package let path: String
  package let reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  package var description: String { "cannot read `\(path)`: \(reason)" }
}

/// A file that cannot be written; exit status 73.
package struct CannotWrite: Error, CustomStringConvertible {
  package let path: String
  package let reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  package var description: String { "cannot write `\(path)`: \(reason)" }
}

/// The little of the operating system that the tools use.
package enum System {
  /// The bytes of a file; `-` is standard input.
  package static func read(_ path: String) throws(CannotRead) -> [UInt8] {
    guard path != "-" else { return try read(from: 0, "standard input") }
    guard !path.utf8.contains(0) else { throw CannotRead(path: path, reason: "no such name") }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw lastError(path) }
    defer { close(descriptor) }
    return try read(from: descriptor, path)
  }

  /// The bytes of a plain file of at most `limit` bytes, `nil` of anything else. It never waits, as
  /// reading from a pipe or a device might.
  package static func readPlainFile(_ path: String, limit: Int) -> [UInt8]? {
    guard !path.utf8.contains(0) else { return nil }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= limit
    else { return nil }
    return try? read(from: descriptor, path)
  }

  private static func read(
    from descriptor: Int32, _ path: String
  ) throws(CannotRead) -> [UInt8] {
    var bytes: [UInt8] = []
    while let chunk = try chunk(descriptor, path) { bytes += chunk }
    return bytes
  }

  /// The next bytes, `nil` at the end.
  package static func chunk(
    _ descriptor: Int32, _ path: String
  ) throws(CannotRead) -> [UInt8]? {
    while true {
      var count = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
        count = Self.read(descriptor, buffer)
        filled = max(0, count)
      }
      if count > 0 { return bytes }
      if count == 0 { return nil }
      if errno != EINTR { throw lastError(path) }
    }
  }

  private static func read(
    _ descriptor: Int32, _ buffer: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    #if canImport(Darwin)
      Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
      Musl.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  /// Replaces the text of a file that exists.
  package static func replace(_ path: String, by bytes: [UInt8]) throws(CannotRead) {
    let descriptor = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC)
    guard descriptor >= 0 else { throw lastError(path) }
    defer { close(descriptor) }
    guard send(bytes, to: descriptor) else { throw lastError(path) }
  }

  /// The names in a folder, `nil` if it is none.
  package static func list(_ path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(
          to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)
        ) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Writes to standard output (1) or standard error (2); gives up silently if nobody reads.
  @discardableResult
  package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    send(bytes, to: descriptor)
  }

  /// Makes a file of these bytes, or replaces it.
  package static func write(_ bytes: [UInt8], toFile path: String) throws(CannotWrite) {
    guard !path.utf8.contains(0) else { throw CannotWrite(path: path, reason: "no such name") }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw CannotWrite(path: path, reason: lastReason) }
    defer { close(descriptor) }
    guard send(bytes, to: descriptor) else { throw CannotWrite(path: path, reason: lastReason) }
  }

  /// Sends all bytes; whether that went well, else `errno` says why.
  private static func send(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(descriptor, $0) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }

  private static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Darwin)
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #elseif canImport(Musl)
      Musl.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  /// Writes a line to standard output.
  package static func out(_ line: String) {
    write(Array(line.utf8) + [0x0A], to: 1)
  }

  /// Writes a line to standard error.
  package static func note(_ line: String) {
    write(Array(line.utf8) + [0x0A], to: 2)
  }

  /// Whether messages may be coloured: standard error is a terminal and `NO_COLOR` is unset.
  package static var showsColour: Bool {
    guard isatty(2) != 0 else { return false }
    return getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
  }

  /// Whether recorded expectations are to be written anew: `LASH_RECORD=1`.
  package static var isRecording: Bool {
    getenv("LASH_RECORD").map { String(cString: $0) == "1" } ?? false
  }

  /// Nanoseconds of the monotonic clock.
  @Sendable package static func now() -> UInt64 { time(of: CLOCK_MONOTONIC) }

  /// Nanoseconds of CPU time that this process has used.
  @Sendable package static func cpuTime() -> UInt64 { time(of: CLOCK_PROCESS_CPUTIME_ID) }

  private static func time(of clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  private static func lastError(_ path: String) -> CannotRead {
    CannotRead(path: path, reason: lastReason)
  }

  private static var lastReason: String { String(cString: strerror(errno)) }
}
