import LashJSON
import LashLang
import LashToolchain
import LashVM

/// A whole session as bytes: variables, declarations, host and runs (`:snapshot`, `:restore`).
///
/// One JSON object, with its version and the SHA-256 of the rest. The runs are a scheduler's snapshot, which
/// is bound to the programs by their identity; these are in the file too.
struct SessionFile {
  static let version: Int64 = 1
  /// Larger files are not read.
  static let mostBytes = 256 << 20

  var cellCount: Int
  var fuel: Int
  var cells: [String]
  var declarations: [String]
  var variables: [HostField]
  var mock: JSONValue
  var asksPerson: Bool
  /// Arguments of the calls that made the triggers, with their operations.
  var triggers: [(operation: String, argument: HostValue)]
  var programs: [[UInt8]]
  var scheduler: [UInt8]

  // MARK: Writing

  func bytes() throws(JSONError) -> [UInt8] {
    var object = JSONObject()
    object["cell_count"] = .integer(Int64(cellCount))
    object["fuel"] = .integer(Int64(fuel))
    object["cells"] = .array(cells.map { .string($0) })
    object["declarations"] = .array(declarations.map { .string($0) })
    object["variables"] = try JSONValue(exactly: .record(variables))
    object["mock"] = mock
    object["asks"] = .bool(asksPerson)
    var calls: [JSONValue] = []
    for call in triggers {
      calls.append([.string(call.operation), try JSONValue(exactly: call.argument)])
    }
    object["triggers"] = .array(calls)
    object["programs"] = .array(programs.map { .string(SHA256.hexText($0)) })
    object["scheduler"] = .string(SHA256.hexText(scheduler))
    let content = JSONValue.object(object)
    let whole: JSONValue = [
      "lash_session": .integer(Self.version),
      "sum": .string(SHA256.hexHash(try CanonicalJSON.bytes(of: content))), "session": content,
    ]
    return Array(whole.description.utf8) + [0x0A]
  }

}

extension SessionFile {
  /// Reads what `bytes()` wrote; says of anything else why it is refused.
  init(_ bytes: [UInt8]) throws(ConsoleError) {
    guard bytes.count <= Self.mostBytes else {
      throw ConsoleError("the file has more than \(Self.mostBytes) bytes")
    }
    let whole: JSONValue
    do throws(JSONError) {
      whole = try JSONReader(maximumBytes: Self.mostBytes).read(bytes)
    } catch {
      throw ConsoleError("it is no session: \(error)")
    }
    guard let version = whole["lash_session"]?.integerValue else {
      throw ConsoleError("it is no session: `lash_session` is missing")
    }
    guard version == Self.version else {
      throw ConsoleError("it has version \(version), this prompt reads version \(Self.version)")
    }
    let content = whole["session"] ?? .null
    guard let sum = try? SHA256.hexHash(CanonicalJSON.bytes(of: content)),
      whole["sum"]?.stringValue == sum
    else { throw ConsoleError("it is damaged: its check sum is another") }
    func part<Value>(_ key: String, _ read: (JSONValue) -> Value?) throws(ConsoleError) -> Value {
      guard let value = content[key].flatMap(read) else {
        throw ConsoleError("it is damaged: `\(key)` is missing or no such thing")
      }
      return value
    }
    cellCount = try part("cell_count") { $0.integerValue.flatMap { Int(exactly: $0) } }
    fuel = try part("fuel") { $0.integerValue.flatMap { Int(exactly: $0) } }
    cells = try part("cells", Self.texts)
    declarations = try part("declarations", Self.texts)
    variables = try part("variables") {
      guard case .record(let fields)? = try? HostValue(exactly: $0) else { return nil }
      return fields
    }
    mock = try part("mock") { $0.objectValue == nil ? nil : $0 }
    asksPerson = try part("asks", \.boolValue)
    triggers = try part("triggers") { value in
      guard let calls = value.arrayValue else { return nil }
      var read: [(operation: String, argument: HostValue)] = []
      for call in calls {
        guard let parts = call.arrayValue, parts.count == 2, let name = parts[0].stringValue,
          let argument = try? HostValue(exactly: parts[1])
        else { return nil }
        read.append((name, argument))
      }
      return read
    }
    programs = try part("programs") { value in
      let texts = Self.texts(value) ?? []
      let read = texts.compactMap(Self.bytes(ofHex:))
      return read.count == value.arrayValue?.count ? read : nil
    }
    scheduler = try part("scheduler") { $0.stringValue.flatMap(Self.bytes(ofHex:)) }
  }

  private static func texts(_ value: JSONValue) -> [String]? {
    guard let items = value.arrayValue else { return nil }
    let texts = items.compactMap(\.stringValue)
    return texts.count == items.count ? texts : nil
  }

  private static func bytes(ofHex text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count / 2)
    var high: UInt8?
    for digit in text.utf8 {
      let value: UInt8
      switch digit {
      case 0x30...0x39: value = digit - 0x30
      case 0x61...0x66: value = digit - 0x61 + 10
      default: return nil
      }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return high == nil ? bytes : nil
  }
}
