#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Facts about the terminal and the environment.
enum Terminal {
  /// Whether a person sits at both ends.
  static var isInteractive: Bool { isatty(0) != 0 && isatty(1) != 0 }

  /// Whether output may be coloured: it goes to a terminal that is not dumb, and `NO_COLOR` is unset.
  static var showsColour: Bool {
    isatty(1) != 0 && (variable("NO_COLOR") ?? "").isEmpty && variable("TERM") ?? "dumb" != "dumb"
  }

  /// The columns of the terminal, 80 if they are not known.
  static var columns: Int {
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// A variable of the environment.
  static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// A path whose `~` is the home folder.
  static func expanded(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = variable("HOME") else { return path }
    return home + path.dropFirst()
  }

  /// Makes the C library read and write UTF-8, whatever the locale.
  static func useUTF8() {
    setlocale(LC_CTYPE, "")
    if String(cString: nl_langinfo(Int32(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
  }

  /// The folder of this user's state, made if it is missing: `$XDG_STATE_HOME/lash`.
  static func stateFolder() -> String? {
    let home = variable("HOME").map { $0 + "/.local/state" }
    let given = variable("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    guard let folder = given ?? home else { return nil }
    let path = folder + "/lash"
    var end = path.startIndex
    while end < path.endIndex {
      end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
      mkdir(String(path[..<end]), 0o700)
    }
    return path
  }
}
