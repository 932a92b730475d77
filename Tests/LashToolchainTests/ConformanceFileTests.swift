import LashJSON
import LashToolchain
import Testing

@Suite("Conformance files")
struct ConformanceFileTests {
  private func cases(_ text: String) throws -> [ConformanceCase] {
    try ConformanceFile.cases(Array(text.utf8), path: "f.lash") { name in
      name == "m.json" ? Array("{\"triggers\": true}".utf8) : nil
    }
  }

  @Test("Directives, source lines and places")
  func reading() throws {
    let found = try cases(
      """
      For the reader.

      #! case a/one
      #! from ruling
      #! rule V3
      #! mock {"globals": {"x": 1}}
      #! auto
      #! bounds {"fuel": 9}
      #! finish [1]
      #! warns {"line": 2}
      #! calls [{"op": "m.a", "args": []}]

      x = 1
      # a comment

      #! case a/two
      #! mock-file m.json
      #! error {"stage": "check", "line": 3, "contains": ["b"]}
      #! reports {"stage": "parse"}
      #! source "a\\r\\nb\\n"
      """)
    #expect(found.map(\.id) == ["a/one", "a/two"])
    #expect(found.map(\.place) == ["f.lash:3", "f.lash:16"])
    #expect(found[0].source == "\nx = 1\n# a comment")
    #expect(
      found[0].request
        == (try json(
          """
          {"id": "a/one", "source": "\\nx = 1\\n# a comment", "mock": {"globals": {"x": 1}},
           "auto": true, "fuel": 9}
          """)))
    #expect(found[0].expectation.value == [1] && found[0].expectation.prints == [])
    #expect(found[0].expectation.warnings.map(\.line) == [2])
    #expect(found[1].source == "a\r\nb\n")
    #expect(found[1].mock == ["triggers": true])
    #expect(found[1].expectation.error.contains == ["b"])
    #expect(found[1].expectation.prints == nil)
  }

  @Test(
    "A malformed file names the line",
    arguments: [
      ("x = 1", "f.lash: the file has no case"),
      ("#! case a\nx = 1", "f.lash:1: the case names no outcome"),
      ("#! case a\n#! finish 1\n#! continued", "f.lash:3: the case has two outcomes"),
      ("#! case a\n#! finish {", "f.lash:2: "),
      ("#! case a\n#! finish 1\n#! source \"x\"\ny", "f.lash:3: the case has two sources"),
      ("#! case a\n#! colour red", "f.lash:2: unknown directive `colour`"),
      ("#! case a\n#! mock-file none.json", "f.lash:2: no file `none.json` beside it"),
    ])
  func malformed(text: String, message: String) {
    #expect {
      try cases(text)
    } throws: { error in
      "\(error)".hasPrefix(message)
    }
  }

  @Test("Repeated parts make long sources")
  func repeats() throws {
    let found = try cases("#! case a\n#! continued\n#! source-repeat [[\"ab\", 2], [\"c\", 1]]")
    #expect(found[0].source == "ababc")
  }

  @Test("The JSON Lines form")
  func jsonLines() throws {
    let text = """
      {"id": "p", "source": "x", "mock": null, "expect": {"outcome": "error", "stage": "parse"}}

      {"id": "q", "source": "", "expect": {"outcome": "continued", "prints": []}, "calls": []}
      """
    let found = try ConformanceFile.cases(jsonLines: Array(text.utf8), path: "f.jsonl")
    #expect(found.map(\.id) == ["p", "q"] && found[0].mock == nil)
    #expect(found[0].expectation.error.stage == "parse" && found[1].expectation.calls == [])
  }
}

@Suite("Examples of the specification")
struct SpecificationExampleTests {
  private func cases(_ text: String) throws -> [ConformanceCase] {
    try SpecificationExamples.cases(Array(text.utf8), path: "s.md")
  }

