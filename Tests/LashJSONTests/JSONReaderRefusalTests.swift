import LashJSON
import Testing

@Suite("Texts that RFC 8259 does not allow")
struct JSONReaderRefusalTests {
  @Test("are refused with what is wrong and where", arguments: refused)
  func refuses(text: String, message: String) {
    let error = #expect(throws: JSONError.self) { try JSONReader().read(text) }
    #expect(error?.description == message)
  }

  static let refused: [(String, String)] = [
    // Something is missing.
    ("", "expected a value, found end of input at line 1, column 1"),
    (" \n ", "expected a value, found end of input at line 2, column 2"),
    ("[", "expected a value, found end of input at line 1, column 2"),
    ("[1", "expected `,` or `]`, found end of input at line 1, column 3"),
    ("[1,", "expected a value, found end of input at line 1, column 4"),
    ("[\n1,\n  2", "expected `,` or `]`, found end of input at line 3, column 4"),
    ("{", "expected a string key or `}`, found end of input at line 1, column 2"),
    ("{\"a\"", "expected `:` after the key, found end of input at line 1, column 5"),
    ("{\"a\":", "expected a value, found end of input at line 1, column 6"),
    ("{\"a\":1", "expected `,` or `}`, found end of input at line 1, column 7"),
    ("{\"a\":1,", "expected a string key after `,`, found end of input at line 1, column 8"),
    // Something is too much.
    ("[1,]", "expected a value after `,`, found `]` at line 1, column 4"),
    ("[,1]", "expected a value, found `,` at line 1, column 2"),
    ("[1,,2]", "expected a value, found `,` at line 1, column 4"),
    ("{\"a\":1,}", "expected a string key after `,`, found `}` at line 1, column 8"),
    ("{,}", "expected a string key or `}`, found `,` at line 1, column 2"),
    ("1 2", "expected end of input, found `2` at line 1, column 3"),
    ("[]]", "expected end of input, found `]` at line 1, column 3"),
    ("{}x", "expected end of input, found `x` at line 1, column 3"),
    ("]", "expected a value, found `]` at line 1, column 1"),
    ("null,", "expected end of input, found `,` at line 1, column 5"),
    // Something stands in the wrong place.
    ("[1}", "expected `,` or `]`, found `}` at line 1, column 3"),
    ("{\"a\":1]", "expected `,` or `}`, found `]` at line 1, column 7"),
    ("{\"a\" 1}", "expected `:` after the key, found `1` at line 1, column 6"),
    ("{\"a\",1}", "expected `:` after the key, found `,` at line 1, column 5"),
    ("{1:2}", "expected a string key or `}`, found `1` at line 1, column 2"),
    ("{a:1}", "expected a string key or `}`, found `a` at line 1, column 2"),
    ("[\"a\":1]", "expected `,` or `]`, found `:` at line 1, column 5"),
    ("[1 2]", "expected `,` or `]`, found `2` at line 1, column 4"),
    ("\"a\" \"b\"", "expected end of input, found `\"` at line 1, column 5"),
    // Words of other languages.
    ("True", "expected a value, found `True` (write `true`) at line 1, column 1"),
    ("[None]", "expected a value, found `None` (write `null`) at line 1, column 2"),
    ("undefined", "expected a value, found `undefined` (write `null`) at line 1, column 1"),
    (
      "NaN",
      "expected a value, found `NaN` (JSON has no such number; write `null`) at line 1, column 1"
    ),
    ("nul", "expected a value, found `nul` at line 1, column 1"),
    ("truex", "expected a value, found `truex` at line 1, column 1"),
    ("[true1]", "expected a value, found `true1` at line 1, column 2"),
    ("t", "expected a value, found `t` at line 1, column 1"),
    ("'a'", "expected a value, found `'` (strings take double quotes) at line 1, column 1"),
    ("[1, // x\n2]", "expected a value, found `/` (JSON has no comments) at line 1, column 5"),
    ("/**/1", "expected a value, found `/` (JSON has no comments) at line 1, column 1"),
    // Space that is none in JSON.
    ("\u{A0}1", "expected a value, found `\u{A0}` at line 1, column 1"),
    ("\u{B}1", "expected a value, found control character U+000B at line 1, column 1"),
    ("1\u{0}", "expected end of input, found control character U+0000 at line 1, column 2"),
    // Columns count scalars, lines end with a line feed.
    ("[\"é😀\" x]", "expected `,` or `]`, found `x` at line 1, column 7"),
    ("[1,\r\n 😀]", "expected a value, found `😀` at line 2, column 2"),
    // Strings.
    ("\"abc", "this string has no closing `\"` at line 1, column 1"),
    ("[\"abc]", "this string has no closing `\"` at line 1, column 2"),
    ("\"abc\\", "this string has no closing `\"` at line 1, column 1"),
    ("\"abc\\\"", "this string has no closing `\"` at line 1, column 1"),
    ("\"a\nb\"", "control character U+000A in a string; write `\\n` at line 1, column 3"),
    ("\"a\tb\"", "control character U+0009 in a string; write `\\t` at line 1, column 3"),
    ("\"\u{0}\"", "control character U+0000 in a string; write `\\u0000` at line 1, column 2"),
    ("\"\u{1F}\"", "control character U+001F in a string; write `\\u001F` at line 1, column 2"),
    (
      "\"\\x\"",
      "unknown escape in a string; after `\\` comes one of \" \\ / b f n r t u at line 1, column 2"
    ),
    (
      "\"\\U0041\"",
      "unknown escape in a string; after `\\` comes one of \" \\ / b f n r t u at line 1, column 2"
    ),
    ("\"\\u12\"", "`\\u` takes four hexadecimal digits at line 1, column 2"),
    ("\"\\u12g4\"", "`\\u` takes four hexadecimal digits at line 1, column 2"),
    ("\"\\u+123\"", "`\\u` takes four hexadecimal digits at line 1, column 2"),
    ("\"\\u00", "`\\u` takes four hexadecimal digits at line 1, column 2"),
    ("\"a\\ud800\"", "`\\ud800` is half of a surrogate pair and no character at line 1, column 3"),
    ("\"\\ud800x\"", "`\\ud800` is half of a surrogate pair and no character at line 1, column 2"),
    ("\"\\udc00\"", "`\\udc00` is half of a surrogate pair and no character at line 1, column 2"),
    (
      "\"\\ud800\\n\"", "`\\ud800` is half of a surrogate pair and no character at line 1, column 2"
    ),
    (
      "\"\\ud800\\ud800\"",
      "`\\ud800` is half of a surrogate pair and no character at line 1, column 2"
    ),
    (
      "\"\\ud800\\u0041\"",
      "`\\ud800` is half of a surrogate pair and no character at line 1, column 2"
    ),
    (
      "\"\\udc00\\ud800\"",
      "`\\udc00` is half of a surrogate pair and no character at line 1, column 2"
    ),
    ("\"\\ud800\\u12\"", "`\\u` takes four hexadecimal digits at line 1, column 8"),
    // Numbers.
    ("+1", "expected a value, found `+` at line 1, column 1"),
    (".5", "expected a value, found `.` at line 1, column 1"),
    ("-", "expected a digit, found end of input at line 1, column 2"),
    ("-a", "expected a digit, found `a` at line 1, column 2"),
    ("--1", "expected a digit, found `-` at line 1, column 2"),
    ("- 1", "expected a digit, found ` ` at line 1, column 2"),
    ("01", "a number cannot have leading zeros at line 1, column 1"),
    ("[-012]", "a number cannot have leading zeros at line 1, column 2"),
    ("00", "a number cannot have leading zeros at line 1, column 1"),
    ("1.", "expected a digit after `.`, found end of input at line 1, column 3"),
    ("1.e1", "expected a digit after `.`, found `e1` at line 1, column 3"),
    ("1e", "expected a digit after `e`, found end of input at line 1, column 3"),
    ("1e+", "expected a digit after `e`, found end of input at line 1, column 4"),
    ("1E-x", "expected a digit after `e`, found `x` at line 1, column 4"),
    ("1.2.3", "expected end of input, found `.` at line 1, column 4"),
    ("0x10", "expected end of input, found `x10` at line 1, column 2"),
    ("1_000", "expected end of input, found `_000` at line 1, column 2"),
    (
      "-Infinity",
      "expected a digit, found `Infinity` (JSON has no such number; write `null`) at line 1, column 2"
    ),
    ("[1e999]", "number out of range, beyond 1.8e308 at line 1, column 2"),
    ("-1e309", "number out of range, beyond 1.8e308 at line 1, column 1"),
    ("1e99999999999999999999999", "number out of range, beyond 1.8e308 at line 1, column 1"),
  ]

