import LashJSON
import Testing

@testable import LashLang

/// What changes the identity of a module and what does not (rules MOD-1 to MOD-3).
@Suite struct ModuleIdentityTests {
  private func module(_ text: String, _ host: HostSurface = .sample) throws -> CheckedModule {
    let parsed = Parser.parse(SourceFile(name: "m.lash", text: text))
    let module = CheckModule.check(parsed.tree, host: host, earlier: parsed.diagnostics)
    let problem = module.diagnostics.first { $0.severity == .error }
    try #require(problem == nil, "\(text): \(problem?.message ?? "")")
    return module
  }

  private func identity(_ text: String) throws -> ModuleIdentity { try module(text).identity }

  @Test(
    "Layout, remarks, spelling of literals and names of variables do not count",
    arguments: [
      ("x = 1\nfinish x", "value = 1 # one\n\n\nfinish   value"),
      ("x = 1; finish (x)", "x=1\nfinish x"),
      ("finish 1_000 + 0x10", "finish 1000 + 16"),
      ("finish 1.0", "finish 1"),
      ("finish \"a\\u{62}\"", "finish 'ab'"),
      ("finish not true", "finish !true"),
      ("for i in [1] { print i }", "for item in [1] {\n  print item\n}"),
      // The inner variable is another one, whatever it is called.
      ("i = 1\nfor i in [2] { print i }\nprint i", "a = 1\nfor b in [2] { print b }\nprint a"),
      (
        "finish [x * y for x in [1] for y in [2] if x]",
        "finish [a * b for a in [1] for b in [2] if a]"
      ),
      ("x = 1\nfinish f\"n {x}\"", "y = 1\nfinish f\"n {y}\""),
      (
        "fn f(a: int) -> int { b = a\nb }\nfinish f(1)",
        "fn f(c: int) -> int { d = c\nd }\nfinish f(1)"
      ),
      (
        "Row = Type { a: int }\nfinish validate({a: 1}, Row)",
        "R = Type { a: int }\nfinish validate({a: 1}, R)"
      ),
      (
        "Row = Type { a: int }\nfn f(r: Row) -> int { r.a }\nfinish f({a: 1})",
        "Line = Type { a: int }\nfn f(r: Line) -> int { r.a }\nfinish f({a: 1})"
      ),
      ("r = {a: {b: 1}}\nr.a[\"b\"] += 1\nfinish r", "s = {a: {b: 1}}\ns.a[\"b\"] += 1\nfinish s"),
      ("a, b = (1, 2)\nfinish [b, a]", "c, d = (1, 2)\nfinish [d, c]"),
      // Where a function or type stands does not matter.
      ("x = 1\nfn f() -> int { 1 }\nfinish f() + x", "fn f() -> int { 1 }\nx = 1\nfinish f() + x"),
    ])
  func same(_ pair: (String, String)) throws {
    #expect(try identity(pair.0) == identity(pair.1), "\(pair)")
  }

