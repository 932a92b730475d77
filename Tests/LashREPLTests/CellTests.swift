import Testing

@testable import LashREPL

struct CellTests {
  @Test func variablesLiveOn() {
    let session = Scripted()
    #expect(session.say("x = 1\ny = x + 1") == "")
    #expect(session.say("x + y") == "3")
    #expect(session.say("finish {sum: x + y}") == "{sum: 3}")
  }

  @Test func declarationsLiveOn() {
    let session = Scripted()
    session.say("type Row = { id: int }\nfn twice(n: int) -> int { n * 2 }")
    #expect(session.say("validate({id: twice(4)}, Row)") == "{id: 8}")
    session.say("fn twice(n: int) -> int { n + n + 1 }")
    #expect(session.say("twice(4)") == "9")
  }

  @Test func stateBeforeAnErrorStays() {
    let session = Scripted()
    #expect(session.problem("kept = 7\nbad = to_int(\"x\")").hasPrefix("error[R0"))
    #expect(session.say("kept") == "7")
    #expect(session.repl.exitStatus == 1)
  }

  @Test func aCellThatDoesNotCompileLeavesNothing() {
    let session = Scripted()
    #expect(session.problem("a = 1\nb = nosuch").contains("E0201"))
    #expect(session.problem("a").contains("E0201"))
    #expect(session.repl.exitStatus == 2)
  }

  @Test func interruptionKeepsTheState() {
    let session = Scripted()
    session.console.patience = 3
    #expect(session.problem("n = 1\nwhile true { n += 1 }").contains("interrupted"))
    session.console.patience = nil
    #expect(session.say("n > 1000") == "true")
  }

  @Test func fuelIsBounded() {
    let session = Scripted()
    session.say(":fuel 100_000")
    #expect(session.problem("while true { n = 1 }").contains("R0007"))
    #expect(session.say(":fuel") == "100000")
    #expect(session.repl.exitStatus == 3)
  }

  @Test func printedTextCannotDriveTheTerminal() {
    let session = Scripted()
    #expect(session.say(#"print "a\u{1B}[2Jb\tc""#) == "a·[2Jb\tc")
  }

  @Test func withoutAScreenResultsArePlainAndWhole() {
    let session = Scripted()
    session.console.columns = nil
    #expect(session.say("range(100)").contains("99"))
    #expect(session.say("\"text\"") == "text")
  }

  @Test func resetForgets() {
    let session = Scripted()
    session.say("x = 1")
    session.say("fn f() -> int { 1 }")
    session.say(":reset")
    #expect(session.problem("x").contains("E0201"))
    #expect(session.problem("f()").contains("E02"))
  }
}