  @Test("Bytes that are not UTF-8 are refused", arguments: notUTF8)
  func refusesInvalidUTF8(string: [UInt8], offset: Int) {
    let bytes = [UInt8(ascii: "\"")] + string + [UInt8(ascii: "\"")]
    let error = #expect(throws: JSONError.self) { try JSONReader().read(bytes) }
    #expect(error?.reason.hasPrefix("invalid UTF-8 byte 0x") == true)
    #expect(error?.position?.offset == offset + 1)
  }

  /// Contents of a string and where in them the first ill-formed sequence begins.
  static let notUTF8: [([UInt8], Int)] = [
    ([0x80], 0), ([0xBF], 0), ([0x61, 0xFF], 1), ([0xFE], 0),  // stray bytes
    ([0xC3], 0), ([0xE2, 0x82], 0), ([0xF0, 0x9F, 0x98], 0),  // cut short
    ([0xC3, 0x28], 0), ([0xE2, 0x28, 0xA1], 0), ([0xE2, 0x82, 0x28], 0),  // broken off
    ([0xF0, 0x28, 0x8C, 0xBC], 0), ([0xF0, 0x90, 0x28, 0xBC], 0), ([0xF0, 0x90, 0x8C, 0x28], 0),
    ([0xC0, 0x80], 0), ([0xC1, 0xBF], 0), ([0xE0, 0x9F, 0xBF], 0),  // overlong
    ([0xF0, 0x8F, 0xBF, 0xBF], 0),
    ([0xED, 0xA0, 0x80], 0), ([0xED, 0xBF, 0xBF], 0),  // surrogates
    ([0xF4, 0x90, 0x80, 0x80], 0), ([0xF5, 0x80, 0x80, 0x80], 0),  // beyond U+10FFFF
    ([0xC3, 0xA9, 0x80], 2), ([0xE4, 0xB8, 0xAD, 0xE4], 3),  // after good ones
  ]

