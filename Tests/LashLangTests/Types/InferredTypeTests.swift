import Testing

@testable import LashLang

/// The types that expressions have (rules TYP-9 to TYP-22): of the value that a program finishes with.
@Suite struct InferredTypeTests {
  /// The type of the operand of the last `finish`, as text.
  private func finished(_ text: String, _ host: HostSurface = .typed) -> String {
    let module = CheckedText(text, host).module
    #expect(!module.hasErrors, "\(text): \(module.diagnostics)")
    let operands = module.tree.statements.compactMap { statement -> ExpressionID? in
      if case .finish(let value) = statement.kind { value } else { nil }
    }
    return operands.last.map { module.typeText(of: $0) } ?? "nothing"
  }

  @Test(arguments: [
    ("finish 1", "int"), ("finish 1.5", "float"), ("finish -1", "int"), ("finish null", "null"),
    ("finish \"a\"", "enum[\"a\"]"), ("finish f\"{1}\"", "str"), ("finish not 1", "bool"),
    ("finish 1 + 2", "int"), ("finish 1 / 2", "float"), ("finish 1 + 0.5", "float"),
    ("finish \"a\" + 1", "str"), ("finish [1] + [2]", "list[int]"), ("finish 7 % 2", "int"),
    ("finish 1 < 2", "bool"), ("finish 1 in [1]", "bool"), ("finish null + 1", "int"),
    ("finish [1, 2.5]", "list[float]"), ("finish [1, null]", "list[int | null]"),
    ("finish (1, \"a\")", "(int, enum[\"a\"])"), ("finish (1,)", "(int,)"),
    ("finish (1, \"a\")[-1]", "enum[\"a\"]"),
    ("finish {a: 1, b: [true]}", "{ a: int, b: list[bool] }"),
    ("finish [x * 2 for x in [1]]", "list[int]"), ("finish json_parse(\"1\")", "any"),
    ("finish json_parse(\"1\") + \"\"", "str"), ("finish true ? 1 : \"b\"", "int | enum[\"b\"]"),
    ("finish null ?? 1", "int"), ("finish Type { a: int }", "Type[{ a: int }]"),
  ])
  func expressions(text: String, type: String) {
    #expect(finished(text) == type, "\(text)")
  }

  @Test(arguments: [
    ("finish len([])", "int"), ("finish keys({a: 1})", "list[str]"),
    ("finish values({a: 1, b: null})", "list[int | null]"),
    ("finish entries({a: 1})", "list[(str, int)]"), ("finish sum([1, 2])", "int"),
    ("finish sum([1, 2.5])", "float"), ("finish min([2, 1])", "int"), ("finish abs(-1)", "int"),
    ("finish round(1.5)", "int"), ("finish range(3)", "list[int]"),
    ("finish zip([1], [true])", "list[(int, bool)]"),
    ("finish enumerate([true])", "list[(int, bool)]"), ("finish flatten([[1], [2]])", "list[int]"),
    ("finish slice(\"abc\", 0, 1)", "str"), ("finish slice([1], 0, 1)", "list[int]"),
    ("finish push([1], null)", "list[int | null]"), ("finish find(\"a\", \"b\")", "int | null"),
    ("finish group_by([{t: 1}], \"t\")", "dict[list[{ t: int }]]"),
    ("finish from_entries([(\"a\", 1)])", "dict[int]"),
    ("finish merge({a: 1}, {b: true})", "{ a: int, b: bool }"),
    ("finish without({a: 1, b: true}, \"a\")", "{ b: bool }"),
    ("finish validate(json_parse(\"1\"), Type { a: int })", "{ a: int }"),
    ("finish grep_text(\"a\", \"a\")[0].line", "int | null"),
    ("finish split(\"a\", \",\")", "list[str]"),
  ])
  func builtins(text: String, type: String) {
    #expect(finished(text) == type, "\(text)")
  }

