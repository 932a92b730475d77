import Testing

@testable import LashLang

/// Rules EXP-14, FN-4…FN-6, HST-3, HST-4, HST-9: calls.
@Suite struct CheckCallsTests {
  @Test func unknownFunction() {
    CheckedText("x = ⟦lenn⟧([1])").expectOnly(
      .unknownFunction, "unknown function `lenn`", hint: "did you mean `len`?",
      repaired: "x = len([1])")
    CheckedText("if 1 > 2 { x = ⟦nosuch⟧(1) }").expectOnly(.unknownFunction, "`nosuch`")
    CheckedText("v = 1\nx = ⟦v⟧(1)").expectOnly(.unknownFunction, "`v`", hint: "is a variable")
  }

  @Test(arguments: [
    ("str", "to_string"), ("int", "to_int"), ("append", "push"), ("sorted", "sort"),
    ("typeof", "type_of"), ("parseInt", "to_int"),
  ])
  func habitualFunctions(name: String, ours: String) {
    CheckedText("x = ⟦\(name)⟧(5)").expectOnly(
      .unknownFunction, "`\(name)`", hint: "`\(ours)(…)`", repaired: "x = \(ours)(5)")
  }

  @Test(arguments: [
    ("⟦ceil_div(4)⟧", "`ceil_div` takes 2 arg(s), got 1"),
    ("⟦find(\"a\")⟧", "`find` takes 2 or 3 arg(s), got 1"),
    ("⟦range()⟧", "`range` takes 1, 2, or 3 arg(s), got 0"),
    ("⟦format()⟧", "`format` requires at least a template string"),
  ])
  func arityOfBuiltins(call: String, message: String) {
    CheckedText("x = \(call)").expectOnly(.wrongArity, message)
  }

  @Test func arityOfFunctions() {
    CheckedText("fn f(a: int) -> int { a }\nx = ⟦f(1, 2)⟧").expectOnly(
      .wrongArity, "function `f` expects 1 argument(s), got 2", hint: "fn f(a: int) -> int")
  }

  @Test func processCalledLikeAFunction() {
    CheckedText("process p(a: int) { finish a }\nx = ⟦p⟧(1)").expectOnly(
      .notAValue, "`p` is a process", hint: "start p(a: …)")
  }

  @Test func bareTool() {
    CheckedText("x = ⟦search⟧({q: 1})").expectOnly(
      .bareToolCall, "tools must be called through module paths, e.g. `web.search`",
      repaired: "x = web.search({q: 1})")
  }

  // MARK: Modules

  @Test func unknownOperation() {
    CheckedText("x = await web.⟦serch⟧({})").expectOnly(
      .unknownOperation, "module `web` has no operation `serch`", hint: "`search`",
      repaired: "x = await web.search({})")
    CheckedText("x = await web.⟦zap⟧({})").expectOnly(
      .unknownOperation, "`zap`", hint: "`search`, `fetch`")
    CheckedText("x = web.⟦search⟧").expectOnly(
      .notAValue, "`search` is an operation of module `web`", hint: "await web.search({…})")
  }

  @Test func unknownModule() {
    CheckedText("x = await ⟦wbe⟧.go({})").expectOnly(
      .unknownModule, "unknown module `wbe`", hint: "`web`", repaired: "x = await web.go({})")
    CheckedText("x = await ⟦gmail⟧.send({})").expectOnly(
      .unknownModule,
      "module `gmail` does not expose operation `send`; available identity-qualified paths: "
        + "gmail.work, gmail.home", hint: "gmail.work.send")
    CheckedText("x = ⟦gmail.wrok⟧").expectOnly(.unknownModule, "`gmail.wrok`", hint: "gmail.work")
  }

  @Test func standardModulesOfOtherLanguages() {
    CheckedText("x = ⟦json⟧.loads(\"1\")").expectOnly(
      .unknownModule, "`json`", hint: "json_parse", repaired: "x = json_parse(\"1\")")
    CheckedText("x = ⟦Math⟧.floor(1.5)").expectOnly(
      .unknownModule, "`Math`", hint: "floor", repaired: "x = floor(1.5)")
  }

  @Test func methods() {
    CheckedText("s = \"abc\"\nx = ⟦s⟧.upper()").expectOnly(
      .unknownOperation, "receiver for operation `upper` is not a module authority",
      hint: "upper(s)", repaired: "s = \"abc\"\nx = upper(s)")
    CheckedText("y = ⟦\"abc\"⟧.search()").expectOnly(.unknownOperation, "`search`")
    CheckedText("xs = [1]\n⟦xs⟧.append(3)").expectOnly(
      .unknownOperation, "`append`", hint: "xs = push(xs, 3)",
      repaired: "xs = [1]\nxs = push(xs, 3)")
    CheckedText("process p(a: int) { finish a }\nx = ⟦p⟧.go({})").expectOnly(
      .unknownOperation, "`go`", hint: "is a process")
  }

  @Test func plainVariablesAreNoAuthorities() {
    let text = CheckedText("web = 5\nx = ⟦web⟧.search({})")
    #expect(
      text.codes.sorted { $0.rawValue < $1.rawValue } == [.unknownOperation, .shadowedModule])
    // What may hold an authority is left to the machine.
    #expect(CheckedText("for m in [web] { x = await m.search({})?\n print x }").problems == [])
  }

  @Test func anyModule() {
    var host = HostSurface()
    host.acceptsAnyModule = true
    let text = CheckedText("x = (await a.b.c({}))?\nfinish x", host)
    #expect(text.problems == [])
    #expect(text.module.modules == [ModuleReference(path: "a.b", authority: "a.b")])
  }

  @Test func missingAwait() {
    CheckedText("x = ⟦web.search({})⟧?").expectOnly(
      .missingAwait, "has no `await`", repaired: "x = await web.search({})?")
    CheckedText("x = ⟦web.search({})⟧.value").expectOnly(
      .missingAwait, "has no `await`", repaired: "x = (await web.search({})).value")
    CheckedText("x = ⟦web.search({})⟧?.title").expectOnly(
      .missingAwait, "has no `await`", repaired: "x = (await web.search({})?).title")
    let batch = "xs = await [web.search({q: i})? for i in [1]]\nr = await {a: (web.fetch({})?,)}"
    #expect(CheckedText(batch).problems == [])
  }

  // MARK: Constructors

  @Test func constructors() {
    CheckedText("s = ⟦cron.Schedule({expr: \"x\"}, 1)⟧").expectOnly(
      .wrongArity, "constructor `cron.Schedule` expects { expr: str, tz: str? }, got 2 arguments")
    CheckedText("s = cron.Schedule(⟦{tz: \"UTC\"}⟧)").expectOnly(
      .typeMismatch, "the field `expr` is missing")
  }

  // MARK: Purity

  @Test(arguments: [
    ("⟦await⟧ a", "`await`"), ("⟦print⟧ a", "`print`"), ("⟦finish⟧ a", "`finish`"),
    ("⟦web.search({})⟧", "module operation `web.search`"), ("⟦sleep⟧ for 5", "`sleep`"),
    ("⟦cancel⟧ a", "`cancel`"), ("⟦start⟧ p(b: 1)", "`start`"),
    ("⟦signal_run⟧(a, \"s\", 1)", "`signal_run`"), ("⟦wait_signal⟧(\"s\")", "`wait_signal`"),
  ])
  func effectsInFunctions(statement: String, construct: String) {
    let text = "process p(b: int) { finish b }\nfn f(a: any) -> any { \(statement) }"
    CheckedText(text).expectOnly(
      .effectInFunction, "\(construct) can't be used inside function `f`")
  }
}