  @Test("A text cut off inside a multi-byte character is refused")
  func cutOff() {
    let error = #expect(throws: JSONError.self) { try JSONReader().read([0x22, 0xF0, 0x9F]) }
    #expect(error?.description == "invalid UTF-8 byte 0xF0 in a string at line 1, column 2")
  }

  @Test("An ill-formed byte outside a string is named")
  func invalidOutsideString() {
    let error = #expect(throws: JSONError.self) { try JSONReader().read([0x5B, 0xFF]) }
    #expect(
      error?.description == "expected a value, found invalid UTF-8 byte 0xFF at line 1, column 2")
  }

  @Test("A byte order mark is refused by name")
  func byteOrderMark() {
    let error = #expect(throws: JSONError.self) { try JSONReader().read("\u{FEFF}{}") }
    #expect(
      error?.description
        == "the JSON text begins with a byte order mark (EF BB BF); remove it at line 1, column 1")
  }

  @Test("Every proper beginning of a text is refused, never misread")
  func beginnings() {
    let text = Array(#"{"a":[1.5e3,"x\u00e9\ud83d\ude00",true,null,{"é":false}],"b":{}}"#.utf8)
    #expect(throws: Never.self) { try JSONReader().read(text) }
    for count in 0..<text.count {
      #expect(throws: JSONError.self) { try JSONReader().read(Array(text[..<count])) }
    }
  }

  @Test("Random damage gives a value or an error within the text, never a crash")
  func damage() throws {
    let seed: UInt64 = 0x6A73_6F6E
    var random = SeededGenerator(seed: seed)
    let text = Array(#"{"a":[1.5e-3,-20,"x\u00e9\ud83d\ude00é",true,null],"b":{"c":false}}"#.utf8)
    var refusals = 0
    for _ in 0..<20_000 {
      var bytes = text
      for _ in 0...Int.random(in: 0...2, using: &random) {
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(bytes[Int.random(in: bytes.indices, using: &random)], at: place)
        }
      }
      do throws(JSONError) {
        let value = try JSONReader().read(bytes)
        #expect(try JSONReader().read(value.description) == value, "seed \(seed)")
      } catch {
        refusals += 1
        let offset = try #require(error.position?.offset, "seed \(seed)")
        #expect(0...bytes.count ~= offset, "seed \(seed)")
      }
    }
    #expect(refusals > 5_000)
  }
}
