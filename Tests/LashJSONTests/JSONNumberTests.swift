import LashJSON
import Testing

@Suite("Numbers as read")
struct JSONNumberTests {
  @Test("Integers are exact within 64 bits", arguments: integers)
  func integer(text: String, value: Int64) throws {
    #expect(try JSONReader().read(text) == .integer(value))
    #expect(JSONNumber(text) == .integer(value))
  }

  static let integers: [(String, Int64)] = [
    ("0", 0), ("-0", 0), ("7", 7), ("-7", -7),
    ("9007199254740991", 9_007_199_254_740_991), ("9007199254740992", 9_007_199_254_740_992),
    ("9007199254740993", 9_007_199_254_740_993), ("-9007199254740993", -9_007_199_254_740_993),
    ("9223372036854775807", .max), ("-9223372036854775808", .min),
    ("-9223372036854775807", -9_223_372_036_854_775_807),
    ("1000000000000000000", 1_000_000_000_000_000_000),
    // Integral by value: what the nearest double is.
    ("1.0", 1), ("-0.0", 0), ("0e0", 0), ("1e3", 1000), ("1.5e1", 15), ("100e-2", 1), ("-2.0", -2),
    ("9007199254740993.0", 9_007_199_254_740_992), ("1e18", 1_000_000_000_000_000_000),
    ("9223372036854774784.0", 9_223_372_036_854_774_784), ("-9.223372036854775808e18", .min),
    ("-9223372036854775809", .min), ("1e-400", 0), ("-1e-400", 0), ("0e999999999", 0),
  ]

  @Test("All other numbers are doubles", arguments: doubles)
  func double(text: String, value: Double) throws {
    #expect(try JSONReader().read(text) == .double(value))
    #expect(JSONNumber(text) == .double(value))
  }

  static let doubles: [(String, Double)] = [
    ("0.1", 0.1), ("-0.1", -0.1), ("3.14", 3.14), ("1e-7", 1e-7), ("1.5", 1.5),
    ("9223372036854775808", 0x1p63), ("18446744073709551615", 0x1p64),
    ("18446744073709551616", 0x1p64), ("123456789012345678901", 123_456_789_012_345_683_968),
    ("1e19", 1e19), ("9.223372036854775808e18", 0x1p63), ("1e22", 1e22), ("1e23", 1e23),
    ("123456789.123456789e-5", 1234.567_891_234_567_89),
    ("1.7976931348623157e308", .greatestFiniteMagnitude), ("5e-324", .leastNonzeroMagnitude),
    ("2.2250738585072014e-308", .leastNormalMagnitude),
    ("2.2250738585072011e-308", Double(bitPattern: 0x000F_FFFF_FFFF_FFFF)),
    ("9007199254740993.5e-1", 900719925474099.4),
    // Halfway between two doubles goes to the even one, a hair more goes up.
    ("0.500000000000000055511151231257827", 0.5),
    ("0.50000000000000005551115123125782702118158340454102", 0x1.0000_0000_0000_1p-1),
  ]

  @Test("Long texts of digits keep their value")
  func longTexts() throws {
    let zeros = String(repeating: "0", count: 2_000_000)
    #expect(JSONNumber("0." + zeros + "1e2000011") == .integer(10_000_000_000))
    #expect(JSONNumber("1" + zeros + "e-2000000") == .integer(1))
    #expect(JSONNumber("0." + zeros) == .integer(0))
    #expect(JSONNumber("1" + zeros) == nil)
  }

  @Test(
    "What is no JSON number is none",
    arguments: ["", " 1", "1 ", "+1", "01", ".5", "1.", "1e", "0x1", "inf", "nan", "1e999", "١"])
  func noNumber(text: String) {
    #expect(JSONNumber(text) == nil)
  }

  @Test("A double has one canonical form")
  func canonical() {
    #expect(JSONNumber(2.0) == .integer(2))
    #expect(JSONNumber(-0.0) == .integer(0))
    #expect(JSONNumber(-0x1p63) == .integer(.min))
    #expect(JSONNumber(0x1p63) == .double(0x1p63))
    #expect(JSONNumber(0.5) == .double(0.5))
    #expect(JSONNumber(.infinity) == .double(.infinity))
    #expect(JSONValue(3.0) == .integer(3))
    #expect(JSONValue(3.5) == .double(3.5))
  }

  @Test("Every double and integer reads back from its text")
  func roundTrip() {
    let seed: UInt64 = 53
    var random = SeededGenerator(seed: seed)
    for _ in 0..<20_000 {
      let bits = random.next()
      let double = Double(bitPattern: bits)
      if double.isFinite {
        #expect(
          JSONNumber(NumberText.text(double)) == JSONNumber(double), "seed \(seed), \(bits)")
      }
      let integer = Int64(bitPattern: bits) >> Int64.random(in: 0..<64, using: &random)
      #expect(JSONNumber(NumberText.text(integer)) == .integer(integer), "seed \(seed)")
      let short = Double(integer % 1_000_000_000) / 1000
      #expect(JSONNumber(NumberText.text(short)) == JSONNumber(short), "seed \(seed)")
    }
  }
}
