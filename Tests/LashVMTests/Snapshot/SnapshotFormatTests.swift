import LashJSON
import LashLang
import Testing

@testable import LashVM

/// Checks the bytes against `spec/snapshot-format.md`, by hand and with a reader of its own.
@Suite("Snapshot format")
struct SnapshotFormatTests {
  /// The bytes of the value that `global` has in a machine.
  private func bytes(of global: HostValue) throws -> [UInt8] {
    let program = try compile("print v", host: .testing(globals: ["v"]))
    let machine = Machine(program, globals: [HostField("v", global)])
    var writer = SnapshotWriter(machine.vm)
    writer.write(UnsafeBufferPointer(start: slot(machine.vm.pointee.stack, 0), count: 1))
    return writer.bytes
  }

  @Test(
    "Values are written as the format says",
    arguments: [
      (HostValue.null, [0]), (.bool(false), [2]), (.bool(true), [3]),
      (.integer(5), [4, 10]), (.integer(-1), [4, 1]), (.integer(300), [4, 0xD8, 0x04]),
      (.double(1.5), [5, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F]),
      (.double(-0.0), [5, 0, 0, 0, 0, 0, 0, 0, 0x80]),
      (.double(.nan), [5, 0, 0, 0, 0, 0, 0, 0xF8, 0x7F]),
      (.integer(1 << 53), [35, 0, 0, 0, 0, 0, 0, 0x20, 0]),
      (.integer(-1 << 53), [35, 0, 0, 0, 0, 0, 0, 0xE0, 0xFF]),
      (.string("é"), [32, 2, 0xC3, 0xA9]),
      (.list([.null, .list([])]), [33, 2, 0, 33, 0]),
      (.tuple([.integer(0)]), [36, 1, 4, 0]),
      (.record([]), [34, 1]),
      (.result(.success(.null)), [37, 2, 0]), (.result(.failure("no")), [37, 0, 32, 2, 110, 111]),
      (.run(RunHandle(id: "r", process: "p")), [38, 32, 1, 114, 32, 1, 112]),
      (.module(path: "m", authority: "M"), [39, 32, 1, 109, 32, 1, 77]),
      (.process("p"), [43, 32, 1, 112]), (.triggerEvent, [44]),
      (.descriptor(type: "D", value: .null), [42, 32, 1, 68, 0]),
      (.type(true), [41, 3]),
      (
        .image(HostImage(id: "i", label: "l", mime: "m", size: 1, width: nil, height: nil)),
        [40, 32, 1, 105, 32, 1, 108, 32, 1, 109, 4, 2, 0, 0]
      ),
    ] as [(HostValue, [UInt8])])
  func values(_ value: HostValue, _ expected: [UInt8]) throws {
    #expect(try bytes(of: value) == expected)
  }

  @Test("The order of a whole snapshot")
  func order() throws {
    let source = """
      fn f(a: int) -> any { b = [a]
        push(b, {k: 2}.k) }
      x = {k: 2.5}
      s = "shared"
      y = [s, s]
      finish f(7)
      """
    let program = try compile(source)
    var machine = Machine(program, bounds: Bounds(fuel: 500, memory: 1 << 20, depth: 9))
    while machine.vm.pointee.pc.pointee & 0xFF != UInt64(Opcode.field.rawValue) {
      if let halt = machine.step() { Issue.record("\(halt.text)") }
    }
    var outline = SnapshotOutline(try machine.snapshot())
    #expect(outline.take(8) == [0x00, 0x6C, 0x61, 0x73, 0x68, 0x73, 0x0D, 0x0A])
    #expect(outline.take(4) == [2, 0, 0, 0])
    _ = outline.take(8)
    #expect(outline.take(32) == program.identity)
    #expect(outline.take(1) == [0])
    let granted = outline.signed()
    let left = outline.signed()
    #expect(granted == 500)
    #expect(granted - left + outline.number() == machine.fuelUsed)
    #expect(outline.number() == 1 << 20)
    #expect(outline.number() == 9)
    #expect(outline.number() == machine.memoryUsed)
    #expect(outline.number() == machine.memoryPeak)
    #expect(outline.number() == 0, "no effects")
    #expect(outline.number() == 0, "no keys besides the program's")
    #expect(outline.number() == 0, "no shapes besides the program's")
    #expect(outline.number() == 0, "the main block")
    #expect(outline.number() == 1, "one call")
    let call = outline.number()
    #expect(Instruction(at: call, in: program.bodies[0].code)?.opcode == .call)
    let position = outline.number()
    #expect(Instruction(at: position, in: program.bodies[1].code)?.opcode == .field)
    var registers: [String] = []
    while outline.hasMore { registers += outline.value() }
    let texts = registers.filter { $0 != "unset" }
    // x, s, y; in the callee a, b, the list and record; at last the result.
    #expect(texts.prefix(4).joined(separator: " ").hasPrefix("{2.5} #"), "\(texts)")
    #expect(texts.contains("[7]"))
    #expect(texts.last == "null")
  }

