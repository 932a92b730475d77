import LashJSON
import LashLang
import Testing

@testable import LashVM

/// What a call came to.
enum Answer: Equatable, CustomTestStringConvertible {
  /// Its result, in the notation of `Notation`.
  case value(String)
  case trap(String)
  case outOfMemory

  var testDescription: String {
    switch self {
    case .value(let text): text
    case .trap(let message): "error: \(message)"
    case .outOfMemory: "out of memory"
    }
  }
}

/// A machine memory of its own for one test, which checks that nothing leaks.
struct BuiltinLab {
  let heap: Heap

  init(limit: Int = 64 << 20) { heap = Heap.make(limit: limit) }

  /// Runs `body` with a fresh memory; afterwards only interned keys may be left in it.
  static func run<Result>(
    limit: Int = 64 << 20, _ body: (BuiltinLab) throws -> Result
  ) throws -> Result {
    let lab = BuiltinLab(limit: limit)
    defer { lab.heap.destroy() }
    let result = try body(lab)
    let keys = lab.heap.state.pointee.shapes.keys.map { Int($0.object.pointee.sizeClass) << 4 }
    #expect(lab.heap.state.pointee.allocator.used == keys.reduce(0, +), "memory leaked")
    return result
  }

  /// Calls a builtin with arguments, which stay owned by the caller's slots and are released here.
  func call(_ builtin: Builtin, _ arguments: [Value]) -> Answer {
    var slots = arguments
    let index = Builtin.allCases.firstIndex(of: builtin) ?? 0
    let function = BuiltinTable.functions[index]
    let answer = slots.withUnsafeMutableBufferPointer { slots -> Answer in
      guard let start = slots.baseAddress else { return .trap("no arguments") }
      return self.answer { () throws(Fault) in try function(heap, start, slots.count) }
    }
    for slot in slots { heap.release(slot) }
    return answer
  }

  /// The answer of a computation whose result is owned by it.
  func answer(_ body: () throws(Fault) -> Value) -> Answer {
    do throws(Fault) {
      let result = try body()
      defer { heap.release(result) }
      return .value(try Notation.text(of: result, in: heap))
    } catch .trap {
      return .trap(heap.state.pointee.failure?.message ?? "")
    } catch {
      return .outOfMemory
    }
  }

  /// The values of a JSON array in the notation of `Notation`.
  func values(_ text: String) throws -> [Value] {
    guard case .array(let items) = try JSONReader().read(text) else { return [] }
    var values: [Value] = []
    do {
      for item in items { values.append(try heap.value(Notation.hostValue(item))) }
    } catch {
      for value in values { heap.release(value) }
      throw error
    }
    return values
  }
}

/// Values in tests are JSON, with `{"()": […]}` for a tuple, `{"~": "inf"}` for a number that is not finite,
/// and forms for sealed kinds that the host makes.
enum Notation {
  static func hostValue(_ json: JSONValue) -> HostValue {
    switch json {
    case .null: return .null
    case .bool(let bool): return .bool(bool)
    case .integer(let integer): return .integer(integer)
    case .double(let double): return .double(double)
    case .string(let string): return .string(string)
    case .array(let items): return .list(items.map(hostValue))
    case .object(let object): return marked(object) ?? record(object)
    }
  }

  private static func record(_ object: JSONObject) -> HostValue {
    .record(object.map { HostField($0.key, hostValue($0.value)) })
  }

  private static func marked(_ object: JSONObject) -> HostValue? {
    guard object.count == 1, let (key, value) = object.first else { return nil }
    switch (key, value) {
    case ("()", .array(let items)): return .tuple(items.map(hostValue))
    case ("~", .string(let word)): return .double(Double(word) ?? 0)
    case ("ok", _): return .result(.success(hostValue(value)))
    case ("error", .string(let text)): return .result(.failure(text))
    case ("Type", _): return .type(value)
    case ("run", .string(let id)): return .run(RunHandle(id: id, process: "p"))
    case ("module", .string(let path)): return .module(path: path, authority: "A")
    case ("process", .string(let name)): return .process(name)
    case ("descriptor", _): return .descriptor(type: "T", value: hostValue(value))
    case ("trigger", _): return .triggerEvent
    case ("image", .string(let id)):
      return .image(
        HostImage(id: id, label: "l", mime: "m", size: 3, width: 4, height: nil))
    default: return nil
    }
  }

  /// The value as JSON text in this notation, tuples marked as such.
  static func text(of value: Value, in heap: Heap) throws(Fault) -> String {
    text(of: try heap.hostValue(value))
  }

  static func text(of value: HostValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let bool): "\(bool)"
    case .integer(let integer): "\(integer)"
    case .double(let double):
      double.isFinite ? NumberText.text(double) : "{\"~\":\"\(NumberText.text(double))\"}"
    case .string(let string): quoted(string)
    case .list(let items): "[" + items.map(text).joined(separator: ",") + "]"
    case .tuple(let items): "{\"()\":[" + items.map(text).joined(separator: ",") + "]}"
    case .record(let fields):
      "{" + fields.map { quoted($0.key) + ":" + text(of: $0.value) }.joined(separator: ",") + "}"
    case .result(.success(let inner)): "{\"ok\":\(text(of: inner))}"
    case .result(.failure(let error)): "{\"error\":\(quoted(error))}"
    default: "sealed"
    }
  }

  private static func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.string(text)
    return writer.text
  }
}

/// One line `name(arguments) => expected` of a table; `expected` is a value, or `error: text`.
struct BuiltinCase: CustomTestStringConvertible, Sendable {
  let line: String
  let builtin: Builtin
  let arguments: String
  let expected: String

  var testDescription: String { line }

  /// The cases of a table, one a line; blank lines and ones that begin with `#` do not count.
  static func table(_ text: String) -> [BuiltinCase] {
    text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let arrow = line.ranges(of: " => ").last ?? line.startIndex..<line.startIndex
      let call = line[..<arrow.lowerBound]
      let open = call.firstIndex(of: "(") ?? call.startIndex
      return BuiltinCase(
        line: String(line), builtin: Builtin(rawValue: String(call[..<open])) ?? .len,
        arguments: "[" + call[open...].dropFirst().dropLast() + "]",
        expected: String(line[arrow.upperBound...]))
    }
  }

  /// Calls the builtin and compares.
  func check() throws {
    try #require(line.hasPrefix(builtin.rawValue + "("), "no such builtin")
    try BuiltinLab.run { lab throws in
      let answer = lab.call(builtin, try lab.values(arguments))
      if expected.hasPrefix("error: ") {
        #expect(answer == .trap(String(expected.dropFirst(7))))
      } else {
        let value = Notation.text(of: Notation.hostValue(try JSONReader().read(expected)))
        #expect(answer == .value(value))
      }
    }
  }
}

extension Heap {
  /// The hash of one value.
  func hash(_ value: Value) throws(Fault) -> UInt64 {
    var hashing = Hashing(heap: self)
    return try hashing.hash(value)
  }
}
