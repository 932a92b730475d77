import Testing

@testable import LashLang

/// Rules EXP-2, STM-9, HST-2, HST-7, HST-8: what names mean where.
@Suite struct CheckNamesTests {
  @Test func unknownNameSuggestsTheNearest() {
    CheckedText("total = 1\nfinish ⟦totl⟧").expectOnly(
      .unknownName, "unknown name `totl`", hint: "did you mean `total`?",
      repaired: "total = 1\nfinish total")
  }

  @Test(arguments: [("None", "null"), ("True", "true"), ("False", "false"), ("undefined", "null")])
  func habitualNames(name: String, ours: String) {
    CheckedText("x = ⟦\(name)⟧").expectOnly(
      .unknownName, name, hint: "`\(ours)`", repaired: "x = \(ours)")
  }

  @Test func nameAssignedFurtherDown() {
    CheckedText("x = ⟦later⟧\nlater = 1").expectOnly(.unknownName, "only further down")
    CheckedText("x = ⟦x⟧ + 1").expectOnly(.unknownName, "`x`")
    CheckedText("⟦n⟧ += 1").expectOnly(.unknownName, "`n`")
    CheckedText("⟦r⟧[\"a\"] = 1").expectOnly(.unknownName, "`r`")
  }

  @Test func builtinAsAValue() {
    CheckedText("f = ⟦len⟧").expectOnly(.unknownName, "`len`", hint: "is a builtin")
  }

  @Test func slotsOfTextAreChecked() {
    CheckedText(#"s = f"a {⟦nam⟧}""#).expectOnly(.unknownName, "`nam`")
  }

  /// Programs that are right, one a row.
  @Test(arguments: [
    "len = 3\nfinish len([len])",
    "for x in [1] { print x }\nx = 2\nfinish x",
    "xs = [a + b for a, b in [(1, 2)] if a > 0]\nfinish xs",
    "while true {\n  n = 1\n  break\n}\nfinish n",
    "p = 1\nprocess p(a: int) { finish a }\nfinish p",
    "type Row = { a: int }\nfinish validate({a: 1}, Row)",
    "Row = Type { a: int }\nfn f(r: Row) -> int { r.a }\nfinish f({a: 1})",
    "process p(m: Web) { finish (await m.search({}))? }\nh = start p(m: web)",
    "finish Finding",
    "finish [gmail.work, cron.Schedule({expr: \"x\"}), Money(3)]",
    "fn f(abs: int) -> int { abs }\nfinish f(1)",
    "fn abs(x: float) -> float { x < 0 ? -x : x }\nfinish abs(-2)",
  ])
  func accepted(text: String) {
    #expect(CheckedText(text).problems == [])
  }

  @Test func bindingsLiveInTheirLoop() {
    CheckedText("for i in [1] { print i }\nfinish ⟦i⟧").expectOnly(.unknownName, "`i`")
    CheckedText("xs = [q for q in [1]]\nfinish ⟦q⟧").expectOnly(.unknownName, "`q`")
    // Assigning a binding does not make a variable.
    CheckedText("for v in [1] { v = 2 }\nfinish ⟦v⟧").expectOnly(.unknownName, "`v`")
  }

  @Test func bodiesSeeNothingOfTheMainBlock() {
    CheckedText("x = 5\nprocess p(a: int) { finish a + ⟦x⟧ }").expectOnly(
      .unknownName, "`x`", hint: "make `x` a parameter")
    CheckedText("x = 5\nfn f(a: int) -> int { a + ⟦x⟧ }").expectOnly(
      .unknownName, "`x`", hint: "make `x` a parameter")
    CheckedText("process p(a: int) { finish ⟦inputs⟧ }").expectOnly(
      .unknownName, "`inputs`", hint: "parameters by their names")
    CheckedText("fn f() -> any { ⟦web⟧ }").expectOnly(.unknownName, "`web`")
  }

  @Test func functionsAreNoValues() {
    CheckedText("fn f(a: int) -> int { a }\ng = ⟦f⟧").expectOnly(
      .notAValue, "`f` names a function; call it as `f(...)` — it is not a value")
  }

  @Test func earlierVariablesAreKnown() {
    #expect(CheckedText("n += 1\nfinish n", .sample(globals: ["n"])).problems == [])
  }

  @Test func readOnlyNamesAreNotAssigned() {
    let host = HostSurface.sample(readOnly: ["history"])
    #expect(CheckedText("finish history[0]", host).problems == [])
    CheckedText("⟦history⟧ = []", host).expectOnly(
      .readOnly, "`history` is a read-only projected binding", hint: "copy")
    CheckedText("⟦history[0].a⟧ = 1", host).expectOnly(.readOnly, "`history`")
    #expect(CheckedText("for history in [1] { history = 2 }", host).problems == [])
  }

  @Test func variablesThatHideModulesWarn() {
    let host = HostSurface.sample(globals: ["web", "gmail"])
    CheckedText("finish ⟦web⟧.title\n", host).expectOnly(.shadowedModule, "hides the module `web`")
    CheckedText("finish ⟦gmail⟧.work", host).expectOnly(
      .shadowedModule, "hides the module `gmail.work`")
    #expect(CheckedText("finish gmail.other", host).problems == [])
    // A variable of the program is only worth a word where it is called like a module.
    #expect(CheckedText("web = {a: 1}\nfinish web.a").problems == [])
  }

  @Test func afterSyntaxErrorsUnknownNamesAreNotReported() {
    let text = CheckedText("x = = 1\nfinish y")
    #expect(!text.codes.isEmpty)
    #expect(!text.codes.contains(.unknownName))
  }
}