  @Test("A change of what is stored needs a new version")
  func fingerprint() {
    var facts = ["bytecode \(ProgramCodec.version)"]
    facts += ObjectKind.allCases.map { "\($0) \($0.rawValue)" }
    facts += Status.allCases.map { "\($0) \($0.rawValue)" }
    facts += DiagnosticCode.allCases.filter { $0.rawValue.hasPrefix("R") }.map(\.rawValue)
    facts += [Header.Flags.ascii, .success, .moduleCall].map { "flag \($0.rawValue)" }
    typealias Tag = SnapshotFormat.Tag
    facts += [
      Tag.null, Tag.unset, Tag.false, Tag.true, Tag.integer, Tag.double, Tag.reference,
      Tag.unsetRun, Tag.object, Tag.dictionary, Tag.shared, Tag.capacity,
    ].map { "tag \($0)" }
    facts.append("\(SnapshotFormat.magic) \(SnapshotFormat.checksumOffset)")
    let fingerprint = SHA256.hexHash(Array(facts.joined(separator: "\n").utf8)).prefix(16)
    let known: [UInt32: String] = [1: "c5019b212a9a5acc", 2: "14ea3a424deedcb7"]
    #expect(
      known[SnapshotFormat.version] == String(fingerprint),
      "give the format a new version, say so in spec/snapshot-format.md, and keep its fingerprint here"
    )
  }
}

/// Reads a snapshot by the words of the specification alone.
struct SnapshotOutline {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

  var hasMore: Bool { !bytes.isEmpty }

  mutating func take(_ count: Int) -> [UInt8] {
    defer { bytes = bytes.dropFirst(count) }
    return Array(bytes.prefix(count))
  }

  mutating func number() -> Int {
    var value = 0
    var shift = 0
    while let byte = bytes.popFirst() {
      value |= Int(byte & 0x7F) << shift
      if byte < 0x80 { break }
      shift += 7
    }
    return value
  }

  mutating func signed() -> Int {
    let value = number()
    return value % 2 == 0 ? value / 2 : -(value / 2) - 1
  }

  /// One value, or several unset ones, as text; records without their keys.
  mutating func value() -> [String] {
    let first = take(1)[0]
    switch first {
    case 0: return ["null"]
    case 1: return ["unset"]
    case 2, 3: return ["\(first == 3)"]
    case 4: return ["\(signed())"]
    case 5:
      let bits = take(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
      return ["\(Double(bitPattern: bits))"]
    case 6: return ["#\(number())"]
    case 7: return Array(repeating: "unset", count: number())
    default: break
    }
    switch first & 63 {
    case 32:
      let count = number()
      if first & 64 != 0 { _ = number() }
      return [String(decoding: take(count), as: UTF8.self)]
    case 33:
      let count = number()
      if first & 64 != 0 { _ = number() }
      let items = (0..<count).flatMap { _ in value() }
      return ["[" + items.joined(separator: ",") + "]"]
    case 34:
      // Shapes of one key in this test.
      _ = number()
      return ["{" + value().joined() + "}"]
    default: return ["kind \(first & 63)?"]
    }
  }
}
