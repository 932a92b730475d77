import LashJSON
import LashLang
import LashVM
import Testing

@testable import LashToolchain

/// Subscriptions and their events (rule EFF-20).
@Suite("Triggers")
struct TriggerTests {
  private func finish(_ source: String, mock: String = "{\"triggers\": true}") throws -> JSONValue {
    let report = try run("process p(t: cron.Tick, n: int) { finish n }\n" + source, mock: mock)
    #expect(report.outcome == .finish, "\(report.diagnostics.map(\.message))")
    return report.jsonValue
  }

  private let plan =
    "{source: cron.Schedule({expr: \"x\"}), target: p, inputs: {t: trigger.event, n: 1}"

  // Worked out with Python's hashlib from the facts of the reference.
  @Test("A key that is not given is derived from process and source")
  func derived() throws {
    let key = try finish("finish (await triggers.register(\(plan)}))?.subscription_key")
    #expect(key == "derived/v1/c5f2a17bd1736876eed5d8d7a0470257a632e3230c4bf0b77da0d8fa40f23c50")
    let source = try finish("finish (await triggers.register(\(plan)}))?.source_key")
    #expect(
      source
        == "source:cron.Schedule:sha256:2398859b0495c40ed5bccccea89ba953e7753f9c61169ea0c0e3b74d8049342f"
    )
  }

  @Test("Deleting keeps the key taken; reviving begins anew; pruning forgets")
  func life() throws {
    let value = try finish(
      """
      a = (await triggers.register(\(plan), subscription_key: "k"}))?
      b = (await triggers.update({source: cron.Schedule({expr: "y"}), target: p, inputs: {t: trigger.event, n: 2}, subscription_key: "k", expected_revision: 1}))?
      c = (await triggers.delete({subscription_key: "k", expected_revision: 2}))?
      d = await triggers.register(\(plan), subscription_key: "k"})
      e = await triggers.enable({subscription_key: "k", expected_revision: 3})
      f = (await triggers.revive({source: cron.Schedule({expr: "z"}), target: p, inputs: {t: trigger.event, n: 3}, subscription_key: "k", expected_revision: 3}))?
      await triggers.prune({subscription_keys: ["k"]})?
      g = (await triggers.register(\(plan), subscription_key: "k"}))?
      finish [a.revision, b.revision, c.enabled, d.error, e.error, f.incarnation, f.revision, f.enabled, g.incarnation]
      """)
    #expect(
      value == [
        1, 2, false, "subscription `k` was deleted at revision 3; use `revive`",
        "no subscription `k`", 2, 4, true, 1,
      ])
  }

  private func fire(
    _ source: String, _ name: String, mock: String = "{\"triggers\": true}"
  ) throws -> RunReport {
    try run(source, mock: mock) {
      $0.fires = [
        RunSetup.TriggerEvent(source: name, event: .record([HostField("at", .string("now"))]))
      ]
    }
  }

  @Test(
    "An event starts what is subscribed: by type of source, key or name",
    arguments: [
      ("cron.Schedule", 2), ("one", 1), ("named", 1), ("ui.button.pressed", 0), ("none", 0),
    ])
  func firing(name: String, count: Int) throws {
    let report = try fire(
      """
      process p(t: cron.Tick, n: int) { sleep for 5
        yield [t.at, n] }
      await triggers.register({source: cron.Schedule({expr: "x"}), target: p, inputs: {t: trigger.event, n: 1}, subscription_key: "one"})?
      await triggers.register({source: cron.Schedule({expr: "y"}), target: p, inputs: {t: trigger.event, n: 2}, name: "named"})?
      off = (await triggers.register({source: cron.Schedule({expr: "z"}), target: p, inputs: {t: trigger.event, n: 3}, subscription_key: "off"}))?
      await triggers.disable({subscription_key: "off", expected_revision: off.revision})?
      """, name)
    #expect(report.runs.count == count)
    #expect(report.events.filter { $0.name == "Yield" }.count == count)
    #expect(report.notices.isEmpty == (count > 0))
    if name == "one" { #expect(report.events.last?.value == ["now", 1]) }
  }

  @Test("Sources and constructors that a mock declares itself")
  func ownSources() throws {
    let mock = """
      {"types": {"Mail": {"type": "object", "properties": {"at": {"type": "string"}}, "required": ["at"]}},
       "constructors": {"mail.Inbox": {"input": "{ box: str }"}}, "trigger_sources": {"mail.Inbox": "Mail"}}
      """
    let report = try fire(
      """
      process read(m: Mail) { finish m.at }
      process setup(n: int) {
        await triggers.register({source: mail.Inbox({box: "in"}), target: read, inputs: {m: trigger.event}})?
        finish 1
      }
      finish (await start setup(n: 1))?
      """, "mail.Inbox", mock: mock)
    #expect(report.outcome == .finish, "\(report.diagnostics.map(\.message))")
    let last = try #require(report.runs.last)
    #expect(last.run == "fire-1.1")
    guard case .success(.string("now"))? = last.result else {
      Issue.record("\(last)")
      return
    }
  }
}
