import LashJSON
import LashLang
import Testing

@testable import LashVM

/// The stored form: what is written is read back, and nothing else is.
@Suite("Stored programs")
struct ProgramCodecTests {
  private static let source = """
    type Place = { name: str, at: list[float]? }
    fn twice(x: any) -> any { x + x }
    process watch(n: int) { finish twice(n) }
    total = 0.5
    for n in range(9007199254740993) { total += n }
    place = { name: "Jéna", at: [50.9, -11] }
    place.at[0] = twice(len(place.name))
    found = await { a: m.a(place)?, b: m.b("x") }
    h = start watch(n: 3)
    finish validate(place, Place)
    """

  @Test("A program is the same after writing and reading")
  func roundTrip() throws {
    let program = try compile(Self.source, host: .testing(globals: ["x"]))
    let bytes = program.encoded()
    let read = try Program(decoding: bytes)
    #expect(read.encoded() == bytes)
    #expect(Disassembler.text(of: read) == Disassembler.text(of: program))
    #expect(read.identity == program.identity && program.identity.count == 32)
    #expect(read.source.name == "test.lash" && read.source.bytes == Array(Self.source.utf8))
    #expect(read.bodies.map(\.spans) == program.bodies.map(\.spans))
    #expect(read.variables.map(\.name) == program.variables.map(\.name))
    #expect(read.processes.map(\.parameters) == [["n"]])
  }

  @Test("The identity is that of the behaviour, not of the text")
  func identity() throws {
    let first = try compile("x = 1 + y\nfinish x", host: .testing(globals: ["y"]))
    let same = try compile(
      "# a remark\n\nx = (1 + y)   \n\nfinish x", host: .testing(globals: ["y"]))
    #expect(first.identity == same.identity)
    for other in ["x = 2 + y\nfinish x", "x = 1 - y\nfinish x", "z = 1 + y\nfinish z"] {
      let program = try compile(other, host: .testing(globals: ["y"]))
      #expect(program.identity != first.identity, "\(other)")
    }
  }

  @Test("Without source nothing of the text is left, and the program does the same")
  func stripped() throws {
    let program = try compile("secret = 1\nfinish secret + 1 # hush", host: .testing())
    let bytes = program.encoded(withSource: false)
    #expect(bytes.count < program.encoded().count)
    #expect(!String(decoding: bytes, as: UTF8.self).contains("hush"))
    let read = try Program(decoding: bytes)
    #expect(read.source.name == "test.lash" && read.source.bytes.isEmpty)
    #expect(read.identity == program.identity && read.encoded() == bytes)
    var machine = Machine(read)
    guard case .finished(.integer(2)) = machine.run() else {
      Issue.record("it did not finish with 2")
      return
    }
  }

  @Test("A run-time error of a stored program has its place")
  func places() throws {
    let program = try compile(
      "x = 1\ny = x + json_parse(\"[2]\")\nfinish y", host: .testing())
    let read = try Program(decoding: program.encoded())
    var machine = Machine(read)
    guard case .trapped(let trap) = machine.run() else {
      Issue.record("it did not trap")
      return
    }
    #expect(read.source.position(of: trap.span.start).line == 2)
  }

  @Test("Inline caches are read as empty")
  func caches() throws {
    var program = HandMade.program {
      $0.emit(.field)
      $0.word(0xFFFF_FFFF_FFFF_FFFF)
      $0.emit(.setPath, 0, 0, 1)
      $0.word(PathStepKind.field)
      $0.word(7)
      $0.emit(.end)
    }
    program = try Program(decoding: program.encoded())
    #expect(program.bodies[0].code[1] == 0 && program.bodies[0].code[4] == 0)
  }

  // MARK: Damage

  @Test("Bytes of something else, and other versions, are told apart")
  func others() throws {
    let bytes = try compile("finish 1").encoded()
    let errors: [([UInt8], ProgramFormatError)] = [
      ([], .notAProgram), (Array("finish 1".utf8), .notAProgram),
      (Array(bytes.prefix(7)), .notAProgram),
      (
        Array(bytes[..<8]) + [9, 0, 0, 0] + Array(bytes[12...]),
        .unknownVersion(found: 9, known: ProgramCodec.version)
      ),
    ]
    for (bytes, error) in errors {
      #expect(throws: error) { try Program(decoding: bytes) }
    }
  }

  @Test("A program cut off anywhere, or with something behind it, is refused")
  func cut() throws {
    let bytes = try compile(Self.source, host: .testing(globals: ["x"])).encoded()
    for length in bytes.indices {
      #expect(throws: ProgramFormatError.self) { try Program(decoding: Array(bytes[..<length])) }
    }
    #expect(throws: ProgramFormatError.self) { try Program(decoding: bytes + [0]) }
  }

  @Test("Whatever byte is changed, it is refused or can be run")
  func altered() throws {
    let bytes = try compile(Self.source, host: .testing(globals: ["x"])).encoded(withSource: false)
    let bounds = Bounds(fuel: 2_000, memory: 1 << 20, depth: 50)
    for index in bytes.indices {
      for change: UInt8 in [0x01, 0x08, 0x80, 0xFF] {
        var altered = bytes
        altered[index] ^= change
        guard let program = try? Program(decoding: altered) else { continue }
        var machine = Machine(program, bounds: bounds)
        var halt = machine.run()
        for _ in 0..<20 {
          guard case .suspended = halt, let request = machine.request() else { break }
          halt = machine.resume(with: echo(request))
        }
      }
    }
  }

  @Test("Counts that the bytes cannot hold are refused before anything is reserved")
  func counts() throws {
    let huge: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0x7F]
    var writer = ByteWriter()
    writer.raw(ProgramCodec.magic)
    writer.fixed(ProgramCodec.version)
    writer.block(huge)
    writer.block([])
    #expect(throws: ProgramFormatError.self) { try Program(decoding: writer.bytes) }
  }

  @Test(
    "Numbers have one form",
    arguments: [
      ([0x80, 0x00], false), ([0x00], true), ([0x81, 0x01], true), ([0x80, 0x80, 0x00], false),
      ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], true),
      ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02], false),
      ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x81, 0x00], false),
    ] as [([UInt8], Bool)])
  func numbers(bytes: [UInt8], isRead: Bool) throws {
    var reader = ByteReader(bytes)
    #expect(((try? reader.number()) != nil) == isRead)
    for value in [Int64.min, -1, 0, 1, .max] {
      var writer = ByteWriter()
      writer.signed(value)
      var back = ByteReader(writer.bytes)
      #expect(try back.signed() == value)
    }
  }

  @Test("A key that stands twice is refused")
  func keys() throws {
    var program = HandMade.program { $0.emit(.end) }
    program.keys = ["a", "a"]
    #expect(throws: ProgramFormatError.self) { try Program(decoding: program.encoded()) }
  }

  @Test("Code that is not safe is refused with its place")
  func unsafe() throws {
    let program = HandMade.program {
      $0.emit(.loadNull)
      $0.emit(.ret)
    }
    let error = #expect(throws: ProgramFormatError.self) {
      try Program(decoding: program.encoded())
    }
    #expect(
      error?.description
        == "the compiled program is not safe to run: the main block, instruction 1: "
        + "only a function returns")
  }
}
