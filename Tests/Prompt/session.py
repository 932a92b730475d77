"""The session of the transcript: a person does everything once, leaves, and comes back."""

from person import Person, folder

MOCK = """{"modules": {"web": {"search": {
  "value": {"hits": [{"title": "Swift.org", "score": 0.9}, {"title": "Birds", "score": 0.2}]},
  "input": "{ query: str }",
  "output": "{ hits: list[{ title: str, score: float }] }"}}},
 "triggers": true}
"""
PROCESS = [
    "process greet(who: ui.button.Pressed) signals { name: str } {",
    "yield who",
    "name = wait_signal(\"name\")",
    "sleep for \"5m\"",
    "finish \"hello \" + name",
]


def play(program, root):
    """Gives the transcript: what stood on the screen at the end of each of two sittings."""
    state = folder(root, "session")
    (state / "web.mock.json").write_text(MOCK)
    return first_sitting(Person(program, state)) + "\n" + second_sitting(Person(program, state))


def first_sitting(one):
    one.type(":mock web.m\t", "web.mock.json")
    one.say("")
    one.say(':mock mail.send = {"echo": "to"}')
    one.say(":host web.mock.json")
    # Tab completes the operation, its argument and the field of the answer.
    one.type("found = await web.se\t", "web.search(")
    one.type("{q\t", "query:")
    one.say(' "swift"})?')
    one.say(":type found.hits[0]")
    write(one, ["for hit in found.hits {"])
    one.type("if hit.score > 0.5 { print hit.ti\t", "hit.title")
    write(one, [" }"])
    finish(one)
    one.say("found.hits")
    one.say("found.hit")
    interrupt(one)
    one.say("n > 0")
    one.say("n = 0")
    one.say(":vars")
    one.say(":calls")
    write(one, PROCESS)
    finish(one)
    write(one, ["bound = await triggers.register({"])
    one.type("source: ui.button.pressed({}), target: greet, inputs: {who: trigger.event}", "event}")
    write(one, [""])
    finish(one, ")?")
    one.say("bound.enabled")
    one.say(':fire ui.button.pressed {"button": "hello"}')
    one.say(":runs")
    one.say(":snpashot tea.lash")
    one.say(":snapshot tea.json")
    assert one.leave() == 0
    return one.text()


def second_sitting(two):
    """Another process goes on."""
    two.say(":restore tea.json")
    two.say("len(found.hits)")
    two.say(':signal 1 name "Ada"')
    two.say(":advance 5m")
    two.say(":runs")
    two.say(":record search.log")
    two.say('(await web.search({query: "birds"}))?.hits[1].title')
    two.say(":unmock")
    two.say(":replay search.log")
    two.type(":quit\r")
    assert two.ended() == 0
    return two.text()


def write(person, lines):
    """Types lines of which each leaves a block open."""
    for line in lines:
        row = person.screen.cursor.y
        person.type(line + "\r")
        person.until(lambda: person.screen.cursor.y > row and person.line() == "  ", "a line")


def finish(person, rest=""):
    """Types the bracket that closes the block, which moves to the left by itself."""
    person.type("}")
    person.until(lambda: person.line() == "}", "the bracket at the left")
    person.say(rest)


def interrupt(person):
    person.say("n = 0")
    person.type("while true { n += 1 }\r")
    person.until(lambda: person.line() == "", "the program")
    person.type("\x03")
    person.wait()
