import LashJSON
import LashLang
import LashToolchain
import LashVM
import Testing

/// Cells of a session (rule HST-7): variables with their types and declarations go on.
struct CompileSessionTests {
  @Test func variablesKeepTheirTypes() throws {
    var cells = Cells()
    cells.run("x = 1\nname = \"Ada\"\nrows = [{id: 1, tags: [\"a\"]}]")
    #expect(cells.type(of: "x") == "int")
    #expect(cells.type(of: "rows") == #"list[{ id: int, tags: list[enum["a"]] }]"#)
    cells.expectError("upper(x)", "`upper` requires a string, got int", line: 1, column: 7)
    cells.expectError("rows[0].idd", "did you mean `id`?", line: 1, column: 9)
    #expect(cells.run("finish rows[0].tags[0] + name") == .finished(.string("aAda")))
  }

  @Test func typesOfVariablesThatACellDoesNotMentionStay() throws {
    var cells = Cells()
    cells.run("x = \"a\"")
    cells.run("y = 2")
    cells.run("z = y")
    #expect(["x", "y", "z"].map(cells.type(of:)) == ["enum[\"a\"]", "int", "int"])
  }

  @Test func aVariableIsOfWhatAllEndsLeave() throws {
    var cells = Cells()
    cells.run("n = 1")
    cells.run("x = 1\nif n > 0 { x = \"a\"\nfinish 1 }\nx = [x]")
    #expect(cells.type(of: "x") == "enum[\"a\"] | list[int]")
    cells.run("for i in [n] { y = i\nif i == 1 { y = \"s\"\nfinish 1 } }\ny = true")
    #expect(cells.type(of: "y") == "bool | enum[\"s\"]")
  }

  @Test func aLoopsNameIsNotItsVariable() throws {
    var cells = Cells()
    cells.run("i = \"text\"\nfor i in [1, 2] { if i == 2 { finish i } }")
    // What `i` is where the loop ends the cell is not known exactly; surely it is no number.
    cells.expectNoError("upper(i)")
  }

  @Test func aCellThatStopsLeavesAnyOfWhatItAssigns() throws {
    var cells = Cells()
    cells.run("x = 1\ny = 2")
    cells.run("x = \"a\"\nz = json_parse(\"[]\")\nw = z + 1\nx = [1]")
    #expect(["x", "y"].map(cells.type(of:)) == ["any", "int"])
    #expect(cells.type(of: "w") == nil)
  }

  @Test func narrowingEndsWithTheCell() throws {
    var cells = Cells()
    cells.run("fn f(n: int) -> str | null { if n > 0 { \"a\" } else { null } }\nx = f(0)")
    cells.run("if x == null { finish 1 }\nfinish upper(x)")
    cells.expectError("upper(x)", "null", line: 1, column: 7)
  }

  @Test func declarationsPersist() throws {
    var cells = Cells()
    cells.run("type Row = { id: int }\nfn double(r: Row) -> int { r.id * 2 }")
    cells.run("process p(n: int) -> int { finish n }")
    #expect(cells.run("finish double({id: 4})") == .finished(.integer(8)))
    cells.expectError("double({id: \"4\"})", "must be int", line: 1, column: 13)
    cells.expectError("h = start p(n: \"x\")", "int", line: 1, column: 16)
    #expect(cells.run("finish validate({id: 1}, Row).id") == .finished(.integer(1)))
    #expect(cells.session.declarations.map(\.name) == ["Row", "double", "p"])
  }

  @Test func aConstantOfAnEarlierCellIsAType() throws {
    var cells = Cells()
    cells.run("Row = Type { id: int }\nfn of(r: Row) -> int { r.id }")
    #expect(cells.run("finish of({id: 3})") == .finished(.integer(3)))
    cells.run("fn name(r: Row) -> str { to_string(r.id) }")
    cells.expectError("name({id: \"x\"})", "must be int", line: 1, column: 11)
    cells.expectError(
      "Row = Type { key: str }\nfn name(r: Row) -> str { r.key }", "no field `id`")
    cells.run(
      "Row = Type { key: str }\nfn of(r: Row) -> str { r.key }\nfn name(r: Row) -> str { r.key }")
    #expect(cells.run("finish of({key: \"k\"})") == .finished(.string("k")))
  }

  @Test func aDeclarationReplacesAnEarlierOne() throws {
    var cells = Cells()
    cells.run("fn f() -> int { 1 }")
    cells.run("fn f(x: str) -> str { x }")
    #expect(cells.run("finish f(\"a\")") == .finished(.string("a")))
    cells.run("process f() { finish 1 }")
    #expect(cells.session.declarations.map(\.name) == ["f"])
    cells.expectError("f(\"a\")", "f")
  }

  @Test func whatNoLongerFitsIsBlamedWhereItWasWritten() throws {
    var cells = Cells()
    cells.run("type Row = { id: int }")
    cells.run("x = 1; fn of(r: Row) -> int {\n  r.id\n}", name: "second")
    let compilation = cells.compile("type Row = { key: int }")
    #expect(compilation.program == nil)
    let problem = try #require(compilation.diagnostics.first)
    let text = TextRenderer().render(problem, in: compilation.source)
    #expect(text.contains("--> second:2:5"), "\(text)")
    #expect(text.contains(" 2 |   r.id\n"), "\(text)")
    #expect(text.contains("`of` is of an earlier cell"), "\(text)")
    let json = JSONRenderer.json(of: problem, in: compilation.source)
    #expect(json["file"]?.stringValue == "second")
    #expect(json["span"]?["start"]?["offset"] == .integer(34))
    // Declared anew with it, all is well; nothing was kept of the cell that failed.
    #expect(cells.run("finish of({id: 1})") == .finished(.integer(1)))
    cells.run("type Row = { key: int }\nfn of(r: Row) -> int { r.key }")
    #expect(cells.run("finish of({key: 2})") == .finished(.integer(2)))
  }

