/// Ways to put machine memory to the test. None changes what a program does; all but `none` are slow.
package enum HeapTrial: Sendable {
  /// The ordinary machine.
  case none
  /// Whatever grows, moves: lists, strings, records, registers and frames get no room to spare.
  case moving
  /// Each block is one of its own; a freed one is filled with a pattern, kept for a while, and checked
  /// before it is given back.
  case poison
}

/// Freed blocks, filled with a pattern that no live block has, to find out who still uses them.
///
/// Read as a value the pattern is a pointer into no memory; read as a header, an absurd count of owners.
struct Quarantine {
  private static let pattern: UInt64 = 0xFFFF_DEAD_DEAD_DEAD
  private static let greatestSize = 8 << 20

  private var blocks: [(raw: UnsafeMutableRawPointer, size: Int)] = []
  private var first = 0
  private var size = 0

  /// Takes a block of `size` bytes, a multiple of 8.
  mutating func add(_ raw: UnsafeMutableRawPointer, size: Int) {
    for offset in stride(from: 0, to: size, by: 8) {
      raw.storeBytes(of: Self.pattern, toByteOffset: offset, as: UInt64.self)
    }
    blocks.append((raw, size))
    self.size += size
    while self.size > Self.greatestSize { removeFirst() }
    if first > 1_000, first * 2 > blocks.count {
      blocks.removeFirst(first)
      first = 0
    }
  }

  /// Checks and frees all blocks.
  mutating func empty() {
    while first < blocks.count { removeFirst() }
    blocks = []
    first = 0
  }

  private mutating func removeFirst() {
    let (raw, size) = blocks[first]
    first += 1
    self.size -= size
    for offset in stride(from: 0, to: size, by: 8)
    where raw.load(fromByteOffset: offset, as: UInt64.self) != Self.pattern {
      fatalError("a freed block was written to, \(offset) bytes from its start")
    }
    raw.deallocate()
  }
}
