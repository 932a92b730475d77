import LashREPL
import LashSystem

/// A session's console on a terminal, or on files and pipes.
final class TerminalConsole: Console {
  /// Whether a person sits there.
  let isInteractive: Bool
  let usesColour: Bool

  init(isInteractive: Bool) {
    self.isInteractive = isInteractive
    usesColour = isInteractive && Terminal.showsColour
  }

  var columns: Int? { isInteractive ? Terminal.columns : nil }

  var isInterrupted: Bool {
    let isPressed = Signals.takeInterrupt()
    // The terminal has shown ^C on the line where the cursor stood.
    if isPressed, isInteractive { System.out("") }
    return isPressed || Signals.endingSignal != 0
  }

  func show(_ text: String) { System.out(text) }
  func report(_ text: String) { isInteractive ? System.out(text) : System.note(text) }
  func now() -> UInt64 { System.now() }

  func ask(_ prompt: String) -> String? {
    guard isInteractive else { return nil }
    switch LineEditor.read(prompt: prompt, severalLines: false) {
    case .text(let bytes): return String(decoding: bytes, as: UTF8.self)
    case .interrupted, .end: return nil
    }
  }

  func read(file path: String) throws(ConsoleError) -> [UInt8] {
    do throws(CannotRead) {
      return try System.read(Terminal.expanded(path))
    } catch {
      throw ConsoleError("\(error)")
    }
  }

  func write(file path: String, _ bytes: [UInt8]) throws(ConsoleError) {
    do throws(CannotWrite) {
      try System.write(bytes, toFile: Terminal.expanded(path))
    } catch {
      throw ConsoleError("\(error)")
    }
  }
}
