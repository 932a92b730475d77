import LashJSON
import LashLang
import LashToolchain
import LashVM
import Testing

@Suite("Mock answers")
struct MockHostTests {
  private func finish(_ source: String, _ mock: String) throws -> JSONValue {
    let report = try run(source, mock: mock)
    #expect(report.outcome == .finish, "\(report.diagnostics.map(\.message))")
    return report.jsonValue
  }

  @Test("A value, an error and a lazy value")
  func fixed() throws {
    let mock = """
      {"modules": {"m": {"v": {"value": {"b": 1, "a": [true, null]}}, "e": {"error": "broken"},
                         "z": {"lazy": [1, 2]}}}}
      """
    #expect(
      try finish("finish [await m.v({})?, (await m.e({})).error, await m.z({})?]", mock)
        == json("[{\"b\": 1, \"a\": [true, null]}, \"broken\", [1, 2]]"))
    #expect(try finish("finish keys(await m.v({})?)", mock) == ["b", "a"])
  }

  @Test("An echo gives the one argument, null for none, a list for several")
  func echo() throws {
    let mock = "{\"modules\": {\"m\": {\"e\": {\"echo\": true}, \"f\": {\"echo\": \"k\"}}}}"
    #expect(
      try finish(
        "finish [m.e({k: 1}).value, m.e().value, m.e(1, \"b\").value, m.e((1, 2)).value]", mock)
        == json("[{\"k\": 1}, null, [1, \"b\"], [1, 2]]"))
    #expect(
      try finish("finish [m.f({k: 1}).value, m.f({}).value, m.f(3).value]", mock)
        == [1, nil, nil])
    #expect(try finish("finish type_of(m.e((1, 2)).value)", mock) == "list")
  }

  @Test("A sequence answers in turn and repeats its last answer, even nested")
  func sequence() throws {
    let mock = """
      {"modules": {"m": {"s": {"seq": [{"value": 1}, {"error": "no"},
                                        {"seq": [{"value": 3}, {"value": 4}]}]}}}}
      """
    #expect(
      try finish("finish [r.ok ? r.value : r.error for r in [m.s() for i in range(5)]]", mock)
        == [1, "no", 3, 4, 4])
  }

  @Test("Cases by the text of a field")
  func by() throws {
    let mock = """
      {"modules": {"m": {"b": {"by": {"field": "p", "cases": {"a.txt": {"value": 1},
         "7": {"echo": "p"}}, "else": {"error": "missing"}}},
         "c": {"by": {"field": "p", "cases": {}}}}}}
      """
    #expect(
      try finish(
        "finish [m.b({p: \"a.txt\"}).value, m.b({p: 7}).value, m.b({p: \"x\"}).error]", mock)
        == [1, 7, "missing"])
    #expect(
      try finish("finish m.c({p: \"x\"}).error", mock) == "the mock has no case for `p` = x")
  }

  @Test("Images come in and leave with their own form")
  func image() throws {
    let mock = """
      {"modules": {"cam": {"shot": {"value": {"$image": {"id": "i1", "label": "L", "width": 3}}}}}}
      """
    #expect(try finish("finish type_of(await cam.shot({})?)", mock) == "image")
    #expect(
      try finish("finish await cam.shot({})?", mock)
        == json(
          """
          {"type": "image", "id": "i1", "label": "L", "mime": "image/png", "size": 0, "width": 3,
           "height": null}
          """))
  }

  @Test("Unknown operations echo where that is asked for")
  func auto() throws {
    let mock = "{\"modules\": {\"m\": {\"a\": {\"value\": 1}}}}"
    let report = try run(
      "finish [m.a({})?, m.b({x: 2})?, other.deep.op(3)?]", mock: mock
    ) { $0.echoesUnknown = true }
    #expect(report.jsonValue == [1, ["x": 2], 3])
  }

  @Test("Globals, read-only bindings and what the caller sets besides")
  func bindings() throws {
    let mock = "{\"globals\": {\"a\": 1, \"b\": 2}, \"projected\": {\"h\": [3]}}"
    let report = try run("b = b + 1\nfinish [a, b, h, n]", mock: mock) {
      $0.globals = [HostField("a", .integer(9))]
      $0.readOnlyGlobals = [HostField("n", .string("new"))]
    }
    #expect(report.jsonValue == [9, 3, [3], "new"])
    let refused = try run("n = 1") { $0.readOnlyGlobals = [HostField("n", .null)] }
    #expect(refused.diagnostics.map(\.code) == [.readOnly])
  }

  @Test("Calls are listed with arguments and result, a batch in source order")
  func calls() throws {
    let mock = """
      {"modules": {"m": {"a": {"value": 1}, "b": {"error": "no"}}}}
      """
    let report = try run("finish [r.ok for r in await [m.a({n: 1}), m.b()]]", mock: mock)
    #expect(
      report.json()["calls"]
        == (try json(
          """
          [{"op": "m.a", "args": [{"n": 1}], "result": {"ok": true, "value": 1}},
           {"op": "m.b", "args": [], "result": {"ok": false, "error": "no"}}]
          """)))
    #expect(report.statistics.effects == 1)
  }

  @Test("A registration is kept, idempotent, and guarded by its revision")
  func triggers() throws {
    let source = """
      process p(t: cron.Tick) { finish 1 }
      a = await triggers.register({source: cron.Schedule({expr: "x"}), target: p, inputs: {t: trigger.event}, subscription_key: "k"})?
      b = await triggers.register({source: cron.Schedule({expr: "x"}), target: p, inputs: {t: trigger.event}, subscription_key: "k"})?
      c = await triggers.register({source: cron.Schedule({expr: "y"}), target: p, inputs: {t: trigger.event}, subscription_key: "k"})
      d = await triggers.disable({subscription_key: "k", expected_revision: 1})?
      e = await triggers.disable({subscription_key: "k", expected_revision: 1})
      n = len(await triggers.list({enabled: false})?)
      await triggers.delete({subscription_key: "k", expected_revision: 2})?
      finish [a.revision, b.revision, c.error, d.enabled, d.revision, e.error, n, await triggers.list({})?]
      """
    #expect(
      try finish(source, "{\"triggers\": true}")
        == [
          1, 1, "subscription `k` exists with another definition", false, 2,
          "subscription `k` has revision 2", 1, [],
        ])
  }
}
