"""The session of the transcript: a person does everything once, leaves, and comes back."""

from person import Person, folder

MOCK = """{"modules": {"web": {"search": {
  "value": {"hits": [{"title": "Swift.org", "score": 0.9}, {"title": "Birds", "score": 0.2}]},
  "input": "{ query: str }",
  "output": "{ hits: list[{ title: str, score: float }] }"}}}}
"""


def play(program, root):
    """Gives the transcript: what stood on the screen at the end of each sitting."""
    state = folder(root, "session")
    (state / "web.mock.json").write_text(MOCK)
    one = Person(program, state)
    one.say(":mock web.mock.json")
    one.say(':mock mail.send = {"echo": "to"}')
    one.say(":host")
    # Tab completes the operation, its argument and the field of the answer.
    one.type("found = await web.se\t", "web.search(")
    one.type("{q\t", "query:")
    one.say(' "swift"})?')
    one.say(":type found.hits[0]")
    one.type("for hit in found.hits {\r", "")
    one.until(lambda: one.screen.cursor.x == 2, "an indented line")
    one.type("if hit.score > 0.5 { print hit.ti\t", "hit.title")
    one.type(" }\r", "")
    one.until(lambda: one.screen.cursor.x == 2 and one.line().strip() == "", "a third line")
    one.type("}", "}")
    one.type("\r")
    one.wait()
    one.say("found.hits")
    one.say("found.hit")
    one.say("n = 0")
    one.type("while true { n += 1 }\r")
    one.until(lambda: one.line() == "", "the program")
    one.type("\x03")
    one.wait()
    one.say("n > 0")
    one.say("n = 0")
    one.say(":vars")
    one.say(":calls")
    one.say(":snpashot state")
    assert one.leave() == 0
    return one.text()
