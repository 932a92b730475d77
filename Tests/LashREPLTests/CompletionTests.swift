import LashLang
import Testing

@testable import LashREPL

struct CompletionTests {
  private let session = Scripted()

  init() {
    session.console.files["h.json"] = Array(
      #"""
      {"modules": {"web": {"operations": {"search": {"input": "{ query: str, limit: int? }",
         "output": "{ hits: list[{ title: str, url: str }] }"}, "seek": {}}},
         "gmail.work": {"operations": {"send": {"input": {"type": "object", "properties":
           {"to": {"type": "string"}, "text": {"type": "string"}}}}}}}}
      """#.utf8)
    session.say(":host h.json")
    session.say("record = {alpha: {beta: 1}, rows: [{id: 1}]}")
    session.say(
      "process report(city: str, days: int) { finish city }\nfn area(a: int) -> int { a }")
  }

  private func names(_ text: String) -> [String] {
    session.repl.completion(of: text).candidates.map(\.text)
  }

  @Test func namesOfAllKinds() {
    #expect(names("rec") == ["record"])
    #expect(names("x = are") == ["area"])
    #expect(names("start rep").contains("report"))
    #expect(names("whi") == ["while"])
    #expect(names("grep_") == ["grep_text"])
    #expect(names("we") == ["web"])
    #expect(names("local = 1\nloc") == ["local"])
    #expect(names("nosuchname").isEmpty)
  }

  @Test func operationsAndTheirArguments() {
    #expect(names("await web.se") == ["search", "seek"])
    #expect(names("gmail.") == ["work"])
    #expect(names("gmail.work.") == ["send"])
    #expect(names("await web.search({") == ["limit", "query"])
    #expect(names("await web.search({query: \"a\", ") == ["limit"])
    #expect(names("await gmail.work.send({t") == ["text", "to"])
    #expect(names("start report(ci") == ["city"])
    #expect(names("start report(city: \"a\", ") == ["days"])
    session.console.files["m.json"] = Array(#"{"triggers": true}"#.utf8)
    session.say(":mock m.json")
    #expect(names("x = cron.Schedule({") == ["expr", "tz"])
    #expect(names("x = cron.") == ["Schedule"])
  }

  @Test func fieldsByValueAndByType() {
    #expect(names("record.") == ["alpha", "rows"])
    #expect(names("record.alpha.b") == ["beta"])
    #expect(names("record.rows[0].") == ["id"])
    #expect(names("if true {\n  r = await web.search({query: \"a\"})?\n  r.") == ["hits"])
    #expect(
      names("r = await web.search({query: \"a\"})?\nfor h in r.hits { print h.") == [
        "title", "url",
      ])
    #expect(names("r = await web.search({query: \"a\"})\nr.") == ["error", "ok", "value"])
  }

  @Test func fieldsOfWhatTheCheckerDoesNotKnow() {
    session.say(#":mock mail.list = {"value": {"inbox": [{"subject": "a"}]}}"#)
    session.say("mails = (await mail.list({}))?")
    #expect(names("mails.inbox[0].") == ["subject"])
  }

  @Test func nothingInsideTexts() {
    #expect(names("x = \"rec").isEmpty)
    #expect(names("x = \"record.").isEmpty)
    #expect(names("# record.").isEmpty)
    #expect(names("x = \"a\" + rec") == ["record"])
  }

  @Test func commandsAndTheirArguments() {
    #expect(names(":ty") == ["type"])
    #expect(names(":type rec") == ["record"])
    #expect(names(":help mo") == ["mock"])
    #expect(names(":ask o") == ["off", "on"])
    #expect(names(":explain E02").contains("E0201"))
    #expect(session.repl.completion(of: ":load /tm").isFile)
    #expect(names(":mock web.sea") == ["search"])
    #expect(session.repl.completion(of: ":mock fil").isFile)
  }

  @Test func callablesOpenTheirBracket() {
    #expect(session.repl.completion(of: "web.sea").candidates == [.init("search", suffix: "(")])
    #expect(session.repl.completion(of: "grep_").candidates == [.init("grep_text", suffix: "(")])
  }
}
