import LashJSON
import Testing

@testable import LashLang

/// DIA-2: how tools see a diagnostic.
@Suite struct JSONRendererTests {
  @Test func wholeForm() {
    let source = SourceFile(name: "main.lash", text: "é\nx = = 1")
    let problem = Diagnostic(
      .expected, "expected", at: SourceSpan(start: 7, end: 8),
      notes: [DiagnosticNote("opened", at: SourceSpan(start: 0, end: 2)), DiagnosticNote("why")],
      hint: "advice",
      fixes: [
        FixIt(
          title: "mend", edits: [SourceEdit(span: SourceSpan(start: 7, end: 8), text: "\"")])
      ])
    #expect(
      JSONRenderer.json(of: problem, in: source).description == """
        {"stage":"parse","severity":"error","code":"E0101","message":"expected","file":"main.lash",\
        "span":{"start":{"line":2,"column":5,"offset":7},"end":{"line":2,"column":6,"offset":8}},\
        "notes":[{"message":"opened","span":{"start":{"line":1,"column":1,"offset":0},\
        "end":{"line":1,"column":2,"offset":2}}},{"message":"why","span":null}],"hint":"advice",\
        "fixes":[{"title":"mend","edits":[{"start":7,"end":8,"text":"\\""}]}]}
        """)
  }

  @Test func missingPartsAreNull() {
    let problem = Diagnostic(.missingAwait, "m", at: nil)
    #expect(
      JSONRenderer.json(of: problem, in: SourceFile(name: "f", text: "")).description == """
        {"stage":"check","severity":"warning","code":"W0103","message":"m","file":"f","span":null,\
        "notes":[],"hint":null,"fixes":[]}
        """)
  }
}