  @Test(
    "Whatever a host, a value or an observer of the run can see counts",
    arguments: [
      ("finish 1", "finish 2"),
      ("finish 1", "finish \"1\""),
      ("finish 1.5", "finish -1.5"),
      ("finish {a: 1, b: 2}", "finish {b: 2, a: 1}"),
      ("finish {a: 1}", "finish {b: 1}"),
      ("finish [1, 2]", "finish (1, 2)"),
      ("finish [[1], 2]", "finish [[1, 2]]"),
      ("a = 1\nb = 2\nfinish [a, b]", "a = 1\nb = 2\nfinish [b, a]"),
      ("a = 1\nb = 2\nfinish a", "a = 1\nb = 2\nfinish b"),
      ("i = 1\nfor i in [2] { print i }", "i = 1\nfor j in [2] { print i }"),
      ("x = 1\nx += 1\nfinish x", "x = 1\nx -= 1\nfinish x"),
      ("if true { print 1 }", "if true { print 1 } else { }"),
      ("if true { print 1 }\nprint 2", "if true { print 1\nprint 2 }"),
      ("print 1\nprint 2", "print 2\nprint 1"),
      ("x = await web.search({})", "x = await web.fetch({})"),
      ("x = await web.search({})", "x = web.search({})"),
      ("x = await gmail.work.send({})", "x = await gmail.home.send({})"),
      ("x = await web.search({})?", "x = await web.search({})"),
      ("process p(a: int) { finish a }", "process p(b: int) { finish b }"),
      ("process p(a: int) { finish a }", "process q(a: int) { finish a }"),
      ("process p(a: int) { finish a }", "process p(a: float) { finish a }"),
      ("process p(a: int) { finish a }", "process p(a: int) -> int { finish a }"),
      ("process p(a: int) { finish a }", "process p(a: int) signals { s: any } { finish a }"),
      ("fn f() -> int { 1 }\nfinish f()", "fn g() -> int { 1 }\nfinish g()"),
      (
        "type A = { x: int }\nfinish validate({x: 1}, A)",
        "type B = { x: int }\nfinish validate({x: 1}, B)"
      ),
      ("finish Type { a: int, b: str }", "finish Type { b: str, a: int }"),
      ("finish Type { a: int }", "finish Type { a: int? }"),
      ("finish Type { a: int }", "finish Type { a: int, ... }"),
      ("print 1", "@label(title: \"One\")\nprint 1"),
      ("@label(title: \"One\")\nprint 1", "@label(title: \"Two\")\nprint 1"),
      ("sleep for 5", "sleep until 5"),
      ("x = f\"{1:>5}\"\nfinish x", "x = f\"{1:<5}\"\nfinish x"),
      // The effects of a process are numbered in the order of the text.
      ("print 1\nprocess p() { wake 1 }", "process p() { wake 1 }\nprint 1"),
    ])
  func different(_ pair: (String, String)) throws {
    #expect(try identity(pair.0) != identity(pair.1), "\(pair)")
  }