  @Test func aTrapInAnEarlierDeclarationIsShownWhereItWasWritten() throws {
    var cells = Cells()
    cells.run("\n  fn first(v: any) -> any {\n  v[0] + 1 }", name: "one")
    let compilation = cells.compile("first([\"a\"] + [json_parse(\"[]\")])\nfirst([[1]])")
    let machine = cells.machine(compilation)
    let position = compilation.source.position(of: machine.span.start)
    #expect(compilation.source.name(at: machine.span.start) == "one")
    #expect(position.line == 3)
  }

  @Test func aTypeThatIsReplacedStaysWhatItWasForOldValues() throws {
    var cells = Cells()
    cells.run("type Row = { id: int, next: Row? }\nfn make() -> Row { {id: 1} }\nr = make()")
    #expect(cells.type(of: "r") == "Row")
    cells.run("type Row = { key: str }\nfn make() -> Row { {key: \"a\"} }")
    cells.expectNoError("r.id + 1")
    cells.expectError("r.key", "no field `key`")
    cells.run("s = make()")
    #expect(cells.type(of: "s") == "Row")
    cells.expectError("s = r\nfn f(x: Row) -> str { x.key }\nf(s)", "")
  }

  @Test func aRunKeepsItsProcess() throws {
    var cells = Cells()
    cells.run("process p() signals { go: int } -> str { x = wait_signal(\"go\")\nfinish \"a\" }")
    let started = cells.compile("h = start p()")
    cells.session.keep(started, assigned: ["h"], hasEnded: true)
    #expect(cells.type(of: "h") == "Run[str]")
    cells.expectError("signal_run(h, \"go\", \"x\")", "int")
    cells.expectError("v = (await h)?\nv + [1]", "str")
    cells.run("process p() -> int { finish 1 }")
    cells.expectNoError("signal_run(h, \"go\", \"x\")")
  }

  @Test func warningsAreGivenOnce() throws {
    var cells = Cells()
    let first = cells.compile("fn f(n: int) -> bool { n == \"a\" }")
    #expect(first.diagnostics.count == 1, "\(first.diagnostics)")
    cells.session.keep(first, assigned: [], hasEnded: true)
    #expect(cells.compile("f(1)").diagnostics.isEmpty)
    #expect(cells.compile("unused = 1\nfinish 1").diagnostics.isEmpty)
  }

  @Test func manyWarningsOfEarlierCellsHideNoneOfThisOne() throws {
    var cells = Cells()
    let body = (0..<200).map { _ in "  x = n == \"a\"\n" }.joined()
    cells.run("fn f(n: int) -> bool {\n\(body)  x\n}")
    let found = cells.compile("1 == \"a\"").diagnostics
    #expect(found.count == 1, "\(found)")
  }

  @Test func aCellWithErrorsLeavesNothing() throws {
    var cells = Cells()
    cells.run("fn f() -> int { 1 }\nx = 1")
    let broken = cells.compile("fn g() -> int { 1 }\ny = nope")
    cells.session.keep(broken, assigned: ["y"], hasEnded: true)
    #expect(cells.session.declarations.map(\.name) == ["f"])
    #expect(cells.session.variables.names == ["x"])
    let unfinished = cells.compile("x = [1,")
    #expect(unfinished.diagnostics.allSatisfy { ($0.span?.end ?? 0) <= 7 })
  }

  @Test func variablesFromOutsideAreAny() throws {
    var session = CompileSession(surface: HostSurface(), variables: ["old"])
    session.declareVariable("given")
    let compilation = session.compile(SourceFile(name: "cell", text: "x = old + given"))
    #expect(compilation.diagnostics.isEmpty)
    session.reset()
    #expect(session.compile(SourceFile(name: "cell", text: "old")).hasErrors)
  }

  @Test func aSessionGoesOnFromItsDeclarations() throws {
    var cells = Cells()
    cells.run("fn f() -> int { 1 }\nx = 1")
    let session = CompileSession(
      surface: HostSurface(), declarations: cells.session.declarations,
      variables: cells.session.variables.names)
    let compilation = session.compile(SourceFile(name: "cell", text: "x + f()"))
    #expect(!compilation.hasErrors)
    #expect(compilation.typeOfLastExpression == "any")
  }

  @Test func hostTypesAreForgottenWithTheirHost() throws {
    var cells = Cells()
    cells.session.surface.types = [HostNamedType(name: "Lead", type: .text("{ id: int }"))]
    cells.run("fn f() -> Lead { {id: 1} }\nx = f()")
    #expect(cells.type(of: "x") == "Lead")
    cells.run("y = 1")
    #expect(cells.type(of: "x") == "Lead")
    cells.session.surface.types = [HostNamedType(name: "Lead", type: .text("{ key: int }"))]
    cells.expectNoError("x.id\nfn f() -> Lead { {key: 1} }")
    cells.expectError("x.key\nfn f() -> Lead { {key: 1} }", "no field `key`")
  }

  @Test func aModuleIsHiddenByAVariableWithAWarning() throws {
    var cells = Cells()
    cells.session.surface.modules = [
      HostModule(path: "web", authority: "Web", operations: [HostOperation(name: "get")])
    ]
    cells.run("web = {get: 1}")
    let found = cells.compile("web.get").diagnostics
    #expect(found.map(\.code) == [.shadowedModule])
  }
}
