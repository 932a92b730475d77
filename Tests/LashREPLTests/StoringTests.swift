import LashJSON
import Testing

@testable import LashREPL

/// `:snapshot` and `:restore`: a session goes on in another process.
struct StoringTests {
  private let stored: [UInt8]

  /// A session with a bit of everything.
  init() {
    let session = Scripted()
    session.console.files["m.json"] = Array(
      #"{"triggers": true, "signals": {"mocked": [1, 2]}}"#.utf8)
    session.console.files["h.json"] = Array(
      #"{"modules": {"mail": {"operations": {"send": {"output": "{ id: int }"}}}}}"#.utf8)
    session.say(":mock m.json")
    session.say(":host h.json")
    session.say(#":mock web.search = {"seq": [{"value": 1}, {"value": 2}, {"value": 3}]}"#)
    session.say(":ask on")
    session.say(
      """
      type Row = { id: int }
      fn twice(n: int) -> int { n * 2 }
      process pressed(what: ui.button.Pressed) { finish "pressed " + what.button }
      process gate(n: int) signals { go: int, mocked: int } { mock = wait_signal("mocked")
        sleep for "5m"
        finish n + mock + wait_signal("go") }
      x = {rows: [{id: 7}], pair: (1, 2.5)}
      g = start gate(n: 40)
      await triggers.register({source: ui.button.pressed({}), target: pressed, inputs: {what: trigger.event}})?
      first = (await web.search({}))?
      """)
    session.say(":advance 1m")
    session.say(":snapshot s.json")
    stored = session.console.files["s.json"] ?? []
  }

  private func restored() -> Scripted {
    let session = Scripted()
    session.console.files["s.json"] = stored
    #expect(session.say(":restore s.json") == "3 variables, 1 run")
    return session
  }

  @Test func everythingGoesOn() {
    let session = restored()
    #expect(session.say("[x.rows[0].id, twice(4), first]") == "[7, 8, 1]")
    #expect(session.say("x.pair") == "(1, 2.5)")
    #expect(session.say("validate({id: 1}, Row)") == "{id: 1}")
    #expect(session.say("(await web.search({}))?") == "2")
    #expect(session.say(":runs") == "clock: 60000 ms\n1  gate  sleeps until 300000 ms")
    session.say(":advance 4m")
    session.say(":signal 1 go 1")
    #expect(session.say("(await g)?") == "42")
    #expect(session.say(#":fire ui.button.pressed {"button": "ok"}"#) == "")
    #expect(session.say(":runs").hasSuffix(#"2  pressed  ended with "pressed ok""#))
    session.console.answers = ["{id: \"no\"}", "{id: 5}"]
    #expect(session.say("(await mail.send({}))?.id").hasSuffix("\n5"))
  }

  @Test func aRestoredSessionIsStoredAlike() {
    let session = restored()
    session.say(":snapshot again.json")
    #expect(session.console.files["again.json"] == stored)
  }

  @Test func aRefusedFileChangesNothing() {
    let session = Scripted()
    session.say("kept = 1")
    session.console.files["s.json"] = Array(stored.dropLast(100))
    #expect(session.problem(":restore s.json").contains("damaged or cut off"))
    #expect(session.say("kept") == "1")
  }

  @Test func otherFilesAreRefused() {
    let session = Scripted()
    for (text, reason) in [
      ("", "no session"), ("{}", "no session"), ("x = 1", "no session"),
      (#"{"lash_session": 99}"#, "version 99"), (#"{"lash_session": 1}"#, "check sum"),
    ] {
      session.console.files["f"] = Array(text.utf8)
      #expect(session.problem(":restore f").contains(reason), "\(text)")
    }
  }

  /// Every byte may be another: none gets through, whatever it is.
  @Test func damageIsFound() {
    for place in stride(from: 0, to: stored.count, by: 97) {
      let session = Scripted()
      var bytes = stored
      bytes[place] ^= 0x11
      session.console.files["s.json"] = bytes
      #expect(session.problem(":restore s.json").contains("cannot restore"), "byte \(place)")
    }
  }

  /// Content that somebody wrote, with a sum that fits.
  @Test func hostileContentIsRefused() throws {
    let line = stored.split(separator: 0x0A)[1]
    let content = try #require(try JSONReader().read(Array(line)).objectValue)
    let bad: [JSONValue] = [
      .null, -1, .integer(.max), 1.5, "zz", "00ff", [], [1], ["00"], [[]], [:], ["$run": 1],
      ["modules": 1], .bool(true), .integer(.min),
    ]
    for key in content.keys {
      for value in bad {
        var changed = content
        changed[key] = value
        let session = Scripted()
        session.console.files["s.json"] = SessionFile.sealed(JSONValue.object(changed).description)
        // What is no error leaves a session that works.
        _ = session.problem(":restore s.json")
        session.say(":mock web.search = 1")
        #expect(session.say("1 + 1").hasPrefix("2"), "\(key) = \(value)")
        session.say(":runs")
        session.say(":snapshot t.json")
      }
      var changed = content
      _ = changed.removeValue(forKey: key)
      let session = Scripted()
      session.console.files["s.json"] = SessionFile.sealed(JSONValue.object(changed).description)
      #expect(session.problem(":restore s.json").contains("`\(key)` is missing"))
    }
  }
}
