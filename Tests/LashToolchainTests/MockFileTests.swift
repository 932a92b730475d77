import LashJSON
import LashLang
import LashToolchain
import Testing

@Suite("Mock files")
struct MockFileTests {
  @Test(
    "A malformed mock names the place and what belongs there",
    arguments: [
      ("", "not JSON: expected a value, found end of input at line 1, column 1"),
      ("{\"modules\": }", "line 1, column 13"),
      ("[]", "`$`: expected an object, found an array"),
      ("{\"module\": {}}", "`$.module`: unknown key; expected one of `modules`, "),
      ("{\"modules\": []}", "`$.modules`: expected an object of modules by dotted path"),
      ("{\"modules\": {\"a b\": {}}}", "`$.modules[\"a b\"]`: a module is named by a dotted path"),
      ("{\"modules\": {\"a..b\": {}}}", "a module is named by a dotted path"),
      ("{\"modules\": {\"web\": 1}}", "`$.modules.web`: expected an object of operations"),
      ("{\"modules\": {\"web\": {\"get\": 5}}}", "`$.modules.web.get`: expected an object such as"),
      ("{\"modules\": {\"web\": {\"get\": {}}}}", "has exactly one of `value`, `error`, "),
      (
        "{\"modules\": {\"web\": {\"get\": {\"value\": 1, \"error\": \"x\"}}}}",
        "this one has several"
      ),
      (
        "{\"modules\": {\"web\": {\"get\": {\"vlaue\": 1}}}}",
        "`$.modules.web.get.vlaue`: unknown key"
      ),
      (
        "{\"modules\": {\"w\": {\"g\": {\"error\": 5}}}}",
        "`$.modules.w.g.error`: expected a string"
      ),
      (
        "{\"modules\": {\"w\": {\"g\": {\"echo\": false}}}}",
        "`$.modules.w.g.echo`: expected true or the name of a field, found false"
      ),
      ("{\"modules\": {\"w\": {\"g\": {\"seq\": []}}}}", "`$.modules.w.g.seq`: needs at least one"),
      (
        "{\"modules\": {\"w\": {\"g\": {\"seq\": [{\"value\": 1}, 2]}}}}",
        "`$.modules.w.g.seq[1]`: expected an object"
      ),
      (
        "{\"modules\": {\"w\": {\"g\": {\"by\": {\"field\": \"p\"}}}}}",
        "`$.modules.w.g.by`: needs `field` and `cases`"
      ),
      (
        "{\"modules\": {\"w\": {\"g\": {\"value\": 1, \"delay_ms\": -1}}}}",
        "`$.modules.w.g.delay_ms`: expected a whole number of milliseconds"
      ),
      (
        "{\"modules\": {\"w\": {\"g\": {\"value\": 1, \"input\": 3}}}}",
        "`$.modules.w.g.input`: expected a type"
      ),
      (
        "{\"modules\": {\"w\": {\"g\": {\"value\": {\"$image\": {}}}}}}",
        "`$.modules.w.g.value`: `$image` needs an object with a text `id`"
      ),
      ("{\"types\": {\"T\": 1}}", "`$.types.T`: expected a type"),
      ("{\"types\": {\"T\": \"list[\"}}", "`$.types.T`: no type in lashlang's syntax"),
      ("{\"globals\": []}", "`$.globals`: expected an object of values by name"),
      ("{\"globals\": {\"x\": 1}, \"projected\": {\"x\": 2}}", "`x` is among the globals too"),
      ("{\"signals\": {\"go\": 1}}", "`$.signals.go`: expected an array of payloads"),
      ("{\"abilities\": {\"slep\": true}}", "`$.abilities.slep`: unknown ability"),
      ("{\"abilities\": {\"sleep\": 1}}", "`$.abilities.sleep`: expected true or false"),
      ("{\"label_annotations\": \"no\"}", "`$.label_annotations`: expected true or false"),
      ("{\"triggers\": {}}", "`$.triggers`: expected true or false, found an object"),
    ])
  func malformed(text: String, message: String) {
    #expect {
      try MockFile(bytes: Array(text.utf8))
    } throws: { error in
      "\(error)".contains(message)
    }
  }

  @Test("The surface has what the file has")
  func surface() throws {
    let mock = try MockFile(
      bytes: Array(
        """
        {"modules": {"gmail.work": {"send": {"echo": true, "input": "{ to: str }",
                                              "output": {"type": "string"}}},
                     "web": {"get": {"value": 1}}},
         "types": {"Row": {"type": "object"}}, "globals": {"a": 1}, "projected": {"b": 2},
         "abilities": {"sleep": false}, "label_annotations": false}
        """.utf8))
    let surface = mock.surface
    #expect(surface.modules.map(\.path) == ["gmail.work", "web"])
    #expect(surface.modules.map(\.authority) == ["Gmail", "Web"])
    let send = try #require(surface.module(at: "gmail.work")?.operation(named: "send"))
    guard case .text("{ to: str }") = send.input, case .schema(["type": "string"]) = send.output
    else {
      Issue.record("the types of `send` are not those of the file")
      return
    }
    #expect(surface.types.map(\.name) == ["Row"])
    #expect(surface.globals == ["a"])
    #expect(surface.readOnlyGlobals == ["b"])
    #expect(!surface.abilities.sleep && surface.abilities.processes)
    #expect(!surface.allowsLabels)
  }

  @Test("The whole host of triggers comes with one switch")
  func triggers() throws {
    let surface = try MockFile(["triggers": true]).surface
    #expect(surface.constructors.map(\.path) == ["cron.Schedule", "ui.button.pressed"])
    #expect(surface.triggerSources.map(\.event) == ["cron.Tick", "ui.button.Pressed"])
    #expect(
      surface.module(at: "triggers")?.operations.map(\.name) == [
        "register", "list", "update", "enable", "disable", "delete", "revive", "prune",
      ])
  }
}