  @Test(arguments: [
    ("x = 1\nx = true\nfinish x", "bool"),
    ("x = 1\nif json_parse(\"1\") { x = true }\nfinish x", "bool | int"),
    ("x = null\nif json_parse(\"1\") { finish 1 } else { x = true }\nfinish x", "bool"),
    ("xs = []\nfor i in range(2) { xs = push(xs, i) }\nfinish xs", "list[int]"),
    ("r = {}\nr.a = 1\nr[\"b\"] = true\nfinish r", "{ a: int, b: bool }"),
    ("r = {}\nfor k in [\"a\", \"b\"] { r[k] = 1 }\nfinish r", "dict[int]"),
    ("r = {a: {b: 1}}\nr.a.b = true\nfinish r", "{ a: { b: bool } }"),
    ("s = \"\"\nfor i in range(2) { s += \"x\" }\nfinish s", "str"),
    ("n = 0\nwhile n < 5 { n += 1 }\nfinish n", "int"),
    ("x = null\nwhile true { x = 1\nbreak }\nfinish x", "int"),
    ("a, b = (1, true)\nfinish b", "bool"), ("for k, v in entries({a: 1}) { finish v }", "int"),
    ("x = json_parse(\"1\")\nif type_of(x) == \"string\" { finish x }", "str"),
    ("x = json_parse(\"1\")\nif x == null { finish x }", "null"),
    ("xs = [1]\nif xs[0] != null { finish xs[0] }", "int | null"),
  ])
  func flow(text: String, type: String) {
    #expect(finished(text) == type, "\(text)")
  }

  @Test(arguments: [
    ("finish await crm.find({id: 1})", "Result[{ name: str, tag: str? } | null]"),
    ("finish (await crm.find({id: 1})?).name", "str | null"),
    ("r = await crm.find({id: 1})\nif r.ok { finish r.value }", "{ name: str, tag: str? } | null"),
    ("r = await crm.find({id: 1})\nif r.ok { print 1 } else { finish r.error }", "str"),
    ("finish await [crm.find({id: i})? for i in [1]]", "list[{ name: str, tag: str? } | null]"),
    ("process p(n: int) { finish n }\nfinish start p(n: 1)", "Run[int]"),
    ("process p(n: int) { finish n }\nfinish await start p(n: 1)", "Result[int]"),
    ("process p(n: int) { finish n }\nfinish (await [start p(n: 1)])?", "list[int]"),
    ("process p(n: int) { if n > 1 { finish n } }\nfinish (await start p(n: 1))?", "int | null"),
    ("process p(n: int) -> int | null { finish n }\nfinish p", "Process<int, int | null>"),
    ("fn f(n: int) -> list[int] { [n] }\nfinish f(1)", "list[int]"),
    ("type Row = { id: int }\nfn f(n: int) -> Row { {id: n} }\nfinish f(1)", "Row"),
    ("type Row = { id: int }\nfn f(n: int) -> Row { {id: n} }\nfinish f(1).id", "int"),
    ("finish crm", "Crm"),
  ])
  func effects(text: String, type: String) {
    #expect(finished(text) == type, "\(text)")
  }

  /// What an error leaves is not known, and said of once.
  @Test func errorsAreSilent() {
    let checked = CheckedText("x = [1] - ⟦1⟧\ny = x + 1\nfor z in y { print z.a }\nfinish upper(x)")
    #expect(checked.codes == [.operandTypes], "\(checked.problems)")
  }

  /// All in one run, in the order of the text.
  @Test func allErrors() {
    let checked = CheckedText("a = upper(1)\nfn f(n: int) -> str { n }\nb = [1] + 1\nc = 5[0]")
    #expect(checked.codes == [.typeMismatch, .typeMismatch, .operandTypes, .notIndexable])
  }

  @Test func unusedVariablesAreNamedInProgramsOnly() {
    #expect(CheckedText("x = 1\nfinish 2", isProgram: true).codes == [.unusedVariable])
    #expect(CheckedText("_x = 1\ny = 2\nprint y", isProgram: true).codes == [])
    #expect(CheckedText("x = 1", isProgram: true).codes == [])
    #expect(CheckedText("x = 1\nfinish 2").codes == [])
    #expect(CheckedText("x = 1\nfinish y", isProgram: true).codes == [.unknownName])
  }
}

extension HostSurface {
  /// A host with an operation whose types are stated.
  static var typed: HostSurface {
    var host = HostSurface()
    host.modules = [
      HostModule(
        path: "crm", authority: "Crm",
        operations: [
          HostOperation(
            name: "find", input: .text("{ id: int }"),
            output: .text("{ name: str, tag: str? } | null"))
        ])
    ]
    return host
  }
}
