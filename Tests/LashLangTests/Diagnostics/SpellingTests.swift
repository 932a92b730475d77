import Testing

@testable import LashLang

/// DIA-4: the nearest known name.
@Suite struct SpellingTests {
  private let names = [
    "len", "keys", "values", "contains", "starts_with", "total", "totals", "ab", "x",
  ]

  @Test(
    arguments: [
      ("lenn", "len"), ("lne", "len"), ("kyes", "keys"), ("vals", nil), ("value", "values"),
      ("start_with", "starts_with"), ("startswith", "starts_with"), ("totl", "total"),
      ("totls", "totals"),
      ("conatins", "contains"), ("nothing", nil), ("ba", "ab"), ("y", nil), ("", nil), ("len", nil),
    ] as [(String, String?)])
  func nearest(name: String, expected: String?) {
    #expect(Spelling.closest(to: name, among: names) == expected)
  }

  @Test func theFirstOfEqualsWins() {
    #expect(Spelling.closest(to: "cat", among: ["car", "can", "bat"]) == "car")
    #expect(Spelling.closest(to: "cat", among: ["bat", "car"]) == "bat")
  }

  @Test func longNamesAreLeftAlone() {
    let long = String(repeating: "a", count: 100_000)
    #expect(Spelling.closest(to: long, among: [long + "b"]) == nil)
    #expect(Spelling.closest(to: "aaa", among: [long]) == nil)
  }
}
