/// A second opinion on what is JSON (RFC 8259), written against the grammar alone and with nothing of
/// the product: it decides, and makes nothing.
struct StrictJSON {
  private let bytes: [UInt8]
  private var place = 0

  /// Whether `bytes` is one JSON value of UTF-8 in which arrays and objects nest at most `depth` deep,
  /// numbers are finite as doubles and strings hold no half of a surrogate pair.
  static func accepts(_ bytes: [UInt8], depth: Int) -> Bool {
    guard String(validating: bytes, as: UTF8.self) != nil else { return false }
    var check = StrictJSON(bytes: bytes)
    return check.document(depth)
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var here: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func eat(_ scalar: Unicode.Scalar) -> Bool {
    guard here == UInt8(ascii: scalar) else { return false }
    place += 1
    return true
  }

  private mutating func blank() {
    while let byte = here, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
  }

  /// What may stand at the present place.
  private enum Wanted {
    case value, valueOrEnd, key, keyOrEnd, commaOrEnd
  }

  private mutating func document(_ depth: Int) -> Bool {
    var open: [UInt8] = []
    var wanted = Wanted.value
    while true {
      blank()
      switch wanted {
      case .value, .valueOrEnd:
        if wanted == .valueOrEnd, eat("]") {
          open.removeLast()
          wanted = .commaOrEnd
        } else if eat("[") {
          open.append(UInt8(ascii: "["))
          wanted = .valueOrEnd
        } else if eat("{") {
          open.append(UInt8(ascii: "{"))
          wanted = .keyOrEnd
        } else {
          guard scalar() else { return false }
          wanted = .commaOrEnd
        }
        if open.count > depth { return false }
      case .key, .keyOrEnd:
        if wanted == .keyOrEnd, eat("}") {
          open.removeLast()
          wanted = .commaOrEnd
          continue
        }
        guard string() else { return false }
        blank()
        guard eat(":") else { return false }
        wanted = .value
      case .commaOrEnd:
        guard let container = open.last else { return place == bytes.count }
        if eat(",") {
          wanted = container == UInt8(ascii: "[") ? .value : .key
        } else {
          guard container == UInt8(ascii: "[") ? eat("]") : eat("}") else { return false }
          open.removeLast()
        }
      }
    }
  }

  private mutating func scalar() -> Bool {
    for word in ["null", "true", "false"] where bytes[place...].starts(with: word.utf8) {
      place += word.utf8.count
      return true
    }
    return here == UInt8(ascii: "\"") ? string() : number()
  }

  private mutating func number() -> Bool {
    let start = place
    _ = eat("-")
    if !eat("0") { guard digits() else { return false } }
    if eat(".") { guard digits() else { return false } }
    if eat("e") || eat("E") {
      if !eat("+") { _ = eat("-") }
      guard digits() else { return false }
    }
    return Double(String(decoding: bytes[start..<place], as: UTF8.self))?.isFinite == true
  }

  private mutating func digits() -> Bool {
    let start = place
    while let byte = here, (0x30...0x39).contains(byte) { place += 1 }
    return place > start
  }

  private mutating func string() -> Bool {
    guard eat("\"") else { return false }
    while let byte = here {
      place += 1
      if byte == UInt8(ascii: "\"") { return true }
      if byte < 0x20 { return false }
      if byte == UInt8(ascii: "\\") { guard escape() else { return false } }
    }
    return false
  }

  private mutating func escape() -> Bool {
    guard let byte = here else { return false }
    place += 1
    if "\"\\/bfnrt".utf8.contains(byte) { return true }
    guard byte == UInt8(ascii: "u"), let first = hex() else { return false }
    switch first {
    case 0xD800..<0xDC00:
      guard eat("\\"), eat("u"), let second = hex() else { return false }
      return (0xDC00..<0xE000).contains(second)
    case 0xDC00..<0xE000: return false
    default: return true
    }
  }

  private mutating func hex() -> UInt32? {
    guard place + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[place..<(place + 4)] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    place += 4
    return value
  }
}