  @Test("Variables from outside have names, unless a loop hides them")
  func outside() throws {
    var host = HostSurface()
    host.globals = ["count", "total"]
    let identity = { (text: String) in try module(text, host).identity }
    #expect(try identity("finish count") != identity("finish total"))
    #expect(try identity("count = 1") != identity("total = 1"))
    #expect(try identity("count = 1") != identity("mine = 1"))
    #expect(
      try identity("for count in [1] { print count }") == identity("for x in [1] { print x }"))
  }

  @Test("A process has an identity of its own, which its callees' bodies do not change")
  func processes() throws {
    let first = try module("process a() { h = start b()\nfinish 1 }\nprocess b() { finish 1 }")
    let second = try module(
      "print 1\nprocess b() { finish 2 }\nprocess a() { run = start b()\nfinish 1 }")
    #expect(first.exports.map(\.name) == ["a", "b"])
    #expect(second.exports.map(\.name) == ["b", "a"])
    #expect(first.exports[0].identity == second.exports[1].identity)
    #expect(first.exports[1].identity != second.exports[0].identity)
    #expect(first.identity != second.identity)
  }

  @Test("Exports say what a caller has to know")
  func exports() throws {
    let module = try module(
      """
      @label(title: "Notify", description: "by mail")
      process p(mail: Gmail, rows: list[{a:int}]) signals { stop: "now" | null } -> dict {
        finish {}
      }
      """)
    let export = try #require(module.exports.first)
    #expect(export.title == "Notify" && export.summary == "by mail")
    #expect(export.parameters.map(\.name) == ["mail", "rows"])
    #expect(export.parameters.map(\.type) == ["Gmail", "list[{ a: int }]"])
    #expect(export.signals.map(\.type) == ["enum[\"now\"] | null"])
    #expect(export.result == "dict")
  }

  @Test("The text of an identity is read back, nothing else is")
  func text() throws {
    let identity = try identity("finish 1")
    #expect(ModuleIdentity("\(identity)") == identity)
    #expect("\(identity)".hasPrefix("module:1:") && identity.digits.count == 64)
    for text in [
      "", identity.digits, "module:2:\(identity.digits)", "\(identity)0",
      "\(identity)".uppercased(), "module:1:" + String(repeating: "g", count: 64),
    ] {
      #expect(ModuleIdentity(text) == nil, "\(text)")
    }
  }

  /// If this fails, modules that are stored would have another identity than when they were stored:
  /// raise `CanonicalModule.version`, and keep the fixtures of the old version.
  @Test("The canonical form is that of its version")
  func fingerprint() throws {
    let parts = CanonicalModule.Tag.allCases.map { "\($0) \($0.rawValue)" }
    let fingerprint = SHA256.hexHash(Array(parts.joined(separator: "\n").utf8))
    let known = [1: "8b94a347ca6b152d1cf5f0c95d0f88f62d007d6ed15faa001c3be438131fc9a8"]
    #expect(known[CanonicalModule.version] == fingerprint)
    #expect(
      try identity(Self.everything).digits
        == "959d0bd521f60ca8a4241190a418754edb79c30db4023616a1366fbe65834d7b")
  }

  /// The form of a small module, worked out by hand from the rules.
  @Test("The form of a module")
  func form() throws {
    let text = "x = 7\nfor y in [x] { print y }"
    // SHA-256 of the bytes of `spec/modules.md` with the form below, by another implementation.
    #expect(
      try identity(text).digits
        == "21c13e2a07119b6914da6ad3edeb1b8383f8a7cfbaef0faddc892a2d5aa18660")
    var canonical = CanonicalModule(try module(text))
    canonical.numberMain()
    #expect(
      canonical.bytes == [
        8, 2,  // block of 2
        97, 19, 7, 1, 23, 0, 0,  // assign integer 7 to 1 target: variable 0 without steps
        100, 38, 1, 23, 0,  // iterate over a list of variable 0
        1, 8, 1, 112, 23, 1,  // 1 binding; block of 1: print variable 1
      ])
  }

  private static let everything = """
    type Row = { id: int, tags: list[str]?, next: Row | null, ... }
    fn twice(n: float) -> float { n * 2 }
    @label(title: "Watch", description: "waits")
    process watch(path: str, mail: Gmail) signals { stop: any } -> int {
      while true {
        s = wait_signal("stop")
        yield {s: s}
        if s.now { break } else if s.later { continue }
        wake s
      }
      await mail.send({body: path})?
      if path == "" { fail "no path" }
      finish 1
    }
    xs = [await web.fetch({id: i, name: "n"})? for i in range(10) if i % 2 == 0 and i not in [3, 4]]
    @label(title: "Sum")
    total = xs ? sum(xs) : 0
    if total > 10 and not (total in [11, 12]) or -total < -1.5 {
      print f"{total:>10} {"ok" + 'x'}"
    } else {
      a, b = (1, 2)
      r = {k: {x: 1}}
      r.k["x"] += a ?? b
    }
    t = Type { a: int, b: Process<{ x: int }, str>, c: enum["u", "v"], d: TriggerHandle<cron.Tick> }
    for k, v in entries({a: null, b: true, c: false}) { print [k, v] }
    h = start watch(path: "x", mail: gmail.work)
    signal_run(h, "stop", {now: true})
    cancel h
    sleep for "5s"
    sleep until 0
    plan = cron.Schedule({ expr: "0 7 * * *" })
    reg = await triggers.register({source: plan, target: tick, inputs: {at: trigger.event}})
    process tick(at: cron.Tick) { finish null }
    checked = validate({title: "t"}, Finding)
    row = validate({id: 1}, Row)
    finish {total: twice(total), last: (await h)?, reg: reg, t: t, checked: checked, row: row}
    """
}