  @Test("Blocks marked `lash` are cases, named by their rule")
  func reading() throws {
    let found = try cases(
      """
      **LEX-1 Source.** Words.

      ```lash
      #! mock {"globals": {"x": 1}}
      finish x
      #=> 1
      ```

      ```text
      no program
      ```

      **BLT-abs** Words.
      ```lash
      x = 1
      #=> continued
      ```
      ```lash
      x =
      #=> error parse "expected an `x`"
      ```
      """)
    #expect(found.map(\.id) == ["spec/LEX-1/1", "spec/BLT-abs/1", "spec/BLT-abs/2"])
    #expect(found.map(\.place) == ["s.md:3", "s.md:14", "s.md:18"])
    #expect(found[0].mock == ["globals": ["x": 1]] && found[0].expectation.value == 1)
    #expect(found[1].expectation.outcome == "continued")
    #expect(found[2].expectation.error.stage == "parse")
    #expect(found[2].expectation.error.contains == ["expected an `x`"])
    let known = found.map { ConformanceRunner().failure(of: $0)?.problem }
    #expect(known == [nil, nil, "no diagnostic contains \"expected an `x`\""])
  }

  @Test("A block that does not say what happens is refused")
  func silent() {
    #expect(throws: ConformanceError.self) { try cases("```lash\nx = 1\n```") }
  }
}

@Suite("Conformance judging")
struct ConformanceJudgingTests {
  private func judge(_ directives: String, _ answer: String) throws -> String? {
    let text = "#! case a\n" + directives.split(separator: "\n").map { "#! \($0)\n" }.joined()
    let found = try ConformanceFile.cases(Array(text.utf8), path: "f") { _ in nil }
    return found[0].judge(try json(answer))
  }

  private static let failure = """
    {"outcome": "error", "diagnostics": [
      {"stage": "check", "severity": "error", "code": "E1", "message": "Bad `X`", "hint": "try Y",
       "span": {"start": {"line": 2}}, "fixes": [{"title": "write Z"}],
       "notes": [{"message": "seen W"}]},
      {"stage": "check", "severity": "warning", "code": "W1", "message": "odd",
       "span": {"start": {"line": 1}}}]}
    """

  @Test(
    "Right answers",
    arguments: [
      (
        "finish {\"a\": 1, \"b\": 2.0}",
        "{\"outcome\": \"finish\", \"value\": {\"b\": 2, \"a\": 1.0}}"
      ),
      ("continued", "{\"outcome\": \"continued\", \"value\": null, \"prints\": []}"),
      ("error {\"contains\": [\"x\", \"TRY y\", \"write z\", \"seen w\", \"e1\"]}", failure),
      (
        "error {\"stage\": \"check\", \"line\": 2}\nwarns {\"line\": 1, \"contains\": [\"odd\"]}",
        failure
      ),
      ("error", "{\"outcome\": \"exhausted\"}"),
      (
        "exhausted fuel",
        "{\"outcome\": \"exhausted\", \"diagnostics\": [{\"message\": \"out of fuel\"}]}"
      ),
      (
        "continued\ncalls [{\"op\": \"m.a\", \"args\": [1]}]",
        "{\"outcome\": \"continued\", \"calls\": [{\"op\": \"m.a\", \"args\": [1], \"result\": 5}]}"
      ),
    ])
  func right(directives: String, answer: String) throws {
    #expect(try judge(directives, answer) == nil)
  }

