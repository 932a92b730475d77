import LashJSON
import LashLang
import Testing

@testable import LashVM

/// What a program asks of a host that keeps values (rule HST-14).
@Suite("Lazy references")
struct LazyReferenceTests {
  /// `x` is a reference, number 0, to this value.
  static let value: HostValue = .record([
    HostField("a", .integer(1)), HostField("rows", .list((0..<600).map { .integer($0) })),
    HostField("text", .string("hello, world")), HostField("b", .integer(2)),
  ])

  @Test(
    "Reads ask for what they need",
    arguments: [
      // No read before there is need, and none for what the reference itself says.
      (
        "y = [x]\nfinish [type_of(x), x == null, x == 1, y == null]", [],
        "[record,false,false,false]"
      ),
      ("finish x.a", ["0 field(\"a\")"], "1"),
      ("finish x[\"a\"]", ["0 field(\"a\")"], "1"),
      ("finish [len(x), empty(x), x ? 1 : 2]", ["0 count"], "[4,false,1]"),
      ("finish keys(x)", ["0 keys"], "[a,rows,text,b]"),
      ("finish [\"a\" in x, contains(x, \"z\")]", ["0 contains(", "0 contains("], "[true,false]"),
      ("finish x.rows[-1]", ["0 field(\"rows\")", "1 item(-1)"], "599"),
      (
        "finish slice(x.rows, 2, -596)",
        ["0 field(\"rows\")", "1 slice(from: Optional(2), to: Optional(-596))"], "[2,3]"
      ),
      (
        "t = x.text\nfinish [find(t, \"w\"), t[0], slice(t, 7, null), len(t), \"lo\" in t]",
        [
          "0 field(\"text\")", "1 find(\"w\", start: 0)", "1 item(0)",
          "1 slice(from: Optional(7), to: nil)", "1 count", "1 contains(",
        ], "[7,h,world,12,true]"
      ),
      // A whole value serves all later reads.
      (
        "t = x.text\ny = t + \"!\"\nfinish [y, len(t), t[1]]", ["0 field(\"text\")", "1 whole"],
        "[hello, world!,12,e]"
      ),
      // Fields read side by side are one request, whatever reads them.
      (
        "finish [x.a, x.b, x.a]", ["0 field(\"a\")", "0 field(\"b\")", "0 field(\"a\")"], "[1,2,1]"
      ),
      ("finish x.a + x.b", ["0 field(\"a\")", "0 field(\"b\")"], "3"),
      // A loop reads a stretch at a time, and no more than it goes through.
      (
        "t = 0\nfor v in x.rows { t += v }\nfinish t",
        [
          "0 field(\"rows\")", "1 slice(from: Optional(0), to: Optional(256))",
          "1 slice(from: Optional(256), to: Optional(512))",
          "1 slice(from: Optional(512), to: Optional(768))",
        ], "179700"
      ),
      (
        "t = 0\nfor v in x.rows { t = v\nif v == 3 { break } }\nfinish t",
        ["0 field(\"rows\")", "1 slice(from: Optional(0), to: Optional(256))"], "3"
      ),
      // All that an operation needs whole is one request.
      (
        "finish [x.text] == [x.text]",
        ["0 field(\"text\")", "0 field(\"text\")", "1 whole", "2 whole"], "true"
      ),
    ])
  func reads(_ source: String, _ expected: [String], _ result: String) throws {
    var host = ReferenceHost()
    var drive = try Drive(source, globals: [HostField("x", host.lend(Self.value))])
    #expect(drive.run { host.answer($0) }.text == result)
    #expect(host.reads.count == expected.count, "\(host.reads)")
    for (read, beginning) in zip(host.reads, expected) { #expect(read.hasPrefix(beginning)) }
  }

  @Test("Reads that stand side by side, or that one operation needs, come in one request")
  func requests() throws {
    var host = ReferenceHost()
    let x = host.lend(Self.value)
    var drive = try Drive(
      "y = x.a + x.b\nfinish [x.text] == [x.text]", globals: [HostField("x", x)])
    _ = drive.run { host.answer($0) }
    #expect(
      drive.requests == [
        "read 0 field(\"a\"), 0 field(\"b\")", "read 0 field(\"text\")", "read 0 field(\"text\")",
        "read 1 whole, 2 whole",
      ])
  }

