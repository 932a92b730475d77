import LashJSON
import LashLang
import LashToolchain
import LashVM

/// A whole session as bytes: variables, declarations, host and runs (`:snapshot`, `:restore`).
///
/// Two lines of JSON: the version with the SHA-256 of the second line, and the session. The runs are a
/// scheduler's snapshot, which is bound to the programs by their identity; these are in the file too.
struct SessionFile {
  static let version: Int64 = 1
  /// Larger files are not read.
  static let mostBytes = 256 << 20
  /// Counts beyond this are none.
  static let mostCount = 1 << 53

  var cellCount: Int
  var fuel: Int
  var cells: [String]
  var declarations: [String]
  var variables: [HostField]
  /// The host file, if one was given.
  var offered: String?
  var mock: JSONObject
  /// How far the sequences and the signals of the mock are.
  var progress: (given: [Int], taken: [Int])
  var asksPerson: Bool
  var triggers: HostValue
  var programs: [[UInt8]]
  var scheduler: [UInt8]

  // MARK: Writing

  func bytes() throws(JSONError) -> [UInt8] {
    let content: JSONValue = [
      "cell_count": .integer(Int64(cellCount)), "fuel": .integer(Int64(fuel)),
      "cells": .array(cells.map { .string($0) }),
      "declarations": .array(declarations.map { .string($0) }),
      "variables": try JSONValue(exactly: .record(variables)),
      "host": offered.map { .string($0) } ?? .null, "mock": .object(mock),
      "given": .array(progress.given.map { .integer(Int64($0)) }),
      "taken": .array(progress.taken.map { .integer(Int64($0)) }),
      "asks": .bool(asksPerson), "triggers": try JSONValue(exactly: triggers),
      "programs": .array(programs.map { .string(SHA256.hexText($0)) }),
      "scheduler": .string(SHA256.hexText(scheduler)),
    ]
    return Self.sealed(content.description)
  }

  /// The bytes of a file with this content.
  static func sealed(_ content: String) -> [UInt8] {
    let line = Array(content.utf8)
    let head: JSONValue = [
      "lash_session": .integer(version), "sha256": .string(SHA256.hexHash(line)),
    ]
    return Array(head.description.utf8) + [0x0A] + line + [0x0A]
  }
}

extension SessionFile {
  /// Reads what `bytes()` wrote; says of anything else why it is refused.
  init(_ bytes: [UInt8]) throws(ConsoleError) {
    let content = try Self.content(of: bytes)
    func part<Value>(_ key: String, _ read: (JSONValue) -> Value?) throws(ConsoleError) -> Value {
      guard let value = content[key].flatMap(read) else {
        throw ConsoleError("it is damaged: `\(key)` is missing or no such thing")
      }
      return value
    }
    cellCount = try part("cell_count", Self.count)
    fuel = try part("fuel") { value in
      var bounds = Bounds()
      let fuel = value.integerValue.flatMap { Int(exactly: $0) }
      return fuel.flatMap { bounds.set("fuel", to: $0) ? $0 : nil }
    }
    cells = try part("cells") { Self.array($0, \.stringValue) }
    declarations = try part("declarations") { Self.array($0, \.stringValue) }
    variables = try part("variables") {
      guard case .record(let fields)? = try? HostValue(exactly: $0) else { return nil }
      return fields
    }
    offered = try part("host") { value -> String?? in
      value == .null ? .some(nil) : value.stringValue.map { .some($0) }
    }
    mock = try part("mock", \.objectValue)
    progress.given = try part("given") { Self.array($0, Self.count) }
    progress.taken = try part("taken") { Self.array($0, Self.count) }
    asksPerson = try part("asks", \.boolValue)
    triggers = try part("triggers") { try? HostValue(exactly: $0) }
    programs = try part("programs") { Self.array($0, Self.bytes) }
    scheduler = try part("scheduler", Self.bytes)
  }

  /// The second line, if it is what the first says.
  private static func content(of bytes: [UInt8]) throws(ConsoleError) -> JSONValue {
    guard bytes.count <= mostBytes else {
      throw ConsoleError("the file has more than \(mostBytes) bytes")
    }
    let end = bytes.firstIndex(of: 0x0A) ?? bytes.endIndex
    guard let head = try? JSONReader().read(Array(bytes[..<end])),
      let found = head["lash_session"]?.integerValue
    else { throw ConsoleError("it is no session: `lash_session` is missing") }
    guard found == version else {
      throw ConsoleError("it has version \(found), this prompt reads version \(version)")
    }
    var line = Array(bytes[end...].dropFirst())
    if line.last == 0x0A { line.removeLast() }
    guard head["sha256"]?.stringValue == SHA256.hexHash(line) else {
      throw ConsoleError("it is damaged or cut off: its check sum is another")
    }
    do throws(JSONError) {
      return try JSONReader(maximumDepth: 700, maximumBytes: mostBytes).read(line)
    } catch {
      throw ConsoleError("it is damaged: \(error)")
    }
  }

  /// All items, if each is what is wanted.
  private static func array<Item>(
    _ value: JSONValue, _ read: (JSONValue) -> Item?
  ) -> [Item]? {
    guard let items = value.arrayValue else { return nil }
    let found = items.compactMap(read)
    return found.count == items.count ? found : nil
  }

  private static func count(_ value: JSONValue) -> Int? {
    guard let number = value.integerValue, (0...Int64(mostCount)).contains(number) else {
      return nil
    }
    return Int(number)
  }

  private static func bytes(_ value: JSONValue) -> [UInt8]? {
    value.stringValue.flatMap { [UInt8](hexadecimal: $0) }
  }
}
