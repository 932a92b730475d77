import Testing

@testable import LashJSON

/// Reading parts of a text gives what reading all of it gives; the reader is the oracle.
@Suite("JSON index")
struct JSONIndexTests {
  @Test("Every part of random texts reads as in the whole", arguments: [1, 2, 3])
  func parts(_ seed: UInt64) throws {
    var random = RandomJSON(seed: seed)
    for round in 0..<300 {
      let text = random.text()
      let index = try JSONIndex(Array(text.utf8))
      let whole = try JSONReader().read(text)
      #expect(
        try Self.value(index.root, in: index) == whole, "seed \(seed), round \(round): \(text)")
    }
  }

  @Test("Keys that were made to collide are found, and count once")
  func colliding() throws {
    // The second half of each key undoes what the first half did to the hash.
    var keys: [[UInt8]] = []
    var seed: UInt64 = 0
    while keys.count < 140 {
      seed += 1
      let first = 0x6161_6161_6161_6161 + (seed & 0xFF) << 32 + seed >> 8 & 0xFFFF
      let product = (0x9E37_79B9_7F4A_7C15 ^ 16 ^ first).multipliedFullWidth(
        by: 0xD6E8_FEB8_6659_FD93)
      let second = product.low ^ product.high ^ 0x0123_4567_89AB_CDEF
      guard second & 0x8080_8080_8080_8080 == 0 else { continue }
      let key = [first, second].flatMap { word in
        (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
      }
      if key.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) { keys.append(key) }
    }
    #expect(Set(keys.map { JSONDirectory.hash($0.span.bytes) }).count == 1)
    let members = (keys + keys.reversed()).enumerated().map { number, key in
      "\"\(String(decoding: key, as: UTF8.self))\": \(number)"
    }
    let index = try JSONIndex(Array("{\(members.joined(separator: ", "))}".utf8))
    let directory = JSONDirectory(index.root, in: index)
    #expect(directory.count == 140)
    for (place, key) in keys.enumerated() {
      #expect(Array(index.text(of: directory.key(at: place))) == key)
      let value = try #require(directory.value(of: key[...]))
      #expect(directory.value(at: place) == value)
      #expect(try Self.value(value, in: index) == .integer(Int64(279 - place)))
    }
    #expect(directory.value(of: Array("no such key".utf8)[...]) == nil)
    #expect(directory.byteCount <= 40 * directory.count)
  }

  /// The value at a node, put together from its parts in several ways that must agree.
  private static func value(_ node: JSONNode, in index: JSONIndex) throws -> JSONValue {
    #expect(index.node(at: node.offset) == node)
    let part = Array(index.bytes[index.range(of: node)])
    let read = try JSONReader().read(part)
    var builder = JSONValueBuilder()
    try index.read(node, into: &builder)
    #expect(builder.value == read)
    guard node.isContainer else {
      switch index.scalar(at: node) {
      case .null: return .null
      case .bool(let value): return .bool(value)
      case .integer(let value): return .integer(value)
      case .double(let value): return .double(value)
      case .string(let utf8): return .string(String(decoding: utf8, as: UTF8.self))
      }
    }
    let directory = JSONDirectory(node, in: index)
    guard index.isObject(node) else {
      var items: [JSONValue] = []
      for member in index.members(of: node) { items.append(try value(member.value, in: index)) }
      #expect(index.memberCount(of: node) == items.count)
      #expect(directory.count == items.count)
      for place in items.indices {
        #expect(try value(directory.value(at: place), in: index) == items[place])
      }
      return .array(items)
    }
    var object = JSONObject()
    for place in 0..<directory.count {
      let key = Array(index.text(of: directory.key(at: place)))
      let name = String(decoding: key, as: UTF8.self)
      let found = try #require(index.value(of: key[...], in: node))
      #expect(directory.value(of: key[...]) == found)
      #expect(directory.value(at: place) == found)
      object[name] = try value(found, in: index)
    }
    let absent = Array("no such key".utf8)[...]
    #expect(directory.value(of: absent) == nil && index.value(of: absent, in: node) == nil)
    #expect(index.members(of: node).map { _ in 1 }.count == index.memberCount(of: node))
    return .object(object)
  }

  @Test("It refuses what the reader refuses, with the same error", arguments: [11, 12, 13, 14])
  func refusals(_ seed: UInt64) throws {
    var random = RandomJSON(seed: seed)
    let spoilers = Array("\"\\{}[],:0.-+eEtn u\u{0}\n".utf8) + [0x80, 0xC3, 0xED, 0xF4, 0xFF]
    var refused = 0
    for round in 0..<2_000 {
      var bytes = Array(random.text(depth: 2).utf8)
      guard !bytes.isEmpty else { continue }
      for _ in 0...random.number(2) {
        let place = random.number(bytes.count)
        switch random.number(3) {
        case 0: bytes[place] = spoilers[random.number(spoilers.count)]
        case 1: bytes.insert(spoilers[random.number(spoilers.count)], at: place)
        default: bytes.removeSubrange(place..<min(place + 1 + random.number(8), bytes.count))
        }
        if bytes.isEmpty { break }
      }
      let expected = Self.error { try JSONReader().read(bytes) }
      let found = Self.error { try JSONIndex(bytes) }
      #expect(
        found == expected, "seed \(seed), round \(round): \(String(decoding: bytes, as: UTF8.self))"
      )
      if expected != nil { refused += 1 }
    }
    #expect(refused > 500 && refused < 2_000)
  }

  @Test(
    "Limits are the reader's",
    arguments: [
      "1e308", "1e309", "-1e309", "1e-999", String(repeating: "9", count: 308),
      String(repeating: "9", count: 310), "0." + String(repeating: "0", count: 400) + "1",
      String(repeating: "9", count: 290) + "e99", String(repeating: "9", count: 90) + "e99",
      String(repeating: "[", count: 128) + String(repeating: "]", count: 128),
      String(repeating: "[", count: 129) + String(repeating: "]", count: 129),
      String(repeating: "{\"a\":", count: 128) + "1" + String(repeating: "}", count: 128),
      String(repeating: "{\"a\":", count: 129) + "1" + String(repeating: "}", count: 129),
      "\u{FEFF}1", "", " ", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\uDBFF\\uDFFF\"",
      "\"\\u00g0\"",
      "truefalse", "nul", "[1 2]", "{\"a\" 1}", "{\"a\":1,}", "[,]", "01", "-", "1.", "1e", "1e+",
    ])
  func limits(_ text: String) {
    let expected = Self.error { try JSONReader().read(text) }
    #expect(Self.error { try JSONIndex(Array(text.utf8)) } == expected)
  }

  private static func error(_ body: () throws -> some Any) -> JSONError? {
    do {
      _ = try body()
      return nil
    } catch {
      return error as? JSONError
    }
  }
}
