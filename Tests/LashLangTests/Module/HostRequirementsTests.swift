import LashJSON
import Testing

@testable import LashLang

/// What a module needs of its host, and what a host lacks (rule MOD-4).
@Suite struct HostRequirementsTests {
  private func requirements(_ text: String, _ host: HostSurface = .sample) throws
    -> HostRequirements
  {
    let parsed = Parser.parse(SourceFile(name: "m.lash", text: text))
    let module = CheckModule.check(parsed.tree, host: host, earlier: parsed.diagnostics)
    let problem = module.diagnostics.first { $0.severity == .error }
    try #require(problem == nil, "\(text): \(problem?.message ?? "")")
    return HostRequirements(of: module)
  }

  @Test(
    "What is used is named, and nothing else",
    arguments: [
      ("x = 1", "{}"),
      (
        "x = await web.search({})",
        "{\"modules\":[{\"path\":\"web\",\"authority\":\"Web\",\"operations\":[{\"name\":\"search\"}]}]}"
      ),
      (
        "w = web",
        "{\"modules\":[{\"path\":\"web\",\"authority\":\"Web\",\"operations\":[]}]}"
      ),
      (
        "process p(m: Gmail) { await m.send({})? }",
        "{\"abilities\":[\"processes\"],\"authorities\":[{\"name\":\"Gmail\",\"operations\":[{\"name\":\"send\"}]}]}"
      ),
      ("sleep for 1", "{\"abilities\":[\"sleep\"]}"),
      (
        "process p() signals { s: any } { x = wait_signal(\"s\") }",
        "{\"abilities\":[\"processes\",\"process_signals\"]}"
      ),
      ("@label(title: \"t\")\nprint 1", "{\"labels\":true}"),
      (
        "x = validate({}, Finding)",
        "{\"types\":[{\"name\":\"Finding\",\"type\":\"{ title: str, parent: Finding? }\"}]}"
      ),
      (
        "x = cron.Schedule({expr: \"\"})",
        "{\"constructors\":[{\"path\":\"cron.Schedule\",\"input\":\"{ expr: str, tz: str? }\",\"output\":\"cron.Source\"}],\"trigger_sources\":[{\"source\":\"cron.Source\",\"event\":\"cron.Tick\"}]}"
      ),
      ("process p(t: Amount) { }", "{\"abilities\":[\"processes\"],\"opaque_types\":[\"Amount\"]}"),
      (
        "for m in [gmail.work, web] { await m.send({})? }",
        "{\"modules\":[{\"path\":\"gmail.work\",\"authority\":\"Gmail\",\"operations\":[]},{\"path\":\"web\",\"authority\":\"Web\",\"operations\":[]}],\"operations\":[\"send\"]}"
      ),
    ])
  func used(_ pair: (String, String)) throws {
    #expect(try requirements(pair.0).json.description == pair.1, "\(pair.0)")
  }

  @Test("Named types are followed into the types of operations and of one another")
  func nested() throws {
    var host = HostSurface()
    host.types = [
      HostNamedType(name: "A", type: .text("{ b: list[B] }")),
      HostNamedType(name: "B", type: .text("{ a: A?, n: int }")),
      HostNamedType(name: "C", type: .text("int")),
    ]
    host.modules = [
      HostModule(
        path: "m", authority: "M",
        operations: [HostOperation(name: "op", input: .text("C"), output: .text("A"))])
    ]
    #expect(try requirements("x = await m.op(1)", host).types.map(\.name) == ["A", "B", "C"])
  }

  @Test("Variables from outside are named if they are used, those of the program are not")
  func variables() throws {
    var host = HostSurface()
    host.globals = ["a", "b", "c"]
    host.readOnlyGlobals = ["h", "i"]
    let found = try requirements("a = h\nb += 1\nmine = {c: 1}", host)
    #expect(found.globals == ["a", "b"] && found.readOnlyGlobals == ["h"])
  }

  @Test(
    "What a host lacks is named",
    arguments: [
      ("x = await web.search({})", ["the host lacks module web"]),
      ("process p(m: Gmail) { await m.send({})? }", ["the host lacks module of type Gmail"]),
      ("x = validate({}, Finding)", ["the host lacks type Finding"]),
      (
        "x = cron.Schedule({expr: \"\"})",
        ["the host lacks constructor cron.Schedule", "the host lacks trigger source cron.Source"]
      ),
      ("for m in [gmail.work] { n = m\nawait n.send({})? }", ["the host lacks module gmail.work"]),
    ])
  func lacking(_ pair: (String, [String])) throws {
    let missing = try requirements(pair.0).missing(in: HostSurface()).map(\.description)
    #expect(Array(missing.prefix(pair.1.count)) == pair.1)
  }

  @Test("What a host has otherwise is shown on both sides")
  func differing() throws {
    var host = HostSurface()
    let operation = HostOperation(name: "op", input: .text("{ n:int }"), output: .text("str"))
    host.modules = [HostModule(path: "m", authority: "M", operations: [operation])]
    let needed = try requirements("x = await m.op({n: 1})?\nsleep for 1", host)
    #expect(needed.missing(in: host).isEmpty)
    // Layout, descriptions and further operations do not count.
    host.modules[0].operations[0].input = .text("{ n: int }")
    host.modules[0].operations[0].summary = "does it"
    host.modules[0].operations.append(HostOperation(name: "other"))
    #expect(needed.missing(in: host).isEmpty)
    host.modules[0].operations[0].output = .schema(["type": "integer"])
    host.modules[0].authority = "N"
    host.abilities.sleep = false
    #expect(
      needed.missing(in: host).map(\.description) == [
        "the host lacks ability sleep", "type of module m: the module needs `M`, the host has `N`",
        "output of m.op: the module needs `str`, the host has `int`",
      ])
    host.modules[0].operations[0].name = "op2"
    #expect(needed.missing(in: host).contains { $0.description == "the host lacks operation m.op" })
  }

  @Test(
    "Checked against its requirements alone, a module is the same and needs the same",
    arguments: [
      "x = await web.search({})\nfinish x", "process p(m: Gmail) { await m.send({})? }",
      "for m in [gmail.work, web] { await m.send({})? }",
      "x = validate({}, Finding)\ny = Type { a: Finding, b: crm.Lead }",
      "process t(e: cron.Tick) { }\nr = await triggers.register({source: cron.Schedule({expr: \"\"}), target: t, inputs: {e: trigger.event}})",
      "process p(a: Amount, w: Web) { x = a }\nsleep for 1\n@label(title: \"t\")\nprint 1",
    ])
  func again(text: String) throws {
    let parsed = Parser.parse(SourceFile(name: "m.lash", text: text))
    let first = CheckModule.check(parsed.tree, host: .sample)
    try #require(!first.hasErrors, "\(first.diagnostics)")
    let needs = HostRequirements(of: first)
    #expect(needs.missing(in: .sample).isEmpty)
    let second = CheckModule.check(parsed.tree, host: needs.surface)
    try #require(!second.hasErrors, "\(second.diagnostics)")
    #expect(HostRequirements(of: second).json == needs.json)
    #expect(first.identity == second.identity)
    #expect(needs.missing(in: needs.surface).isEmpty)
  }
}
