import LashJSON
import Testing

@testable import LashLang

/// HST-1: what a host offers, as compact signatures; always the same, at most 100 columns wide.
@Suite struct HostTextTests {
  @Test func nothing() {
    #expect(HostText.text(of: HostSurface()) == "")
  }

  @Test func aBitOfEverything() {
    var host = HostSurface.sample(globals: ["n", "rows"], readOnly: ["history"])
    host.modules[0].operations[0].summary = "Finds pages.\n  The best first."
    host.modules[0].operations[0].input = .schema([
      "type": "object", "properties": ["query": ["type": "string"], "limit": ["type": "integer"]],
      "required": ["query"],
    ])
    host.modules[0].operations[0].output = .text("list[Finding]")
    host.modules[0].operations[1].outputFromInput = "schema"
    host.abilities.sleep = false
    host.allowsLabels = false
    #expect(
      HostText.text(of: host) == """
        module web
          # Finds pages. The best first.
          search({ query: str, limit: int?, ... }) -> list[Finding]
          fetch(any) -> the type given as `schema`

        module gmail.work, gmail.home: Gmail
          send(any) -> any

        module triggers
          register(any) -> any
          list(any) -> any

        type Finding = { title: str, parent: Finding? }
        type crm.Lead = int

        constructor cron.Schedule({ expr: str, tz: str? }) -> cron.Source
        constructor Money(float) -> Amount
        trigger source cron.Source gives cron.Tick

        variables: n, rows
        read-only: history

        not granted: sleep, labels

        """)
  }

  @Test func longSignatures() {
    let a = String(repeating: "a", count: 40)
    var host = HostSurface()
    host.modules = [
      HostModule(
        path: "m", authority: "M",
        operations: [
          HostOperation(
            name: "an op",
            input: .text("{ \(a): str, \(a)b: list[{ x: int, y: enum[\"a, }\"] }] }"),
            output: .text("{ ok: bool }"),
            summary: String(repeating: "word ", count: 24)),
          HostOperation(
            name: "deep", input: .text("list[{ \(a): { \(a)c: int, \(a)d: str }, b: int }]")),
        ])
    ]
    let text = HostText.text(of: host)
    #expect(
      text == """
        module m
          #\(String(repeating: " word", count: 19))
          # word word word word word
          "an op"({
            \(a): str,
            \(a)b: list[{ x: int, y: enum["a, }"] }],
          }) -> { ok: bool }
          deep(list[{
            \(a): {
              \(a)c: int,
              \(a)d: str,
            },
            b: int,
          }]) -> any

        """)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(HostText.text(of: host) == text)
  }
}
