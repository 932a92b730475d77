import Testing

@testable import LashLang

/// Rules EFF-3, EFF-12, VAL-17: results of module calls that are taken for their values.
@Suite struct CheckResultsTests {
  @Test func fieldsOfAResult() {
    CheckedText("r = await web.search({})\nfinish r.⟦title⟧").expectOnly(
      .unknownField, "the result of a module call has no field `title`", hint: "add `?`",
      repaired: "r = await web.search({})?\nfinish r.title")
    CheckedText("finish (await web.search({})).⟦title⟧").expectOnly(
      .unknownField, "`title`", repaired: "finish (await web.search({})?).title")
  }

  @Test(arguments: [
    "r = await web.search({})\nfinish [r.ok, r.value, r.error]",
    "r = await web.search({})?\nfinish r.title",
    "r = await web.search({})\nr = r.value\nfinish r.title",
    "r = await web.search({})\nr.title = 1\nfinish r.title",
    "await web.search({})?",
    "for r in [{title: 1}] { print r.title }\nr = await web.search({})\nfinish r.ok",
  ])
  func accepted(text: String) {
    #expect(CheckedText(text).problems == [])
  }

  @Test func droppedResults() {
    CheckedText("await ⟦web.search({})⟧").expectOnly(
      .unusedResult, "is dropped", hint: "add `?`", repaired: "await web.search({})?")
    CheckedText("r = await ⟦web.search({})⟧", isProgram: true).expectOnly(
      .unusedResult, "`r` is never looked at", repaired: "r = await web.search({})?")
    #expect(CheckedText("await web.search({})").module.hasErrors == false)
    // In a cell, a later one may look at it.
    #expect(CheckedText("r = await web.search({})").problems == [])
  }
}
