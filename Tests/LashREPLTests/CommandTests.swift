import LashLang
import Testing

@testable import LashREPL

struct CommandTests {
  @Test func mocksAtThePromptAndFromFiles() {
    let session = Scripted()
    session.say(#":mock web.search = {"value": [1, 2]}"#)
    #expect(session.say("(await web.search({q: 1}))?") == "[1, 2]")
    session.say(#":mock web.search = {"error": "down"}"#)
    #expect(session.say("await web.search({q: 1})") == #"{ok: false, error: "down"}"#)
    session.say(#":mock web.page.read = "text""#)
    #expect(session.say("(await web.page.read({}))?") == #""text""#)
    session.console.files["m.json"] = Array(
      #"{"modules": {"files": {"list": {"value": ["a"]}}}}"#.utf8)
    session.say(":mock m.json")
    #expect(session.say("(await files.list({}))?") == #"["a"]"#)
    #expect(session.problem("await web.search({q: 1})").contains("E020"))
    session.say(":unmock files.list")
    #expect(session.problem("await files.list({})").contains("E020"))
  }

  @Test func aChangedMockKeepsVariablesAndTypes() {
    let session = Scripted()
    session.say("x = [1]")
    session.say(#":mock web.search = {"value": 1}"#)
    #expect(session.say("x[0] + (await web.search({}))?") == "2")
  }

  @Test func thePersonAnswersUnderTheType() {
    let session = Scripted()
    session.console.files["h.json"] = Array(
      #"""
      {"modules": {"mail": {"operations": {"send": {"input": "{ to: str }", "output": "{ id: int }"}}}}}
      """#.utf8)
    session.say(":host h.json")
    session.say(":ask on")
    session.console.answers = ["", "{id: \"x\"}", "1 +", "{id: 3 + 4}"]
    #expect(session.say(#"(await mail.send({to: "a"}))?.id"#).hasSuffix("\n7"))
    #expect(session.console.questions == 4)
    #expect(session.console.problems.count == 3)
    #expect(session.console.problems[1].contains("id"))
    session.console.answers = ["fail no network"]
    #expect(session.say(#"(await mail.send({to: "a"})).error"#).hasSuffix("\"no network\""))
    // Nothing is answered: the program stops.
    #expect(session.problem(#"await mail.send({to: "a"})"#).contains("interrupted"))
  }

  @Test func callsAreListed() {
    let session = Scripted()
    session.say(#":mock web.search = {"value": 1}"#)
    session.say(#"r = await web.search({q: "a"})"#)
    #expect(session.say(":calls") == "web.search({q: \"a\"})\n  -> 1")
  }

  @Test func typesAndVariables() {
    let session = Scripted()
    session.say("x = {a: 1, b: [2]}")
    #expect(session.say(":type x.b") == "list[int]")
    #expect(session.say(":type x.a / 2") == "float")
    #expect(session.say(":vars") == "x: { a: int, b: list[int] } = {a: 1, b: [2]}")
    #expect(session.problem(":type x.c").contains("E0305"))
    #expect(session.problem(":type").contains("needs an expression"))
  }

  @Test func unknownCommandsGetAdvice() {
    let session = Scripted()
    #expect(session.problem(":mokc x").contains("did you mean `:mock`?"))
    #expect(session.problem(":zzzzzz").contains("`:help` lists the commands"))
    #expect(session.problem(":vars x").contains("takes nothing"))
    #expect(session.problem(":explain E9999").contains("no code"))
  }

  @Test func everyCommandIsListedAndExplained() {
    let session = Scripted()
    let list = session.say(":help")
    for command in Command.all {
      #expect(list.contains(":\(command.name)"))
      #expect(session.say(":help \(command.name)").contains(command.summary))
    }
    #expect(Set(Command.all.map(\.name)).count == Command.all.count)
  }

  @Test func savedProgramsLoadAgain() {
    let session = Scripted()
    session.say("x = 1")
    session.say("finish x + 1")
    session.say("t = \"\"\"a\n# cell 9\nb\"\"\"")
    session.say(":save s.lash")
    let again = Scripted()
    again.console.files = session.console.files
    #expect(again.say(":load s.lash") == "2")
    #expect(again.say("[x, len(t)]") == "[1, 12]")
    #expect(again.problem(":load nosuch.lash").contains("cannot read"))
  }

  @Test func stagesOfAProgram() {
    let session = Scripted()
    #expect(session.problem(":tree").contains("no program yet"))
    #expect(session.say(":tokens 1").hasPrefix("0..1"))
    session.say("x = 1")
    #expect(session.say(":tree").contains("x"))
    #expect(!session.say(":bytecode").isEmpty)
    #expect(session.say(":time x = 2").contains("fuel"))
  }
}
