import LashSystem

/// Reads standard input line by line, however long the lines are.
///
/// What exceeds `maximumLength` bytes of a line is skipped, so that one line cannot take all memory.
struct LineReader {
  private let maximumLength: Int
  private var pending: [UInt8] = []
  private var position = 0
  private var isAtEnd = false

  init(maximumLength: Int) {
    self.maximumLength = maximumLength
  }

  /// The next line without its line end, `nil` at the end of the input.
  mutating func next() throws(CannotRead) -> [UInt8]? {
    var line: [UInt8] = []
    var hasBegun = false
    while true {
      if position == pending.count {
        guard !isAtEnd, let chunk = try System.chunk(0, "standard input") else {
          isAtEnd = true
          return hasBegun ? line : nil
        }
        pending = chunk
        position = 0
      }
      hasBegun = true
      let end = pending[position...].firstIndex(of: 0x0A)
      let room = max(0, maximumLength - line.count)
      line += pending[position..<(end ?? pending.count)].prefix(room)
      position = end.map { $0 + 1 } ?? pending.count
      if end != nil { return line }
    }
  }
}
