/// Looks for one text in others, in linear time whatever the texts are: candidates are found by their
/// first byte, and once those lead astray too often, by the two-way algorithm (Crochemore, Perrin 1991).
struct TextSearch {
  let needle: UnsafeBufferPointer<UInt8>
  /// Comparisons of bytes that candidates may still cost; grows as the search moves on.
  private var patience: Int
  private var factorization: Factorization?

  private struct Factorization {
    /// Where the needle is cut in two.
    var cut: Int
    var period: Int
    /// Whether the left part recurs after one period.
    var isPeriodic: Bool
  }

  /// A search for a text of at least one byte, which must live as long.
  init(_ needle: UnsafeBufferPointer<UInt8>, patience: Int = 4_096) {
    self.needle = needle
    self.patience = patience
  }

  /// The byte offset of the first occurrence at or after `start`.
  mutating func first(in text: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
    let last = text.count - needle.count
    var position = start
    while position <= last, factorization == nil {
      guard let candidate = text.firstIndex(of: needle[0], from: position), candidate <= last else {
        return nil
      }
      var matched = 1
      while matched < needle.count, text[candidate + matched] == needle[matched] { matched += 1 }
      if matched == needle.count { return candidate }
      patience += 4 * (candidate + 1 - position) - matched
      position = candidate + 1
      if patience < 0 { factorization = factorize() }
    }
    guard position <= last, let factorization else { return nil }
    return twoWay(text, from: position, factorization)
  }

  private func twoWay(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, _ parts: Factorization
  ) -> Int? {
    let count = needle.count
    let shift =
      parts.isPeriodic ? parts.period : max(parts.cut, count - parts.cut) + 1
    var position = start
    var known = 0
    while position <= text.count - count {
      var right = max(parts.cut, known)
      while right < count, needle[right] == text[position + right] { right += 1 }
      if right < count {
        position += right - parts.cut + 1
        known = 0
        continue
      }
      var left = parts.cut
      while left > known, needle[left - 1] == text[position + left - 1] { left -= 1 }
      if left <= known { return position }
      position += shift
      known = parts.isPeriodic ? count - parts.period : 0
    }
    return nil
  }

  private func factorize() -> Factorization {
    let up = maximalSuffix { $0 < $1 }
    let down = maximalSuffix { $0 > $1 }
    let (cut, period) = up.start > down.start ? up : down
    let isPeriodic =
      cut + period <= needle.count
      && equalBytes(needle.part(0, cut), needle.part(period, period + cut))
    return Factorization(cut: cut, period: period, isPeriodic: isPeriodic)
  }

  /// Where the greatest suffix in an order of bytes begins, and its period.
  private func maximalSuffix(_ precedes: (UInt8, UInt8) -> Bool) -> (start: Int, period: Int) {
    var start = 0
    var candidate = 1
    var offset = 0
    var period = 1
    while candidate + offset < needle.count {
      let a = needle[candidate + offset]
      let b = needle[start + offset]
      if a == b {
        offset += 1
        if offset == period {
          candidate += period
          offset = 0
        }
      } else if precedes(a, b) {
        candidate += offset + 1
        offset = 0
        period = candidate - start
      } else {
        start = candidate
        candidate += 1
        offset = 0
        period = 1
      }
    }
    return (start, period)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The offset of a byte at or after `start`, looked for eight bytes at a time.
  func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    guard let base = baseAddress else { return nil }
    let raw = UnsafeRawPointer(base)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let pattern = ones &* UInt64(byte)
    var position = start
    while position + 8 <= count {
      let word = UInt64(
        littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      let differences = word ^ pattern
      let hits = (differences &- ones) & ~differences & (ones &* 0x80)
      if hits != 0 { return position + hits.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < count {
      if self[position] == byte { return position }
      position += 1
    }
    return nil
  }
}
