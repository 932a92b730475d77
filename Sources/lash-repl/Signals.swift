import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Signals that came in and wait to be seen. The handlers only set flags.
enum Signals {
  private static let interrupted = Atomic<Bool>(false)
  private static let resized = Atomic<Bool>(false)
  private static let resumed = Atomic<Bool>(false)
  private static let ending = Atomic<Int32>(0)

  /// Sets the handlers. System calls that wait return when a signal comes.
  static func install() {
    // The flags must exist before a handler can run.
    _ = (takeInterrupt(), takeResize(), takeResume(), endingSignal)
    on(SIGINT) { _ in Signals.interrupted.store(true, ordering: .relaxed) }
    on(SIGWINCH) { _ in Signals.resized.store(true, ordering: .relaxed) }
    on(SIGCONT) { _ in Signals.resumed.store(true, ordering: .relaxed) }
    for signal in [SIGTERM, SIGHUP] {
      on(signal) { Signals.ending.store($0, ordering: .relaxed) }
    }
  }

  private static func on(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    var action = sigaction()
    #if canImport(Darwin)
      action.__sigaction_u.__sa_handler = handler
    #else
      action.__sigaction_handler.sa_handler = handler
    #endif
    sigaction(signal, &action, nil)
  }

  /// Whether Ctrl-C was pressed since it was last asked.
  static func takeInterrupt() -> Bool { interrupted.exchange(false, ordering: .relaxed) }
  /// Whether the size of the terminal changed since it was last asked.
  static func takeResize() -> Bool { resized.exchange(false, ordering: .relaxed) }
  /// Whether the process was stopped and goes on since it was last asked.
  static func takeResume() -> Bool { resumed.exchange(false, ordering: .relaxed) }
  /// The signal that ends the process, 0 if none came.
  static var endingSignal: Int32 { ending.load(ordering: .relaxed) }
}
