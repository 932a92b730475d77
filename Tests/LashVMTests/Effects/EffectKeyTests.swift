import LashLang
import Testing

@testable import LashVM

/// The stable names of effects (rule EFF-21).
@Suite("Effect keys")
struct EffectKeyTests {
  /// The points of all requests of a run, a batch's calls each.
  private func points(_ source: String) throws -> [String] {
    var machine = Machine(try compile(source, host: .testing()))
    var points: [String] = []
    var halt = machine.run()
    while case .suspended = halt, let request = machine.request() {
      if case .batch(let calls) = request {
        points += calls.map(\.point.description)
        #expect(machine.point == calls[0].point)
      } else {
        points.append(machine.point?.description ?? "none")
        if case .call(let call) = request { #expect(call.point == machine.point) }
      }
      halt = machine.resume(with: echo(request))
    }
    return points
  }

  @Test(
    "Sites are numbered as the text has them, occurrences as they come",
    arguments: [
      ("print 1\nx = await m.a(2)\nprint x", ["0#0", "1#0", "2#0"]),
      ("for i in range(3) { print i\nif i == 1 { await m.b(i) } }", ["0#0", "0#1", "1#0", "0#2"]),
      // An effect in an argument stands behind the one that it is for.
      ("x = await m.a(await m.b(1))\nprint x", ["1#0", "0#0", "2#0"]),
      ("x = await [m.a(1)?, m.b(2), m.a(3)]\nprint 4", ["0#0", "1#0", "2#0", "3#0"]),
      (
        "for i in [1, 2] { x = await [m.a(j)? for j in range(2)] }\nprint 0",
        ["0#0", "0#1", "0#2", "0#3", "1#0"]
      ),
      (
        "process p(n: int) { yield n }\nh = start p(n: 1)\nx = (await h)?\nsignal_run(h, \"go\", 1)\nsleep for 1\ncancel h",
        ["1#0", "2#0", "3#0", "4#0", "5#0"]
      ),
      // What can never run has its number all the same.
      ("if false { print 1 }\nprint 2", ["1#0"]),
    ])
  func points(source: String, expected: [String]) throws {
    let found = try points(source)
    #expect(found == expected)
  }

  @Test("Layout, comments and names of variables do not matter")
  func formatting() throws {
    let plain = try points("a = await m.a(1)\nfor x in [1, 2] { print x + 1 }\nprint a")
    let other = try points(
      """
      // A comment.
      longer_name = (
        await m.a( 1 )
      )
      for item in [
        1, 2
      ] {
        print (item + 1)  // another
      }
      print longer_name
      """)
    #expect(plain == other)
  }

  @Test("A snapshot keeps the counts")
  func snapshots() throws {
    let source = "for i in range(4) { print i\nx = await [m.a(j) for j in range(2)] }"
    let program = try compile(source, host: .testing())
    var machine = Machine(program)
    var points: [String] = []
    var halt = machine.run()
    while case .suspended = halt, let request = machine.request() {
      if case .batch(let calls) = request {
        points += calls.map(\.point.description)
      } else {
        points.append(machine.point?.description ?? "none")
      }
      machine = try Machine(restoring: machine.snapshot(), program: program)
      halt = machine.resume(with: echo(request))
    }
    #expect(
      points == [
        "0#0", "1#0", "1#1", "0#1", "1#2", "1#3", "0#2", "1#4", "1#5", "0#3", "1#6", "1#7",
      ])
  }

  @Test("A stored program keeps the numbers")
  func stored() throws {
    let source = "if false { print 1 }\nwhile true { print 2\nbreak }\nprint 3"
    let program = try compile(source)
    let again = try Program(decoding: program.encoded(withSource: false))
    #expect(program.siteNumbers == [0, 1, 2])
    #expect(again.siteNumbers == [0, 1, 2])
    let place = try #require(program.place(ofSite: 2))
    #expect(place.start == 50 && place.end == 57)
    #expect(program.place(ofSite: 3) == nil && again.place(ofSite: 2) == nil)
  }

  @Test("Keys as text")
  func text() throws {
    let first = EffectKey(run: .main, point: EffectPoint(site: 3, occurrence: 0))
    #expect(first.description == "main:3#0")
    let child = RunKey(startedBy: first)
    #expect(child.text == "main:3#0")
    let second = EffectKey(run: child, point: EffectPoint(site: 5, occurrence: 12))
    #expect(second.description == "main:3#0/5#12")
    for key in [first, second] { #expect(EffectKey(key.description) == key) }
    #expect(RunKey(child.text) == child && RunKey("cell-1") == RunKey(root: "cell-1"))
  }

  @Test(
    "Texts that are no keys",
    arguments: [
      "", "main", "main:", ":3#0", "main:3", "main:3#", "main:#0", "main:03#0", "main:3#00",
      "main:-1#0", "main:3#0/", "main:3#0/x", "ma in:3#0", "main:3#0:4#0", "main/3#0",
      "main:99999999999999999999#0", "~abc:1#0",
    ])
  func noKeys(text: String) {
    #expect(EffectKey(text) == nil)
    if text != "main" { #expect(RunKey(text) == nil) }
  }

  @Test("Runs that start runs without end have names of bounded length, all different")
  func chain() throws {
    var run = RunKey.main
    var seen: Set<String> = []
    for _ in 0..<500 {
      let key = EffectKey(run: run, point: EffectPoint(site: 7, occurrence: 1))
      #expect(EffectKey(key.description) == key)
      run = RunKey(startedBy: key)
      #expect(run.text.utf8.count <= RunKey.longest)
      #expect(RunKey(run.text) == run)
      #expect(seen.insert(run.text).inserted)
    }
  }
}
