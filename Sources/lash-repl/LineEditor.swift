@preconcurrency import CReadline
import LashLang
import LashREPL
import LashSystem

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Edits one input at a time with GNU readline, which has one state for the whole process.
///
/// An input may have several lines: Enter goes on to a new line while brackets, strings or blocks are
/// open, and pasted text is taken as a whole.
enum LineEditor {
  /// What came of editing.
  enum Input {
    /// An input, not always UTF-8.
    case text([UInt8])
    /// Ctrl-C: what was typed is dropped.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal is gone.
    case end
  }

  /// What a key or readline itself decided about the input that is edited.
  private enum Progress {
    case editing
    case accepted([UInt8])
    case ended
  }

  nonisolated(unsafe) private static var progress = Progress.editing
  /// Whether Enter asks for more while the input is unfinished.
  nonisolated(unsafe) private static var takesSeveralLines = true
  /// Finds completions for the input up to the cursor.
  nonisolated(unsafe) static var complete: (_ text: String) -> InputCompletion = { _ in
    InputCompletion()
  }

  /// Sets readline up; once, before the first read.
  static func prepare(history: [String]) {
    rl_readline_name = UnsafePointer(strdup("lash"))
    rl_catch_signals = 0
    rl_catch_sigwinch = 0
    rl_completion_query_items = 200
    rl_attempted_completion_function = { _, start, end in
      LineEditor.completions(Int(start), Int(end))
    }
    rl_completion_word_break_hook = {
      LineEditor.wordBreaks()
    }
    rl_initialize()
    let enter: @convention(c) (Int32, Int32) -> Int32 = { _, _ in
      LineEditor.enter()
    }
    let newLine: @convention(c) (Int32, Int32) -> Int32 = { _, _ in
      rl_insert_text("\n")
      return 0
    }
    for name in ["emacs-standard", "vi-insert", "vi-move"] {
      guard let map = rl_get_keymap_by_name(name) else { continue }
      rl_bind_key_in_map(0x0D, enter, map)
      rl_bind_key_in_map(0x0A, enter, map)
    }
    for key in "}])".utf8 {
      rl_bind_key(Int32(key)) { count, key in LineEditor.close(count, key) }
    }
    rl_bind_keyseq("\\e\\C-m", newLine)
    rl_bind_keyseq("\\e[200~") { _, _ in LineEditor.paste() }
    for keys in ["\\e[A", "\\eOA"] { rl_bind_keyseq(keys) { _, _ in LineEditor.move(lines: -1) } }
    for keys in ["\\e[B", "\\eOB"] { rl_bind_keyseq(keys) { _, _ in LineEditor.move(lines: 1) } }
    using_history()
    stifle_history(Int32(HistoryFile.mostEntries))
    for entry in history { add_history(entry) }
  }

  /// Adds to what the arrow keys bring back.
  static func remember(_ entry: String) {
    if history_length > 0, let last = history_get(history_base + history_length - 1),
      String(cString: last.pointee.line) == entry
    {
      return
    }
    add_history(entry)
  }

  /// Reads one input. `prompt` may have colours.
  static func read(prompt: String, severalLines: Bool) -> Input {
    progress = .editing
    takesSeveralLines = severalLines
    _ = Signals.takeInterrupt()
    rl_callback_handler_install(marked(prompt)) { line in LineEditor.finish(line) }
    defer { rl_callback_handler_remove() }
    while true {
      var descriptor = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
      var ready: Int32 = 1
      if typedAhead.isEmpty {
        ready = poll(&descriptor, 1, -1)
      } else {
        rl_stuff_char(Int32(typedAhead.removeFirst()))
      }
      if ready > 0 { rl_callback_read_char() }
      switch progress {
      case .editing: break
      case .accepted(let bytes): return .text(bytes)
      case .ended: return .end
      }
      if Signals.endingSignal != 0 { return .end }
      if Signals.takeInterrupt() {
        drop()
        return .interrupted
      }
      if Signals.takeResize() { rl_resize_terminal() }
      if Signals.takeResume() {
        rl_prep_terminal(1)
        rl_forced_update_display()
      }
      if ready < 0, errno != EINTR { return .end }
    }
  }

  /// Tells readline which parts of the prompt take no room.
  private static func marked(_ prompt: String) -> String {
    var result = ""
    var isEscape = false
    for scalar in prompt.unicodeScalars {
      if scalar == "\u{1B}" {
        isEscape = true
        result.unicodeScalars.append("\u{01}")
      }
      result.unicodeScalars.append(scalar)
      if isEscape, scalar == "m" {
        isEscape = false
        result.unicodeScalars.append("\u{02}")
      }
    }
    return result
  }

  /// readline's own end of an input: end of file, or a command that accepts the line.
  private static func finish(_ line: UnsafeMutablePointer<CChar>?) {
    defer { free(line) }
    rl_callback_handler_remove()
    guard let line else { return progress = .ended }
    progress = .accepted(bytes(UnsafePointer(line), count: strlen(line)))
  }

  private static func drop() {
    rl_free_line_state()
    rl_callback_sigcleanup()
    rl_point = rl_end
    rl_redisplay()
    rl_replace_line("", 1)
    System.write(Array("^C\n".utf8), to: 1)
  }

