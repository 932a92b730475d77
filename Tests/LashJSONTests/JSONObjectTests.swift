import LashJSON
import Testing

@Suite("Objects")
struct JSONObjectTests {
  /// Sizes below, at and beyond the one from which an object has an index.
  static let sizes = [0, 1, 7, 8, 9, 10, 100]

  private func object(of size: Int) -> JSONObject {
    JSONObject((0..<size).map { ("k\($0)", .integer(Int64($0))) })
  }

  @Test("Members are found and keep their order", arguments: sizes)
  func lookup(size: Int) {
    let object = object(of: size)
    #expect(object.count == size)
    #expect(object.isEmpty == (size == 0))
    #expect(object.keys == (0..<size).map { "k\($0)" })
    #expect(object.values == (0..<size).map { .integer(Int64($0)) })
    for (place, member) in object.enumerated() {
      #expect(object[member.key] == .integer(Int64(place)))
      #expect(object[place].key == member.key)
    }
    #expect(object["k\(size)"] == nil)
    #expect(object[""] == nil)
  }

  @Test("Replacing keeps the place, a new key comes last", arguments: sizes)
  func replacing(size: Int) {
    var object = object(of: size)
    for place in 0..<size { object["k\(place)"] = "new" }
    #expect(object.keys == (0..<size).map { "k\($0)" })
    #expect(object.values == Array(repeating: "new", count: size))
    object["last"] = nil
    #expect(object.count == size)
    object["last"] = .null
    #expect(object.keys.last == "last")
    #expect(object["last"] == .some(.null))
  }

  @Test("Removing keeps the order of the rest", arguments: sizes.dropFirst())
  func removing(size: Int) {
    for place in 0..<size {
      var object = object(of: size)
      #expect(object.removeValue(forKey: "k\(place)") == .integer(Int64(place)))
      #expect(object.removeValue(forKey: "k\(place)") == nil)
      #expect(object.keys == (0..<size).filter { $0 != place }.map { "k\($0)" })
      for (key, value) in object { #expect(object[key] == value) }
      object["k\(place)"] = "back"
      #expect(object.keys.last == "k\(place)")
      #expect(object["k\(place)"] == "back")
    }
  }

  @Test("A copy is of its own")
  func copies() {
    let original = object(of: 20)
    var copy = original
    copy["k3"] = "changed"
    copy.removeValue(forKey: "k5")
    #expect(original["k3"] == 3)
    #expect(original["k5"] == 5)
    #expect(copy["k6"] == 6)
  }

  @Test("Equality and hash do not heed the order", arguments: sizes)
  func orderlessEquality(size: Int) {
    let object = object(of: size)
    let reversed = JSONObject(object.reversed().map { ($0.key, $0.value) })
    #expect(object == reversed)
    #expect(object.hashValue == reversed.hashValue)
    var other = object
    other["k0"] = "other"
    #expect(object != other)
    other = object
    other.removeValue(forKey: "k0")
    #expect(size == 0 || object != other)
    other["x"] = 0
    #expect(object != other)
  }

  @Test("A repeated key keeps its first place and its last value")
  func repeatedKeys() {
    let object: JSONObject = ["a": 1, "b": 2, "a": 3]
    #expect(object.keys == ["a", "b"])
    #expect(object.values == [3, 2])
  }

  @Test("Keys are compared by bytes, with and without an index", arguments: [0, 20])
  func exactKeys(others: Int) {
    var object = object(of: others)
    object["\u{E9}"] = 1
    object["e\u{301}"] = 2
    object["\u{212B}"] = 3
    object["A\u{30A}"] = 4
    #expect(object.count == others + 4)
    #expect(object["\u{E9}"] == 1)
    #expect(object["e\u{301}"] == 2)
    #expect(object["\u{212B}"] == 3)
    #expect(object["A\u{30A}"] == 4)
    #expect(object["\u{C5}"] == nil)
  }

  @Test("Many keys that are canonically equivalent do not slow an object down")
  func equivalentKeys() {
    // 2^14 spellings of one text: were they hashed as Swift strings, all would collide.
    var object = JSONObject()
    let count = 1 << 14
    for bits in 0..<count {
      let key = (0..<14).map { bits >> $0 & 1 == 0 ? "\u{E9}" : "e\u{301}" }.joined()
      object[key] = .integer(Int64(bits))
    }
    #expect(object.count == count)
  }
}
