/// Makes JSON texts of all shapes: nested, with repeated keys, escapes, scalars of all lengths, and white
/// space in all places.
struct RandomJSON {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func text(depth: Int = 4) -> String { space() + value(depth) + space() }

  private mutating func value(_ depth: Int) -> String {
    switch number(depth > 0 ? 9 : 6) {
    case 0: return ["null", "true", "false"][number(3)]
    case 1: return "\(Int64(bitPattern: generator.next()) >> Int64(number(64)))"
    case 2:
      return ["0.5", "-1e3", "1E-2", "12345678901234567890", "-0", "2.50", "1e300", "0e0"][
        number(8)]
    case 3, 4, 5: return string()
    case 6:
      let items = (0..<length()).map { _ in space() + value(depth - 1) + space() }
      return "[" + space() + items.joined(separator: ",") + space() + "]"
    default:
      let fields = (0..<length()).map { _ in
        space() + key() + space() + ":" + space() + value(depth - 1) + space()
      }
      return "{" + space() + fields.joined(separator: ",") + space() + "}"
    }
  }

  private mutating func key() -> String {
    ["\"a\"", "\"b\"", "\"\\u0061\"", "\"\"", "\"longer key\"", "\"é\""][number(6)]
      .replacing("longer", with: number(2) == 0 ? "longer" : "key \(number(40))")
  }

  private mutating func string() -> String {
    let parts = [
      "a", "plain text", "é", "漢字", "😀", "\\n", "\\\"", "\\\\", "\\u00e9", "\\ud83d\\ude00", "]},:",
    ]
    return "\"" + (0..<length()).map { _ in parts[number(parts.count)] }.joined() + "\""
  }

  private mutating func space() -> String {
    ["", "", "", " ", "\n", "\t\r\n", "          "][number(7)]
  }

  private mutating func length() -> Int { number(8) == 0 ? number(60) : number(5) }

  mutating func number(_ count: Int) -> Int { Int(generator.next() % UInt64(count)) }
}