  // MARK: The text

  private static func bytes(_ pointer: UnsafePointer<CChar>, count: Int) -> [UInt8] {
    UnsafeRawBufferPointer(start: pointer, count: count).map { $0 }
  }

  private static var buffer: [UInt8] {
    guard let line = rl_line_buffer else { return [] }
    return bytes(line, count: Int(rl_end))
  }

  private static var hasMoreInput: Bool {
    if !typedAhead.isEmpty { return true }
    var descriptor = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, 0) > 0
  }

  /// Enter: accepts the input, or goes on to a new line.
  private static func enter() -> Int32 {
    let text = buffer
    guard takesSeveralLines, let open = InputText.unfinished(text) else {
      return rl_newline(1, 0x0A)
    }
    rl_insert_text("\n")
    // Text that comes by itself has its own indentation.
    if open == .code, !hasMoreInput {
      rl_insert_text(InputText.indentation(after: text.prefix(Int(rl_point) - 1)))
    }
    return 0
  }

  /// A closing bracket that begins a line stands two columns before what it closes off.
  private static func close(_ count: Int32, _ key: Int32) -> Int32 {
    let text = buffer.prefix(Int(rl_point))
    let lineStart = text.lastIndex(of: 0x0A).map { $0 + 1 }
    if let lineStart, text.count - lineStart >= 2, text[lineStart...].allSatisfy({ $0 == 0x20 }),
      !hasMoreInput, InputText.unfinished(Array(text)) == .code
    {
      rl_delete_text(rl_point - 2, rl_point)
      rl_point -= 2
    }
    return rl_insert(count, key)
  }

  /// Up and down move between the lines of the input first, then through the history.
  private static func move(lines: Int) -> Int32 {
    let text = buffer
    let cursor = min(Int(rl_point), text.count)
    guard let target = InputText.cursor(in: text, from: cursor, movedBy: lines) else {
      return lines < 0 ? rl_get_previous_history(1, 0) : rl_get_next_history(1, 0)
    }
    rl_point = Int32(target)
    return 0
  }

  // MARK: Pasting

  /// What came behind pasted text in the same read.
  nonisolated(unsafe) private static var typedAhead: [UInt8] = []

  /// Takes pasted text as a whole; readline itself would read it byte by byte.
  private static func paste() -> Int32 {
    let end = Array("\u{1B}[201~".utf8)
    var text: [UInt8] = []
    while let chunk = try? System.chunk(0, "the terminal") {
      let searched = max(text.count - end.count, 0)
      text += chunk
      guard let found = text[searched...].firstRange(of: end) else { continue }
      typedAhead = Array(text[found.upperBound...])
      text.removeLast(text.count - found.lowerBound)
      break
    }
    insert(text)
    return 0
  }

  /// Inserts text with the line ends that programs have.
  private static func insert(_ text: [UInt8]) {
    var plain: [CChar] = []
    plain.reserveCapacity(text.count + 1)
    var previous: UInt8 = 0
    for byte in text where byte != 0 {
      if !(byte == 0x0A && previous == 0x0D) {
        plain.append(CChar(bitPattern: byte == 0x0D ? 0x0A : byte))
      }
      previous = byte
    }
    plain.append(0)
    rl_insert_text(plain)
  }

  // MARK: Completion

  /// Which characters part words depends on what is completed.
  private static func wordBreaks() -> UnsafeMutablePointer<CChar>? {
    let before = String(decoding: buffer.prefix(Int(rl_point)), as: UTF8.self)
    return complete(before).isFile ? fileBreaks : nameBreaks
  }

  nonisolated(unsafe) private static let fileBreaks = strdup(" \t\n")
  nonisolated(unsafe) private static let nameBreaks = strdup(
    " \t\n\"'`@$><=;|&{}(),.[]+-*/%!?:#~^\\")

  private static func completions(
    _ start: Int, _ end: Int
  ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    let before = String(decoding: buffer.prefix(end), as: UTF8.self)
    let completion = complete(before)
    // Without this readline would offer files everywhere.
    rl_attempted_completion_over = completion.isFile ? 0 : 1
    guard !completion.isFile, !completion.candidates.isEmpty else { return nil }
    let suffix = completion.candidates.count == 1 ? completion.candidates[0].suffix : nil
    rl_completion_append_character = Int32(suffix ?? 0)
    let texts = completion.candidates.map(\.text)
    // The first entry replaces the word, the others are shown.
    let list = [commonPrefix(texts)] + (texts.count > 1 ? texts : [])
    let result = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
      capacity: list.count + 1)
    for (index, text) in list.enumerated() { result[index] = strdup(text) }
    result[list.count] = nil
    return result
  }

  private static func commonPrefix(_ texts: [String]) -> String {
    var common = Array(texts.first.map { Array($0.utf8) } ?? [])
    for text in texts {
      let matching = zip(common, text.utf8).prefix { $0 == $1 }.count
      common.removeLast(common.count - matching)
    }
    return String(decoding: common, as: UTF8.self)
  }
}
