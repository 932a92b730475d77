import Testing

@testable import LashJSON

@Suite("Tree of texts")
struct TextTreeTests {
  /// The tree as a set: the number of each distinct text.
  private struct Numbers {
    var texts: [[UInt8]] = []
    var words: [UInt64] = []

    func find(_ text: [UInt8]) -> Int? {
      guard !texts.isEmpty else { return nil }
      let candidate = TextTree.candidate(words.span, text.span.bytes)
      return texts[candidate] == text ? candidate : nil
    }

    mutating func insert(_ text: [UInt8]) -> Int {
      let number = texts.count
      words += [0, 0]
      defer { texts.append(text) }
      guard number > 0 else {
        var span = words.mutableSpan
        TextTree.start(&span)
        return 0
      }
      let other = texts[TextTree.candidate(words.span, text.span.bytes)]
      guard let bit = TextTree.difference(text.span.bytes, other.span.bytes) else { return -1 }
      var span = words.mutableSpan
      TextTree.insert(&span, number, text.span.bytes, differingAt: bit)
      return number
    }
  }

  @Test("Random texts, prefixes of one another among them, are found by their numbers")
  func random() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<60 {
      var numbers = Numbers()
      var expected: [[UInt8]: Int] = [:]
      for _ in 0..<200 {
        let length = Int(generator.next() % 6)
        let text = (0..<length).map { _ in
          [0, 1, 0x7F, 0x80, 0xFF][Int(generator.next() % 5)] as UInt8
        }
        #expect(numbers.find(text) == expected[text])
        guard expected[text] == nil else { continue }
        expected[text] = numbers.texts.count
        #expect(numbers.insert(text) == expected[text])
      }
      for (text, number) in expected { #expect(numbers.find(text) == number) }
    }
  }

  @Test("Texts that are one within the next: short ones are found at once in a deep tree")
  func nested() {
    var numbers = Numbers()
    let long = [UInt8](repeating: 1, count: 2_000)
    for length in (0...2_000).reversed() { _ = numbers.insert(Array(long[..<length])) }
    #expect(numbers.find([]) == 2_000)
    #expect(numbers.find([1]) == 1_999)
    #expect(numbers.find([2]) == nil)
    #expect(numbers.find(long) == 0)
    #expect(numbers.find(long + [1]) == nil)
  }
}
