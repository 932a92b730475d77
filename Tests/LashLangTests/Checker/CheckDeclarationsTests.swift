import Testing

@testable import LashLang

/// Rules GRM-3, TYP-2, TYP-4, FN-6, EFF-14, EFF-18, EFF-20, HST-6: declarations and processes.
@Suite struct CheckDeclarationsTests {
  @Test func duplicates() {
    let text = CheckedText("type A = int\ntype ⟦A⟧ = str")
    text.expectOnly(.duplicateDeclaration, "duplicate declaration `A`")
    #expect(text.problems.first?.notes.first?.span == SourceSpan(start: 5, end: 6))
    CheckedText("process p(a: int) { finish a }\nprocess ⟦p⟧(b: int) { finish b }").expectOnly(
      .duplicateDeclaration, "`p`")
    CheckedText("process p(a: int) { finish a }\nfn ⟦p⟧(b: int) -> int { b }").expectOnly(
      .duplicateDeclaration, "`p`")
    #expect(CheckedText("type p = int\nprocess p(b: p) { finish b }").problems == [])
  }

  @Test func duplicateParameters() {
    CheckedText("fn f(a: int, ⟦a⟧: int) -> int { a }").expectOnly(
      .duplicateParameter, "duplicate function parameter `a`")
    CheckedText("process p(a: int) signals { s: int, ⟦s⟧: int } { finish a }").expectOnly(
      .duplicateParameter, "duplicate process signal `s`")
  }

  @Test func reservedNames() {
    CheckedText("fn ⟦len⟧(a: int) -> int { a }").expectOnly(
      .reservedName, "function `len` cannot reuse the name of a builtin")
  }