@Suite("Host files")
struct HostFileTests {
  @Test("A surface in JSON Schema terms")
  func surface() throws {
    let surface = try HostFile.read(
      Array(
        """
        {"modules": {"web": {"authority": "Net", "summary": "The web.",
           "operations": {"search": {"input": {"type": "object"}, "output": "list[str]",
                                      "summary": "Searches.", "output_from_input": "schema"}}}},
         "types": {"T": "{ a: int }"}, "globals": ["g"], "read_only": ["r"],
         "constructors": {"cron.Schedule": {"input": {"type": "object"}}},
         "trigger_sources": {"cron.Schedule": "cron.Tick"}, "abilities": {"processes": false}}
        """.utf8))
    let web = try #require(surface.module(at: "web"))
    #expect(web.authority == "Net")
    #expect(web.operation(named: "search")?.summary == "Searches.")
    #expect(web.operation(named: "search")?.outputFromInput == "schema")
    #expect(surface.constructors.map(\.output) == ["cron.Schedule"])
    #expect(surface.triggerSources.map(\.source) == ["cron.Schedule"])
    #expect(surface.globals == ["g"] && surface.readOnlyGlobals == ["r"])
    #expect(!surface.abilities.processes)
  }

  @Test(
    "A malformed file names the place",
    arguments: [
      ("{\"modules\": {\"web\": {\"search\": {}}}}", "`$.modules.web.search`: unknown key"),
      ("{\"globals\": [1]}", "`$.globals[0]`: expected a name, found a number"),
      ("{\"constructors\": {\"a\": {}}}", "`$.constructors.a`: needs `input`"),
      ("nope", "not JSON"),
    ])
  func malformed(text: String, message: String) {
    #expect {
      try HostFile.read(Array(text.utf8))
    } throws: { error in
      "\(error)".contains(message)
    }
  }

  @Test("Programs are checked against it, with the answers of the mock")
  func run() throws {
    let host = try HostFile.read(
      Array("{\"modules\": {\"m\": {\"operations\": {\"op\": {}}}}}".utf8))
    let good = try LashToolchainTests.run(
      "finish m.op({}).value", mock: "{\"modules\": {\"m\": {\"op\": {\"value\": 7}}}}"
    ) { $0.host = host }
    #expect(good.jsonValue == 7)
    let unmocked = try LashToolchainTests.run("finish m.op({}).error") { $0.host = host }
    #expect(unmocked.jsonValue == "the mock has no answer for `m.op`")
    let unknown = try LashToolchainTests.run("finish m.other({})") { $0.host = host }
    #expect(unknown.diagnostics.map(\.code) == [.unknownOperation])
  }
}
