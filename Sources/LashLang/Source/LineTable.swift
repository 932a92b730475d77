/// A place in a text as people count: both from 1, columns in Unicode scalars (rule LEX-1).
public struct SourcePosition: Hashable, Sendable {
  /// The line, from 1.
  public var line: Int
  /// The column, from 1, in Unicode scalars.
  public var column: Int
  /// The byte offset.
  public var offset: Int

  /// Makes a position.
  public init(line: Int, column: Int, offset: Int) {
    self.line = line
    self.column = column
    self.offset = offset
  }
}

/// The byte offsets at which lines begin; a line ends with LF or CR LF (rule LEX-2).
public struct LineTable: Sendable {
  /// Offset of the first byte of each line; the first element is 0.
  public let starts: [UInt32]

  /// Finds the line starts of `bytes`. O(n).
  public init(_ bytes: [UInt8]) {
    var starts: [UInt32] = [0]
    for (index, byte) in bytes.enumerated() where byte == 0x0A {
      starts.append(UInt32(truncatingIfNeeded: index + 1))
    }
    self.starts = starts
  }

  /// The 0-based line that holds `offset`. O(log lines).
  public func line(of offset: UInt32) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The bytes of a 0-based line, without its line end.
  public func range(ofLine line: Int, in bytes: [UInt8]) -> Range<Int> {
    let start = Int(starts[line])
    var end = line + 1 < starts.count ? Int(starts[line + 1]) : bytes.count
    if end > start, bytes[end - 1] == 0x0A { end -= 1 }
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  func position(of offset: UInt32, in bytes: [UInt8]) -> SourcePosition {
    let offset = min(Int(offset), bytes.count)
    let line = line(of: UInt32(truncatingIfNeeded: offset))
    var column = 1
    for byte in bytes[Int(starts[line])..<offset] where byte & 0xC0 != 0x80 { column += 1 }
    return SourcePosition(line: line + 1, column: column, offset: offset)
  }
}
