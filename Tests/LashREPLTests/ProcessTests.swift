import Testing

@testable import LashREPL

/// Processes, signals, triggers and the virtual clock between programs.
struct ProcessTests {
  private let session = Scripted()

  @Test func processesLiveOnBetweenPrograms() {
    session.say(
      """
      process gate(n: int) signals { go: int } { sleep for "5m"
        got = wait_signal("go")
        yield got
        finish n + got }
      g = start gate(n: 1)
      """)
    #expect(session.say(":runs") == "clock: 0 ms\n1  gate  sleeps until 300000 ms")
    session.say(":advance 4m")
    #expect(session.say(":runs") == "clock: 240000 ms\n1  gate  sleeps until 300000 ms")
    session.say(":advance 60s")
    #expect(session.say(":runs").hasSuffix("waits for the signal `go`"))
    #expect(session.say(":signal 1 go 41") == "gate yields 41")
    #expect(session.say("(await g)?") == "42")
    #expect(session.problem(":signal 1 go 1").contains("has ended"))
  }

  @Test func theClockMovesOnlyAsFarAsTheProgramNeeds() {
    session.say("process late() { sleep for \"1h\"\nfinish 1 }\nlate_run = start late()")
    session.say("sleep for \"5m\"")
    #expect(session.say(":runs") == "clock: 300000 ms\n1  late  sleeps until 3600000 ms")
    #expect(session.say("(await late_run)?") == "1")
    #expect(session.say(":runs") == "clock: 3600000 ms\n1  late  ended with 1")
  }

  @Test func aWaitThatNothingCanEndIsTold() {
    session.say(
      "process gate() signals { go: any } { finish wait_signal(\"go\") }\ng = start gate()")
    #expect(session.problem("await g").contains("nothing can go on"))
    session.say(":signal 1 go {\"a\": 1}")
    #expect(session.say("(await g)?.a") == "1")
  }

  @Test func runsAreCancelled() {
    session.say(
      "process gate() signals { go: any } { finish wait_signal(\"go\") }\ng = start gate()")
    #expect(session.problem(":cancel 1").contains("run 1 failed: the process was cancelled"))
    #expect(session.say("(await g).ok") == "false")
    #expect(session.problem(":cancel 1").contains("has ended"))
    #expect(session.problem(":cancel 2").contains("no run `2`"))
  }

  @Test func signalsOfTheMockComeFirst() {
    session.console.files["m.json"] = Array(#"{"signals": {"go": [1]}}"#.utf8)
    session.say(":mock m.json")
    session.say(
      """
      process gate() signals { go: int } { a = wait_signal("go")
        b = wait_signal("go")
        finish [a, b] }
      g = start gate()
      """)
    session.say(":signal 1 go 2")
    #expect(session.say("(await g)?") == "[1, 2]")
  }

  @Test func triggersAreFired() {
    session.console.files["m.json"] = Array(#"{"triggers": true}"#.utf8)
    session.say(":mock m.json")
    session.say(
      """
      process pressed(what: ui.button.Pressed) { yield what
        finish what.button }
      await triggers.register({source: ui.button.pressed({}), target: pressed, inputs: {what: trigger.event}})?
      """)
    let shown = session.say(#":fire ui.button.pressed {"button": "ok"}"#)
    #expect(shown == #"pressed yields {button: "ok"}"#)
    #expect(session.say(":runs").hasSuffix(#"1  pressed  ended with "ok""#))
    #expect(
      session.problem(":fire ui.button.presed {}").contains("did you mean `ui.button.pressed`?"))
    #expect(session.problem(":fire ui.button.pressed {").contains("no JSON"))
  }

  @Test func anEndlessProcessIsInterruptedAndGoesOn() {
    session.console.patience = 3
    let shown = session.say("process spin() { while true { x = 1 } }\ns = start spin()")
    #expect(shown.contains("`:cancel RUN` ends one"))
    session.console.patience = 3
    #expect(session.say("1 + 1").hasPrefix("2"))
    session.console.patience = nil
    session.say(":cancel 1")
    #expect(session.say("1 + 1") == "2")
  }

  @Test func aProcessThatIsNotAnsweredStopsAlone() {
    session.say(":ask on")
    session.say("process p() { finish await web.search({}) }\np_run = start p()")
    #expect(session.say(":runs").hasSuffix("failed: the process was cancelled"))
    #expect(session.say("1 + 1") == "2")
  }

  @Test func recordedProgramsAreReplayedWithoutTheHost() throws {
    session.say(#":mock web.search = {"seq": [{"value": 20}, {"value": 22}]}"#)
    session.say("start_value = 0")
    session.say(":record run.log")
    let program = """
      process more() { sleep for "5m"
        finish await web.search({n: 2})? }
      run = start more()
      first = (await web.search({n: 1}))?
      print "first"
      finish start_value + first + (await run)?
      """
    #expect(session.say(program) == "first\n42")
    #expect(session.say("first") == "20")
    session.say(":unmock")
    #expect(session.say(":replay run.log") == "first\n42")
    #expect(session.say(":replay run.log 3").contains("entry 3 of"))
    #expect(session.say(":calls").hasPrefix("web.search({n: 1})\n  -> 20"))
    var damaged = try #require(session.console.files["run.log"])
    damaged[damaged.count / 2] ^= 1
    session.console.files["run.log"] = damaged
    #expect(session.problem(":replay run.log").contains("line"))
  }
}