  @Test(
    "Wrong answers",
    arguments: [
      ("finish 1", "{\"outcome\": \"continued\"}", "another outcome"),
      ("error {\"stage\": \"check\"}", "{\"outcome\": \"exhausted\"}", "another outcome"),
      (
        "finish 9007199254740993", "{\"outcome\": \"finish\", \"value\": 9007199254740992}",
        "another value"
      ),
      ("finish true", "{\"outcome\": \"finish\", \"value\": 1}", "another value"),
      ("finish 1", "{\"outcome\": \"finish\", \"value\": 1, \"prints\": [2]}", "other prints"),
      ("error {\"line\": 1}", failure, "no error at the stage and line"),
      ("error {\"contains\": [\"q\"]}", failure, "no diagnostic contains \"q\""),
      ("error\nreports {\"line\": 3}", failure, "nothing reports line 3"),
      ("error\nwarns {\"line\": 2}", failure, "nothing warns of line 2"),
      ("exhausted depth", "{\"outcome\": \"exhausted\", \"diagnostics\": []}", "another bound"),
      (
        "continued\ncalls []", "{\"outcome\": \"continued\", \"calls\": [{\"op\": \"m.a\"}]}",
        "other calls"
      ),
      (
        "continued\nevents [{\"event\": \"Wake\", \"value\": 1}]", "{\"outcome\": \"continued\"}",
        "other events"
      ),
    ])
  func wrong(directives: String, answer: String, problem: String) throws {
    #expect(try judge(directives, answer) == problem)
  }
}

@Suite("Conformance suites")
struct ConformanceSuiteTests {
  private static let files: [String: String] = [
    "s/b.lash": "#! case b/good\n#! finish 2\nfinish 1 + 1\n",
    "s/in/a.lash": "#! case a/bad\n#! finish 3\nfinish 1 + 1\n",
    "s/notes.txt": "nothing",
    "s/x.lash": "finish m.op()?",
    "s/x.mock.json": "{\"modules\": {\"m\": {\"op\": {\"value\": 5}}}}",
    "s/x.expected.json": "{\"outcome\": \"finish\", \"value\": 5, \"prints\": []}",
  ]

  private func tree(_ known: String?) -> FileTree {
    var files = Self.files
    files["s/KNOWN.md"] = known
    let all = files
    return FileTree(
      list: { path in
        let names = Set(
          all.keys.filter { $0.hasPrefix(path + "/") }
            .map { String($0.dropFirst(path.count + 1).prefix { $0 != "/" }) })
        return names.isEmpty ? nil : Array(names)
      },
      read: { path in all[path].map { Array($0.utf8) } })
  }

  @Test("Folders are searched in order; examples are cases")
  func search() throws {
    let suite = try ConformanceSuite(["s/"], in: tree(nil))
    #expect(suite.cases.map(\.id) == ["b/good", "a/bad", "example/x"])
    let summary = ConformanceRunner().run(suite)
    #expect(summary.cases == 3 && summary.passed == 2 && !summary.isSuccess)
    #expect(summary.failures.map(\.problem) == ["another value"])
    #expect(
      summary.json.objectValue?.keys == ["cases", "passed", "failed", "known", "failures"])
    #expect(summary.text.hasSuffix("3 cases: 2 passed, 1 failed"))
  }

  @Test("Known cases must go on to disagree, and must exist")
  func known() throws {
    let good = try ConformanceSuite(["s"], in: tree("# Known\n- `a/bad`: its issue comes later\n"))
    #expect(ConformanceRunner().run(good).isSuccess)
    #expect(ConformanceRunner().run(good).known == 1)
    let stale = try ConformanceSuite(["s"], in: tree("- `a/bad`: later\n- `b/good`: later"))
    #expect(ConformanceRunner().run(stale).failures.map(\.id) == ["b/good"])
    #expect(throws: ConformanceError.self) {
      try ConformanceSuite(["s"], in: tree("- `c/none`: later"))
    }
    #expect(throws: ConformanceError.self) { try ConformanceSuite(["s"], in: tree("- `a/bad`")) }
  }

  @Test("Missing files, other files and names given twice are refused")
  func refused() {
    for paths in [["none"], ["s/notes.txt"], ["s", "s/b.lash"]] {
      #expect(throws: ConformanceError.self) { try ConformanceSuite(paths, in: tree(nil)) }
    }
  }
}