  @Test func unknownTypes() {
    CheckedText("type Row = int\nprocess p(a: ⟦Rwo⟧) { finish a }").expectOnly(
      .unknownType, "unknown type `Rwo`", hint: "`Row`")
    CheckedText("process p(a: int) -> ⟦Widget⟧ { finish a }").expectOnly(
      .unknownType, "`Widget`", hint: "declare it")
    CheckedText("type A = list[⟦String⟧]").expectOnly(
      .unknownType, "`String`", hint: "`str`", repaired: "type A = list[str]")
    CheckedText("x = Type { a: ⟦Nope⟧ }").expectOnly(.unknownType, "`Nope`")
    CheckedText("x = 1\nprocess p(a: ⟦x⟧) { finish a }").expectOnly(.unknownType, "`x`")
    #expect(
      CheckedText("process p(t: cron.Tick, m: Gmail, l: crm.Lead) { finish t }").problems == [])
  }

  @Test func constantsMustBeAssignedOnceAtTheTopLevel() {
    CheckedText("R = Type { a: int }\nR = Type { b: int }\nfn f(r: ⟦R⟧) -> any { r }").expectOnly(
      .unknownType, "`R`")
    CheckedText("if 1 < 2 { R = Type { a: int } }\nfn f(r: ⟦R⟧) -> any { r }").expectOnly(
      .unknownType, "`R`")
  }

  @Test func typesThatStandForThemselves() {
    CheckedText("type ⟦A⟧ = A | null").expectOnly(.unknownType, "type `A` stands for itself")
    let chain = CheckedText("type A = B\ntype B = C\ntype C = A")
    #expect(chain.codes == [.unknownType])
    #expect(CheckedText("type A = { next: A?, all: list[A] }").problems == [])
  }

  // MARK: Processes

  @Test func unknownProcess() {
    CheckedText("process report(a: int) { finish a }\nh = start ⟦reprot⟧(a: 1)").expectOnly(
      .unknownProcess, "unknown process `reprot`", hint: "`report`")
    CheckedText("fn f(a: int) -> int { a }\nh = start ⟦f⟧(a: 1)").expectOnly(
      .unknownProcess, "`f`", hint: "is a function")
  }

  @Test(arguments: [
    ("⟦start p(a: 1)⟧", "process `p` is missing argument `bb`"),
    ("start p(a: 1, bb: 2, ⟦c⟧: 3)", "process `p` does not accept argument `c`"),
    ("start p(a: 1, bb: 2, ⟦a⟧: 3)", "duplicate process argument `a`"),
  ])
  func processArguments(start: String, message: String) {
    CheckedText("process p(a: int, bb: int) { finish a }\nh = \(start)").expectOnly(
      .processArguments, message)
  }

  @Test func signalsReachProcessesOnly() {
    CheckedText("x = ⟦wait_signal⟧(\"go\")").expectOnly(
      .signalOutsideProcess, "`wait_signal` can only be used inside a process body")
  }

  @Test func abilities() {
    var host = HostSurface.sample
    host.abilities.processes = false
    host.abilities.sleep = false
    host.abilities.processSignals = false
    host.abilities.triggers = false
    host.allowsLabels = false
    CheckedText("process ⟦p⟧(a: int) { finish a }\nh = start p(a: 1)", host).expectOnly(
      .abilityDisabled, "lashlang feature `processes` is disabled by this host")
    CheckedText("⟦sleep⟧ for 5\nsleep for 6", host).expectOnly(.abilityDisabled, "`sleep`")
    CheckedText("h = json_parse(\"1\")\n⟦signal_run⟧(h, \"s\", 1)", host).expectOnly(
      .abilityDisabled, "`process signals`")
    CheckedText("x = await triggers.⟦list⟧({})?", host).expectOnly(.abilityDisabled, "`triggers`")
    CheckedText("⟦@label(title: \"a\")⟧\nx = 1", host).expectOnly(
      .abilityDisabled, "`label annotations`")
  }

  // MARK: Triggers

  @Test(arguments: [
    ("⟦{target: p, inputs: {t: trigger.event}}⟧", "requires { source, target, inputs, name? }"),
    ("{source: s, target: p, inputs: ⟦{t: 1}⟧}", "at least one param to `trigger.event`"),
    ("{source: s, target: p, inputs: ⟦s⟧}", "`inputs` must be a literal record"),
    ("{source: s, target: p, inputs: {t: trigger.event, ⟦town⟧: 1}}", "has no input `town`"),
    ("{source: s, target: p, inputs: {t: trigger.event, ⟦t⟧: 1}}", "input `t` is duplicated"),
    ("{source: s, target: q, inputs: ⟦{t: trigger.event}⟧}", "input `c` is not mapped"),
    ("{source: s, target: ⟦5⟧, inputs: {t: trigger.event}}", "must be a process value"),
    ("{source: s, target: p, inputs: {t: ⟦trigger.event.at⟧, t2: trigger.event}}", "projections"),
    ("{source: s, target: p, inputs: {t: trigger.event}, subscription_key: ⟦\"\"⟧}", "non-empty"),
    (
      "{source: s, target: p, inputs: {t: trigger.event}, subscription_key: ⟦\"lash.internal/x\"⟧}",
      "reserved"
    ),
  ])
  func registrations(argument: String, message: String) {
    let text = CheckedText(
      "process p(t: cron.Tick) { finish t }\nprocess q(t: cron.Tick, c: str) { finish t }\n"
        + "s = cron.Schedule({expr: \"x\"})\nr = await triggers.register(\(argument))?\nfinish r")
    let found = text.problems.filter { $0.message.contains(message) }
    #expect(found.count == 1, "\(text.problems)")
    #expect(found.first?.code == .invalidTrigger)
    #expect(found.first?.span == text.marked.spans.first)
  }

  @Test func triggerEventOutsideInputs() {
    CheckedText("x = ⟦trigger.event⟧").expectOnly(
      .invalidTrigger, "is only valid as a direct value")
    #expect(CheckedText("trigger = {event: 1}\nfinish trigger.event").problems == [])
  }

  @Test func goodRegistration() {
    let text = CheckedText(
      "process p(t: cron.Tick, c: str) { finish t }\nr = await triggers.register({source: "
        + "cron.Schedule({expr: \"x\"}), target: p, inputs: {t: trigger.event, c: \"Jena\"}})?")
    #expect(text.problems == [])
    #expect(text.module.resolutions.contains(.triggerEvent))
  }

  // MARK: Size

  @Test func hugePrograms() {
    let lines = (0..<100_000).map { "x\($0) = \($0 == 0 ? "1" : "x\($0 - 1)") + 1" }
    #expect(CheckedText(lines.joined(separator: "\n"), HostSurface()).problems == [])
    let branches =
      "c = true\nwhile true {\n"
      + (0..<20_000).map { "  if c { v\($0) = 1 }\n  if c { break }\n" }.joined() + "}"
    #expect(CheckedText(branches, HostSurface()).problems == [])
    let unknown = CheckedText((0..<20_000).map { "f\($0)(n\($0))" }.joined(separator: "\n"))
    #expect(unknown.problems.count == DiagnosticBag.limit + 1)
    let chain = (0..<20_000).map { "type T\($0) = T\($0 + 1)" } + ["type T20000 = int"]
    #expect(CheckedText(chain.joined(separator: "\n")).problems == [])
  }

  /// Each body is checked in time linear in itself, not in the text.
  @Test func manyBodies() {
    let functions = (0..<20_000).map { "fn f\($0)(a: int) -> int {\n  b = a + \($0)\n  b\n}" }
    #expect(CheckedText(functions.joined(separator: "\n"), HostSurface()).problems == [])
  }
}
