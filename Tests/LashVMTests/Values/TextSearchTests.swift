import Testing

@testable import LashVM

/// The search against one that tries every place.
struct TextSearchTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func asNaive(seed: UInt64) {
    var random = SplitMix(state: seed)
    for _ in 0..<2_000 {
      // Few letters and short periods, so that candidates often lead astray and nearly match.
      let letters = random.below(3) + 1
      var text: [UInt8] = []
      for _ in 0..<random.below(5) + 1 {
        let period = random.text(random.below(7) + 1, letters)
        for _ in 0..<random.below(12) { text += period }
        text += random.text(random.below(10), letters)
      }
      let from = random.below(text.count + 1)
      var needle = Array(text[from..<min(from + random.below(40), text.count)])
      needle += random.text(needle.isEmpty ? 1 : random.below(2), letters)
      if random.below(4) == 0 { needle[random.below(needle.count)] = 97 }
      let start = random.below(3) == 0 ? random.below(text.count + 1) : 0
      let expected = naive(needle, in: text, from: start)
      let found = search(needle, in: text, from: start, patience: nil)
      let patient = search(needle, in: text, from: start, patience: -1_000_000)
      if found != expected || patient != expected {
        Issue.record(
          "seed \(seed): \(needle) in \(text) from \(start) is at \(String(describing: expected))")
      }
    }
  }

  private func search(
    _ needle: [UInt8], in text: [UInt8], from start: Int, patience: Int?
  ) -> Int? {
    needle.withUnsafeBufferPointer { needle in
      text.withUnsafeBufferPointer { text in
        var search = TextSearch(needle, patience: patience ?? 4_096)
        return search.first(in: text, from: start)
      }
    }
  }

  private func naive(_ needle: [UInt8], in text: [UInt8], from start: Int) -> Int? {
    guard start + needle.count <= text.count else { return nil }
    return (start...(text.count - needle.count)).first { text[$0...].starts(with: needle) }
  }
}

/// Numbers that are the same for the same seed.
struct SplitMix {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((word ^ (word >> 31)) % UInt64(bound))
  }

  mutating func text(_ count: Int, _ letters: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(97 + below(letters)) }
  }
}