  @Test("A reference leaves as it came, unread")
  func leaving() throws {
    var host = ReferenceHost()
    let x = host.lend(Self.value)
    var drive = try Drive(
      "print x\nfinish await [m.a(x)?, m.a([x])?]", globals: [HostField("x", x)])
    #expect(drive.run { host.answer($0) }.text == "[lazy(0),[lazy(0)]]")
    #expect(drive.requests == ["print lazy(0)", "batch m.a(lazy(0)) m.a([lazy(0)])"])
  }

  @Test("The host may answer with lazy values again, JSON included")
  func nested() throws {
    let reference = HostValue.lazyReference(LazyReference(id: "r", kind: .record))
    var drive = try Drive("y = x\ny.k = 1\nfinish [y, x.n.m]", globals: [HostField("x", reference)])
    let halt = drive.run { request in
      guard case .lazyRead(let reads) = request else { return .done }
      return .values(reads.map { _ in .lazyJSON(LazyJSON(JSONDocument("{\"n\": {\"m\": 2}}"))) })
    }
    guard case .finished(.list(let parts)) = halt, case .record(let fields) = parts[0] else {
      Issue.record("\(halt)")
      return
    }
    #expect(fields.map(\.key) == ["n", "k"])
    #expect(parts[1].text == "2")
  }

  @Test(
    "An answer that does not fit traps",
    arguments: [
      ("finish len(x)", HostValue.string("4")), ("finish len(x)", .integer(-1)),
      ("finish keys(x)", .list([.integer(1)])), ("finish \"a\" in x", .integer(1)),
      ("finish to_string(x)", .list([])), ("finish to_string(x)", .null),
      ("finish to_string(x)", .lazyReference(LazyReference(id: "s", kind: .record))),
      ("finish to_string(x)", .lazyJSON(LazyJSON(JSONDocument("[1]")))),
    ])
  func misfit(_ source: String, _ answer: HostValue) throws {
    let reference = HostValue.lazyReference(LazyReference(id: "r", kind: .record))
    for answers in [[answer], [], [answer, answer]] {
      var drive = try Drive(source, globals: [HostField("x", reference)])
      #expect(drive.run { _ in .values(answers) }.text.hasPrefix("R0005 the host's answer"))
    }
    var drive = try Drive(source, globals: [HostField("x", reference)])
    #expect(drive.run { _ in .done }.text.hasPrefix("R0005 the host's answer"))
    drive = try Drive(source, globals: [HostField("x", reference)])
    #expect(drive.run { _ in .refused("gone") }.text == "R0005 gone")
  }

  @Test("A stretch that is longer than asked for traps")
  func longStretch() throws {
    let reference = HostValue.lazyReference(LazyReference(id: "r", kind: .list))
    var drive = try Drive("for v in x { y = v }", globals: [HostField("x", reference)])
    let halt = drive.run { _ in .values([.list(Array(repeating: .null, count: 257))]) }
    #expect(halt.text.hasPrefix("R0005 the host's answer"))
  }

  @Test("The driver passes reads to the handler")
  func driver() async throws {
    struct Keeper: EffectHandler {
      func call(_ call: ModuleCall) async throws -> HostValue {
        .lazyReference(LazyReference(id: "r", kind: .list))
      }
      func perform(_ request: EffectRequest) async throws -> EffectOutcome {
        guard case .lazyRead(let reads) = request else { throw HostFailure("no") }
        return .values(reads.map { _ in .string("item") })
      }
    }
    var machine = Machine(try compile("y = await m.a(1)?\nfinish y[5]", host: .testing()))
    #expect(try await machine.drive(Keeper()).text == "item")
  }
}
